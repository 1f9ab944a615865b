"""Office files made the same to the last byte: they are archives, and archives remember when they were made."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
STAMP = b"2000-01-01T00:00:00Z"
DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
INNER = (".xlsx", ".docx", ".pptx")


def settle(path: Path) -> None:
    """Write an office file again with fixed dates, inside the workbooks of its charts too."""
    path.write_bytes(settled(path.read_bytes()))


def settled(archive: bytes) -> bytes:
    """Return the bytes of an office file with fixed dates and the same members in the same order."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename.endswith(INNER):
                data = settled(data)
            elif member.filename == "docProps/core.xml":
                data = DATES.sub(rb"\g<1>" + STAMP + rb"\g<2>", data)
            same = zipfile.ZipInfo(member.filename, EPOCH)
            same.compress_type = zipfile.ZIP_DEFLATED
            same.external_attr = 0o600 << 16
            new.writestr(same, data)
    return held.getvalue()
