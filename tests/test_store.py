"""The store: whole runs or none, read back as written, whatever happens to the process, the disk or the file."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import time
import zlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import psutil
import pytest
from sweep_stand_in import Planted

from cashless_sim.errors import DataProblem, FileProblem, UnknownName
from cashless_sim.experiment import database, version
from cashless_sim.experiment.packed import packed, unpacked
from cashless_sim.experiment.space import grid
from cashless_sim.experiment.store import Design, Identity, Store
from cashless_sim.experiment.sweep import sweep
from cashless_sim.experiment.swept import Sweep
from cashless_sim.experiment.upkeep import contents, gc, merge, verify

WORLD = Planted(months=12, households=300)
POINTS = grid({"push": [n / 1000 for n in range(60)]})
SCRIPT = """
import sys
sys.path[:0] = [{tests!r}, {root!r}]
from sweep_stand_in import Planted
from cashless_sim.experiment.space import grid
from cashless_sim.experiment.sweep import sweep

if __name__ == "__main__":
    {before}
    points = grid({{"push": [n / 1000 for n in range(60)]}})
    world = Planted(months=12, households=300, slow={slow})
    sweep(world, points, store={store!r}, workers={workers}, code="test", name="planted")
"""


def script(root: Path, store: Path, workers: int = 1, slow: float = 0.01, before: str = "pass") -> list[str]:
    """Return the command that runs the planted sweep into a store in another process."""
    tests = str(root / "tests")
    text = SCRIPT.format(tests=tests, root=str(root), store=str(store), workers=workers, slow=slow, before=before)
    path = store.with_suffix(f".{workers}.{len(before)}.py")
    path.write_text(text, encoding="utf-8")
    return [sys.executable, str(path)]


def count(path: Path) -> int:
    """Return how many runs another process has put into a store; 0 before there is one."""
    try:
        link = sqlite3.connect(path, timeout=5)
        try:
            return int(link.execute("SELECT count(*) FROM runs").fetchone()[0])
        finally:
            link.close()
    except sqlite3.Error:
        return 0


def written(result: Sweep, folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in result.write(folder)}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> dict[str, bytes]:
    """What the planted sweep writes when nothing happens to it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    world = Planted(months=12, households=300, slow=0.01)
    result = sweep(world, POINTS, store=folder / "s.sqlite", workers=1, code="test", name="planted")
    return written(result, folder)


def small(path: Path, **changes) -> Sweep:
    return sweep(WORLD, POINTS.head(6), store=path, workers=1, **{"code": "test", "name": "small", **changes})


# ------------------------------------------------------------------------------------------ one run


def test_a_run_is_read_back_to_the_last_bit():
    frame = WORLD.build(seed=3).run()
    frame["value"] = np.nextafter(frame["value"], 1)
    frame.loc[0, "value"] = np.nan
    frame.loc[1, "value"] = -0.0
    again = unpacked(packed(frame, {"households": 300}), "here")
    assert again["value"].to_numpy().tobytes() == frame["value"].to_numpy().tobytes()
    for name in ("month", "measure", "group"):
        assert list(again[name].astype(str)) == list(frame[name])


def test_labels_are_kept_once(tmp_path):
    small(tmp_path / "s.sqlite")
    with Store(tmp_path / "s.sqlite") as store:
        assert store.rows("SELECT count(*) FROM labels") == [(1,)]
        assert len(store) == 6


def test_the_key_is_everything_the_numbers_follow_from():
    base = {"recipe": "a", "data": "b", "code": "c", "seed": 2**64 - 1, "replicate": 0, "households": 300, "kept": ""}
    keys = {Identity(**base).key}
    for name, value in base.items():
        keys.add(Identity(**{**base, name: value + 1 if isinstance(value, int) else value + "x"}).key)
    assert len(keys) == 1 + len(base)


def test_the_same_identity_with_other_numbers_is_refused(tmp_path):
    frame = WORLD.build().run()
    who = Identity("a", "b", "c", 1, 0, 300)
    with Store(tmp_path / "s.sqlite") as store:
        store.put(b"1" * 32, who, packed(frame, {}), 0.1)
        store.put(b"2" * 32, who, packed(frame, {}), 9.9)
        with pytest.raises(DataProblem, match="other numbers"):
            store.put(b"3" * 32, who, packed(frame.assign(value=0.0), {}), 0.1)
        assert len(store) == 1
        pd.testing.assert_series_equal(store.frame(b"2" * 32)["value"], frame["value"])


