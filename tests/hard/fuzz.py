"""Feeds wrong files to every reader: ``python tests/hard/fuzz.py --reader toml --inputs 100000``.

A reader may accept a file or raise an error of the package. Anything else is a finding: another exception, more than
two seconds of work, a file left behind, or an accepted file that does not hold what it must.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[parent]) for parent in (1, 2)]

from mutating import Files, mutated
from readers import READERS, Reader

from cashless_sim.errors import CashlessError

SECONDS = 2.0
"""Work (processor time) that one input may take."""


class Hang(BaseException):
    """A reader worked too long on one input."""


@dataclass
class Tally:
    """What became of the inputs; ``findings`` are told once for each place in the code."""

    inputs: int = 0
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    findings: dict[str, str] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0

    def find(self, name: str, told: str) -> bool:
        """Keep a finding; return whether it is new."""
        self.times[name] += 1
        return self.findings.setdefault(name, told) == told and self.times[name] == 1


def fuzz(reader: Reader, inputs: int, seed: int, keep: Path | None = None, told: Any = None) -> Tally:
    """Return what became of ``inputs`` wrong files; those of findings are kept in a folder, if one is given."""
    tally, random = Tally(), Random(seed)
    signal.signal(signal.SIGPROF, _hang)
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as inside, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seeds = reader.seeds(Path(made))
        for one in seeds:  # what is right is accepted
            _once(reader, one, Path(inside), Tally(), strict=True)
        for number in range(inputs):
            given = mutated(random, seeds)
            if (found := _once(reader, given, Path(inside), tally)) and keep is not None:
                _kept(keep, found, given)
            if told is not None and number % 1000 == 999:
                told(number + 1, tally)
    return tally


def _once(reader: Reader, given: Files, folder: Path, tally: Tally, strict: bool = False) -> str | None:
    """Read one input; return the name of a new finding."""
    for name, content in given.items():
        (folder / name).write_bytes(content)
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    found, trace = None, ""
    try:
        reader.read(folder)
        tally.accepted += 1
    except CashlessError as error:
        if strict:
            raise
        tally.refused[type(error).__name__] += 1
        if "\n" in str(error):
            found = f"two lines: {type(error).__name__}"
    except Hang:
        found, trace = "hang at " + _place(), traceback.format_exc()
    except Exception as error:
        if strict:
            raise
        found, trace = f"{type(error).__name__} at {_place()}", traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    tally.inputs += 1
    tally.longest = max(tally.longest, time.process_time() - begun)
    for path in sorted(folder.iterdir()):
        if path.name not in given and path.name not in reader.leaves:
            found = found or f"left behind: {path.name}"
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return found if found and tally.find(found, trace) else None


def _place() -> str:
    """Return the last line of the package, or of this folder, that the present exception went through."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    ours = [one for one in frames if "cashless_sim" in one.filename] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}"


def _kept(keep: Path, found: str, given: Files) -> None:
    folder = keep / "".join(letter if letter.isalnum() else "-" for letter in found)[:80]
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in given.items():
        (folder / name).write_bytes(content)


def _hang(number: int, frame: Any) -> None:
    raise Hang


def line(name: str, tally: Tally, seconds: float) -> str:
    """Return one line about a reader."""
    refused = sum(tally.refused.values())
    share = f"{tally.accepted:,} accepted, {refused:,} refused"
    slow = f"longest {tally.longest:.2f} s, {seconds:.0f} s in all"
    return f"{name}: {tally.inputs:,} inputs, {share}, {len(tally.findings)} findings; {slow}"


def main() -> int:
    """Fuzz the readers that the command line names; return 1 when there are findings."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reader", choices=[*READERS, "all"], default="all")
    options.add_argument("--inputs", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    bad = 0
    for name in READERS if given.reader == "all" else (given.reader,):
        begun = time.perf_counter()

        def told(number: int, tally: Tally, name: str = name) -> None:
            print(json.dumps({"reader": name, "inputs": number, "findings": len(tally.findings)}), flush=True)

        tally = fuzz(READERS[name], given.inputs, given.seed, given.keep, told if given.inputs > 5000 else None)
        print(line(name, tally, time.perf_counter() - begun), flush=True)
        for found, trace in tally.findings.items():
            print(f"-- {found} ({tally.times[found]} times)\n{trace}", flush=True)
        bad += len(tally.findings)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
