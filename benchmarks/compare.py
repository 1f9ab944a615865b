"""One table of ratios against other ways to do the same month, measured in one interleaved run.

Run ``python benchmarks/compare.py`` from the project's folder. Peers that need an environment of their own are run by
``--python-agentpy``, ``--python-frames`` and ``--python-starsim``; a peer that cannot run is a line that says why.
Every peer's aggregates are checked against ours before anything is timed. Writes benchmarks/RESULTS.md.
"""

import argparse
import sys
from statistics import median

import results
from peers import contest
from peers.contest import Pair, Runner

PEERS = ("c", "numpy", "twin", "agentpy", "frames", "starsim")
FULL, CHECKED = 400_000, 24


def gather(given: argparse.Namespace) -> tuple[list[Pair], list[str], list[contest.Elsewhere]]:
    """Return the pairs to be timed, why others are not, and the processes to end."""
    pairs: list[Pair] = []
    missing: list[str] = []
    others: list[contest.Elsewhere] = []
    full = contest.columns_of(contest.a_model(given.households))
    if "c" in given.only:
        made = contest.by_c(given.households, CHECKED)
        if isinstance(made, str):
            missing.append(f"SIMD C: {made}")
        else:
            pairs.append(Pair("ours / SIMD C of the same month, same columns", full, *made, (1.3, 1.1), True))
    if "numpy" in given.only:
        pairs.append(Pair("careful NumPy + SciPy / ours", full, *contest.by_numpy(given.households, CHECKED), (5, 10)))
    if "twin" in given.only:
        ours, peer, equal = contest.by_twin(given.objects, given.households)
        pairs.append(Pair("plain Mesa twin / ours, outreach included", ours, peer, equal, (150, 300)))
    for name, script, n in (("agentpy", "agentpy_word.py", 5_000), ("frames", "mesa_frames_word.py", 100_000)):
        if name in given.only:
            python = getattr(given, f"python_{name}")
            try:
                mine, peer, process, equal = contest.by_word(python, script, n, given.rounds + 8)
            except (RuntimeError, OSError) as problem:
                missing.append(f"{name}: {problem}")
                continue
            others.append(process)
            pairs.append(Pair(f"{peer.name} / ours, word of mouth only", mine, peer, equal, (0, 0)))
    if "starsim" in given.only:
        try:
            process = contest.Elsewhere(given.python_starsim, "starsim_si.py", "200000")
        except (RuntimeError, OSError) as problem:
            missing.append(f"starsim: {problem}")
        else:
            others.append(process)
            peer = Runner(process.about["version"], process.about["n"], process.step)
            equal = "not the same work: its step of contagion alone, our whole month"
            pairs.append(Pair(f"{peer.name} SI step an agent / our full month a household", full, peer, equal, (2, 5)))
    return pairs, missing, others


def run(pairs: list[Pair], rounds: int) -> None:
    """Step every runner once a round, two rounds unmeasured."""
    runners = {id(r): r for pair in pairs for r in (pair.ours, pair.peer)}.values()
    for at in range(rounds + 2):
        for runner in runners:
            runner.take_turn()
        if at == 1:
            for runner in runners:
                runner.times.clear()


def line(pair: Pair) -> str:
    """Return a row of the table."""
    ratios = []
    for clock in (0, 1):
        both = list(zip(pair.peer.times, pair.ours.times, strict=True))
        ratios.append(sorted((o[clock] / p[clock] if pair.ours_over_peer else p[clock] / o[clock]) for p, o in both))
    cpu, wall = (median(r) for r in ratios)
    ns = [median(t[0] for t in r.times) * 1e9 for r in (pair.ours, pair.peer)]
    low, high = _number(ratios[0][0]), _number(ratios[0][-1])
    return (
        f"| {pair.title} | {ns[0]:,.0f} | {ns[1]:,.0f} | {_number(cpu)} ({low} to {high}) "
        f"| {_number(wall)} | {_verdict(cpu, *pair.aims, pair.ours_over_peer)} | {pair.equal} |"
    )


def _number(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 20 else f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}"


def _verdict(ratio: float, reach: float, aim: float, small_is_good: bool) -> str:
    if not aim:
        return "none set"
    sign = "≤" if small_is_good else "≥"
    ok = [(ratio <= bar) if small_is_good else (ratio >= bar) for bar in (reach, aim)]
    said = ["missed" if not met else "met" for met in ok]
    return f"reach {sign} {reach:g} {_loud(said[0])}, aim {sign} {aim:g} {_loud(said[1])}"


def _loud(word: str) -> str:
    return f"**{word}**" if word == "missed" else word


def memory(given: argparse.Namespace) -> str:
    """Return the row of bytes a household."""
    theirs, ours = contest.bytes_each(given.objects, 100_000)
    verdict = _verdict(theirs / ours, 15, 25, False)
    return (
        f"| bytes a household, plain Mesa twin / ours | {ours:,.0f} B | {theirs:,.0f} B | {theirs / ours:.1f} | "
        f"| {verdict} | state, ties, weights and working space after a month |"
    )


def two_cores(given: argparse.Namespace) -> str:
    """Return the section on threads: wall time of our month on one thread and on two, by turns."""
    models = [contest.a_model(given.households, threads=t) for t in (1, 2)]
    pairs = []
    for at in range(given.rounds + 2):
        walls = []
        for model in models:
            walls.append(contest.timed(model.step)[1])
        if at > 1:
            pairs.append(walls[0] / walls[1])
    assert models[0].state_hash() == models[1].state_hash(), "threads change the state"
    ratio, low, high = median(pairs), min(pairs), max(pairs)
    return (
        f"`python benchmarks/compare.py --only threads`. {results.machine()}\n\n"
        f"Whole months, counted, of {len(models[0].ids):,} households: one thread takes {ratio:.2f} times "
        f"({low:.2f} to {high:.2f}) the wall time of two; {_verdict(ratio, 1.7, 1.9, False)}. Same state hash."
    )


def main() -> None:
    """Print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=(*PEERS, "bytes", "threads"), default=[*PEERS, "bytes"])
    parser.add_argument("--households", type=int, default=0, help="0 is all of Hưng Yên")
    parser.add_argument("--objects", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--no-write", action="store_true", help="print only")
    for name in ("agentpy", "frames", "starsim"):
        parser.add_argument(f"--python-{name}", default=sys.executable, help="a Python that has it")
    given = parser.parse_args()
    if "threads" in given.only:
        text = two_cores(given)
        print(text)
        if not given.no_write:
            results.put("Two cores", text)
        return
    pairs, missing, others = gather(given)
    run(pairs, given.rounds)
    for process in others:
        process.close()
    rows = [line(pair) for pair in pairs]
    if "bytes" in given.only:
        rows.append(memory(given))
    text = "\n".join(
        [
            f"`python benchmarks/compare.py`, {given.rounds} rounds. {results.machine()}",
            "",
            "| ratio | ours, ns | peer, ns | CPU (range) | wall | bar | what was equal |",
            "|---|---:|---:|---:|---:|---|---|",
            *rows,
            *(["", *(f"* Not run: {why}" for why in missing)] if missing else []),
        ]
    )
    print(text)
    if not given.no_write:
        results.put("Ratios", text)


if __name__ == "__main__":
    main()
