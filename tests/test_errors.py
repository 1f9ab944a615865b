"""Errors carry a code and facts, say one English line, and survive the trip between processes."""

import copy
import pickle
import re
import unicodedata

import pytest

import cashless_sim.errors as errors
from cashless_sim.errors import (
    BadValue,
    CashlessError,
    FileProblem,
    RuleProblem,
    UnknownKey,
    UnknownName,
    UserError,
    nearest,
)

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, CashlessError)]


def test_the_tree_in_the_docstring_is_the_tree():
    """Each class stands in the drawing under its parent."""
    drawn = re.findall(r"^([│├└─ ]*)(\w+)", errors.__doc__.split("\n\n")[1], flags=re.MULTILINE)
    parents: list[tuple[int, str]] = []
    tree = {}
    for lead, name in drawn:
        while parents and parents[-1][0] >= len(lead):
            parents.pop()
        tree[name] = parents[-1][1] if parents else "Exception"
        parents.append((len(lead), name))
    assert tree == {kind.__name__: kind.__mro__[1].__name__ for kind in KINDS}


def test_each_kind_has_a_code_of_its_own():
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes) and all(re.fullmatch(r"[a-z-]+", code) for code in codes)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_says_one_line_whatever_it_is_told(kind):
    """Facts that are missing leave a gap, not a second error; line breaks do not spoil the line."""
    for facts in ({}, {"where": "a.toml:3", "problem": "two\nlines", "near": "b", "next": "mend it", "path": None}):
        said = str(kind(**facts))
        assert said and "\n" not in said and "  " not in said
    assert said.startswith("a.toml:3: ") and said.endswith("; did you mean 'b'?; mend it")


def test_what_where_expected_and_next_stand_in_that_order():
    problem = UnknownKey(
        where="plan.toml:12", key="campain", expected="campaigns", near="campaigns", next="see the docs"
    )
    assert str(problem) == (
        "plan.toml:12: unknown key 'campain'; expected one of campaigns; did you mean 'campaigns'?; see the docs"
    )


@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_an_error_survives_the_trip_from_another_process(again):
    problem = BadValue(what="share", value=1.5, expected="a share in [0, 1]", where="plan.toml:4")
    same = again(problem)
    assert (type(same), same.facts, str(same)) == (BadValue, problem.facts, str(problem))


def test_what_the_user_can_mend_is_told_apart():
    assert issubclass(FileProblem, UserError) and issubclass(RuleProblem, UserError)
    assert not issubclass(errors.StreamCollision, UserError)
    with pytest.raises(CashlessError):
        raise UnknownName(what="place", name="hung yen", expected="hung-yen")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("H\u01b0ng Y\u00ean", "Hung Yen"),
        ("hung yen", "Hung Yen"),
        ("Hung Yen", "H\u01b0ng Y\u00ean"),
        ("\u0110\u00f4ng Anh", "Dong Anh"),
        ("Kim \u0110ong", "Kim \u0110\u1ed9ng"),
        ("Kim Dng", "Kim \u0110\u1ed9ng"),
    ],
)
def test_the_nearest_name_is_found_with_and_without_diacritics(typed, meant, form):
    others = ["V\u0103n Giang", "Ti\u00ean L\u1eef", "\u00c2n Thi"]
    assert nearest(unicodedata.normalize(form, typed), [*others, meant]) == meant


def test_nothing_near_is_nothing():
    assert nearest("xyzzy", ["smartphone", "account"]) is None and nearest("a", []) is None
