"""A recipe as TOML text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(tables: Mapping[str, Any]) -> str:
    """Return plain values as TOML; what is None or empty is left out."""
    scalars = {key: value for key, value in tables.items() if not _is_table(value)}
    blocks = ["".join(_pairs(scalars))]
    for key, value in tables.items():
        blocks += _blocks(_key(key), value)
    return "\n".join(block for block in blocks if block)


def _blocks(name: str, value: Any) -> list[str]:
    """Return the text of each table under one name."""
    if isinstance(value, Mapping):
        own = {key: inner for key, inner in value.items() if not isinstance(inner, Mapping)}
        pairs = "".join(_pairs(own))
        blocks = [f"[{name}]\n{pairs}"] if pairs else []
        for key, inner in value.items():
            if isinstance(inner, Mapping):
                blocks += _blocks(f"{name}.{_key(key)}", inner)
        return blocks
    if _is_table(value):
        return [f"[[{name}]]\n{''.join(_pairs(item))}" for item in value]
    return []


def _pairs(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(k)} = {_value(v)}\n" for k, v in table.items() if v is not None and v not in ("", [], (), {})]


def _is_table(value: Any) -> bool:
    """Whether a value gets a header of its own."""
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(item, Mapping) and "name" in item for item in value)
    return isinstance(value, Mapping)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value) if not isinstance(value, bool) else str(value).lower()


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)
