"""Compiled months are kept on disk: once for a machine, safely for several processes, and never at any price."""

import os
import subprocess
import sys

import numba.core.caching as caching
import pytest
from small_people import differences, lived
from small_rules import Functions, Passing

import cashless_sim.rules.compiler.remember as remember
from cashless_sim.rules.compiler.kernel import write_kernel

STARTED = """
import sys
sys.path.insert(0, {tests!r})
from small_people import lived
from small_rules import Draws, Functions
month = lived([Draws(), Functions()], "vectorised", 1)
function = month.segments()[0].function
hits = sum(function.stats.cache_hits.values())
print(month.explain()[0][2], hits, month.people.columns.stored("curved").tobytes().hex()[:64])
"""


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """An empty folder for compiled months, and a process that has compiled none."""
    monkeypatch.setenv(remember.FOLDER, str(tmp_path / "cache"))
    monkeypatch.setattr(remember, "_loaded", {})
    monkeypatch.setattr(remember.log, "propagate", True)
    return tmp_path / "cache"


def test_a_month_is_kept_and_found_again(fresh, monkeypatch):
    source = write_kernel([Passing()], lived([Passing()], "interpreted")._specs, set(), True).source
    assert not remember.is_compiled(source)
    first = lived([Passing()], "vectorised")
    assert first.explain() == [("Passing", "vectorised", "cached")] and remember.is_compiled(source)
    assert [path.suffix for path in fresh.iterdir() if path.is_file()] == [".py"]
    monkeypatch.setattr(remember, "_loaded", {})
    assert remember.is_compiled(source)
    second = lived([Passing()], "vectorised")
    assert sum(second.segments()[0].function.stats.cache_hits.values()) == 1
    assert differences(first, second) == []


def test_compiling_is_said_once_and_only_when_it_happens(fresh, caplog):
    lived([Passing()], "vectorised")
    lived([Functions()], "vectorised")
    assert [record.getMessage() for record in caplog.records] == [remember.COMPILING]
    remember._loaded.clear()
    caplog.clear()
    lived([Passing()], "vectorised")
    assert caplog.records == []


@pytest.mark.parametrize("tongue, begins", [("en", "Compiling the rules"), ("vi", "Đang biên dịch các quy tắc")])
def test_the_command_line_says_that_it_compiles(tmp_path, tongue, begins):
    environment = {**os.environ, remember.FOLDER: str(tmp_path), "CASHLESS_SIM_LANGUAGE": tongue}
    program = (
        "import sys; from cashless_sim.present.cli.main import _tell_of_compiling as tell;"
        f"sys.path.insert(0, {os.path.dirname(__file__)!r}); tell({tongue!r});"
        "from small_people import lived; from small_rules import Passing; lived([Passing()], 'vectorised')"
    )
    told = [subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True) for _ in range(2)]
    lines = [one.stderr.decode("utf-8") for one in told]
    assert lines[0].startswith(begins) and lines[0].count("\n") == 1 and lines[1] == ""


def test_another_value_compiles_nothing(fresh):
    for tell in (0.1, 0.2, 0.9):
        lived([Functions(tell=tell, taste=(tell, 1, 2))], "vectorised")
    assert len(list(fresh.glob("month_*.py"))) == 1 and len(list(fresh.glob("__pycache__/*.nbc"))) == 1


def unwritable(fresh, monkeypatch):
    fresh.write_text("a file where a folder should be", encoding="utf-8")
    return "not cached: "


def read_only(fresh, monkeypatch):
    def refuse(*arguments, **more):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(remember.tempfile, "mkstemp", refuse)
    return "not cached: [Errno 30] Read-only file system"


def full_at_the_text(fresh, monkeypatch):
    real = os.fdopen

    def full(handle, *arguments, **more):
        if not more.get("encoding"):
            return real(handle, *arguments, **more)
        os.close(handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(remember.os, "fdopen", full)
    return "not cached: [Errno 28] No space left on device"


def full_at_the_machine_code(fresh, monkeypatch):
    def full(self, key, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(caching.IndexDataCacheFile, "save", full)
    return "not cached: [Errno 28] No space left on device"


@pytest.mark.parametrize("fault", [unwritable, read_only, full_at_the_text, full_at_the_machine_code])
def test_without_a_folder_it_works_and_says_so(fault, fresh, monkeypatch, caplog):
    words = fault(fresh, monkeypatch)
    month = lived([Passing()], "vectorised")
    assert caplog.records[-1].getMessage().startswith(f"compiled rules are {words}")
    [(_, level, why)] = month.explain()
    assert level == "vectorised" and why.startswith(words), why
    [(_, _, again)] = lived([Passing()], "vectorised").explain()
    assert again == why
    assert differences(month, lived([Passing()], "interpreted")) == []
    assert not (fresh.is_dir() and list(fresh.glob("*.part")))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may write anywhere")
def test_a_folder_without_leave_to_write_is_left_alone(fresh):
    fresh.mkdir(mode=0o500)
    [(_, level, why)] = lived([Passing()], "vectorised").explain()
    assert level == "vectorised" and why.startswith("not cached: ")


def test_damaged_machine_code_is_not_used(fresh, monkeypatch):
    first = lived([Passing()], "vectorised")
    for path in fresh.glob("__pycache__/*.nbi"):
        path.write_bytes(path.read_bytes()[:20])
    monkeypatch.setattr(remember, "_loaded", {})
    month = lived([Passing()], "vectorised")
    [(_, level, why)] = month.explain()
    assert level == "vectorised" and f"{fresh} is damaged" in why and why.endswith("; empty it")
    assert differences(first, month) == []


def test_two_processes_may_compile_the_same_month(root, fresh):
    command = [sys.executable, "-c", STARTED.format(tests=str(root / "tests"))]
    there = {**os.environ, "PYTHONPATH": str(root)}
    both = [subprocess.Popen(command, env=there, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(2)]
    said = [process.communicate(timeout=300)[0].split() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert said[0][0] == said[1][0] == "cached" and said[0][2] == said[1][2]
    third = subprocess.run(command, env=there, capture_output=True, encoding="utf-8", check=True).stdout.split()
    assert third == ["cached", "1", said[0][2]]
    assert len(list(fresh.glob("month_*.py"))) == 1 and not list(fresh.glob("*.part"))
