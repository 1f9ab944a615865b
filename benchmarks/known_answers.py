"""How close the month comes to theories with known answers, as a table in Markdown.

Run ``python benchmarks/known_answers.py > docs/known_answers.md`` from the project's folder (a few minutes). The tests
in `tests/known_answers` hold the same comparisons on fewer households.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "known_answers"))
from theory_limits import (
    bass_errors,
    bass_rules,
    error_slope,
    experiment,
    logit_rules,
    mean_and_error,
    paying,
    replicates,
    threshold_rules,
    told_at_last,
    with_thresholds,
)
from theory_people import people, random_ties, ring_ties

from cashless_sim.theory import (
    bass,
    bass_monthly,
    critical_spread,
    exponential,
    fixed_points,
    reached,
    social_logit,
    thresholds,
    tipping_range,
)

P, Q, MONTHS = 0.02, 0.12, 30
SIZES = {500: 48, 1_500: 40, 5_000: 32, 15_000: 24, 50_000: 16}
DEGREE, SEEDS = 4.0, 0.004
Row = tuple[str, str, str, str]
HEAD = """# Known answers: the month against theory

Written by `python benchmarks/known_answers.py > docs/known_answers.md`; `tests/known_answers` holds the same
comparisons on fewer households. Every line is a run of `CashlessModel` with all the shipped rules: only parameters,
switches and the first month's state differ from an ordinary run (`tests/known_answers/theory_limits.py`). ± is two
standard errors over replicates. A control is a run that must miss the theory.

