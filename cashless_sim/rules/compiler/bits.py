"""The bits of a float32 as LLVM operations; equal to the functions of the same names in `rules.maths`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from llvmlite import ir

_F32, _I32 = ir.FloatType(), ir.IntType(32)


def single(builder: Any, x: Any) -> Any:
    """Emit nothing: compiled numbers are float32 already."""
    return x


def power_of_two(builder: Any, n: Any) -> Any:
    """Emit 2 to a whole power."""
    biased = builder.add(builder.fptosi(n, _I32), ir.Constant(_I32, 127))
    return builder.bitcast(builder.shl(biased, ir.Constant(_I32, 23)), _F32)


def exponent(builder: Any, x: Any) -> Any:
    """Emit the binary exponent of a positive normal number."""
    bits = builder.lshr(builder.bitcast(x, _I32), ir.Constant(_I32, 23))
    return builder.sitofp(builder.sub(bits, ir.Constant(_I32, 127)), _F32)


def mantissa(builder: Any, x: Any) -> Any:
    """Emit the significand in [1, 2) of a positive normal number."""
    bits = builder.and_(builder.bitcast(x, _I32), ir.Constant(_I32, 0x7FFFFF))
    return builder.bitcast(builder.or_(bits, ir.Constant(_I32, 0x3F800000)), _F32)


def nearest_whole(builder: Any, x: Any) -> Any:
    """Emit rounding to the nearest whole number, ties to even."""
    big = ir.Constant(_F32, 12582912.0)
    return builder.fsub(builder.fadd(x, big), big)


PRIMITIVES: Mapping[str, Callable[[Any, Any], Any]] = {
    f.__name__: f for f in (single, power_of_two, exponent, mantissa, nearest_whole)
}
