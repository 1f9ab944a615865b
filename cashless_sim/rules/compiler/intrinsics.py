"""Philox blocks as LLVM operations: what Python text cannot say to the vectoriser."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

_F32, _I32, _I64 = ir.FloatType(), ir.IntType(32), ir.IntType(64)
_M0, _M1, _W0, _W1 = 0xD2511F53, 0xCD9E8D57, 0x9E3779B9, 0xBB67AE85


def _product(builder: Any, factor: int, word: Any) -> Any:
    """Emit the product of the low halves: words stay in 64 bits, whatever is left in their upper halves."""
    low = builder.and_(word, ir.Constant(_I64, 0xFFFFFFFF))
    return builder.mul(low, ir.Constant(_I64, factor))


def _mixed(builder: Any, product: Any, word: Any, key: Any) -> Any:
    high = builder.lshr(product, ir.Constant(_I64, 32))
    return builder.xor(builder.xor(high, builder.zext(key, _I64)), word)


def _unit(builder: Any, word: Any) -> Any:
    whole = builder.sitofp(builder.lshr(word, ir.Constant(_I32, 9)), _F32)
    half = builder.fadd(whole, ir.Constant(_F32, 0.5))
    return builder.fmul(half, ir.Constant(_F32, 2.0**-23))


@intrinsic
def pick(typingctx: Any, test: Any, yes: Any, no: Any) -> Any:
    """Return one of two values by a test: one operation, where ``yes if test else no`` would be a branch."""
    kind = types.unliteral(yes)
    if kind != types.unliteral(no):
        return None

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.select(*args)

    return kind(types.boolean, kind, kind), generate


@intrinsic
def philox_units(typingctx: Any, c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Return the four uniforms of one Philox4x32-10 block [Salmon2011]; equal to `streams.philox` and `unit`."""
    signature = types.UniTuple(types.float32, 4)(*(types.uint32,) * 6)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        x0, x1, x2, x3 = (builder.zext(word, _I64) for word in args[:4])
        key0, key1 = args[4:]
        for _ in range(10):
            product0, product1 = _product(builder, _M0, x0), _product(builder, _M1, x2)
            x0, x1 = _mixed(builder, product1, x1, key0), product1
            x2, x3 = _mixed(builder, product0, x3, key1), product0
            key0 = builder.add(key0, ir.Constant(_I32, _W0))
            key1 = builder.add(key1, ir.Constant(_I32, _W1))
        units = [_unit(builder, builder.trunc(word, _I32)) for word in (x0, x1, x2, x3)]
        return context.make_tuple(builder, sig.return_type, units)

    return signature, generate
