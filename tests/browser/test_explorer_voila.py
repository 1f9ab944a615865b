"""The notebook with sliders as a page of its own (voila): it runs, a slider is moved, and no icon font is needed."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from test_explorer_lab import HERE, PATIENCE, free_port, jupyter_environment, move_slider, reached, small_notebook

ICONS = "cdn.jsdelivr.net"
"""Where voila's own page looks for an icon font; without it the page is whole, and its icons are those of widgets."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Yield the address of the notebook as a page, on this machine only."""
    for name in ("voila", "ipywidgets", "playwright"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"no test of the page of the notebook: {name} is not installed")
    folder, port = tmp_path_factory.mktemp("voila"), free_port()
    command = [sys.executable, "-m", "voila", str(small_notebook(folder)), "--no-browser", f"--port={port}"]
    log = (folder / "voila.log").open("w", encoding="utf-8")
    server = subprocess.Popen(
        [*command, "--Voila.ip=127.0.0.1"], cwd=folder, env=jupyter_environment(folder), stdout=log, stderr=log
    )
    try:
        for _ in range(200):
            if server.poll() is not None or reached(port):
                break
            time.sleep(0.3)
        assert reached(port), (folder / "voila.log").read_text(encoding="utf-8")[-2000:]
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def test_a_slider_moved_on_the_page_changes_the_figure(served, browser, tmp_path):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    outside: list[str] = []

    def local(route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in ("data", "blob") or address.hostname in HERE:
            route.continue_()
        else:
            outside.append(str(address.hostname))
            route.abort()

    context.route("**/*", local)
    page.goto(served, wait_until="commit")
    move_slider(page)
    page.screenshot(path=os.environ.get("CASHLESS_SIM_SHOT") or str(tmp_path / "voila.png"))
    assert "cs.explore" not in page.locator("body").inner_text()  # only what is for readers
    assert set(outside) <= {ICONS}
    context.close()
