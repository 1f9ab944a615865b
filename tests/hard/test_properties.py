"""What holds for any names, any sums and any interruption."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
import numpy as np
from hypothesis import given, settings
from sweep_stand_in import Planted

from cashless_sim.codes import METHODS, Bill, Method
from cashless_sim.experiment.space import grid
from cashless_sim.experiment.sweep import sweep
from cashless_sim.experiment.writing import part
from cashless_sim.model.observation import statistics
from cashless_sim.model.settings import Observation
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.scenario.writing import toml_text

WORLD = Planted(name="world", months=4, households=300)
POINTS = grid({"push": [n / 1000 for n in range(8)]})
COUNT = st.integers(0, 10**6).map(float)


def made(points, store: Path, name: str = "kept"):
    return sweep(WORLD, points, store=store, workers=1, code="test", name=name)


@settings(max_examples=8)
@given(st.lists(st.permutations(range(8)).flatmap(lambda p: st.integers(0, 8).map(lambda n: p[:n])), max_size=4))
def test_any_parts_in_any_order_end_in_the_same_tables(parts):
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, part_of in enumerate(parts):
            if part_of:
                made(POINTS.iloc[sorted(part_of)].reset_index(drop=True), folder / "s.sqlite", f"part {number}")
        mended = made(POINTS, folder / "s.sqlite")
        whole = made(POINTS, folder / "t.sqlite")
        written = [{path.name: path.read_bytes() for path in one.write(folder / "out")} for one in (mended, whole)]
        assert written[0] == written[1]


@given(st.text(max_size=200))
def test_a_part_of_a_path_stays_one(name):
    safe = part(name)
    assert part(safe) == safe
    assert Path(safe).name == safe and not set(safe) & set('<>:"/\\|?*')
    assert safe not in (".", "..") and len(safe.encode()) <= 151


@st.composite
def books(draw):
    """Sums that a village may have: parts no larger than wholes."""
    uses = {int(m): draw(COUNT) for m in METHODS}
    households, adults = draw(st.integers(1, 10**6)), draw(st.integers(1, 10**6))
    paying = draw(st.integers(0, adults))
    account = draw(st.integers(0, households))
    payers = draw(st.integers(0, paying))
    return {
        **{f"uses.{m}": count for m, count in uses.items()},
        **{f"value.{m}": 1000 * count for m, count in uses.items()},
        f"customers.{int(Bill.ELECTRICITY)}": sum(uses.values()) + draw(COUNT),
        "account": account,
        "account_or_money": draw(st.integers(account, households)),
        "households": households,
        "survey_digital": payers,
        "survey_helped": draw(st.integers(0, paying - payers)),
        "utility_payers": draw(st.integers(0, adults)),
        "adults_paying": paying,
        "adults_transacting": draw(st.integers(0, paying)),
        "adults": adults,
    }


SHARE = st.floats(0, 1)


@given(books(), st.data())
def test_statistics_are_shares_and_rise_with_what_counts(book, data):
    low, high = sorted((data.draw(SHARE), data.draw(SHARE)))
    firms = data.draw(SHARE)
    found = []
    for counted in (low, high):
        assumed = Observation(agent_counted_before=counted, agent_counted_after=counted, firms=firms)
        found.append({k: v[0] for k, v in statistics(lambda n: np.array([float(book[n])]), assumed, 600).items()})
    for one in found:
        for code in "ABCDFG":
            assert np.isnan(one[code]) or -1e-12 <= one[code] <= 1 + 1e-12, code
    for code in "BC":
        assert np.isnan(found[0][code]) or found[0][code] <= found[1][code] + 1e-12
    for code in "ADEFG":
        assert found[0][code] == found[1][code] or np.isnan(found[0][code])


@given(books(), st.integers(1, 10**5))
def test_one_more_digital_payer_lowers_nothing(book, more):
    wallet = int(Method.WALLET)
    changed = book | {
        f"uses.{wallet}": book[f"uses.{wallet}"] + more,
        "customers.0": book["customers.0"] + more,
        f"value.{wallet}": book[f"value.{wallet}"] + 1000 * more,
    }
    before, after = (
        statistics(lambda n, held=held: np.array([float(held[n])]), Observation(), 600) for held in (book, changed)
    )
    for code in "ABC":
        assert np.isnan(before[code][0]) or after[code][0] >= before[code][0] - 1e-9


PLAIN = st.one_of(
    st.booleans(), st.integers(-(2**62), 2**62), st.floats(allow_nan=False, allow_infinity=False), st.text()
)
KEYS = st.text(min_size=1, max_size=8)


@given(st.dictionaries(KEYS, st.one_of(PLAIN, st.dictionaries(KEYS, PLAIN, max_size=3)), max_size=5))
def test_what_is_written_as_toml_is_read_as_it_was(tables):
    import tomllib

    kept = {k: v for k, v in tables.items() if v not in ("", {})}
    kept = {k: {a: b for a, b in v.items() if b != ""} if isinstance(v, dict) else v for k, v in kept.items()}
    assert tomllib.loads(toml_text(tables)) == {k: v for k, v in kept.items() if v != {}}


@settings(max_examples=20)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_survive_the_way_there_and_back(title, note):
    plan = Scenario.load("no-outreach").with_campaign(
        {"name": "a", "channel": "sms", "start": "2020-01", "end": "2020-02", "note": note}
    )
    plan = plan.with_(title=title)
    again = Scenario.loads(plan.to_toml(), name=plan.name)
    assert again == plan and again.hash == plan.hash
