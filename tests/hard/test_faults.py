"""A few of each fault; ``python tests/hard/faults.py --kills 50`` brings about many."""

import sys
from random import Random

import faults
import pytest

needs_disks = pytest.mark.skipif(not faults.mountable(), reason="a small disk cannot be mounted here")
SHORT = faults.Plan(points=12)


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_killed_at_random_it_goes_on_to_the_same_bytes(tmp_path):
    assert "3 kills" in faults.kills(SHORT, 3, Random(5), tmp_path)


@needs_disks
def test_full_disks_lose_nothing(tmp_path):
    assert "went on" in faults.full(SHORT, 1, Random(5), tmp_path)


@needs_disks
def test_every_writer_refuses_a_disk_that_takes_nothing(tmp_path):
    pytest.importorskip("openpyxl", reason="the extra office is not installed: openpyxl")
    assert "refused in one line" in faults.unwritable(tmp_path)


def test_clocks_may_jump(tmp_path):
    assert "same bytes" in faults.clocks(SHORT, tmp_path)


def test_three_processes_share_a_store(tmp_path):
    assert "same bytes" in faults.neighbours(SHORT, 2, tmp_path)


def test_what_is_broken_is_told():
    with pytest.raises(faults.Broken, match="runs are gone"):
        faults.must(False, "runs are gone")
