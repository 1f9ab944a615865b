"""Our inference against pyABC's on the quick model: the same simulator, priors, targets and tolerance.

    python benchmarks/other_abc.py [--member NAME] [--budget N] [--accepted N]

Needs the extra ``check``. Ours spends a budget and ends at a tolerance; pyABC then accepts from the prior at that very
tolerance. Prints the mean of each free number on the scale 0 to 1 of its prior range, by both, with the distance in
standard errors. Neither is mended by a straight line. pyABC's luck is not repeatable in parallel: it runs on one core.
"""

import argparse
import logging
import tempfile
from pathlib import Path

import numpy as np
import pyabc

from cashless_sim.calibration.fit import QUICK
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.priors import free
from cashless_sim.calibration.simulate import Reality
from cashless_sim.calibration.targets import register
from cashless_sim.calibration.weights import effective
from cashless_sim.experiment.manifest import cores

FAR = 100_000
"""Numbers of pyABC's simulations begin here, so that they share no luck with ours."""


def main() -> None:
    """Fit with both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--member", default="contagion-closures")
    parser.add_argument("--budget", type=int, default=200, help="our simulations")
    parser.add_argument("--accepted", type=int, default=30, help="simulations that pyABC has to accept")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    targets = register("check").targets
    member = register("check").member(given.member)
    priors = free(member.spontaneous)
    reality = Reality(register("check"), member, QUICK.households, 1)
    ours = infer(reality, priors, targets, QUICK.particles * 2, given.budget, 1, workers=cores())
    h = ours.tolerance

    calls = iter(range(FAR, 10 * FAR))
    aims = {f"s{i}": float(t.value) for i, t in enumerate(targets)}

    def simulate(shares: dict[str, float]) -> dict[str, float]:
        values = {p.name: p.at(shares[p.name]) for p in priors}
        return {f"s{i}": value for i, value in enumerate(reality(values, next(calls)))}

    fit = pyabc.ABCSMC(
        simulate,
        pyabc.Distribution(**{p.name: pyabc.RV("uniform", 0, 1) for p in priors}),
        pyabc.IndependentNormalKernel(var=[(h * t.sd) ** 2 for t in targets]),
        population_size=given.accepted,
        eps=pyabc.ListTemperature(values=[1.0]),
        acceptor=pyabc.StochasticAcceptor(),
        sampler=pyabc.SingleCoreSampler(),
    )
    fit.new(f"sqlite:///{Path(tempfile.mkdtemp()) / 'other.db'}", aims)
    table, weights = fit.run(max_nr_populations=1).get_distribution()
    spent = next(calls) - FAR
    theirs = np.asarray(weights)
    print(f"{given.member}, tolerance {h:.2f}: ours {given.budget} simulations, worth {effective(ours.weights):.0f};")
    print(f"pyABC {pyabc.__version__}, {spent} simulations, {len(theirs)} accepted.\n")
    print("| number | ours | pyABC | distance, standard errors |\n|---|---:|---:|---:|")
    for i, prior in enumerate(priors):
        own = np.array([prior.share(v) for v in ours.values[:, i]])
        other = table[prior.name].to_numpy()
        (one, error), (two, doubt) = _mean(own, ours.weights), _mean(other, theirs)
        print(f"| {prior.name} | {one:.2f} | {two:.2f} | {(one - two) / (error + doubt) ** 0.5:+.1f} |")


def _mean(values: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Return a weighted mean and its squared standard error."""
    mean = float(weights @ values)
    return mean, float(weights @ (values - mean) ** 2) / effective(weights)


if __name__ == "__main__":
    main()
