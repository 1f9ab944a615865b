"""Some wrong files for every reader; ``python tests/hard/fuzz.py --inputs 100000`` feeds many."""

import sys
from random import Random

import fuzz
import pytest
from mutating import Files, mutated
from readers import READERS, Reader

from cashless_sim.errors import BadValue

FEW = {"store": 40, "sheet": 40, "register": 20, "form": 100, "toml": 200}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs an alarm")


@pytest.mark.parametrize("name", READERS)
def test_a_reader_refuses_or_accepts(name):
    if name in ("sheet", "form"):
        pytest.importorskip("openpyxl", reason="the extra office is not installed: openpyxl")
        pytest.importorskip("xlsxwriter", reason="the extra office is not installed: xlsxwriter")
    tally = fuzz.fuzz(READERS[name], FEW.get(name, 300), seed=7)
    assert tally.findings == {}
    assert tally.refused.total() > 0


def planted(read) -> Reader:
    return Reader(lambda folder: [{"a.txt": b"seed\n" * 20}], read)


def loops(folder):
    if (folder / "a.txt").read_bytes() != b"seed\n" * 20:
        while True:
            pass


def litters(folder):
    (folder / "half.part").touch()


def quotes(folder):
    if (folder / "a.txt").read_bytes() != b"seed\n" * 20:
        raise BadValue(what="a", value="b", expected="c")


def breaks(folder):
    (folder / "a.txt").read_bytes().decode("ascii")
    assert (folder / "a.txt").read_bytes().startswith(b"s")


@pytest.mark.parametrize(("read", "found"), [(litters, "left behind"), (breaks, "Error at"), (quotes, None)])
def test_findings_are_found(read, found):
    tally = fuzz.fuzz(planted(read), 200, seed=1)
    assert [one for one in tally.findings if found and found in one] or (found is None and not tally.findings)


def test_a_hang_is_found(monkeypatch):
    monkeypatch.setattr(fuzz, "SECONDS", 0.05)
    tally = fuzz.fuzz(planted(loops), 3, seed=1)
    assert [one for one in tally.findings if one.startswith("hang")]


def test_the_same_seed_makes_the_same_files():
    seeds: list[Files] = [{"a.txt": b"one, two\n[three]\n" * 9}]
    first, again = ([mutated(random, seeds) for _ in range(50)] for random in (Random(3), Random(3)))
    assert first == again and len({one["a.txt"] for one in first}) > 40