@pytest.mark.parametrize("tight", [0, 9])
def test_the_same_numbers_packed_otherwise_are_the_same(tight, tmp_path):
    frame = WORLD.build().run()
    who, ask = Identity("a", "b", "c", 1, 0, 300), b"1" * 32
    run = packed(frame, {})
    other = replace(run, values=zlib.compress(zlib.decompress(run.values), tight))
    assert other.values != run.values
    with Store(tmp_path / "one.sqlite") as one, Store(tmp_path / "two.sqlite") as two:
        one.put(ask, who, run, 0.1)
        one.put(ask, who, other, 0.1)
        two.put(ask, who, other, 0.1)
        merged = merge(one, two)
        assert (merged.present, merged.conflicting) == (1, [])


# ------------------------------------------------------------------------------------------ kills


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_again_and_again_it_ends_with_the_same_bytes(workers, root, tmp_path, undisturbed):
    store = tmp_path / "s.sqlite"
    command = script(root, store, workers)
    seen = []
    for wanted in (1, 20, 45) if workers == 1 else (15,):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while count(store) < wanted and process.poll() is None and time.monotonic() < end:
            time.sleep(0.003)
        theirs = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
        if sys.platform != "win32":
            assert psutil.wait_procs(theirs, timeout=20)[1] == []  # no worker outlives its parent
        seen.append(count(store))
        with Store(store, make=False) as held:
            found = verify(held)
        assert found.whole and found.damaged == () and found.sound == seen[-1]
    assert seen == sorted(seen) and seen[0] > 0 and seen[-1] < 60
    subprocess.run(command, check=True, timeout=60)
    assert written(Sweep.open(store, "planted"), tmp_path / "out") == undisturbed


