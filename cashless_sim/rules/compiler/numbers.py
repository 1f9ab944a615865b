"""Turns exp, log and power of `rules.maths` into LLVM operations, straight from their Python text."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from cashless_sim.rules import maths
from cashless_sim.rules.compiler.bits import PRIMITIVES
from cashless_sim.rules.reading import read_function

_F32 = ir.FloatType()
_SIGNS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=="}


def _f32(number: Any) -> float:
    return float(np.float32(number))


class _Lowering:
    """One formula over float32 numbers: the same operations in the same order as the text."""

    def __init__(self, builder: Any, function: Callable[..., Any], arguments: list[Any]) -> None:
        self.builder = builder
        text = read_function(function)
        assert text.tree is not None
        self.tree, self.globals = text.tree, text.globals()
        self.names = dict(zip((a.arg for a in text.tree.args.args), arguments, strict=True))

    def result(self) -> Any:
        for statement in self.tree.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                self.names[statement.targets[0].id] = self.value(statement.value)
            elif isinstance(statement, ast.Return) and statement.value is not None:
                return self.value(statement.value)
        raise TypeError(f"{self.tree.name} returns nothing")

    def value(self, node: ast.expr) -> Any:
        builder = self.builder
        if isinstance(node, ast.Constant):
            return ir.Constant(_F32, _f32(node.value))
        if isinstance(node, ast.Name):
            return self.names[node.id]
        if isinstance(node, ast.UnaryOp):
            operand = node.operand
            if isinstance(operand, ast.Constant):
                return ir.Constant(_F32, -_f32(operand.value))
            return builder.fneg(self.value(operand))
        if isinstance(node, ast.BinOp):
            left, right = self.value(node.left), self.value(node.right)
            add, subtract, multiply = builder.fadd, builder.fsub, builder.fmul
            return {ast.Add: add, ast.Sub: subtract, ast.Mult: multiply}[type(node.op)](left, right)
        if isinstance(node, ast.Compare):
            sign = _SIGNS[type(node.ops[0])]
            return builder.fcmp_ordered(sign, self.value(node.left), self.value(node.comparators[0]))
        if isinstance(node, ast.IfExp):
            return builder.select(self.value(node.test), self.value(node.body), self.value(node.orelse))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self.call(node.func.id, [self.value(a) for a in node.args])
        raise TypeError(f"{ast.unparse(node)} is not taken in a formula of numbers")

    def call(self, name: str, arguments: list[Any]) -> Any:
        builder = self.builder
        if name in ("min", "max"):
            first, second = arguments
            better = builder.fcmp_ordered("<" if name == "min" else ">", second, first)
            return builder.select(better, second, first)
        if name in PRIMITIVES:
            return PRIMITIVES[name](builder, arguments[0])
        return _Lowering(builder, self.globals[name], arguments).result()


def _intrinsic(function: Callable[..., Any]) -> Any:
    arity = function.__code__.co_argcount

    def lower(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _Lowering(builder, function, list(arguments)).result()

    if arity == 1:

        def one(typingctx: Any, x: Any) -> Any:
            return types.float32(types.float32), lower

        return intrinsic(one)

    def two(typingctx: Any, x: Any, y: Any) -> Any:
        return types.float32(types.float32, types.float32), lower

    return intrinsic(two)


exp = _intrinsic(maths.exp)
log = _intrinsic(maths.log)
power = _intrinsic(maths.power)
NUMBERS: dict[Any, str] = {maths.exp: "exp", maths.log: "log", maths.power: "power"}
