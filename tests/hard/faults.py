"""Breaks the machine under a sweep: ``python tests/hard/faults.py --kills 50``.

Kills parent or worker at random moments, lets disks run full or only be read, clocks jump, two processes write one
store, files rot. After every fault: finished runs are still there, no wrong row is read, what is left is made again,
and the tables are byte for byte those of an undisturbed sweep.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from disks import disk, fill, mountable  # noqa: E402

from cashless_sim.errors import FileProblem  # noqa: E402
from cashless_sim.experiment.store import Store  # noqa: E402
from cashless_sim.experiment.swept import Sweep  # noqa: E402
from cashless_sim.experiment.upkeep import verify  # noqa: E402

PATIENCE = 300
"""Seconds until a worker must have ended after its parent, or a sweep after its worker, on a busy machine."""
LIKELY = 2.0
"""Seconds from the first run of a process within which most kills fall."""
HEAD = """
import sys, time
sys.path[:0] = {path!r}
{before}
from cashless_sim.experiment.space import grid
from cashless_sim.experiment.sweep import sweep
"""
WORLDS = {
    "planted": """
from sweep_stand_in import Planted
world = Planted(months=12, households=300, slow=0.1)
points = grid({{"push": [n / 1000 for n in range({points})]}})
code = "test"
""",
    "model": """
from cashless_sim.scenario.recipe import Scenario
world = Scenario.load("hung-yen").with_(households=400, start="2019-01", end="2019-12")
points = grid({{"rules.Awareness.tell": [0.1 + n / 100 for n in range({points})]}})
code = None
""",
}
TAIL = """
if __name__ == "__main__":
    sweep(world, points, store={store!r}, workers={workers}, code=code, name="kept")
"""


@dataclass(frozen=True)
class Plan:
    """A sweep to disturb: which world, how many points, how many worker processes."""

    world: str = "planted"
    points: int = 60
    workers: int = 2

    def command(self, store: Path, before: str = "") -> list[str]:
        """Return the command that runs it into a store in a process of its own."""
        text = (HEAD + WORLDS[self.world] + TAIL).format(
            path=[str(ROOT / "tests"), str(ROOT)],
            before=before,
            points=self.points,
            store=str(store),
            workers=self.workers,
        )
        path = store.with_suffix(f".{abs(hash((text, before))) % 10**8}.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return [sys.executable, str(path)]


class Broken(AssertionError):
    """Something that must hold after a fault does not."""


def must(holds: object, told: str) -> None:
    """Raise `Broken` if it does not hold."""
    if not holds:
        raise Broken(told)


def truth(plan: Plan, folder: Path) -> dict[str, bytes]:
    """Return the tables that an undisturbed sweep writes."""
    store = folder / "truth.sqlite"
    subprocess.run(plan.command(store), check=True)
    return tables(store, folder / "truth")


def tables(store: Path, folder: Path) -> dict[str, bytes]:
    """Return the tables of a finished sweep."""
    return {path.name: path.read_bytes() for path in Sweep.open(store, "kept").write(folder)}


def sound(store: Path) -> int:
    """Return how many runs are finished; raise `Broken` when one is damaged."""
    if not store.exists():
        return 0
    with Store(store) as held:
        found = verify(held)
        must(found.whole and not found.damaged and not found.designs, f"{store.name} is damaged: {found}")
        must(found.sound == len(held), "a run is neither sound nor damaged")
        return found.sound


# -- kills -----------------------------------------------------------------------------------------------------------
def kills(plan: Plan, count: int, random: Random, folder: Path) -> str:
    """Kill parent or worker ``count`` times at random moments; go on each time, begin anew when all runs are made."""
    expected, done, number, victims = truth(plan, folder), 0, 0, {"parent": 0, "worker": 0, "too late": 0}
    while done < count:
        number += 1
        store, before = folder / f"{plan.world}-{number}.sqlite", 0
        while done < count and before < plan.points:
            victims[_killed(plan.command(store), random)] += 1
            done += 1
            now = sound(store)
            must(now >= before, f"{before - now} finished runs are gone")
            before = now
        print(f"  {plan.world}: {done} kills, {before} of {plan.points} runs finished", flush=True)
        subprocess.run(plan.command(store), check=True)
        must(tables(store, folder / f"out-{number}") == expected, "tables differ from those of an undisturbed sweep")
    told = ", ".join(f"{what} {times}" for what, times in victims.items())
    return f"{done} kills of {plan.world} ({told}), {number} sweeps finished with the same bytes"


def _killed(command: list[str], random: Random) -> str:
    """Start a sweep, kill -9 its parent or one of its workers, wait for the end of all; say who was killed."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if random.random() < 0.85:
            _begun(process)
        time.sleep(random.uniform(0, LIKELY))
        theirs = _children(process.pid)
        if process.poll() is not None:
            return "too late"
        if theirs and random.random() < 0.5:
            random.choice(theirs).kill()
            process.wait(timeout=PATIENCE)
            must(process.returncode == 0, f"a killed worker stopped the sweep: {process.returncode}")
            return "worker"
        process.kill()
        process.wait(timeout=60)
        must(psutil.wait_procs(theirs, timeout=PATIENCE)[1] == [], "a worker outlives its parent")
        return "parent"
    except psutil.NoSuchProcess:
        process.wait(timeout=300)
        return "too late"
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _begun(process: subprocess.Popen[bytes]) -> None:
    """Wait until a sweep has worker processes, or is over."""
    while process.poll() is None and len(_children(process.pid)) < 2:
        time.sleep(0.02)


