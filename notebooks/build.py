"""Runs the notebooks in fresh kernels: whole, to be committed with their outputs, or small, to be checked.

python notebooks/build.py                     all of them, full size, written with their outputs
python notebooks/build.py 00 04               these
python notebooks/build.py --small             small: nothing is written, key numbers are held against ranges.toml
python notebooks/build.py --small --seed 7    … with another seed, the numbers printed as they come
"""

from __future__ import annotations

import argparse
import ast
import base64
import copy
import hashlib
import io
import json
import os
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RANGES = HERE / "ranges.toml"
PARAMETERS, NUMBERS = "parameters", "key_numbers"
OURS = "cashless_sim"
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
KEPT = ("id", "cell_type", "source", "metadata", "outputs", "execution_count", "attachments")
TIMEOUT = 3600
COLOURS = 128
"""Colours of a figure that is committed: a third of the bytes, and no difference to the eye."""
COMPILING = "compiling the rules for this machine"
"""What a first run says on the error stream; the next one does not."""


def paths(names: list[str]) -> list[Path]:
    """Return the notebooks of these names or numbers, all of them without any."""
    there = sorted(HERE.glob("*.ipynb"))
    found = [path for path in there if not names or any(path.stem.startswith(name) for name in names)]
    if not found:
        raise SystemExit(f"no notebook {', '.join(names)}; there are: {', '.join(p.stem for p in there)}")
    return found


def read(path: Path) -> dict[str, Any]:
    """Return a notebook as plain data."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def source(cell: dict[str, Any]) -> str:
    """Return the text of a cell."""
    given = cell["source"]
    return given if isinstance(given, str) else "".join(given)


def tagged(notebook: dict[str, Any], tag: str) -> list[int]:
    """Return the places of the cells with a tag."""
    return [at for at, cell in enumerate(notebook["cells"]) if tag in cell["metadata"].get("tags", ())]


def sources_hash(notebook: dict[str, Any]) -> str:
    """Return the SHA-256 (hex) of all code of a notebook: outputs of other code are stale."""
    code = [source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return hashlib.sha256("\0".join(code).encode("utf-8")).hexdigest()


def parameters(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the names that the parameters cell sets, with their values."""
    (at,) = tagged(notebook, PARAMETERS)
    body = ast.parse(source(notebook["cells"][at])).body
    return {one.targets[0].id: ast.literal_eval(one.value) for one in body if isinstance(one, ast.Assign)}


