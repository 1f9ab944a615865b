"""Utilities, banks and wallets: what they set is felt, what they see is what happened, and bad terms are refused."""

from dataclasses import replace

import numpy as np
import pytest
from random_worlds import people

from cashless_sim.codes import BILLS, Method
from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.model.institutions import Bank, Utility, Wallet
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.policies import Adaptive
from cashless_sim.model.settings import Policy, Settings
from cashless_sim.model.terms import Seeking, Steady, Terms
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

START = month_number("2022-01")


def world(months=8, **changes):
    rules = tuple(rule_named(name)() for name in ORDER)
    return Settings("organisations", "hung-yen", START, START + months - 1, rules, **changes)


def run(settings, seed=3):
    model = CashlessModel(settings, PEOPLE, seed=seed, debug=True)
    frame = model.run()
    return model, frame.set_index(["month", "measure", "group"])["value"].sort_index()


PEOPLE = people(1500)
DISTRICTS = tuple(dict.fromkeys(PEOPLE.cells[c].district for c in sorted(set(PEOPLE.cell.tolist()))))


def test_an_outage_of_one_bank_fails_its_customers_only():
    down = {START + m: 1.0 for m in range(8)}
    rules = tuple(r.with_(retry=0.0) if type(r).__name__ == "Pay" else r for r in world().rules)
    plain, _ = run(replace(world(), rules=rules))
    broken, _ = run(replace(world(), rules=rules, banks={"Agribank": Terms(outages=down)}))
    bank = plain.columns.stored("bank")
    by_bank = np.isin(plain.columns.stored("method")[0], (Method.TRANSFER, Method.AUTODEBIT))
    paying = plain.columns.stored("months_since_digital")[0] == 0
    still = np.isin(broken.columns.stored("method")[0], (Method.TRANSFER, Method.AUTODEBIT))
    theirs = (bank == 0) & by_bank & paying & still
    assert theirs.sum() > 5
    assert (broken.columns.stored("months_since_digital")[0][theirs] > 0).all()
    assert broken.columns.stored("failures")[0][bank == 0].sum() > plain.columns.stored("failures")[0][bank == 0].sum()


def test_a_fee_is_paid_to_the_channel_and_turns_payers_away():
    free, without = run(world(16))
    dear, with_fee = run(world(16, wallets={"all": Terms(fee=20_000.0)}, banks={"all": Terms(fee=20_000.0)}))
    last = "2023-04"
    fees = sum(with_fee[last, "fees", f"bill={bill}"] for bill in ("electricity", "water", "telecom"))
    own = np.isin(dear.columns.stored("method"), (Method.TRANSFER, Method.AUTODEBIT, Method.WALLET))
    paid = own & (dear.columns.stored("late") == 0) & (dear.columns.stored("billed") > 0)
    assert fees == pytest.approx(20_000.0 * float((paid * dear.weight).sum()))
    assert all(without[last, "fees", f"bill={bill}"] == 0 for bill in ("electricity", "water", "telecom"))
    assert with_fee[last, "using", "all"] < without[last, "using", "all"]


def test_a_discount_is_money_back():
    _, plain = run(world(12))
    _, cheap = run(world(12, wallets={"all": Terms(discount=20_000.0)}))
    assert cheap["2022-12", "fees", "bill=electricity"] < 0
    share = "bill=electricity;method=WALLET"
    assert cheap["2022-12", "method_share", share] > plain["2022-12", "method_share", share]


def test_a_seeking_bank_pushes_until_its_aim():
    offer = Seeking(Terms(use="seeking", push=3.0, aim=0.5, discount=100.0, fee=150.0))
    assert (offer.drive(START), offer.fee(START)) == (3.0, 50.0)
    offer.after(0.6)
    assert (offer.drive(START), offer.fee(START)) == (1.0, 150.0)
    offer.after(0.4)
    assert offer.drive(START) == 3.0


def test_it_is_told_of_its_own_households():
    model, _ = run(world(3, banks={"all": Terms(use="seeking", aim=0.55, push=30.0)}))
    account = model.columns.stored("account")
    for bank in model.agents_by_type[Bank]:
        theirs = model.columns.stored("bank") == bank.index
        share = model.weight[theirs & account].sum() / model.weight[theirs].sum()
        assert bank.offer.seeks == (share < 0.55)
    plain, _ = run(world(3))
    assert account.sum() > plain.columns.stored("account").sum()


