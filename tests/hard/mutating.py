"""Valid files made wrong: bytes flipped, cut, doubled and crossed, tokens and cells replaced by nasty ones."""

from __future__ import annotations

import io
import re
import sqlite3
import tempfile
import zipfile
from pathlib import Path
from random import Random

Files = dict[str, bytes]
"""A seed: contents by the name of the file."""

NASTY = (
    *("0", "-1", "1e308", "-1e308", "1e999", "nan", "inf", "-inf", "NaN", "9" * 40, "-" + "9" * 400, "1_000", "0x10"),
    *("true", "false", "null", "None", "", " ", "\t", "\\", '"', "'", '"""', "'''", "[", "]", "{", "}", "[[", "=", ","),
    *("\u0000", "\ufeff", "\u202e", "\u0301", "\ud7ff", "Ế", "ế" * 50, "🏦", "\r", "\n", "\r\n", "\x1b[31m"),
    *("2017-06", "0000-00", "9999-12", "2020-13", "1-1", "2020-02-30", "2020-01-01T00:00:00Z", "12:00:00", "5.000"),
    *("../../x", "/etc/passwd", "CON", "%s%n", "{}", "{0}", "{what}", "${x}", "=1+1", "<b>", "&amp;", "os:system"),
    *("[1, 2", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{a={a={a={a={a=1}}}}}", "a.b.c.d", "extends", "remove = true", "all"),
)
TOKEN = re.compile(rb"[A-Za-z_][\w-]*|-?\d[\d.eE+-]*|\"[^\"\n]*\"|[\[\]{}=,:#<>/]")
DEEP = (b"[" * 3000, b"{" * 3000, b"a." * 3000, b"[" * 200 + b"]" * 200, b'{"a":' * 2000)


def mutated(random: Random, seeds: list[Files]) -> Files:
    """Return one of the seeds with one of its files made wrong, one to four times over."""
    made = dict(random.choice(seeds))
    name = random.choice(sorted(made))
    others = [seed[name] for seed in seeds if name in seed]
    change = {".xlsx": workbook, ".sqlite": database}.get(Path(name).suffix, text)
    made[name] = change(random, made[name], others)
    return made


def text(random: Random, content: bytes, others: list[bytes]) -> bytes:
    """Return a text made wrong in bytes, tokens or lines."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 4))):
        content = random.choice((_bytes, _token, _token, _token, _line, _line, _crossed))(random, content, others)
    return content


def _bytes(random: Random, content: bytes, others: list[bytes]) -> bytes:
    if not content:
        return bytes(random.randrange(256) for _ in range(random.randrange(8)))
    at, end = random.randrange(len(content)), random.randrange(len(content) + 1)
    kind = random.randrange(5)
    if kind == 0:  # a bit
        return content[:at] + bytes([content[at] ^ (1 << random.randrange(8))]) + content[at + 1 :]
    if kind == 1:  # cut off
        return content[:at]
    if kind == 2:  # a part gone, or there twice
        low, high = sorted((at, end))
        return content[:low] + content[high:] if random.random() < 0.5 else content[:high] + content[low:]
    if kind == 3:
        return content[:at] + bytes([random.randrange(256)]) + content[at:]
    return content[:at] + random.choice(DEEP) + content[at:] if random.random() < 0.05 else content[at:]


def _token(random: Random, content: bytes, others: list[bytes]) -> bytes:
    found = list(TOKEN.finditer(content))
    if not found:
        return content
    at = random.choice(found)
    new = random.choice(NASTY).encode("utf-8", "surrogatepass")
    if random.random() < 0.3:
        new = random.choice(found)[0]
    elif random.random() < 0.3:
        new = b'"' + new + b'"'
    return content[: at.start()] + new + content[at.end() :]


def _line(random: Random, content: bytes, others: list[bytes]) -> bytes:
    lines = content.split(b"\n")
    at, to = random.randrange(len(lines)), random.randrange(len(lines))
    kind = random.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(to, lines[at])
    elif kind == 2:
        lines[at], lines[to] = lines[to], lines[at]
    else:
        lines[at] = lines[at].replace(b",", b";", 1) if b"," in lines[at] else lines[at] + b","
    return b"\n".join(lines)


def _crossed(random: Random, content: bytes, others: list[bytes]) -> bytes:
    other = random.choice(others).split(b"\n")
    mine = content.split(b"\n")
    at, begin = random.randrange(len(mine) + 1), random.randrange(len(other))
    part = other[begin : begin + random.randrange(1, 8)]
    return b"\n".join([*mine[:at], *part, *mine[at:]])


# -- spreadsheets ----------------------------------------------------------------------------------------------------
VALUE = re.compile(rb"<v>[^<]*</v>|<t[^>]*>[^<]*</t>|r=\"[A-Z]+\d+\"|t=\"\w+\"|s=\"\d+\"")


def workbook(random: Random, content: bytes, others: list[bytes]) -> bytes:
    """Return a spreadsheet made wrong: now and then its bytes, else a text or a cell inside."""
    if random.random() < 0.15:
        return _bytes(random, content, others)
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    telling = [name for name in sorted(parts) if "sheet" in name or "shared" in name or "workbook" in name]
    name = random.choice(telling if random.random() < 0.9 else sorted(parts))
    if random.random() < 0.03:
        del parts[name]
    else:
        change = _cell if random.random() < 0.7 else text
        parts[name] = change(random, parts[name], [parts[name]])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as out:
        for one, inside in parts.items():
            out.writestr(one, inside)
    return made.getvalue()


def _cell(random: Random, content: bytes, others: list[bytes]) -> bytes:
    found = list(VALUE.finditer(content))
    if not found:
        return text(random, content, others)
    at = random.choice(found)
    new = random.choice(NASTY).replace("<", "").replace("&", "").replace("\0", "").encode("utf-8", "surrogatepass")
    old = at[0]
    if random.random() < 0.3:
        put = random.choice(found)[0]
    elif old.startswith(b"<v>"):
        put = b"<v>" + new + b"</v>"
    elif old.startswith(b"<t"):
        put = b"<t>" + new + b"</t>"
    else:
        put = random.choice(
            (b't="n"', b't="s"', b't="b"', b't="e"', b't="d"', b't="str"', b"", b's="9"', b'r="A1"', b'r="XFD1048576"')
        )
    return content[: at.start()] + put + content[at.end() :]


# -- databases -------------------------------------------------------------------------------------------------------
CELLS = (None, 0, -1, 2**63 - 1, 1.5, float("inf"), "", "x", "{}", "[]", '{"a": 1}', b"", b"\0", b"x" * 40)


def database(random: Random, content: bytes, others: list[bytes]) -> bytes:
    """Return an SQLite file made wrong: bits and pages of the file, or cells through SQL."""
    if random.random() < 0.3:
        return _stored(random, content)
    for _ in range(random.choice((1, 1, 2, 8))):
        content = _paged(random, content) if random.random() < 0.2 else _flipped(random, content)
    return content


def _flipped(random: Random, content: bytes) -> bytes:
    at = random.randrange(len(content)) if random.random() < 0.7 else random.randrange(min(200, len(content)))
    return content[:at] + bytes([content[at] ^ (1 << random.randrange(8))]) + content[at + 1 :]


def _paged(random: Random, content: bytes) -> bytes:
    pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]
    one, other = random.randrange(len(pages)), random.randrange(len(pages))
    kind = random.randrange(4)
    if kind == 0:
        pages[one] = bytes(len(pages[one]))
    elif kind == 1:
        pages[one] = pages[other]
    elif kind == 2:
        return content[: random.randrange(len(content))]
    else:
        pages[one] = bytes(random.randrange(256) for _ in range(64)) + pages[one][64:]
    return b"".join(pages) or b"\0"


def _stored(random: Random, content: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.sqlite"
        path.write_bytes(content)
        link = sqlite3.connect(path)
        try:
            tables = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            table = random.choice(tables)
            columns = [row[1] for row in link.execute(f"PRAGMA table_info({table})")]
            column = random.choice(columns)
            found = [row[0] for row in link.execute(f"SELECT {column} FROM {table}")]
            # which run answers an ask is not under a checksum: who edits that on purpose can rewrite checksums too
            new = random.choice(CELLS if random.random() < 0.6 or not found or table == "asks" else found)
            if isinstance(new, bytes) and new and random.random() < 0.5:
                new = _flipped(random, new)
            one = f"(SELECT {column} FROM {table} LIMIT 1 OFFSET {random.randrange(max(1, len(found)))})"
            where = "" if random.random() < 0.2 else f" WHERE {column} = {one}"
            link.execute(f"UPDATE OR IGNORE {table} SET {column} = ?{where}", (new,))
            link.commit()
            link.execute("PRAGMA journal_mode = DELETE").fetchall()
        except sqlite3.Error:
            pass
        finally:
            link.close()
        return path.read_bytes()
