"""Each part does what it says, held against what can be worked out by hand from the households."""

from dataclasses import dataclass
from pathlib import Path

import cashless_sim as cs
import numpy as np
import pytest
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.priors import Prior
from cashless_sim.codes import DIGITAL
from cashless_sim.errors import BadValue
from cashless_sim.model.contacts import ties_of

from other_parts.distances import worst
from other_parts.figures import money
from other_parts.networks import anyone
from other_parts.places import PHO_NOI
from other_parts.policies import LEAST

HERE = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def plan():
    return cs.Scenario.load(HERE / "parts.toml", allow_code=True).with_(
        households=400, start="2022-01", end="2022-03", campaigns=[]
    )


@pytest.fixture(scope="module")
def lived(plan):
    model = cs.CashlessModel(plan.settings(), plan.population(), seed=1, debug=True)
    model.run()
    return model


def last(model, measure):
    frame = model.frame()
    return frame[(frame["measure"] == measure) & (frame["group"] == "all")]["value"].iloc[-1]


def test_the_measure_is_the_money_in_the_columns(lived):
    paid = (lived.columns.stored("paid") * np.float32(1000)).astype(np.int64)
    own = np.isin(lived.columns.stored("method"), DIGITAL)
    weight = lived._weight_of_cell()[lived.population.cell]
    wanted = ((paid * own).sum(axis=0) * weight).sum() / (paid.sum(axis=0) * weight).sum()
    assert 0 < wanted < 1 and last(lived, "digital_money") == pytest.approx(wanted, rel=1e-6)


def test_cash_only_is_what_statistic_d_leaves(lived):
    assert last(lived, "cash_only") + last(lived, "D") == pytest.approx(1.0, abs=1e-12)


def closed(network):
    """Return the share of pairs of ties of a household whose other ends are tied too."""
    tied = np.zeros((network.n, network.n))
    tied[np.repeat(np.arange(network.n), network.degree), network.indices] = 1
    pairs = (network.degree * (network.degree - 1)).sum()
    return np.trace(tied @ tied @ tied) / pairs


def test_the_network_keeps_ties_and_loses_neighbourhoods(plan):
    people = plan.population()
    made, own = anyone(people), people.network
    assert made.n == own.n and made.degree.sum() == pytest.approx(own.degree.sum(), rel=0.05)
    assert closed(made) == pytest.approx(made.degree.mean() / made.n, rel=0.5)  # chance alone
    assert closed(made) < 0.2 * closed(own)
    assert ties_of("other_parts.networks:anyone", people)[1] == "village"


def test_a_network_that_is_none_is_refused(plan):
    with pytest.raises(BadValue, match="Network of [0-9]+ households"):
        ties_of("other_parts.networks:np", plan.population())


def test_the_policy_keeps_some_counters_and_closes_others(lived):
    counters = lived.tables["points"][:, 0, 1]
    assert counters.min() < 0.7 and counters.min() >= LEAST and counters.max() <= 1.0


def test_the_stall_talks_to_as_many_as_its_staff_can(plan):
    stall = cs.Campaign(
        "stall", "other_parts.channels:MARKET_STALL", plan.settings().start, plan.settings().end, capacity=20_000
    )
    model = cs.CashlessModel(plan.with_campaign(stall).settings(), plan.population(), seed=1)
    frame = model.run()
    talks = frame[(frame["measure"] == "contacts") & (frame["group"] == "campaign=stall")]["value"]
    spent = frame[(frame["measure"] == "spent") & (frame["group"] == "campaign=stall")]["value"]
    assert talks.mean() == pytest.approx(20_000, rel=0.05)
    assert np.allclose(spent.to_numpy(), 8_000 * talks.to_numpy())


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    sd: float


def test_the_worst_figure_decides():
    figures = [Figure("one", 0.2, 0.1), Figure("two", 0.4, 0.1), Figure("three", 0.4, 0.1)]
    rows = np.array([[0.2, 0.4, 0.7], [0.3, 0.3, 0.3], [np.nan, 0.4, 0.4]])
    assert worst(rows, figures) == pytest.approx([9.0, 1.0, np.inf])
    fit = infer(
        lambda values, draw: (values["level"],) * 3, [Prior("level", 0, 1)], figures, 200, 1200, 1, distance=worst
    )
    assert fit.weights @ fit.values[:, 0] == pytest.approx(0.3, abs=0.02)  # midway between the outermost, not the mean


def test_the_figure_shows_the_measure(plan):
    runs = cs.run(plan.with_(end="2022-02"), workers=1, threads=1)
    axes = money(runs)
    mine = runs.frame[(runs.frame["measure"] == "digital_money") & (runs.frame["group"] == "all")]
    assert np.allclose(axes.get_lines()[0].get_ydata(), 100 * mine["value"])


def test_the_scenario_names_every_part():
    whole = cs.Scenario.load(HERE / "parts.toml", allow_code=True)
    settings = whole.settings()
    uses = [*settings.measures, settings.network, settings.policies["electricity"].use, settings.campaigns[0].channel]
    assert [use.partition(":")[0] for use in uses] == [
        f"other_parts.{name}" for name in ("measures", "statistics", "networks", "policies", "channels")
    ]
    assert whole.hash != cs.Scenario.load("no-outreach").hash
    assert cs.Scenario.loads(whole.to_toml(), allow_code=True).hash == whole.hash
    with pytest.raises(BadValue, match="code from outside"):
        cs.Scenario.load(HERE / "parts.toml")


def test_the_place_is_three_districts_with_more_tenants():
    there = cs.Scenario.load(HERE / "pho-noi.toml", allow_code=True).with_(start="2022-01", end="2022-02")
    whole = cs.Scenario.load("no-outreach").with_(households=2_000)
    people, province = there.population(), whole.population()
    assert {cell.district for cell in people.cells} == {"Van Lam", "Yen My", "My Hao"}
    assert people.full_size == 121_199

    def tenants(each):
        return np.average(each.columns.stored("tenant"), weights=each.weight)

    assert tenants(people) > 1.5 * tenants(province)
    model = there.build(seed=1)
    model.run()
    assert 0 < model.reported["D"] < 1
    assert cs.data.place(PHO_NOI).geography == people.place.geography
