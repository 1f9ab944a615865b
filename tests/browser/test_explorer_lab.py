"""The notebook with sliders in a real JupyterLab and browser, no request off the machine: a slider is moved."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "05b_explore.ipynb"
HERE = ("127.0.0.1", "localhost")
PATIENCE = 300_000
"""Milliseconds: a fresh machine compiles the rules (40 s of a processor, more where it is shared) before a figure."""
TRIES, SECONDS = 3, 20
SMALL = {"HOUSEHOLDS": "1_000", "DRAWS": "2"}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def small_notebook(folder: Path) -> Path:
    """Write the notebook with few households and draws; return its path."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["outputs"] = [] if cell["cell_type"] == "code" else cell.get("outputs", [])
        if "parameters" in cell["metadata"].get("tags", ()):
            text = "".join(cell["source"])
            lines = [line for line in text.splitlines() if line.split(" = ")[0] not in SMALL]
            cell["source"] = "\n".join([*lines, *(f"{name} = {value}" for name, value in SMALL.items())])
        if cell["cell_type"] == "markdown":
            cell.pop("outputs", None)
    path = folder / NOTEBOOK.name
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def jupyter_environment(folder: Path) -> dict[str, str]:
    """Return an environment in which Jupyter keeps all that it writes in a folder, and finds this package."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(NOTEBOOK.parents[1]), os.environ.get("PYTHONPATH", "")]),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "share"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }


def reached(port: int) -> bool:
    """Return whether something listens at a port of this machine."""
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Yield the address of a JupyterLab with the notebook, on this machine only."""
    for name in ("jupyterlab", "ipywidgets", "playwright"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"no test of the notebook in a browser: {name} is not installed")
    folder = tmp_path_factory.mktemp("lab")
    small_notebook(folder)
    token, port = secrets.token_hex(8), free_port()
    environment = jupyter_environment(folder)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        f"--port={port}",
        f"--IdentityProvider.token={token}",
    ]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None"]
    command += ["--ServerApp.port_retries=0", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    command += ["--ServerApp.allow_root=True"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    log = (folder / "lab.log").open("w", encoding="utf-8")
    server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, folder / "lab.log")
        yield f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK.name}?token={token}"
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    """Wait until the server answers; fail with its log when it ends or stays silent."""
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


def test_a_slider_moved_in_the_lab_changes_the_figure(lab, browser, tmp_path):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    outside: list[str] = []
    context.route("**/*", lambda route: _local(route, outside))
    page.goto(lab)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    _run_all(page)
    move_slider(page)
    page.screenshot(path=os.environ.get("CASHLESS_SIM_SHOT") or str(tmp_path / "lab.png"))
    assert page.locator("img.cashless-figure").first.get_attribute("alt").startswith("Mức độ sử dụng")
    assert outside == []
    context.close()


def move_slider(page) -> None:
    """Wait for the first figure, move the first slider by two steps, and wait for another figure."""
    figure = page.locator("img.cashless-figure").first
    figure.wait_for(state="attached")
    before, status = figure.get_attribute("src"), page.locator(".widget-html-content").first.inner_text()
    assert "Đã mô phỏng 2 bộ tham số" in status
    handle = page.locator(".noUi-handle:visible").first
    handle.scroll_into_view_if_needed()
    handle.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "was => { const one = document.querySelector('img.cashless-figure'); return one && one.src !== was }",
        arg=before,
    )


def _run_all(page) -> None:
    """Run all cells once the kernel is connected, and see that the first of them runs.

    The notebook's own indicator says "idle" while the kernel is only starting; what is asked of it then is lost, so
    the status bar is read, and the cells are asked for again if none is marked as waiting, running or done.
    """
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    for _ in range(TRIES):
        page.get_by_role("menuitem", name="Run", exact=True).first.click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        prompt = page.locator(".jp-CodeCell .jp-InputPrompt").first
        for _ in range(SECONDS):
            if not set("*1").isdisjoint(prompt.text_content() or ""):
                return
            page.wait_for_timeout(1_000)
    pytest.fail("the cells were asked for and did not run: " + page.locator("#jp-main-statusbar").inner_text())


def _local(route, outside: list[str]) -> None:
    """Let requests to this machine through, note and refuse others."""
    address = urlsplit(route.request.url)
    if address.scheme in ("data", "blob") or address.hostname in HERE:
        route.continue_()
    else:
        outside.append(route.request.url)
        route.abort()