def test_usual_terms_change_nothing():
    plain, _ = run(world(4))
    said, _ = run(world(4, banks={"all": Terms()}, wallets={"MoMo": Terms()}))
    assert plain.state_hash() == said.state_hash()
    assert all(type(agent.offer) is Steady for agent in (*plain.agents_by_type[Bank], *plain.agents_by_type[Wallet]))


def test_an_adaptive_utility_closes_where_cash_is_thin_only():
    behaviour = Adaptive(Policy("adaptive", close_below=0.1, budget=0.0), (), ("here", "there"))
    paid = np.zeros((2, 8))
    paid[0, Method.COUNTER], paid[0, Method.TRANSFER] = 5, 95
    paid[1, Method.COUNTER], paid[1, Method.TRANSFER] = 50, 50
    behaviour.after(paid, 0.0)
    assert behaviour.points(Method.COUNTER, START).tolist() == pytest.approx([0.8, 1.0])


def test_books_are_what_the_frame_says():
    model, values = run(world(4))
    for utility in model.agents_by_type[Utility]:
        group = f"bill={utility.name}"
        assert utility.received == pytest.approx(values["2022-04", "received", group], rel=1e-9)
        assert utility.paid.sum() == pytest.approx(values["2022-04", "bills", group], rel=1e-9)


def test_contacts_and_spending_of_districts_add_up():
    """Everywhere, and in two districts, with a fixed cost: districts come to the campaign's own, nothing elsewhere."""
    everywhere = Campaign("radio", "loudspeaker", START, START + 2, cost_fixed=9e6)
    visits = Campaign(
        "visits", "home-visit", START, START + 2, capacity=30_000, districts=DISTRICTS[:2], cost_fixed=5e6
    )
    _, values = run(world(3, campaigns=(everywhere, visits)))
    for campaign in ("radio", "visits"):
        for measure in ("contacts", "spent"):
            whole = values["2022-02", measure, f"campaign={campaign}"]
            groups = [g for g in values["2022-02", measure].index if g.endswith(f";campaign={campaign}")]
            assert whole > 0
            assert sum(values["2022-02", measure, g] for g in groups) == pytest.approx(whole, rel=1e-9)
    named = [g for g in values["2022-02", "contacts"].index if g.endswith(";campaign=visits")]
    assert {g.split(";")[0].partition("=")[2] for g in named} <= set(DISTRICTS[:2])


def test_who_owes_long_is_cut_off_and_billed_nothing():
    rules = tuple(r.with_(late_cash=1.0, notice=0.0) if type(r).__name__ == "Pay" else r for r in world().rules)
    model, values = run(replace(world(6), rules=rules))
    columns = model.columns
    cash = columns.stored("method")[0] <= Method.AGENT
    always = cash & (columns.stored("late")[0] >= 6)
    assert always.sum() > 50
    assert columns.stored("cut")[0][always].all() and (columns.stored("billed")[0][always] == 0).all()
    assert values["2022-06", "cut", "bill=electricity"] > 0.1
    assert values["2022-01", "cut", "bill=electricity"] == 0
    for b in BILLS:
        bills = columns.stored("owed")[b][columns.stored("late")[b] == 0]
        assert (bills == 0).all()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"error": 1.5}, "error of a bank or wallet"),
        ({"fee": -1.0}, "fee of a bank or wallet"),
        ({"outages": {START: 2.0}}, "outage of 2022-01"),
        ({"aim": -0.1}, "aim of a bank or wallet"),
    ],
)
def test_bad_terms_are_refused(wrong, message):
    with pytest.raises(BadValue, match=message):
        Terms(**wrong)


def test_an_unknown_offer_or_bank_is_refused_by_name(tmp_path):
    with pytest.raises(UnknownName, match="steady"):
        Terms(use="stedy")
    plan = tmp_path / "plan.toml"
    plan.write_text('extends = "hung-yen"\n[banks.Agribnk]\nerror = 0.1\n', encoding="utf-8")
    with pytest.raises(UnknownName, match="plan.toml:2.*Agribank"):
        Scenario.load(plan).settings()


def test_terms_come_from_the_file(tmp_path):
    plan = tmp_path / "plan.toml"
    text = 'extends = "hung-yen"\n[banks.all]\nfee = 1100\n[wallets.MoMo]\noutages = { "2024-07" = 0.3 }\n'
    plan.write_text(text, encoding="utf-8")
    settings = Scenario.load(plan).settings()
    assert settings.banks["all"].fee == 1100
    assert settings.wallets["MoMo"].outages == {month_number("2024-07"): 0.3}
    again = tmp_path / "again.toml"
    again.write_text(Scenario.load(plan).to_toml(), encoding="utf-8")
    assert Scenario.load(again).settings().wallets == settings.wallets
