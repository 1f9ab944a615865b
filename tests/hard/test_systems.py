"""What would go wrong on Windows or macOS, as far as another system can tell: calls, spawning, letters, paths."""

from __future__ import annotations

import ast
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from cashless_sim.experiment.space import grid
from cashless_sim.experiment.store import Store
from cashless_sim.experiment.sweep import sweep
from cashless_sim.experiment.swept import Sweep
from cashless_sim.present.cli.main import main
from cashless_sim.scenario.recipe import Scenario

POSIX = {
    "os": {"fork", "getuid", "geteuid", "getgid", "setsid", "killpg", "getpgid", "nice", "uname", "mkfifo", "chown"}
    | {"wait", "waitpid", "statvfs", "sysconf", "getloadavg", "ttyname", "openpty", "sched_setaffinity"},
    "signal": {"SIGKILL", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGHUP", "SIGCHLD", "SIGPROF", "setitimer", "pause"},
    "time": {"tzset", "clock_gettime"},
}
MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix", "posixpath", "crypt", "readline"}


def sources(root: Path):
    for path in sorted((root / "cashless_sim").rglob("*.py")):
        yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_no_call_that_only_posix_has(root):
    found = [
        f"{name}:{node.lineno} {node.value.id}.{node.attr}"
        for name, tree in sources(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in POSIX.get(node.value.id, ())
        and f'hasattr({node.value.id}, "{node.attr}")' not in (root / name).read_text(encoding="utf-8")
    ]
    assert found == []


def test_no_module_that_only_posix_has(root):
    found = []
    for name, tree in sources(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [(name, one.name) for one in node.names if one.name.partition(".")[0] in MODULES]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in MODULES:
                found.append((name, node.module))
    assert found == []


def test_no_text_is_a_path_of_one_system(root):
    texts = [
        (name, node.value)
        for name, tree in sources(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [one for one in texts if one[1].startswith(("/tmp", "/dev/", "/proc/", "/etc/", "C:\\", "~/"))] == []


def test_every_file_is_told_its_encoding(root):
    found = []
    for name, tree in sources(root):
        for node in ast.walk(tree):
            called = getattr(node, "func", None)
            if isinstance(called, ast.Attribute) and called.attr in ("read_text", "write_text"):
                told = len(node.args) > (called.attr == "write_text")
                found += (
                    [] if told or any(one.arg == "encoding" for one in node.keywords) else [f"{name}:{node.lineno}"]
                )
    assert found == []


def test_names_of_files_differ_in_more_than_case(root):
    out = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, encoding="utf-8")
    if out.returncode != 0:
        pytest.skip("not a clone")
    names = out.stdout.splitlines()
    assert len({name.casefold() for name in names}) == len(names) > 100
    reserved = {"con", "prn", "aux", "nul"}
    parts = {part for name in names for part in name.split("/")}
    assert [one for one in parts if one.partition(".")[0].lower() in reserved or one.endswith((".", " "))] == []
    assert all(name.isascii() and len(name) < 160 for name in names)


# -- spawning --------------------------------------------------------------------------------------------------------
SPAWNED = """
import multiprocessing, sys
sys.path[:0] = {path!r}
from sweep_stand_in import Planted
from cashless_sim.experiment.job import Job
from cashless_sim.experiment.workers import Task, attempt, maker

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    world = Planted(name="world", months=6, households=300)
    tasks = [Task(bytes([n]) * 32, Job(world, "world", 1, n, None, 300), maker()) for n in range(3)]
    with multiprocessing.Pool(2) as pool:
        made = pool.map(attempt, tasks)
    here = [attempt(task) for task in tasks]
    assert all(one.run is not None for one in made), made
    assert [one.run for one in made] == [one.run for one in here]
    print(multiprocessing.get_start_method(), len(made))
"""


def test_runs_are_made_in_spawned_processes(root, tmp_path):
    script = tmp_path / "spawned.py"
    script.write_text(SPAWNED.format(path=[str(root / "tests"), str(root)]), encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, encoding="utf-8", timeout=120)
    assert (done.returncode, done.stdout.split()) == (0, ["spawn", "3"]), done.stderr


# -- letters ---------------------------------------------------------------------------------------------------------
FOLDERS = ("Kế hoạch 2026", "a b  c", "Đợt #1 (thử) & 'x' [y]", "%TEMP% $HOME ~", "ｗｉｄｅ 🏦")


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_folders_may_have_any_letters(name, form, tmp_path, monkeypatch, capsys):
    from sweep_stand_in import Planted

    folder = tmp_path / unicodedata.normalize(form, name)
    folder.mkdir()
    monkeypatch.chdir(folder)
    plan = folder / unicodedata.normalize(form, "phương án.toml")
    plan.write_text('extends = "no-outreach"\ntitle = "Thử"\n', encoding="utf-8")
    assert Scenario.load(plan).hash == Scenario.load(plan.name).hash == Scenario.load("no-outreach").hash
    world = Planted(name="world", months=3, households=300)
    done = sweep(world, grid({"push": [0.0]}), store=folder / "kho dữ liệu.sqlite", workers=1, code="test")
    written = done.write(folder / "kết quả")
    assert all(path.is_file() for path in written)
    with Store(folder / "kho dữ liệu.sqlite", make=False) as store:
        assert len(store) == 1
    assert main(["scenario", "to-xlsx", plan.name, "--base", "no-outreach", "--out", "bảng tính.xlsx"]) == 0
    assert main(["store", "ls", "kho dữ liệu.sqlite", "--language", "vi"]) == 0
    assert "world" in capsys.readouterr().out


def test_a_store_is_found_by_a_name_in_another_case_where_the_system_does_so(tmp_path):
    from sweep_stand_in import Planted

    world = Planted(name="world", months=3, households=300)
    sweep(world, store=tmp_path / "Kho.sqlite", workers=1, code="test", name="one")
    other = tmp_path / "KHO.SQLITE"
    if not other.exists():
        (tmp_path / "fold").mkdir()
        other = tmp_path / "fold" / ".." / "Kho.sqlite"
    assert Sweep.open(other, "one").missing == 0


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files_as_windows_saves_them(end, mark, tmp_path):
    text = mark + end.join(['extends = "no-outreach"', "[place]", "households = 500", ""])
    (tmp_path / "plan.toml").write_bytes(text.encode("utf-8"))
    assert Scenario.load(tmp_path / "plan.toml").settings().households == 500


def test_console_may_know_no_vietnamese(root, tmp_path):
    script = tmp_path / "said.py"
    script.write_text(
        "from cashless_sim.present.cli.main import main\nraise SystemExit(main(['store', 'ls', 'không.sqlite', "
        "'--language', 'vi']))\n",
        encoding="utf-8",
    )
    import os

    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(root), "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, cwd=tmp_path, env=environment, timeout=60)
    assert done.returncode == 2 and "Lỗi" in done.stderr.decode("utf-8") and b"Traceback" not in done.stderr
