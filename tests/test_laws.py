"""Laws that every run obeys, whatever the parameters: conservation, ranges, locality, order, keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from random_worlds import LARGEST_FEE, people, worlds

from cashless_sim.codes import BILLS, DIGITAL, METHODS, Bill, Method
from cashless_sim.errors import BadValue, BrokenLaw
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Closure, Settings
from cashless_sim.population.network import Network
from cashless_sim.population.population import Population
from cashless_sim.rules.campaigns import SEEDINGS, Campaign
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.rules.pay import Pay
from cashless_sim.units import month_number

ROUNDING = 4 * np.finfo(float).eps
"""A share of everybody adds up parts that are rounded apart: 1.0000000000000002 was met, little more is let pass."""
EXAMPLES = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],  # a failing run of months is told as it is: shrinking takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW = settings(EXAMPLES, max_examples=12)
ADDED = "an added campaign"
EDGES = (0.0, 50.0, 100.0, 200.0, 300.0, 400.0)


def built(world: Settings, seed: int = 5, replicate: int = 0, population: Population | None = None) -> CashlessModel:
    return CashlessModel(world, population or people(), seed=seed, replicate=replicate)


def changed(a: CashlessModel, b: CashlessModel, but: tuple[str, ...] = ()) -> Any:
    """Households that differ in any column."""
    differs = np.zeros(len(a.ids), dtype=bool)
    for name in a.columns:
        if name not in but:
            unequal = a.columns.stored(name) != b.columns.stored(name)
            differs |= unequal.any(axis=0) if unequal.ndim > 1 else unequal
    return differs


def busy(months: int = 6, **changes: Any) -> Settings:
    """A world in which much happens: everyone can hear, visits, money, counters closing."""
    start = month_number("2021-10")
    lively = {"Consider": {"spontaneous": 0.1, "by_peers": 0.3}, "Access": {"account_hazard": 0.006}}
    return Settings(
        "busy",
        "hung-yen",
        start,
        start + months - 1,
        tuple(rule_named(name)(**lively.get(name, {})) for name in ORDER),
        campaigns=(
            Campaign("radio", "loudspeaker", start, start + months),
            Campaign("money", "cashback", start + 1, start + 3, target={"smartphone": True}),
        ),
        closures=(Closure("counters", "electricity", "COUNTER", start, start + 3),),
        **changes,
    )


# -- conservation --------------------------------------------------------------------------------------------------
@EXAMPLES
@given(worlds(), st.integers(0, 2**63), st.integers(0, 5))
def test_nothing_is_created_or_lost(world: Settings, seed: int, replicate: int) -> None:
    model = built(world, seed, replicate)
    homes = float(model.weight.sum())
    before = float(model.weight[model.columns.stored("first_cause") > 0].sum())
    frame = model.run()
    value = frame.set_index(["month", "measure", "group"])["value"]
    for month in frame["month"].unique():
        assert value[month, "households", "all"] == pytest.approx(homes, rel=1e-12)
        for bill in Bill:
            group = f"bill={bill.name.lower()}"
            paid = sum(value[month, "method_share", f"{group};method={Method(m).name}"] for m in METHODS)
            assert paid + value[month, "late", group] == pytest.approx(1.0, abs=1e-9)
    for bill in Bill:
        group = f"bill={bill.name.lower()}"
        money = {m: value.xs((m, group), level=(1, 2)) for m in ("billed", "received", "owed")}
        due = money["billed"].sum()
        assert money["received"].sum() + money["owed"].iloc[-1] == pytest.approx(due, rel=1e-9)
        carried = money["owed"].shift(fill_value=0.0)
        assert (money["received"] <= money["billed"] + carried + 1e-6).all()
    by_cause = frame[frame["measure"] == "adopted_by"]
    adopted = frame[(frame["measure"] == "adopted") & (frame["group"] == "all")]
    assert by_cause["value"].sum() == pytest.approx(adopted["value"].sum() * homes, rel=1e-9)
    lapsed = frame[(frame["measure"] == "lapsed") & (frame["group"] == "all")]["value"].sum() * homes
    assert frame[frame["measure"] == "lapsed_by"]["value"].sum() == pytest.approx(lapsed, rel=1e-9)
    assert "cause=not_yet" not in set(by_cause["group"])
    gone = frame[(frame["measure"] == "gone") & (frame["group"] == "all")]["value"].sum() * homes
    ever = float(model.weight[model.columns.stored("first_cause") > 0].sum())
    assert ever == pytest.approx(before + by_cause["value"].sum() - gone, rel=1e-9)


@EXAMPLES
@given(worlds())
def test_bills_and_money_balance_household_by_household(world: Settings) -> None:
    """Counted again by plain Python: paid and late bills are all bills; money received and owed is all money."""
    model = built(world, population=people(300))
    model.run()
    tally = model._counter()
    plain = tally.count_plainly(model.tables).sum(axis=0)
    at = {name: int(plain[i]) for i, (name, _, _) in enumerate(tally.counted)}
    for b in BILLS:
        assert sum(at[f"paid.{b}.{m}"] for m in METHODS) + at[f"late.{b}"] == at[f"customers.{b}"]
        assert at[f"billed.{b}"] == 1000 * bills_by_hand(model, b)
        assert sum(at[f"outlay.{i}"] - at[f"received.{i}"] for i in BILLS) == sum(at[f"fees.{m}"] for m in METHODS)


def bills_by_hand(model: CashlessModel, b: int) -> int:
    """Thousand VND that a utility bills this month, from the published blocks and each household's use."""
    tables, columns = model.tables, model.columns
    use = columns.stored("kwh") * tables["season"][0].astype(float)
    blocks = [np.clip(use - low, 0, high - low) for low, high in zip(EDGES, (*EDGES[1:], np.inf), strict=True)]
    vnd = sum(block * price for block, price in zip(blocks, tables["tariff"].astype(float), strict=True))
    if b != Bill.ELECTRICITY:
        vnd = np.full(len(use), float(tables["price"][b]) * float(tables["season"][b]))
    has = {0: ~columns.stored("tenant"), 1: columns.stored("piped_water"), 2: columns.stored("fixed_internet")}[b]
    without = cut_before(columns, b)
    return int(np.maximum(np.rint(vnd[has & ~without].astype(np.float32) / 1000), 1).sum())


