"""Tracked text speaks of the project only: no machine's paths, no registry's hosts, one Unicode form."""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.:/~-])/(?:work|root|tmp|home|farm|Users)/|\b[A-Z]:\\Users\\"),
    "a registry's host": re.compile(
        r"\bpypi\.org|pythonhosted\.|anaconda\.(?:org|com)|\bnpmjs\.|--(?:extra-)?index[-]url", re.IGNORECASE
    ),
    "how it was written": re.compile(
        r"\bc[l]aude\b|\ba[n]thropic\b|\bo[p]enai\b|\bchat[g]pt\b|\bco[p]ilot\b|\bl[l]ms?\b|\bsub-?[a]gents?\b"
        r"|\bfarm-[a-z]+\b|\blanguage [m]odel",
        re.IGNORECASE,
    ),
    "an unfinished thought": re.compile(r"#\s*(?:T[O]DO|F[I]XME|X[X]X)\b"),
}
FREE_PATHS = (".ci/",)
SKIPPED = {".git", ".venv", "venv", "build", "dist", "__pycache__"}


def tracked(root: Path) -> list[str]:
    """Return the files git tracks or would add; without git, every file outside build folders."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        found = (path.relative_to(root) for path in root.rglob("*"))
        return [path.as_posix() for path in found if not SKIPPED & set(path.parts)]
    return [name for name in listed.split("\0") if name]


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield name and content of each tracked text file."""
    for name in tracked(root):
        path = root / name
        if path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                yield name, content.decode("utf-8")


def offences(text: str, name: str) -> Iterator[str]:
    """Yield what a text should not say, with its line."""
    for what, pattern in FORBIDDEN.items():
        if what == "a path of one machine" and name.startswith(FREE_PATHS):
            continue
        for found in pattern.finditer(text):
            yield f"{name}:{text.count(chr(10), 0, found.start()) + 1}: {what}: {found[0]!r}"


def test_tracked_text_speaks_of_the_project_only(root):
    assert [said for name, text in texts(root) for said in offences(text, name)] == []


def test_tracked_text_is_composed_unicode_with_plain_line_ends(root):
    for name, text in texts(root):
        assert unicodedata.is_normalized("NFC", text), f"{name}: letters and marks are apart (not NFC)"
        assert "\r\n" not in text or name.endswith(".bat"), f"{name}: Windows line ends"


def test_no_tracked_file_is_huge(root):
    sizes = {name: (root / name).stat().st_size for name in tracked(root) if (root / name).is_file()}
    assert {name: size for name, size in sizes.items() if size > 5_000_000} == {}


@pytest.mark.parametrize(
    "text",
    [
        "see /" + "root/x",
        "open('/" + "tmp/x')",
        "pip install --index" + "-url x",
        "files.python" + "hosted.org",
        "by C" + "laude",
        "a sub" + "agent",
        "x = 1  # TO" + "DO later",
    ],
)
def test_a_planted_word_is_found(text):
    assert len(list(offences(text, "README.md"))) == 1


@pytest.mark.parametrize("text", ["https://example.vn/home/x", "the work/life", "an agent of the post office"])
def test_a_sound_sentence_passes(text):
    assert list(offences(text, "README.md")) == []
