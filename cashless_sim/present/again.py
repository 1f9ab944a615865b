"""Saved figures made again: found by file or hash, drawn from fresh runs, held against their own data."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.data import data_hash
from cashless_sim.errors import FileProblem, UnknownName
from cashless_sim.experiment.manifest import code_hash
from cashless_sim.experiment.runs import Runs
from cashless_sim.experiment.writing import told
from cashless_sim.present.cli.folders import RESULTS
from cashless_sim.present.locale.figures import word
from cashless_sim.present.rerun import rerun, scenarios_of
from cashless_sim.present.saving import hash_of, inside, parsed, save

META, MANIFEST = ".meta.json", "manifest.json"
SHORT, LEAST = 12, 6
EXPECTED = "a figure's .png, .svg, .csv or .meta.json, a manifest.json, or the beginning of a hash"
SAME, OTHER = 0, 1
TEXT, WHOLE, NONE = (str,), (int,), (type(None),)
SCENARIO = {"name": TEXT, "hash": TEXT, "recipe": TEXT + NONE}
ROW = {"scenario": TEXT, "replicate": WHOLE, "households": WHOLE, "draw": WHOLE + NONE + (float,)}


def carry_out(what: str, files: Sequence[str], threads: int | None, out: Path | None, tongue: str) -> int:
    """Make the figures of a file or hash again, and say what differs; return 0 when all data are identical, else 1.

    The new figures go to ``out`` (``reproduced/`` beside the old ones). Raises `UserError`.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    manifest, figures = found(what)
    runs = _again(manifest, files, threads, tongue) if _is_simulated(manifest, figures) else None
    same = runs is None or runs.results_hash == manifest.get("results_hash")
    for path, facts in figures:
        same &= _redrawn(path, facts, runs, files, out or path.parent / "reproduced", tongue)
    return SAME if same else OTHER


def found(what: str) -> tuple[Mapping[str, Any], list[tuple[Path, Mapping[str, Any]]]]:
    """Return the manifest and the figures that a file or a hash means; raise `FileProblem`, `UnknownName`."""
    path = Path(what)
    if path.name == MANIFEST and path.is_file():
        manifest = _manifest(path, _read(path))
        return manifest, [(one, facts) for one, facts in _figures(path.parent) if _made_of(facts, manifest)]
    if path.is_file():
        facts = inside(path) if path.suffix == ".png" else _read(_beside(path))
        return _manifest(path, facts.get("manifest") or {}), [(path, facts)]
    if _is_hash(what):
        return _by_hash(what)
    raise FileProblem(path=what, problem="there is no such file", expected=EXPECTED)


def _beside(path: Path) -> Path:
    """Return where the facts of a figure's file lie."""
    return path if path.name.endswith(META) else path.with_suffix(META)


def _read(path: Path) -> Mapping[str, Any]:
    with told(path, EXPECTED):
        text = path.read_bytes().decode("utf-8", "replace")
    return parsed(text, path, EXPECTED)


def _manifest(path: Path, manifest: Any) -> Mapping[str, Any]:
    """Return a manifest that runs can be made again from, or an empty one; raise `FileProblem`."""
    if not manifest:
        return {}
    if not _is_manifest(manifest):
        raise FileProblem(path=str(path), problem="it holds no manifest of runs", expected=EXPECTED)
    found: Mapping[str, Any] = manifest
    return found


def _is_manifest(manifest: Any) -> bool:
    """Whether this names scenarios and runs in the way of our manifests."""
    if not isinstance(manifest, dict):
        return False
    about, rows = manifest.get("scenarios", []), manifest.get("runs", [])
    seeded = not rows or (bool(about) and type(manifest.get("seed")) is int)
    return seeded and _tables(about, SCENARIO) and _tables(rows, ROW)


def _tables(found: Any, kinds: Mapping[str, tuple[type, ...]]) -> bool:
    """Whether this is a list of tables whose values are of these kinds."""
    if not (isinstance(found, list) and all(isinstance(one, dict) for one in found)):
        return False
    return all(type(one.get(key)) in known for one in found for key, known in kinds.items())


def _is_hash(what: str) -> bool:
    return len(what) >= LEAST and set(what.lower()) <= set("0123456789abcdef")