def _children(number: int) -> list[psutil.Process]:
    try:
        return psutil.Process(number).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


# -- disks ---------------------------------------------------------------------------------------------------------
def full(plan: Plan, count: int, random: Random, folder: Path) -> str:
    """Run sweeps on disks that run full at random sizes; give room, go on."""
    expected, refused = truth(plan, folder), 0
    for number in range(count):
        size = random.randrange(64, 400, 4)
        with disk(folder / f"full-{number}", f"{size}k") as small:
            store = small / "s.sqlite"
            script = plan.command(folder / "scripts" / "s.sqlite")
            text = Path(script[1]).read_text(encoding="utf-8").replace(str(folder / "scripts" / "s.sqlite"), str(store))
            Path(script[1]).write_text(text, encoding="utf-8")
            done = subprocess.run(script, capture_output=True, encoding="utf-8")
            must(done.returncode == 0 or "No space left on device" in done.stderr, done.stderr[-2000:])
            refused += done.returncode != 0
            subprocess.run(["mount", "-o", "remount,size=64m", str(small)], check=True)
            if store.exists() and store.stat().st_size:
                sound(store)
            subprocess.run(script, check=True)
            must(tables(store, folder / f"room-{number}") == expected, "tables differ after the disk was full")
    return f"{count} small disks, {refused} ran full; all went on to the same bytes"


def unwritable(folder: Path) -> str:
    """Let every writer meet a disk that can only be read, and one without room: one line, nothing left half done."""
    from writers import WRITERS

    for name, write in WRITERS.items():
        with disk(folder / f"ro-{name}", "8m") as place:
            subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
            _refused(name, write, place, ("Read-only file system", "it cannot be opened"))
        with disk(folder / f"none-{name}", "64k") as place:
            fill(place / "filler")
            _refused(name, write, place, ("No space left on device", "it cannot be opened"))
    return (
        f"{len(WRITERS)} writers on a disk that can only be read and on a full one: refused in one line, nothing left"
    )


def _refused(name: str, write: Callable[[Path], object], place: Path, why: tuple[str, ...]) -> None:
    before = sorted(path.name for path in place.rglob("*"))
    try:
        write(place)
    except FileProblem as error:
        must(any(one in str(error) for one in why) and "\n" not in str(error), f"{name}: {error}")
    else:
        raise Broken(f"{name} wrote to a disk that takes nothing")
    left = [path for path in place.rglob("*") if path.name not in before and path.is_file()]
    must(not [path for path in left if path.suffix != ".sqlite"], f"{name} left {left}")


# -- clocks, neighbours ----------------------------------------------------------------------------------------------
JUMPING = """
import random as chance, time
usual = {name: getattr(time, name) for name in ("time", "monotonic", "perf_counter")}
for name, of in usual.items():
    setattr(time, name, lambda of=of: of() + chance.choice((0, 0, 0, -1e9, 1e9, -3600, 3600)))
""".replace("{", "{{").replace("}", "}}")


def clocks(plan: Plan, folder: Path) -> str:
    """Let every clock of the sweep jump by hours and decades, forwards and backwards."""
    expected = truth(plan, folder)
    store = folder / "clock.sqlite"
    alone = Plan(plan.world, plan.points, 1)
    subprocess.run(alone.command(store, JUMPING.replace("{{", "{").replace("}}", "}")), check=True, timeout=600)
    must(tables(store, folder / "clock") == expected, "tables depend on the clock")
    return "clocks that jump by up to 30 years at every look: the same bytes"


def neighbours(plan: Plan, count: int, folder: Path) -> str:
    """Let several processes run one sweep into one store at the same time."""
    expected = truth(plan, folder)
    for number in range(count):
        store = folder / f"shared-{number}.sqlite"
        command = plan.command(store)
        both = [subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") for _ in range(2 + number % 2)]
        said = [process.communicate(timeout=600)[1] for process in both]
        must([process.returncode for process in both] == [0] * len(both), "\n".join(said)[-2000:])
        must(sound(store) == plan.points, "runs are missing")
        must(tables(store, folder / f"shared-{number}") == expected, "tables differ")
    return f"{count} times two or three processes on one store: the same bytes"


def main() -> int:
    """Bring about the faults; return 1 when something broke."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--model-kills", type=int, default=5, help="of them, kills of sweeps of the model itself")
    options.add_argument("--disks", type=int, default=20)
    options.add_argument("--pairs", type=int, default=10)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    random, planted, begun = Random(given.seed), Plan(), time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        steps: list[tuple[str, Callable[[Path], str]]] = [
            ("kills", lambda at: kills(planted, given.kills - given.model_kills, random, at)),
            ("model", lambda at: kills(Plan("model", 8), given.model_kills, random, at)),
            ("clocks", lambda at: clocks(planted, at)),
            ("pairs", lambda at: neighbours(planted, given.pairs, at)),
        ]
        if mountable():
            steps += [("full", lambda at: full(planted, given.disks, random, at)), ("unwritable", unwritable)]
        else:
            print("disks: skipped, none can be mounted here", flush=True)
        broken = 0
        for step, act in steps:
            (folder / step).mkdir()
            try:
                told = act(folder / step)
            except Broken as error:
                told, broken = f"BROKEN: {error}", broken + 1
            print(f"{step}: {told} [{time.perf_counter() - begun:.0f} s]", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