DIE = """
    import os, signal
    from contextlib import contextmanager
    from cashless_sim.experiment import store as file
    whole, steps = file.transaction, [0]
    @contextmanager
    def dying(link):
        with whole(link):
            yield
            steps[0] += 1
            if steps[0] == {step}:
                os.kill(os.getpid(), signal.SIGKILL)
    file.transaction = dying
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("step", [1, 2, 30])
def test_killed_inside_a_transaction_nothing_of_it_is_there(step, root, tmp_path, undisturbed):
    store = tmp_path / "s.sqlite"
    killed = subprocess.run(script(root, store, slow=0, before=DIE.format(step=step).strip()), timeout=60)
    assert killed.returncode < 0
    with Store(store, make=False) as held:
        assert len(held) == max(0, step - 2)  # the first step records the design
        assert verify(held).damaged == ()
    subprocess.run(script(root, store, slow=0.01), check=True, timeout=60)
    slow = Sweep.open(store, "planted")
    assert written(slow, tmp_path / "out") == undisturbed


def test_two_writers_at_once_lose_nothing(root, tmp_path, undisturbed):
    store = tmp_path / "s.sqlite"
    command = script(root, store)
    both = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    with Store(store, make=False) as held:
        assert verify(held).sound == 60
    assert written(Sweep.open(store, "planted"), tmp_path / "out") == undisturbed


# ------------------------------------------------------------------------------------------ full disks


def test_a_full_disk_stops_in_one_line_and_keeps_what_was_done(tmp_path, monkeypatch):
    path = tmp_path / "s.sqlite"
    usual = database.opened

    def cramped(where, make):
        link = usual(where, make)
        link.execute("PRAGMA max_page_count = 30")
        return link

    monkeypatch.setattr("cashless_sim.experiment.store.opened", cramped)
    with pytest.raises(FileProblem, match="No space left on device"):
        sweep(WORLD, POINTS, store=path, workers=1, code="test", name="small")
    monkeypatch.undo()
    with Store(path) as store:
        before = len(store)
        assert 0 < before < 60 and verify(store).damaged == ()
    assert sweep(WORLD, POINTS, store=path, workers=1, code="test", name="small").missing == 0


def test_a_disk_that_is_really_full(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = sys.platform == "linux" and os.geteuid() == 0
    command = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(disk)]
    if not mounted or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    try:
        path = disk / "s.sqlite"
        with pytest.raises(FileProblem, match="No space left on device"):
            sweep(WORLD, POINTS, store=path, workers=1, code="test", name="small")
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        with Store(path) as store:
            assert 0 < len(store) < 60
            assert verify(store).damaged == ()
        done = sweep(WORLD, POINTS, store=path, workers=1, code="test", name="small")
        whole = sweep(WORLD, POINTS, store=tmp_path / "t.sqlite", workers=1, code="test", name="small")
        assert written(done, tmp_path / "a") == written(whole, tmp_path / "b")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# ------------------------------------------------------------------------------------------ damage


def test_a_flipped_bit_is_never_read_back_and_is_made_again(tmp_path):
    path = tmp_path / "s.sqlite"
    sound = written(small(path), tmp_path / "a")
    link = sqlite3.connect(path)
    key, content = link.execute("SELECT key, content FROM runs LIMIT 1 OFFSET 3").fetchone()
    spoilt = bytes([content[0] ^ 1]) + content[1:]
    link.execute("UPDATE runs SET content = ? WHERE key = ?", (spoilt, key))
    link.commit()
    link.close()
    with pytest.raises(DataProblem, match="damaged.*verify --drop"):
        small(path).select(measure="D")
    with Store(path) as store:
        assert verify(store).damaged == (key.hex(),)
        assert verify(store, drop=True).sound == 5
        assert verify(store).damaged == ()
    assert written(small(path), tmp_path / "b") == sound


@pytest.mark.parametrize("column", ["identity", "facts", "checksum", "labels"])
def test_every_column_is_under_the_checksum(column, tmp_path):
    path = tmp_path / "s.sqlite"
    small(path)
    link = sqlite3.connect(path)
    value = "{}" if column in ("identity", "facts") else b"x" * 32
    link.execute(f"UPDATE runs SET {column} = ? WHERE key = (SELECT min(key) FROM runs)", (value,))
    link.commit()
    link.close()
    with Store(path) as store:
        assert len(verify(store).damaged) == 1


def test_damaged_labels_are_found_and_made_again(tmp_path):
    path = tmp_path / "s.sqlite"
    sound = written(small(path), tmp_path / "a")
    link = sqlite3.connect(path)
    link.execute("UPDATE labels SET content = x'00'")
    link.commit()
    link.close()
    with Store(path) as store:
        assert len(verify(store, drop=True).damaged) == 6
    assert written(small(path), tmp_path / "b") == sound


@pytest.mark.parametrize("column", ["about", "asks"])
def test_a_damaged_design_is_found_and_recorded_again(column, tmp_path):
    path = tmp_path / "s.sqlite"
    sound = written(small(path), tmp_path / "a")
    with Store(path) as store:
        store.write((f"UPDATE designs SET {column} = substr({column}, 1, 100)", ()))
        with pytest.raises(DataProblem, match="s.sqlite: small: a design is damaged"):
            store.design("small")
        assert verify(store).designs == ("small",)
        assert verify(store, drop=True).sound == 6
        assert verify(store).designs == ()
    assert written(small(path), tmp_path / "b") == sound


def test_a_truncated_or_overwritten_file_is_refused_or_salvaged(tmp_path):
    path = tmp_path / "s.sqlite"
    result = sweep(WORLD, POINTS, store=path, workers=1, code="test", name="small")
    sound = written(result, tmp_path / "a")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(FileProblem, match="damaged"), Store(path) as store:
        store.rows("SELECT * FROM runs")
        assert not verify(store).whole
        raise AssertionError("read a truncated file")
    path.write_bytes(b"not a database at all, but a diary" * 300)
    with pytest.raises(FileProblem, match="it is not a store"):
        Store(path)
    size = 4096
    hole = bytearray(whole)
    for page in range(len(whole) // size // 2, len(whole) // size // 2 + 3):
        hole[page * size : (page + 1) * size] = os.urandom(size)
    path.write_bytes(bytes(hole))
    with Store(tmp_path / "saved.sqlite") as saved, Store(path) as damaged:
        assert not verify(damaged).whole
        merged = merge(saved, damaged)
        assert merged.damaged > 0 and merged.added > 20
        assert verify(saved).damaged == ()
    again = sweep(WORLD, POINTS, store=tmp_path / "saved.sqlite", workers=1, code="test", name="small")
    assert written(again, tmp_path / "b") == sound


# ------------------------------------------------------------------------------------------ files


def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "s.sqlite"
    small(path)
    link = sqlite3.connect(path)
    link.execute("PRAGMA user_version = 99")
    link.close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(FileProblem, match="newer version of cashless-sim .format 99."):
        small(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "other.sqlite"
    link = sqlite3.connect(path)
    link.execute("CREATE TABLE photos (name TEXT)")
    link.commit()
    link.close()
    before = path.read_bytes()
    with pytest.raises(FileProblem, match="it is not a store"):
        Store(path)
    assert path.read_bytes() == before


def test_what_is_not_there_is_not_made_for_reading(tmp_path):
    with pytest.raises(FileProblem, match="it is not there"):
        Store(tmp_path / "none.sqlite", make=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileProblem, match="it is a folder"):
        Store(tmp_path)
    with Store(tmp_path / "deep" / "er" / "s.sqlite") as store, pytest.raises(UnknownName, match="none"):
        store.design("x")


# ------------------------------------------------------------------------------------------ upkeep


def test_contents_tell_sweeps_runs_and_code_versions(tmp_path):
    path = tmp_path / "s.sqlite"
    small(path)
    small(path, name="other", code="newer")
    with Store(path) as store:
        found = contents(store)
    assert [(one.name, one.asked, one.finished, one.failed) for one in found.sweeps] == [
        ("other", 6, 6, 0),
        ("small", 6, 6, 0),
    ]
    assert (found.runs, found.codes) == (12, {"newer": 6, "test": 6})
    assert found.size > 0 and found.failures == ()


def test_gc_drops_what_no_sweep_names_and_the_quarantine(tmp_path):
    path = tmp_path / "s.sqlite"
    broken = Planted(months=12, households=300, broken=(0.002,))
    small(path)
    sweep(broken, POINTS.head(9), store=path, workers=1, code="test", name="wider", seed=2)
    with Store(path) as store:
        assert (len(store), len(contents(store).failures)) == (14, 1)
        assert gc(store).failures == 1
        assert len(store) == 14
        cleared = gc(store, forget="wider")
        assert (cleared.runs, cleared.failures, len(store)) == (8, 0, 6)
        with pytest.raises(UnknownName, match="small"):
            gc(store, forget="smal")
        assert verify(store).damaged == ()
    assert small(path).missing == 0


def test_gc_gives_the_room_back(tmp_path):
    path = tmp_path / "s.sqlite"
    sweep(WORLD, POINTS, store=path, workers=1, code="test", name="all")
    small(path)
    before = path.stat().st_size
    with Store(path) as store:
        gc(store, forget="all")
    assert path.stat().st_size < before / 2


def test_two_machines_halves_make_one_whole(tmp_path):
    whole = written(small(tmp_path / "whole.sqlite"), tmp_path / "a")
    sweep(WORLD, POINTS.head(3), store=tmp_path / "one.sqlite", workers=1, code="test", name="first")
    sweep(WORLD, POINTS.iloc[2:6], store=tmp_path / "two.sqlite", workers=1, code="test", name="second")
    with Store(tmp_path / "one.sqlite") as one, Store(tmp_path / "two.sqlite", make=False) as two:
        merged = merge(one, two)
        assert (merged.added, merged.present, merged.damaged, merged.conflicting) == (3, 1, 0, [])
        assert [design.name for design in one.designs()] == ["first", "second"]
        again = merge(one, two)
        assert (again.added, again.present) == (0, 4)
    made = []
    result = small(tmp_path / "one.sqlite", progress=made.append)
    assert made[0] == 1.0  # nothing was left to do
    assert written(result, tmp_path / "b") == whole


def test_a_run_with_other_numbers_is_told_and_stays_as_it_is(tmp_path):
    frame = WORLD.build().run()
    who, ask = Identity("a", "b", "c", 1, 0, 300), b"1" * 32
    with Store(tmp_path / "one.sqlite") as one, Store(tmp_path / "two.sqlite") as two:
        one.put(ask, who, packed(frame, {}), 0.1)
        two.put(ask, who, packed(frame.assign(value=0.5), {}), 0.1)
        assert merge(one, two).conflicting == [who.key.hex()]
        assert one.frame(ask)["value"].iloc[0] == frame["value"].iloc[0]


def test_one_name_for_two_designs_keeps_both_when_merged(tmp_path):
    small(tmp_path / "one.sqlite")
    small(tmp_path / "two.sqlite", seed=5)
    with Store(tmp_path / "one.sqlite") as one, Store(tmp_path / "two.sqlite") as two:
        merge(one, two)
        names = [design.name for design in one.designs()]
        assert names[0] == "small" and names[1].startswith("small-") and len(names) == 2
        assert gc(one).runs == 0


def test_a_design_is_the_same_for_any_order_of_its_words():
    one = Design("a", {"x": 1, "y": 2}, ())
    assert one.id == Design("b", json.loads('{"y": 2, "x": 1}'), ()).id


# ------------------------------------------------------------------------------------------ code version


def test_the_code_version_is_worked_out_once_for_a_source(tmp_path, monkeypatch):
    made = []
    monkeypatch.setenv("CASHLESS_SIM_CACHE", str(tmp_path))
    monkeypatch.setattr(version, "fingerprint", lambda: made.append(1) or "ab" * 32)
    for _ in range(2):
        version.code_version.cache_clear()
        assert version.code_version() == "ab" * 32
    assert made == [1]
    monkeypatch.setattr(version, "code_hash", lambda: "other source")
    version.code_version.cache_clear()
    version.code_version()
    assert made == [1, 1]
    version.code_version.cache_clear()


def test_rules_from_outside_are_part_of_the_version(tmp_path, monkeypatch):
    class Outside:
        pass

    outside = tmp_path / "planted_rules.py"
    outside.write_text("x = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    Outside.__module__ = "planted_rules"
    plain = WORLD.settings()
    monkeypatch.setattr(Planted, "settings", lambda self: SimpleNamespace(**{**vars(plain), "rules": (Outside(),)}))
    first = version.code_of(WORLD, "test")
    outside.write_text("x = 2\n", encoding="utf-8")
    assert len({first, version.code_of(WORLD, "test"), "test"}) == 3
    monkeypatch.undo()
    assert version.code_of(WORLD, "test") == "test"
