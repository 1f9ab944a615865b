"""The month written by hand in C over the product's own columns: what the generated code is held against."""

import ctypes
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from cashless_sim.model.model import CashlessModel
from cashless_sim.streams import key, purpose

HERE = Path(__file__).resolve().parent
FLAGS = ("-O3", "-march=native", "-ffp-contract=off", "-fno-trapping-math", "-fno-math-errno", "-fPIC", "-shared")
"""No fast-math: additions keep their order, so the bits are the product's."""
_C = {"uint8": "uint8_t", "bool": "uint8_t", "uint16": "uint16_t", "int16": "int16_t", "uint32": "uint32_t"}
_C |= {"int32": "int32_t", "int64": "int64_t", "float32": "float"}


def compilers() -> list[str]:
    """Return the C compilers of this machine."""
    return [name for name in ("gcc", "clang") if shutil.which(name)]


class CMonth:
    """Runs the households' part of a month in C, in place, on the columns of a model whose outreach has been done."""

    def __init__(self, model: CashlessModel, compiler: str) -> None:
        """Lay out the arguments and compile; raise `CalledProcessError` when the compiler refuses."""
        self.model, self.compiler = model, compiler
        self.n = len(model.ids)
        self.marks = np.zeros(self.n, dtype=np.uint32)
        self.counts = {name: np.zeros(self.n, dtype=np.uint8) for name in ("paying", "spreading", "informed")}
        fields = self._fields()
        structure: Any = type("Month", (ctypes.Structure,), {"_fields_": [(n, t) for n, t, _ in fields]})
        self.arguments = structure()
        self._library = _library(_header([(n, c) for n, _, c in fields], self._defines()), compiler, FLAGS)
        self.width = ctypes.string_at(self._library.how_wide()).decode()

    def step(self) -> None:
        """Count contacts and run the rules for the month that `fill` laid out; ``model.month`` is left alone."""
        self._library.contacts(ctypes.byref(self.arguments))
        self._library.households(ctypes.byref(self.arguments))

    # -- arguments -----------------------------------------------------------------------------------------------
    def _arrays(self) -> dict[str, Any]:
        """Return every array by its name in C; a list for one array a bill."""
        model = self.model
        people = model._rules.people
        found: dict[str, Any] = {f"word_{i}": word for i, word in enumerate(model.columns.words)}
        for name, spec in model.columns.specs.items():
            if spec.bit < 0:
                stored = model.columns.stored(name)
                found[name] = list(stored) if spec.per else stored
        found |= {"ids": people.ids, "touch": people.touch, "degree": people.degree}
        found |= {"indptr": people.indptr, "indices": people.indices, "marks": self.marks}
        found |= {f"n_{name}": array for name, array in self.counts.items()}
        return found | {f"T_{name}": model.tables[name] for name in model.tables}

    def _numbers(self) -> dict[str, Any]:
        model = self.model
        k0, k1 = key(model.seed)
        found: dict[str, Any] = {"month": model.month, "replicate": model.replicate, "k0": k0, "k1": k1, "n": self.n}
        found["touches"] = len(model.tables["informed"])
        for rule in model._rules.rules:
            found |= {f"{type(rule).__name__}_{name}": value for name, value in rule.values.items()}
        return found

    def _fields(self) -> list[tuple[str, Any, str]]:
        fields: list[tuple[str, Any, str]] = []
        for name, array in self._arrays().items():
            kind = _C[(array[0] if isinstance(array, list) else array).dtype.name]
            many = len(array) if isinstance(array, list) else 0
            kinds = (
                (ctypes.c_void_p * many, f"{kind} *{name}[{many}]") if many else (ctypes.c_void_p, f"{kind} *{name}")
            )
            fields.append((name, *kinds))
        for name, value in self._numbers().items():
            if isinstance(value, tuple):
                fields.append((name, ctypes.c_float * len(value), f"float {name}[{len(value)}]"))
            elif isinstance(value, int):
                wide = name == "n"
                fields.append(
                    (name, ctypes.c_int64 if wide else ctypes.c_uint32, f"{'int64_t' if wide else 'uint32_t'} {name}")
                )
            else:
                fields.append((name, ctypes.c_float, f"float {name}"))
        return fields

    def _defines(self) -> dict[str, int]:
        specs = self.model.columns.specs
        found = {f"BIT_{name}": spec.bit for name, spec in specs.items() if spec.bit >= 0}
        assert max(found.values()) < 32, "the C month knows one word of yes/no columns"
        for rule in self.model._rules.rules:
            owner = type(rule).__name__
            found |= {f"U_{owner}_{draw.name}": purpose(f"{owner}.{draw.name}") for draw in rule.draws}
        return found

    def fill(self) -> None:
        """Lay out where this month's columns, tables and numbers are."""
        self._kept = self._arrays()  # what pointers point to stays alive
        for name, array in self._kept.items():
            many = isinstance(array, list)
            value = (ctypes.c_void_p * len(array))(*(a.ctypes.data for a in array)) if many else array.ctypes.data
            setattr(self.arguments, name, value)
        for name, value in self._numbers().items():
            kind = (ctypes.c_float * len(value))(*map(float, value)) if isinstance(value, tuple) else value
            setattr(self.arguments, name, kind if isinstance(kind, int | ctypes.Array) else float(kind))


def _header(fields: list[tuple[str, str]], defines: dict[str, int]) -> str:
    lines = [f"#define {name} {value}u" for name, value in defines.items()]
    members = "".join(f"    {text};\n" for _, text in fields)
    return "\n".join(lines) + "\nstruct Month {\n" + members + "};\n"


@cache
def _library(header: str, compiler: str, flags: tuple[str, ...]) -> Any:
    """Return the compiled month; the folder is only needed until it is loaded."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "fields.h").write_text(header, encoding="utf-8")
        target = Path(folder, "month.so")
        command = [compiler, *flags, f"-I{folder}", f"-I{HERE}", "-o", str(target), str(HERE / "simd_month.c")]
        subprocess.run(command, check=True, capture_output=True, text=True)
        library = ctypes.CDLL(str(target))
    library.how_wide.restype = ctypes.c_void_p
    return library
