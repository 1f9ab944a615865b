"""Whatever a valid scenario holds survives its own TOML, and every key of a text has its line."""

import tomllib
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cashless_sim.rules.campaigns import CHANNELS, EFFECTS, SEEDINGS, SPONSORS
from cashless_sim.scenario.lines import key_lines
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number, month_text

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
MONTHS = st.integers(month_number("2017-06"), month_number("2030-12"))
SHARES = st.floats(0, 1)
MONEY = st.floats(0, 1e9)
RANGES = st.tuples(st.integers(15, 100), st.integers(15, 100)).map(lambda pair: {"min": min(pair), "max": max(pair)})
TARGETS = st.fixed_dictionaries(
    {},
    optional={
        "age": st.one_of(RANGES, st.integers(15, 100), st.lists(st.integers(15, 100), min_size=1, max_size=3)),
        "urban": st.booleans(),
        "education": st.lists(st.sampled_from(["NONE", "PRIMARY", "TERTIARY"]), min_size=1, max_size=2),
        "district": st.sampled_from(["Kim Dong", "Phù Cừ"]),
        "skill": st.fixed_dictionaries({"max": SHARES}),
    },
)


@st.composite
def campaigns(draw, name):
    start, end = sorted([draw(MONTHS), draw(MONTHS)])
    return {
        "name": name,
        "channel": draw(st.sampled_from(sorted(CHANNELS))),
        "start": month_text(start),
        "end": month_text(end),
        "sponsor": draw(st.sampled_from(SPONSORS)),
        "seeding": draw(st.sampled_from(SEEDINGS)),
        "target": draw(TARGETS),
        "intensity": draw(SHARES),
        "capacity": draw(st.integers(0, 10**6)),
        "cost_fixed": draw(MONEY),
        "months": draw(st.lists(st.integers(1, 12), max_size=3)),
        "districts": draw(st.lists(st.sampled_from(["Kim Dong", "Văn Giang"]), max_size=2)),
        "effects": draw(st.dictionaries(st.sampled_from(EFFECTS), SHARES, max_size=2)),
        "note": draw(WORDS),
    }


@st.composite
def recipes(draw):
    names = draw(st.lists(WORDS, max_size=4, unique=True))
    start, end = sorted([draw(MONTHS), draw(MONTHS)])
    return {
        "title": draw(WORDS),
        "start": month_text(start),
        "end": month_text(end),
        "households": draw(st.one_of(st.none(), st.integers(1, 377_582))),
        "campaigns": [draw(campaigns(name)) for name in names],
        "rules": {"Awareness": {"tell": draw(SHARES)}},
        "observation": {"firms": draw(SHARES), "recount": month_text(draw(MONTHS))},
        "commitment": draw(st.sampled_from(["low", "medium", "high"])),
        "occasions": draw(st.booleans()),
    }


@given(recipes())
def test_a_valid_scenario_survives_its_own_toml(changes):
    made = Scenario.loads("").with_(**changes)
    text = made.to_toml()
    again = Scenario.loads(text, name=made.name)
    assert again.hash == made.hash
    assert again == made
    assert again.settings().campaigns == made.settings().campaigns
    assert again.to_toml() == text


KEYS = st.one_of(st.sampled_from(["a", "b", "c-1"]), WORDS)
VALUES = st.recursive(
    st.one_of(
        st.sampled_from(["1", "2.5", "true", "2020-01-01", '"x = 1"', "'[a]'", '"""\nb = 1\n"""', "'''\n[c]\n'''"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ", # a = 1\n".join(items) + "\n]"),
        st.dictionaries(st.sampled_from(["p", "q", "r.s"]), inner, max_size=2).map(
            lambda table: "{ " + ", ".join(f"{k} = {v}" for k, v in table.items()) + " }"
        ),
    ),
    max_leaves=5,
)
LINES = st.one_of(
    st.tuples(st.sampled_from(["a", "b", "c.d", '"e f"', "'g.h'.i"]), VALUES).map(" = ".join),
    st.sampled_from(["[t]", "[t.u]", "[[v]]", "[[v.w]]", "[ x . 'y z' ]", "# k = 1", "", "[v.z]"]),
)


def paths(value, path=()):
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from paths(inner, (*path, key))


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_the_lines_of_all_keys_are_found(text):
    """Every key that tomllib reads has a line on which its last part is written."""
    found = key_lines(text)
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert found.repeated is None
    assert set(found.of) == set(paths(parsed)) - {()}
    rows = text.split("\n")
    for path, line in found.of.items():
        if isinstance(path[-1], str):
            assert path[-1] in rows[line - 1]


@given(st.text(max_size=80))
def test_any_text_has_lines(text):
    assert all(1 <= line <= text.count("\n") + 1 for line in key_lines(text).of.values())
