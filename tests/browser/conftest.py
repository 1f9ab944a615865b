"""A browser without a network; tests that need one are skipped where there is none."""

from __future__ import annotations

import os
import shutil

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")


@pytest.fixture(scope="session")
def browser():
    """Return Chromium, headless; skip when there is none."""
    sync = pytest.importorskip("playwright.sync_api", reason="no browser test: playwright is not installed")
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync.sync_playwright() as play:
        try:
            made = play.chromium.launch(executable_path=program, args=["--no-sandbox"] if is_root else [])
        except sync.Error as error:
            pytest.skip(f"no browser test: Chromium does not start ({str(error).splitlines()[0]})")
        yield made
        made.close()


@pytest.fixture
def page(browser):
    """Return a page of 1024 x 768 with the network cut; ``page.log`` holds requests, errors and console lines."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, offline=True)
    one = context.new_page()
    one.log = []
    one.on("request", lambda request: one.log.append(request.url) if _is_outside(request.url) else None)
    one.on("console", lambda line: one.log.append(line.text))
    one.on("pageerror", lambda error: one.log.append(str(error)))
    yield one
    context.close()


def _is_outside(address: str) -> bool:
    return not address.startswith(("file:", "data:"))
