"""The fit finds known posteriors, is the same for any number of workers, and outlives a kill."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
import toys

from cashless_sim.calibration.check import Measured, contraction
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.journal import PART
from cashless_sim.calibration.priors import Prior
from cashless_sim.calibration.proposals import Proposal, around, standard
from cashless_sim.calibration.weights import effective, kernel, tolerance
from cashless_sim.errors import BadValue, DataProblem

ERRORS = 4.0
"""Standard errors that an estimate may be off."""


def moments(posterior):
    x, w = posterior.values[:, 0], posterior.weights
    mean = float((w * x).sum())
    return mean, float((w * (x - mean) ** 2).sum()) ** 0.5


@pytest.mark.parametrize("prior", [toys.WIDE, toys.CUT, toys.LOGARITHMIC], ids=["wide", "cut off", "logarithm"])
@pytest.mark.parametrize(("simulate", "sd"), [(toys.exact, 0.5), (toys.noisy, 0.4)], ids=["exact", "noisy"])
@pytest.mark.parametrize("value", [1.0, 0.2])
def test_a_known_posterior_is_found(prior, simulate, sd, value):
    posterior = infer(simulate, [prior], [Measured("m", value, sd)], 400, 6000, seed=3)
    mean, spread = moments(posterior)
    true_mean, true_spread = toys.known(prior, value, 0.5)
    error = true_spread / posterior.ess**0.5
    assert abs(mean - true_mean) < ERRORS * error
    assert abs(spread - true_spread) < ERRORS * error
    assert posterior.tolerance == 1.0
    assert posterior.ess >= 400
    assert posterior.warnings == ()


def test_a_target_beyond_the_prior_is_met_at_its_bound():
    posterior = infer(toys.exact, [toys.CUT], [Measured("m", -0.5, 0.5)], 400, 6000, seed=3)
    mean, spread = moments(posterior)
    true_mean, true_spread = toys.known(toys.CUT, -0.5, 0.5)
    assert abs(mean - true_mean) < ERRORS * true_spread / posterior.ess**0.5
    assert abs(spread - true_spread) < ERRORS * true_spread / posterior.ess**0.5
    assert posterior.values.min() >= toys.CUT.low


def test_nine_numbers_are_found_together():
    priors = [Prior(f"p{i}", -5.0, 5.0) for i in range(9)]
    aims = [Measured(f"p{i}", 0.2 * i, 1.0) for i in range(9)] + [Measured("sum", 6.0, 1.0)]

    def simulate(values, draw):
        numbers = list(values.values())
        return (*numbers, sum(numbers))

    posterior = infer(simulate, priors, aims, 200, 4000, seed=4)
    matrix = np.vstack([np.eye(9), np.ones(9)])
    covariance = np.linalg.inv(matrix.T @ matrix)
    truth = covariance @ matrix.T @ np.array([a.value for a in aims])
    found = posterior.weights @ posterior.values
    assert posterior.tolerance == 1.0
    assert np.all(np.abs(found - truth) < ERRORS * np.sqrt(np.diag(covariance) / posterior.ess))
    assert np.all(np.array(list(contraction(posterior).values())) > 0.8)


def test_any_number_of_workers_gives_the_same_bits():
    def fitted(workers):
        found = infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, 20, 50, seed=5, workers=workers)
        return found.values.tobytes(), found.statistics.tobytes(), found.weights.tobytes(), found.tolerance

    assert fitted(1) == fitted(2)


def test_the_budget_ends_a_generation():
    told = []
    posterior = infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, 40, 70, seed=5, progress=told.append)
    assert posterior.spent == 70
    assert [step[0] for step in posterior.course] == [40, 70]
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_few_simulations_are_said_to_be_few():
    posterior = infer(toys.exact, [toys.WIDE], [Measured("m", 1.0, 0.001)], 20, 20, seed=5)
    assert "tolerance" in posterior.warnings
    assert posterior.tolerance > 1


def test_failed_simulations_count_for_nothing():
    posterior = infer(toys.sometimes, [toys.WIDE], [Measured("m", 1.0, 0.5)], 300, 6000, seed=3)
    assert "failed" in posterior.warnings
    assert np.all(posterior.weights[::3] == 0)
    assert abs(moments(posterior)[0] - 1.0) < ERRORS * 0.5 / posterior.ess**0.5
    nothing = infer(toys.hopeless, [toys.WIDE], [Measured("m", 1.0, 0.5)], 10, 20, seed=3)
    assert set(nothing.warnings) == {"failed", "tolerance"}


@pytest.mark.parametrize("after", [0.15, 0.6, 1.1])
def test_a_killed_fit_is_taken_up_byte_for_byte(tmp_path, after):
    script = (
        "import toys, pathlib, sys\n"
        "from cashless_sim.calibration.infer import infer\n"
        "fit = infer(toys.slow, toys.PAIR, toys.PAIR_TARGETS, 24, 60, seed=5, folder=pathlib.Path(sys.argv[1]))\n"
        "print(fit.weights.tobytes().hex(), fit.values.tobytes().hex())\n"
    )
    here = Path(__file__).resolve()
    paths = os.pathsep.join([str(here.parent), str(here.parents[2])])
    settings = {**os.environ, "PYTHONPATH": paths}
    command = [sys.executable, "-c", script, str(tmp_path / "killed")]
    running = subprocess.Popen(command, env={**settings, "TOY_SECONDS": "0.03"})
    deadline = time.monotonic() + 20
    while not (tmp_path / "killed" / "about.json").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(after)
    running.send_signal(signal.SIGKILL)
    running.wait()
    kept = sorted((tmp_path / "killed").glob("part-*.csv"))
    assert len(kept) < 60 // PART
    again = subprocess.run(command, env=settings, capture_output=True, text=True, encoding="utf-8", check=True)
    whole = infer(toys.slow, toys.PAIR, toys.PAIR_TARGETS, 24, 60, seed=5)
    assert again.stdout.split() == [whole.weights.tobytes().hex(), whole.values.tobytes().hex()]


def test_a_kill_takes_the_workers_along(tmp_path):
    script = (
        "import toys, pathlib, sys\n"
        "from cashless_sim.calibration.infer import infer\n"
        "if __name__ == '__main__':\n"
        "    infer(toys.slow, toys.PAIR, toys.PAIR_TARGETS, 64, 64, 5, pathlib.Path(sys.argv[1]), workers=2)\n"
    )
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    here = Path(__file__).resolve()
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here.parent), str(here.parents[2])])}
    command = [sys.executable, str(tmp_path / "script.py"), str(tmp_path / "killed")]
    running = subprocess.Popen(command, env={**settings, "TOY_SECONDS": "1"})
    deadline = time.monotonic() + 30
    children: list[psutil.Process] = []
    while len(children) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
        children = psutil.Process(running.pid).children(recursive=True)
    time.sleep(2)
    children = psutil.Process(running.pid).children(recursive=True)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert len(children) >= 2
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


def test_a_larger_budget_goes_on_from_a_smaller_one(tmp_path):
    for budget in (30, 47, 60):
        last = infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, 24, budget, seed=5, folder=tmp_path)
    at_once = infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, 24, 60, seed=5)
    assert last.weights.tobytes() == at_once.weights.tobytes()
    assert len(list(tmp_path.glob("part-*.csv"))) == -(-60 // PART)


def test_kept_simulations_are_not_made_again(tmp_path):
    made = infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, 24, 48, seed=5, folder=tmp_path)

    def refuse(values, draw):
        raise AssertionError(draw)

    kept = infer(refuse, toys.PAIR, toys.PAIR_TARGETS, 24, 48, seed=5, folder=tmp_path)
    assert kept.weights.tobytes() == made.weights.tobytes()


def test_a_folder_of_another_fit_is_refused(tmp_path):
    infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, 24, 24, seed=5, folder=tmp_path)
    for change in ({"seed": 6}, {"particles": 23}, {"about": {"code_version": "other"}}):
        given = {"particles": 24, "budget": 24, "seed": 5} | change
        with pytest.raises(DataProblem, match="another fit"):
            infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, folder=tmp_path, **given)
    part = next(tmp_path.glob("part-*.csv"))
    part.write_text("something else\n", encoding="utf-8")
    with pytest.raises(DataProblem, match="part of this fit"):
        infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, 24, 24, seed=5, folder=tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"budget": 19}, "as many simulations as particles"),
        ({"particles": 1}, "particles"),
        ({"particles": True}, "particles"),
        ({"seed": -1}, "seed"),
        ({"workers": 0}, "workers"),
        ({"targets": []}, "targets"),
        ({"priors": [toys.WIDE, toys.WIDE]}, "priors"),
        ({"targets": [Measured("m", 1.0, 0.0)]}, "target m"),
        ({"targets": [Measured("m", float("nan"), 1.0)]}, "target m"),
    ],
)
def test_bad_input_is_refused(change, said):
    given = {"priors": [toys.WIDE], "targets": [Measured("m", 1.0, 0.5)], "particles": 20, "budget": 40, "seed": 1}
    with pytest.raises(BadValue, match=said):
        infer(toys.exact, **(given | change))


def test_the_density_of_a_proposal_is_that_of_its_draws():
    draws = np.arange(4000, dtype=np.uint32)
    proposal = around(standard(1, draws[:30], 2), np.full(30, 1 / 30), 30.0)
    drawn = proposal.drawn(2, draws)
    grid = np.linspace(-8, 8, 161)
    z = np.array([[x, y] for x in grid for y in grid])
    assert abs(proposal.density(z).sum() * 0.01 - 1) < 0.01
    inside = (np.abs(z) < 1).all(axis=1)
    expected = float((proposal.density(z)[inside]).sum() * 0.01)
    assert abs((np.abs(drawn) < 1).all(axis=1).mean() - expected) < 0.05
    alone = Proposal(np.zeros(2), np.eye(2))
    assert alone.density(np.zeros((1, 2)))[0] == pytest.approx(1 / (2 * np.pi))


def test_the_tolerance_is_the_least_that_carries_the_weights():
    square, base = np.arange(100.0), np.ones(100)
    h = tolerance(square, base, 20.0)
    assert effective(kernel(square, base, h)) >= 20
    assert effective(kernel(square, base, h / 1.01)) < 20
    assert tolerance(square, base, 1.5) == 1.0


@pytest.mark.filterwarnings("ignore")
def test_another_implementation_finds_the_same(tmp_path):
    pyabc = pytest.importorskip("pyabc", reason="pyabc is not installed (extra `check`)")
    logging.disable(logging.WARNING)
    state = np.random.get_state()  # noqa: NPY002
    np.random.seed(3)  # noqa: NPY002
    try:
        fit = pyabc.ABCSMC(
            lambda values: {"m": values["mean"]},
            pyabc.Distribution(mean=pyabc.RV("uniform", 0, 10)),
            pyabc.IndependentNormalKernel(var=[0.25]),
            population_size=300,
            eps=pyabc.Temperature(),
            acceptor=pyabc.StochasticAcceptor(),
            sampler=pyabc.SingleCoreSampler(),
        )
        fit.new(f"sqlite:///{tmp_path / 'other.db'}", {"m": -0.5})
        table, weights = fit.run(max_nr_populations=8).get_distribution()
    finally:
        np.random.set_state(state)  # noqa: NPY002
        logging.disable(logging.NOTSET)
    theirs = float((weights * table["mean"].to_numpy()).sum())
    posterior = infer(toys.exact, [toys.CUT], [Measured("m", -0.5, 0.5)], 300, 6000, seed=3)
    mean, spread = moments(posterior)
    error = spread * (1 / effective(np.asarray(weights)) + 1 / posterior.ess) ** 0.5
    assert abs(mean - theirs) < ERRORS * error
    shutil.rmtree(tmp_path, ignore_errors=True)