def cut_before(columns: Any, b: int) -> Any:
    """Who had no supply this month: who is billed nothing though a customer."""
    return columns.stored("billed")[b] == 0


@pytest.mark.parametrize("broken", ["forgets", "loses", "invents"])
def test_a_rule_that_breaks_the_books_is_caught(broken: str) -> None:
    """The control: each kind of false booking raises `BrokenLaw` in the month in which it happens."""
    world = replace(busy(3), rules=tuple(BROKEN[broken]() if type(r) is Pay else r for r in busy(3).rules))
    model = CashlessModel(world, people(200), seed=5, level="interpreted", debug=True)
    with pytest.raises(BrokenLaw, match="money of|owe"):
        model.run()
    CashlessModel(busy(3), people(200), seed=5, level="interpreted", debug=True).run()


class Pay1(Pay):
    """Forgets what was carried."""

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        super().household(h, peers, here, u)
        for b in BILLS:
            if h.late[b] > 0.0:
                h.owed[b] = h.billed[b] - 1.0


class Pay2(Pay):
    """Loses a payment."""

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        super().household(h, peers, here, u)
        if u.fails[0] < 0.5:
            h.paid[0] = 0.0


class Pay3(Pay):
    """Invents money."""

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        super().household(h, peers, here, u)
        h.paid[1] = h.paid[1] + 1.0


BROKEN = {"forgets": Pay1, "loses": Pay2, "invents": Pay3}