def injected(notebook: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook with a cell after its parameters that sets some of them; refuse names that are not there."""
    known = parameters(notebook)
    if unknown := sorted(set(given) - set(known)):
        raise SystemExit(f"no parameter {', '.join(unknown)}; there are: {', '.join(known)}")
    made = copy.deepcopy(notebook)
    text = "\n".join(f"{name} = {value!r}" for name, value in given.items())
    cell = {"cell_type": "code", "id": "injected", "metadata": {}, "outputs": [], "execution_count": None}
    made["cells"].insert(tagged(notebook, PARAMETERS)[0] + 1, {**cell, "source": text})
    return made


def executed(notebook: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the notebook as a fresh kernel in ``folder`` leaves it; raise at the first error of a cell."""
    import nbclient
    import nbformat

    given = nbformat.reads(text_of({**notebook, "metadata": KERNEL}), as_version=4)
    client = nbclient.NotebookClient(
        given, timeout=TIMEOUT, record_timing=False, resources={"metadata": {"path": folder}}
    )
    client.execute()
    return json.loads(nbformat.writes(given))


def cleaned(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook without what differs from run to run and what shows nothing, its figures in fewer bytes."""
    made = {"cells": [], "metadata": dict(KERNEL), "nbformat": 4, "nbformat_minor": 5}
    for cell in notebook["cells"]:
        kept = {name: cell[name] for name in KEPT if name in cell}
        kept["metadata"] = {key: value for key, value in cell["metadata"].items() if key == "tags"}
        if "outputs" in kept:
            kept["outputs"] = _joined([_still(one) for one in kept["outputs"] if not _is_blank(one)])
        made["cells"].append(kept)
    return made


def _still(output: dict[str, Any]) -> dict[str, Any]:
    """Return an output without names that are drawn anew in each run, its figures in fewer bytes."""
    made = {name: value for name, value in output.items() if name != "transient"}
    if "data" in made:
        made["data"] = {kind: value for kind, value in made["data"].items() if "jupyter.widget" not in kind}
        if "image/png" in made["data"]:
            made["data"]["image/png"] = _fewer_bytes("".join(made["data"]["image/png"]))
    return made


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return outputs with what was printed in several pieces in one: where it breaks differs from run to run."""
    made: list[dict[str, Any]] = []
    for one in outputs:
        if one["output_type"] == "stream" and made and made[-1].get("name") == one["name"]:
            text = "".join(made[-1]["text"]) + "".join(one["text"])
            made[-1] = {**made[-1], "text": text.splitlines(keepends=True)}
        else:
            made.append(one)
    return made


def _fewer_bytes(picture: str) -> str:
    """Return a PNG (base64) in `COLOURS` colours; one that has no more stays as it is."""
    from PIL import Image

    given = Image.open(io.BytesIO(base64.b64decode(picture)))
    if given.mode == "P":
        return picture
    buffer = io.BytesIO()
    given.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _is_blank(output: dict[str, Any]) -> bool:
    """Whether an output shows nothing, as a bar that is done, or what only a first run says."""
    if output["output_type"] == "stream" and output["name"] == "stderr":
        lines = "".join(output["text"]).splitlines()
        return all(line.startswith(COMPILING) for line in lines)
    if output["output_type"] != "display_data":
        return False
    data = {kind: "".join(text) for kind, text in output["data"].items()}
    return not data.get("text/html", "x") and set(data) <= {"text/html", "text/plain"}


def text_of(notebook: dict[str, Any]) -> str:
    """Return a notebook as it stands in its file."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def key_numbers(notebook: dict[str, Any]) -> dict[str, float]:
    """Return the numbers that the cell tagged ``key_numbers`` printed; none without such a cell."""
    found: dict[str, float] = {}
    for at in tagged(notebook, NUMBERS):
        for output in _joined(notebook["cells"][at]["outputs"]):
            if output["output_type"] == "stream":
                found |= json.loads("".join(output["text"]))
    return found


def outside(found: dict[str, float], ranges: dict[str, list[float]]) -> list[str]:
    """Return a line for each number without a range, outside its range, or asked for and not there."""
    lines = [f"{name} = {value:g} has no range" for name, value in found.items() if name not in ranges]
    for name, (low, high) in ranges.items():
        if name not in found:
            lines.append(f"{name} was not printed")
        elif not low <= found[name] <= high:
            lines.append(f"{name} = {found[name]:g} lies outside {low:g} to {high:g}")
    return lines


def built(path: Path) -> None:
    """Run a notebook as it is and write it with its outputs and the hash of its code."""
    notebook = read(path)
    with tempfile.TemporaryDirectory() as folder:
        done = cleaned(executed(cleaned(notebook), Path(folder)))
    done["metadata"][OURS] = {"sources": sources_hash(notebook)}
    path.write_text(text_of(done), encoding="utf-8", newline="\n")


def tried(path: Path, seed: int | None) -> list[str]:
    """Run a notebook small and return what is wrong with its key numbers; with a seed, print them."""
    wanted = tomllib.loads(RANGES.read_text(encoding="utf-8")).get(path.stem, {})
    notebook = read(path)
    small = {**wanted.get("small", {}), **({} if seed is None else {"SEED": seed})}
    small = {name: value for name, value in small.items() if name in parameters(notebook) or name != "SEED"}
    with tempfile.TemporaryDirectory() as folder:
        done = executed(cleaned(injected(notebook, small)), Path(folder))
    found = key_numbers(done)
    if seed is not None:
        print(json.dumps({path.stem: found}))
        return []
    return outside(found, wanted.get("ranges", {}))


def main() -> int:
    """Do what the command line asks; return 1 when something lies outside its range."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*")
    ask.add_argument("--small", action="store_true")
    ask.add_argument("--seed", type=int)
    given = ask.parse_args()
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    wrong = 0
    for path in paths(given.names):
        begun = time.monotonic()
        lines = tried(path, given.seed) if given.small else built(path) or []
        print(f"{path.stem}: {time.monotonic() - begun:.0f} s", *lines, sep="\n    ", flush=True)
        wrong += len(lines)
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