def _figures(folder: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield the figures saved in a folder, by name."""
    for path in sorted(folder.glob(f"*{META}")):
        yield path, _read(path)


def _made_of(facts: Mapping[str, Any], manifest: Mapping[str, Any]) -> bool:
    return (facts.get("manifest") or {}).get("results_hash") == manifest.get("results_hash")


def _by_hash(start: str) -> tuple[Mapping[str, Any], list[tuple[Path, Mapping[str, Any]]]]:
    """Return what under ``results`` has results or a recipe whose hash begins so: the first, by path."""
    for path in sorted(RESULTS.rglob(MANIFEST)):
        manifest = _read(path)
        hashes = [str(manifest.get("results_hash")), *(str(one["hash"]) for one in manifest.get("scenarios", ()))]
        if any(one.startswith(start.lower()) for one in hashes):
            return found(str(path))
    for path in sorted(RESULTS.rglob(f"*{META}")):
        facts = _read(path)
        if start.lower() in str(facts.get("table_hash")) or _has(facts, start.lower()):
            return found(str(path))
    raise UnknownName(what="results with this hash", name=start, expected=f"one that lies under {RESULTS}/")


def _has(facts: Mapping[str, Any], start: str) -> bool:
    manifest = facts.get("manifest") or {}
    hashes = [str(manifest.get("results_hash")), *(str(one["hash"]) for one in manifest.get("scenarios", ()))]
    return any(one.startswith(start) for one in hashes)


def _is_simulated(manifest: Mapping[str, Any], figures: Sequence[tuple[Path, Mapping[str, Any]]]) -> bool:
    """Whether the data come from runs alone, so that the runs are made again."""
    return bool(manifest.get("runs")) and (not figures or any(_from_runs(facts) for _, facts in figures))


def _from_runs(facts: Mapping[str, Any]) -> bool:
    from cashless_sim.present.figures import RUNS

    return facts.get("figure") in (*RUNS, "difference", "cost_effect")


def _again(manifest: Mapping[str, Any], files: Sequence[str], threads: int | None, tongue: str) -> Runs:
    """Run everything of a manifest again, saying what of code, data and results is as it was."""
    from cashless_sim.present.progress import Progress

    for name, now in (("code", code_hash()), ("data", data_hash())):
        then = str(manifest.get(f"{name}_hash"))
        if then != now:
            print(word(f"reproduce.{name}", tongue, old=then[:SHORT], new=now[:SHORT]))
    with Progress(tongue, word("reproduce.working", tongue, runs=len(manifest["runs"]))) as progress:
        runs = rerun(manifest, files, threads, progress)
    old, new = str(manifest.get("results_hash"))[:SHORT], runs.results_hash[:SHORT]
    print(word("reproduce.results", tongue, old=old, new=new))
    return runs


def _redrawn(
    path: Path, facts: Mapping[str, Any], runs: Runs | None, files: Sequence[str], out: Path, tongue: str
) -> bool:
    """Draw and save one figure again; say and return whether its table is identical."""
    import matplotlib.pyplot as plt

    from cashless_sim.present.figures import draw

    stem = path.name.removesuffix(META).split(".")[0] if path.name.endswith(META) else path.stem
    if "options" not in facts:
        raise FileProblem(path=str(path), problem="it holds no facts of a figure", expected=EXPECTED)
    options = dict(facts["options"])
    if runs is not None and _from_runs(facts):
        if facts["figure"] == "cost_effect":
            options["scenarios"] = scenarios_of(facts["manifest"], files)
        ax = draw(str(facts["figure"]), runs, **options)
    else:
        print(word("reproduce.drawn", tongue))
        ax = draw(str(facts["figure"]), _table(path), **options)
    saved = save(ax, out / f"{stem}.png")
    plt.close(ax.get_figure(root=True))
    return _said(stem, facts, _beside(path).with_name(f"{stem}.csv"), saved.csv, tongue)


def _table(path: Path) -> pd.DataFrame:
    table = _beside(path).with_name(path.name.removesuffix(META)).with_suffix(".csv")
    with told(table, "the table of the figure, beside it"):
        return pd.read_csv(table)


def _said(name: str, facts: Mapping[str, Any], old: Path, new: Path, tongue: str) -> bool:
    """Say and return whether two tables are identical, by the hash in the facts or by the file beside them."""
    text = new.read_text(encoding="utf-8")
    before = old.read_text(encoding="utf-8") if old.is_file() else ""
    wanted = facts.get("table_hash") or hash_of(before)
    if hash_of(text) == wanted:
        print(word("reproduce.same", tongue, name=name))
        return True
    rows, gap, total = differing(before, text)
    print(word("reproduce.other", tongue, name=name, rows=rows, all=total, gap=gap))
    return False


def differing(before: str, after: str) -> tuple[int, str, int]:
    """Return how many rows of two tables differ, the largest difference of a number in them, and the rows of both."""
    old, new = (pd.read_csv(io.StringIO(text)) if text else pd.DataFrame() for text in (before, after))
    total = max(len(old), len(new))
    if list(old) != list(new) or len(old) != len(new):
        return total, "–", total
    unlike = ~((old == new) | (old.isna() & new.isna()))
    numbers = [name for name in old.select_dtypes("number") if name in new.select_dtypes("number")]
    gap = (old[numbers] - new[numbers]).abs().max().max() if numbers else float("nan")
    return int(unlike.any(axis=1).sum()), "–" if gap != gap else f"{gap:.3g}", total