@EXAMPLES
@given(worlds())
def test_everything_stays_in_its_range(world: Settings) -> None:
    model = built(world)
    frame = model.run()
    for name, spec in model.columns.specs.items():
        if spec.unit == "share" and name not in ("nudged", "incentive", "reassured"):
            values = model.columns.values(name)
            assert values.min() >= 0 and values.max() <= 1, name
        elif spec.dtype.kind == "f":
            assert np.isfinite(model.columns.stored(name)).all(), name
    assert model.columns.stored("method").max() <= Method.NONE
    for name in ("first_cause", "cause", "heard_from", "reached_by", "left_because"):
        assert set(np.unique(model.columns.stored(name)).tolist()) <= set(model.cause_names), name
    everyone = frame[frame["group"] == "all"]
    shares = everyone[everyone["measure"].isin(["active", "using", "ever", "aware", "able", "account", *"ABCDEFG"])]
    assert shares["value"].between(0, 1 + ROUNDING).all()
    net = frame["measure"] == "fees"  # less what banks and wallets give back
    assert (frame[~net]["value"].dropna() >= 0).all()
    whole = frame.set_index(["month", "measure", "group"])["value"].sort_index()
    fees, bills = whole.xs("fees", level="measure"), whole.xs("bills", level="measure")
    assert (fees.abs() <= LARGEST_FEE * bills.reindex(fees.index) + 1e-6).all()


# -- campaigns touch only what they touch --------------------------------------------------------------------------
@FEW
@given(worlds(), st.sampled_from(["reach", "intensity", "target", "capacity"]))
def test_a_campaign_that_reaches_nobody_changes_nothing(world: Settings, how: str) -> None:
    radio = Campaign(ADDED, "loudspeaker", world.start, world.end)
    null = {
        "reach": replace(radio, reach=0.0),
        "intensity": replace(radio, intensity=0.0),
        "target": replace(radio, target={"age": {"min": 250}}),
        "capacity": replace(radio, channel="home-visit", capacity=0),
    }[how]
    plain, added = built(world), built(replace(world, campaigns=(*world.campaigns, null)))
    a, b = plain.run(), added.run()
    assert plain.state_hash() == added.state_hash()
    silent = ~b["group"].str.endswith(f"campaign={ADDED}")
    assert a.equals(b[silent].reset_index(drop=True))


def within(network: Network, rows: Any, steps: int) -> Any:
    """Households at most so many ties away from the rows."""
    near = np.zeros(network.n, dtype=bool)
    near[rows] = True
    sources = np.repeat(np.arange(network.n), np.diff(network.indptr))
    for _ in range(steps):
        near[sources[near[network.indices]]] = True
    return near


@FEW
@given(st.integers(0, 1000), st.integers(1, 4))
def test_a_campaign_reaches_only_whom_it_reaches_and_their_contacts(seed: int, months: int) -> None:
    """One month of visits to a few: after k more months only those within k ties can differ."""
    world = busy(months)
    few = Campaign("a few", "home-visit", world.start, world.start, capacity=3000, target={"tenant": False})
    plain, added = built(world, seed), built(replace(world, campaigns=(few, *world.campaigns)), seed)
    plain.run()
    added.run(1)
    touched = np.flatnonzero(added.columns.stored("contacts") != _contacts_of(world, seed, 1))
    added.run()
    names = ("reached_by", "heard_from", "cause", "first_cause", "left_because", "lapse_cause")
    differs = changed(plain, added, names)
    assert 0 < len(touched) < 40
    assert differs.any()
    assert not differs[~within(people().network, touched, months - 1)].any()


def _contacts_of(world: Settings, seed: int, months: int) -> Any:
    model = built(world, seed)
    model.run(months)
    return model.columns.stored("contacts").copy()


@FEW
@given(st.integers(0, 1000), st.integers(0, 399))
def test_a_household_switched_off_changes_only_those_in_reach(seed: int, at: int) -> None:
    """Household h never pays digitally and never tells; campaigns are uncapped and policies fixed."""
    months = 4
    world = busy(months)
    h = at % people().columns.n
    on, off = built(world, seed), built(world, seed)
    for month in range(months):
        _switch_off(off, h)
        on.step()
        off.step()
        differs = changed(on, off)
        reach = within(people().network, [h], month + 1)
        assert not differs[~reach].any()