| theory and case | theory | simulated | note |
|---|---|---|---|"""


def spread(values: object, digits: int = 4) -> str:
    mean, error = mean_and_error(values)
    return f"{mean:.{digits}f} ± {2 * error:.{digits}f}"


def bass_rows() -> Iterator[Row]:
    theory, months = bass_monthly(P, Q, MONTHS), np.arange(MONTHS + 1)
    errors = {n: bass_errors(n, P, Q, MONTHS, count) for n, count in SIZES.items()}
    slope, error = error_slope(errors)
    for n, found in errors.items():
        yield (
            f"Bass, p {P}, q {Q}: error to the monthly recursion, N = {n:,}",
            "0 as N grows",
            spread(found),
            f"{len(found)} replicates",
        )
    yield "Bass: slope of log error on log N", "−0.5", f"{slope:.3f} ± {2 * error:.3f}", "resampled replicates"
    rounded = np.abs(bass_monthly(P, Q, MONTHS, ties=255) - theory).max()
    yield "Bass: what rounding the share to 1/255 does to the recursion", "0", f"{rounded:.5f}", "largest gap"
    yield (
        "Bass: recursion against closed form, same p and q",
        "0 as the step shrinks",
        f"{np.abs(theory - bass(months, P, Q)).max():.4f}",
        "largest gap; it halves with the step",
    )
    yield from slow_bass_rows()
    off = bass_errors(50_000, P, Q, MONTHS, 4, network="none")
    yield "Control: the same, N = 50,000, contact off", "misses", spread(off), "error to the recursion"
    wrong = np.sqrt(np.mean((bass_monthly(1.2 * P, Q, MONTHS) - theory)[1:] ** 2))
    yield "Control: p wrong by a fifth", "misses", f"{wrong:.4f}", "error to the recursion, without luck"


def slow_bass_rows() -> Iterator[Row]:
    p, q, months = 0.03 / 12, 0.38 / 12, 120
    closed = bass(np.arange(months + 1), p, q)
    model = experiment(people(50_000), bass_rules(p, q), "well-mixed", months)
    gaps = [np.abs(paying(again, months) - closed).max() for again in replicates(model, 4)]
    own = np.abs(bass_monthly(p, q, months) - closed).max()
    yield (
        "Bass, p 0.03 and q 0.38 a year, 120 months, N = 50,000: largest gap to the closed form",
        f"{own:.4f}",
        spread(gaps),
        "theory: gap of the recursion itself",
    )


def exponential_rows() -> Iterator[Row]:
    hazard, months = 0.03, 48
    theory = float(exponential(months, hazard))
    for network, case in (
        ("none", "Exponential without contact, hazard 0.03, share after 48 months"),
        ("well-mixed", "Control: the same with contact"),
    ):
        model = experiment(people(20_000), bass_rules(hazard, 0.10), network, months)
        ends = [paying(again, months)[-1] for again in replicates(model, 8)]
        yield case, f"{theory:.4f}" if network == "none" else f"misses {theory:.4f}", spread(ends), "N = 20,000"


def logit_ends(digital: float, belief: float, start: float, network: str = "well-mixed") -> list[float]:
    model = experiment(people(10_000), logit_rules(digital, belief), network, 40, start=start)
    return [float(paying(again, 40)[-20:].mean()) for again in replicates(model, 8)]


def rounding(belief: float, share: float) -> float:
    """Return how far a share that is met rounded to 1/255 can move a fixed point, to first order."""
    slope = belief * share * (1.0 - share)
    return slope / 510 / (1.0 - slope)


def logit_rows() -> Iterator[Row]:
    low, high = tipping_range(6.0) or (0.0, 0.0)
    yield "Brock–Durlauf, βJ = 1½: tastes with two stable shares", f"{low:.3f} to {high:.3f}", "", "tipping range"
    for digital, belief in ((-2.0, 2.0), (-2.8, 6.0), (high + 0.15, 6.0)):
        points = [point.share for point in fixed_points(social_logit(digital, belief)) if point.stable]
        for start in (0.0, 1.0):
            end = points[0] if start == 0 else points[-1]
            yield (
                f"Brock–Durlauf, taste {digital:.2f}, βJ = {belief / 4:g}, from {start:.0f}",
                f"{end:.4f}",
                spread(logit_ends(digital, belief, start)),
                f"{len(points)} stable; rounding to 1/255 moves it by at most {rounding(belief, end):.4f}",
            )
    middle = fixed_points(social_logit(-2.8, 6.0))[1].share
    for side in (-0.05, 0.05):
        end = fixed_points(social_logit(-2.8, 6.0))[0 if side < 0 else 2].share
        yield (
            f"Brock–Durlauf, taste −2.80, βJ = 1.5, from {side:+.2f} beside the unstable {middle:.3f}",
            f"{end:.4f}",
            spread(logit_ends(-2.8, 6.0, middle + side)),
            "tips",
        )
    top = fixed_points(social_logit(-2.8, 6.0))[-1].share
    yield (
        "Control: the same from 1, contact off",
        f"misses {top:.4f}",
        spread(logit_ends(-2.8, 6.0, 1.0, "none")),
        "no second equilibrium",
    )


def threshold_ends(width: float, network: str = "well-mixed") -> list[float]:
    n, months, luck = 20_000, 60, np.random.default_rng(0)
    model = experiment(people(n), threshold_rules(), network, months)
    again = (with_thresholds(m, luck.normal(0.25, width, n)) for m in replicates(model, 8))
    return [float(paying(m, months)[-1]) for m in again]


def threshold_rows() -> Iterator[Row]:
    critical = critical_spread(0.25)
    for width in (0.08, 0.10, critical - 0.005, critical + 0.005, 0.15):
        share = fixed_points(thresholds(0.25, width))[0].share
        yield (
            f"Granovetter, thresholds normal with mean 0.25, spread {width:.4f}",
            f"{share:.4f}",
            spread(threshold_ends(width)),
            f"jump at {critical:.4f}",
        )
    top = fixed_points(thresholds(0.25, 0.15))[0].share
    off = spread(threshold_ends(0.15, "none"))
    yield "Control: spread 0.15, contact off", f"misses {top:.4f}", off, "instigators alone"


def telling_rows() -> Iterator[Row]:
    n, tried = 20_000, (0.6, 0.8, 1.0, 1.2, 1.5, 2.0)
    found = {}
    for told in tried:
        runs = [told_at_last(people(n, random_ties(n, DEGREE, r)), told / DEGREE, SEEDS, r) for r in range(8)]
        found[told] = [share for share, _ in runs]
        theory = np.mean([reached(told, first) for _, first in runs])
        yield (
            f"Word of mouth, mean degree 4, each tells {told:g}: share told at last",
            f"{theory:.4f}",
            spread(found[told]),
            f"giant component {reached(told):.4f}",
        )
    fitted = [threshold_of({told: found[told][r] for told in tried}) for r in range(8)]
    yield "Word of mouth: number told at which it goes far, fitted", "1", spread(fitted, 3), "one fit a replicate"
    runs = [told_at_last(people(n, random_ties(n, DEGREE, r)), 1.0, SEEDS, r, unreachable=0.7) for r in range(8)]
    theory = np.mean([reached(DEGREE, first, 0.3) for _, first in runs])
    shares = [share for share, _ in runs]
    yield "Word of mouth, told surely, 70 % unreachable", f"{theory:.4f}", spread(shares), "4 × 0.3 = 1.2"
    yield from telling_controls(n)


def threshold_of(shares: dict[float, float]) -> float:
    """Return the number told that stands where theory has 1."""

    def miss(scale: float) -> float:
        return sum((share - reached(told / scale, SEEDS)) ** 2 for told, share in shares.items())

    return float(minimize_scalar(miss, bounds=(0.5, 2.0), method="bounded").x)


def telling_controls(n: int) -> Iterator[Row]:
    theory = reached(2.0, SEEDS)
    off = [told_at_last(people(n, random_ties(n, DEGREE, r)), 0.5, SEEDS, r, "none")[0] for r in range(4)]
    ring = [told_at_last(people(n, ring_ties(n, 4)), 0.5, SEEDS, r)[0] for r in range(4)]
    yield "Control: each tells 2, contact off", f"misses {theory:.4f}", spread(off), "seeds alone"
    yield "Control: each tells 2 on a clustered ring", f"misses {theory:.4f}", spread(ring), "no random network"


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8")
    print(HEAD)
    for rows in (bass_rows, exponential_rows, logit_rows, threshold_rows, telling_rows):
        for row in rows():
            print(
                "| " + " | ".join(re.sub(r"(?<= )-(?=\d)", "−", f" {cell}").strip() for cell in row) + " |", flush=True
            )


if __name__ == "__main__":
    main()
