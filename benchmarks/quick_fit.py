"""The quick fit under kill -9, and with twice the households.

    python benchmarks/quick_fit.py [--kills 12 20 30] [--folder DIR]

Fits once without a stop, once killed after so many seconds each time and resumed, once with twice the households.
Prints in Markdown: whether the files are the same byte for byte, and the two posteriors side by side.
"""

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

START = "import sys; from cashless_sim.present.cli.main import main; sys.exit(main(sys.argv[1:]))"
FILES = ("posterior.csv", "manifest.json")
DOUBLED = ("--households", "10000")


def command(out: Path, *more: str) -> list[str]:
    """Return the command line of a quick fit into a folder."""
    return [sys.executable, "-c", START, "calibrate", "--quick", "--out", str(out), *more]


def fit(out: Path, *more: str) -> float:
    """Fit, and return the seconds that it took."""
    begun = time.perf_counter()
    subprocess.run(command(out, *more), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def kill(out: Path, seconds: float) -> int:
    """Start a fit, kill it and its workers after some seconds; return the simulations that are kept by then."""
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command(out), start_new_session=True, **silent)
    time.sleep(seconds)
    if process.poll() is not None:
        raise SystemExit(f"the fit was over before {seconds} s: kill it earlier")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return sum(1 for _ in (out / "simulations").rglob("*") if _.is_file())


def quantiles(path: Path) -> pd.DataFrame:
    """Return the 10, 50 and 90 % points of each number of a posterior."""
    frame = pd.read_csv(path)
    found = {}
    for name in frame.columns[3:]:
        rows = frame.sort_values(name)
        share = np.cumsum(rows["weight"]) / rows["weight"].sum()
        found[name] = [float(rows[name].iloc[int(np.searchsorted(share, q))]) for q in (0.1, 0.5, 0.9)]
    return pd.DataFrame(found, index=["low", "middle", "high"]).T


def main() -> None:
    """Print both results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=float, nargs="+", default=[12, 20, 30], help="seconds before each kill")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    home = given.folder or Path(tempfile.mkdtemp())
    seconds = fit(home / "whole")
    print(f"Quick fit: {seconds:.0f} s on {os.cpu_count()} cores.\n")
    for moment in given.kills:
        print(f"* killed after {moment:g} s; files kept: {kill(home / 'killed', moment)}")
    fit(home / "killed")
    for name in FILES:
        one, other = (hashlib.sha256((home / at / name).read_bytes()).hexdigest() for at in ("whole", "killed"))
        print(f"* `{name}`: {'the same' if one == other else 'ANOTHER'} after the kills (`{one[:12]}`, `{other[:12]}`)")
    print(f"\nTwice the households: {fit(home / 'doubled', *DOUBLED):.0f} s.\n")
    small, large = quantiles(home / "whole" / FILES[0]), quantiles(home / "doubled" / FILES[0])
    print("| number | 5,000 households | 10,000 households | medians differ by, 80 % widths |\n|---|---:|---:|---:|")
    for name in small.index:
        cells = [
            f"{at['middle']:.3g} [{at['low']:.3g} to {at['high']:.3g}]" for at in (small.loc[name], large.loc[name])
        ]
        width = small.at[name, "high"] - small.at[name, "low"]
        moved = abs(small.at[name, "middle"] - large.at[name, "middle"]) / width
        print(f"| {name} | {cells[0]} | {cells[1]} | {moved:.2f} |")


if __name__ == "__main__":
    main()