def _switch_off(model: CashlessModel, h: int) -> None:
    """Let h begin the month without gates, in cash and unaware: all that its contacts will see of it this month."""
    for name in ("pays_digitally", "aware_bank", "spreads", "account", "smartphone", "mobile_money"):
        model.columns.put(name, [h], False)
    method = model.columns.stored("method")[:, h]
    method[np.isin(method, DIGITAL)] = int(Method.COUNTER)


def test_switching_off_a_payer_is_felt_by_its_contacts() -> None:
    """The control: the law above would be empty if nobody ever felt it."""
    world = busy(6)
    on, off = built(world), built(world)
    payers = np.flatnonzero(on.columns.stored("pays_digitally"))
    for _ in range(6):
        for h in payers:
            _switch_off(off, int(h))
        on.step()
        off.step()
    others = changed(on, off)
    others[payers] = False
    assert others.any()


@FEW
@given(st.integers(0, 1000), st.integers(0, 200_000), st.integers(0, 200_000), st.sampled_from(SEEDINGS))
def test_more_capacity_only_adds(seed: int, a: int, b: int, seeding: str) -> None:
    def reached(capacity: int) -> Any:
        start = month_number("2021-10")
        visits = Campaign("visits", "home-visit", start, start, capacity=capacity, seeding=seeding)
        model = built(replace(busy(1), campaigns=(visits,)), seed)
        model.run()
        return model.columns.stored("contacts") > 0

    less, more = reached(min(a, b)), reached(max(a, b))
    assert not (less & ~more).any()


# -- order and keys ------------------------------------------------------------------------------------------------
def shuffled(population: Population, order: Any) -> Population:
    """The same people and ties in another order of rows."""
    old = population.network
    place_of = np.empty(len(order), dtype=np.int64)
    place_of[order] = np.arange(len(order))
    ties = [np.sort(place_of[old.ties(int(row))]) for row in order]
    indptr = np.concatenate([[0], np.cumsum([len(t) for t in ties])]).astype(np.int64)
    network = Network(indptr, np.concatenate(ties).astype(np.int32), old.spec)
    return replace(
        population,
        ids=population.ids[order],
        columns=population.columns.take(order),
        cell=population.cell[order],
        village=population.village[order],
        weight=population.weight[order],
        network=network,
    )


@FEW
@given(st.randoms(use_true_random=False))
def test_the_order_of_households_does_not_matter(random: Any) -> None:
    visits = [
        Campaign(
            f"visits {seeding}",
            "home-visit",
            month_number("2021-10"),
            month_number("2022-02"),
            capacity=9000,
            seeding=seeding,
            target={"tenant": False},
        )
        for seeding in SEEDINGS
    ]
    world = replace(busy(5), network="village", campaigns=(*busy(5).campaigns, *visits))
    order = np.array(random.sample(range(people().columns.n), people().columns.n))
    a, b = built(world), built(world, population=shuffled(people(), order))
    a.run()
    b.run()
    ties = ("quintile",)
    for name in a.columns:
        if name not in ties:
            np.testing.assert_array_equal(a.columns.stored(name)[..., order], b.columns.stored(name), err_msg=name)


@FEW
@given(worlds(), st.integers(0, 2**64 - 1), st.integers(0, 9))
def test_the_same_seed_gives_the_same_frame(world: Settings, seed: int, replicate: int) -> None:
    a, b = built(world, seed, replicate), built(world, seed, replicate)
    assert a.run().equals(b.run())
    assert a.state_hash() == b.state_hash()
    other = built(world, seed, replicate + 1)
    other.run()
    assert other.state_hash() != a.state_hash()


def test_a_run_ends_where_it_ends() -> None:
    model = built(busy(2))
    model.run()
    with pytest.raises(BadValue, match="month to run"):
        model.step()
