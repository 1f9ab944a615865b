"""Every peer of the benchmarks does the same month: equal aggregates at few households, no timing."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
import compare
import results
from peers import contest, simd_c
from peers.contest import Elsewhere, Pair, Runner
from peers.simd_c import compilers
from peers.word_of_mouth import Ours, write_job


def quickly_compiled(flags, wide):
    """Return compiler flags that do little work, for this machine or for one without wide vectors."""
    machine = "-march=native" if wide else "-march=x86-64-v2"
    return tuple({"-O3": "-O1", "-march=native": machine}.get(flag, flag) for flag in flags)


@pytest.mark.skipif(not compilers(), reason="no C compiler on this machine")
@pytest.mark.parametrize("wide", [True, False])
def test_c_month_ends_in_our_state(wide, monkeypatch):
    monkeypatch.setattr(simd_c, "FLAGS", quickly_compiled(simd_c.FLAGS, wide))
    try:
        contest.c_agrees(compilers()[0], months=3, households=500)
    except subprocess.CalledProcessError as problem:
        if "march" in problem.stderr:
            pytest.skip("this compiler knows no such machine")
        raise


def test_numpy_month_ends_in_our_state():
    contest.numpy_agrees(3, households=500)


@pytest.mark.parametrize("agrees", [contest.numpy_agrees, partial(contest.c_agrees, "gcc")])
def test_control_a_month_that_we_leave_out_is_found_out(agrees, monkeypatch):
    if isinstance(agrees, partial) and "gcc" not in compilers():
        pytest.skip("no gcc on this machine")
    monkeypatch.setattr(simd_c, "FLAGS", quickly_compiled(simd_c.FLAGS, False))
    monkeypatch.setattr(contest, "rules", lambda model: None)
    with pytest.raises(AssertionError, match="differs in|another state"):
        agrees(months=1, households=500)


def test_the_job_of_smaller_peers_is_ours(tmp_path):
    ours = Ours(contest.a_model(500))
    before = ours.count()
    write_job(ours, tmp_path / "job.npz", 2)
    ours.step()
    assert (tmp_path / "job.npz").exists() and ours.count() > before


@pytest.mark.parametrize(
    ("package", "script"), [("agentpy", "agentpy_word.py"), ("mesa_frames", "mesa_frames_word.py")]
)
def test_smaller_peers_count_as_we_do(package, script):
    pytest.importorskip(package)
    *_, process, words = contest.by_word(sys.executable, script, 500, 4)
    process.close()
    assert "equal" in words


def test_a_peer_that_cannot_run_says_why(tmp_path):
    script = tmp_path / "peer.py"
    script.write_text("raise SystemExit('no such library')\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="no such library"):
        Elsewhere(sys.executable, str(script))


def test_ratios_are_paired_by_round_and_misses_are_loud():
    ours, peer = (Runner(name, 10, lambda: (0.0, 0.0)) for name in ("ours", "peer"))
    ours.times, peer.times = [(1e-7, 1e-7), (2e-7, 2e-7), (4e-7, 4e-7)], [(3e-7, 1e-7), (4e-7, 2e-7), (4e-7, 4e-7)]
    row = compare.line(Pair("peer / ours", ours, peer, "all", (1.5, 5)))
    assert "| 200 | 400 | 2.00 (1.00 to 3.00) | 1.00 | reach ≥ 1.5 met, aim ≥ 5 **missed** | all |" in row


def test_each_program_replaces_its_own_section(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "PATH", tmp_path / "RESULTS.md")
    for title, text in (("Two cores", "first"), ("Ratios", "table"), ("Two cores", "second")):
        results.put(title, text)
    written = results.PATH.read_text(encoding="utf-8")
    assert "first" not in written and written.index("## Ratios\n\ntable") < written.index("## Two cores\n\nsecond")
