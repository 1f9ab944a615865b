"""A plan states how doubtful its numbers are, and prior draws take each of them from there, alike in every plan."""

import dataclasses
import pickle

import pytest

from cashless_sim.errors import BadValue, UnknownKey, UserError
from cashless_sim.experiment.design import INTENSITY_FACTOR, campaign_drawn, prior_draw
from cashless_sim.model.observation import statistics
from cashless_sim.model.settings import OBSERVED, Closure, Observation, Shock
from cashless_sim.rules.campaigns import CHANNELS, RANGED, Campaign
from cashless_sim.rules.ranges import held
from cashless_sim.scenario import schema
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

SHIPPED = ("hung-yen", "no-outreach", "viet-nam")
KINDS = ("campaigns", "shocks", "closures")
DRAWS = 12
HEAD = '[[campaigns]]\nname = "a"\nchannel = "home-visit"\nstart = "2027-01"\nend = "2027-12"\ncapacity = 100\n'
SHOCK = '[[shocks]]\nname = "s"\nkind = "covid"\nstart = "2020-03"\nend = "2020-04"\nsize = 0.5\n'
CLOSURE = '[[closures]]\nname = "c"\nutility = "electricity"\nmethod = "AGENT"\nstart = "2025-04"\nend = "2025-06"\n'


@pytest.fixture(scope="module")
def scenarios():
    return {name: Scenario.load(name) for name in SHIPPED}


@pytest.fixture(scope="module")
def draws(scenarios):
    return {name: [prior_draw(made, 1, draw).settings() for draw in range(DRAWS)] for name, made in scenarios.items()}


def numbers(settings, kind):
    return {(thing.name, key): getattr(thing, key) for thing in getattr(settings, kind) for key in thing.ranges}


# -- drawn ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_stated_range_is_drawn_and_kept_to(name, kind, scenarios, draws):
    things = getattr(scenarios[name].settings(), kind)
    assert all(thing.ranges for thing in things)
    for thing in things:
        for key, (low, high) in thing.ranges.items():
            found = [numbers(drawn, kind)[thing.name, key] for drawn in draws[name]]
            assert low <= min(found) < max(found) <= high, (thing.name, key)
            assert len(set(found)) > DRAWS / 2, (thing.name, key)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_number_of_the_observation_is_drawn(name, draws):
    for key, told in OBSERVED.items():
        found = [getattr(drawn.observation, key) for drawn in draws[name]]
        assert told["range"][0] <= min(found) < max(found) <= told["range"][1], key
    assert {drawn.observation.recount for drawn in draws[name]} == {Observation().recount}


def test_contacts_are_drawn_as_whole_numbers(draws):
    found = [c.capacity for drawn in draws["hung-yen"] for c in drawn.campaigns if c.capacity is not None]
    assert found and all(isinstance(capacity, int) for capacity in found)


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=lambda channel: channel.name)
def test_reach_and_cost_of_a_channel_are_drawn_once_for_all_its_campaigns(channel):
    capacity = 100 if channel.people_run else None
    first, second = (Campaign(name, channel.name, 700, 710, capacity=capacity) for name in "ab")
    for key, told in (("reach", channel.reach), ("cost_per_contact", channel.cost)):
        found = [getattr(campaign_drawn(first, 1, draw), key) for draw in range(DRAWS)]
        assert found == [getattr(campaign_drawn(second, 1, draw), key) for draw in range(DRAWS)]
        if told.low < told.high:
            assert told.low <= min(found) < max(found) <= told.high
        else:
            assert set(found) == {None}
    assert channel.people_run or channel.reach.low < channel.reach.high
    assert channel.cost.low < channel.cost.value < channel.cost.high


def test_plans_that_are_compared_share_their_draws(scenarios, draws):
    base = scenarios["hung-yen"]
    other = base.without_campaign("digital-day").with_(name="other", population_seed=9)
    for draw in range(3):
        drawn, again = draws["hung-yen"][draw], prior_draw(other, 1, draw).settings()
        kept = {c.name: c for c in drawn.campaigns if c.name != "digital-day"}
        assert {c.name: c for c in again.campaigns} == kept
        without = draws["no-outreach"][draw]
        for each in (again, without):
            assert (each.shocks, each.closures, each.observation) == (drawn.shocks, drawn.closures, drawn.observation)


def test_the_same_luck_gives_the_same_place_in_another_range(draws):
    for drawn, national in zip(draws["hung-yen"], draws["viet-nam"], strict=True):
        here = next(c for c in drawn.campaigns if c.name == "power-points-2019")
        there = next(c for c in national.campaigns if c.name == "power-points-2019")
        assert here.intensity == there.intensity
        assert (here.capacity > 70_800) == (there.capacity > 5_000_000)


def test_a_drawn_plan_is_drawn_from_the_ranges_it_had(scenarios):
    drawn = prior_draw(scenarios["hung-yen"], 1, 0)
    for kind in KINDS:
        before, after = getattr(scenarios["hung-yen"].settings(), kind), getattr(drawn.settings(), kind)
        assert {t.name: t.ranges for t in before} == {t.name: t.ranges for t in after}
    assert Scenario.loads(drawn.to_toml(), name=drawn.name) == drawn


def test_numbers_without_a_range_are_held():
    text = HEAD + SHOCK + CLOSURE + "left = 0.3\n"
    made = Scenario.loads(text + "[observation]\nfirms = 0.2\nranges = { firms_digital = [0.95, 0.95] }\n")
    settings = made.settings()
    for draw in range(3):
        drawn = prior_draw(made, 1, draw).settings()
        assert (drawn.shocks, drawn.closures) == (settings.shocks, settings.closures)
        assert (drawn.observation.firms, drawn.observation.firms_digital) == (0.2, 0.95)
        assert (drawn.campaigns[0].capacity, drawn.campaigns[0].intensity) == (100, 1.0)
    null = {"name": "n", "channel": "sms", "start": "2019-01", "end": "2019-12", "reach": 0, "effects": {"informs": 0}}
    drawn = prior_draw(made.with_campaign(null), 1, 0).settings().campaigns[0]
    assert (drawn.name, drawn.reach, drawn.effects["informs"]) == ("n", 0, 0)


def test_a_past_intensity_without_a_range_is_known_to_within_a_factor():
    past = Campaign("p", "sms", month_number("2019-01"), month_number("2019-12"), intensity=0.2)
    found = [campaign_drawn(past, 1, draw).intensity for draw in range(DRAWS)]
    assert 0.2 / INTENSITY_FACTOR <= min(found) < 0.2 < max(found) <= 0.2 * INTENSITY_FACTOR
    planned = dataclasses.replace(past, start=month_number("2027-01"), end=month_number("2027-12"))
    assert campaign_drawn(planned, 1, 0).intensity == 0.2
    stated = dataclasses.replace(past, ranges={"intensity": (0.19, 0.21)})
    assert all(0.19 <= campaign_drawn(stated, 1, draw).intensity <= 0.21 for draw in range(DRAWS))


# -- what a range changes ------------------------------------------------------------------------------------


def test_a_range_changes_drawn_runs_only(scenarios):
    base = scenarios["hung-yen"]
    closer = base.with_(shocks=[dataclasses.replace(s, ranges={}) for s in base.settings().shocks])
    assert closer.hash == base.hash
    assert closer.prior_hash != base.prior_hash
    assert prior_draw(closer, 1, 0).hash != prior_draw(base, 1, 0).hash
    wider = base.with_({"observation.ranges.firms": [0.01, 0.5]})
    assert (wider.hash, wider.prior_hash == base.prior_hash) == (base.hash, False)
    assert base.with_(title="another").prior_hash == base.prior_hash


def test_the_observation_uses_what_it_is_given():
    sums = {"account": 30.0, "households": 100.0, "account_or_money": 40.0, "survey_digital": 10.0}
    sums |= {"survey_helped": 10.0, "utility_payers": 100.0}

    def said(settings):
        return statistics(lambda name: sums.get(name, 1.0), settings, month_number("2020-01"))

    few, many = Observation(helped_counted=0.2), Observation(helped_counted=0.8)
    assert said(few)["D"] == pytest.approx(0.12) and said(many)["D"] == pytest.approx(0.18)
    assert said(Observation(accounts_ratio=1.1))["F"] == pytest.approx(0.33)


# -- files ---------------------------------------------------------------------------------------------------


def test_the_file_may_give_a_range_to_what_the_model_knows():
    known = {
        schema.CampaignRanges: RANGED,
        schema.ShockRanges: ("size", "persistence"),
        schema.ClosureRanges: ("before", "left"),
        schema.ObservationRanges: OBSERVED,
    }
    for table, names in known.items():
        assert sorted(table.model_fields) == sorted(names)


@pytest.mark.parametrize("name", SHIPPED)
def test_ranges_survive_their_own_toml(name, scenarios):
    made = scenarios[name]
    again = Scenario.loads(made.to_toml(), name=name)
    assert again == made and again.prior_hash == made.prior_hash
    for kind in KINDS:
        assert getattr(again.settings(), kind) == getattr(made.settings(), kind)
    assert pickle.loads(pickle.dumps(made)).prior_hash == made.prior_hash


BAD = {
    "unknown": (SHOCK + "ranges = { siez = [0.2, 0.9] }\n", UnknownKey, 7, ["'siez'", "did you mean 'size'?"]),
    "of another kind": (SHOCK + "ranges = { left = [0, 1] }\n", UnknownKey, 7, ["'left'", "size, persistence"]),
    "a month": (
        "[observation]\nranges = { recount = [1, 2] }\n",
        UnknownKey,
        2,
        ["'recount'", "agent_counted_before"],
    ),
    "the wrong way round": (SHOCK + "ranges = { size = [0.9, 0.2] }\n", BadValue, 7, ["the lower first"]),
    "one number": (SHOCK + "\nranges = { size = 0.5 }\n", BadValue, 8, ["is 0.5", "two numbers"]),
    "one end": (SHOCK + "ranges = { size = [0.5] }\n", BadValue, 7, ["[0.5]", "two numbers, the lower first"]),
    "three ends": (SHOCK + "ranges = { size = [0.2, 0.5, 0.9] }\n", BadValue, 7, ["two numbers"]),
    "no table": (SHOCK + "ranges = [0.2, 0.9]\n", BadValue, 7, ["a table"]),
    "above 1": (SHOCK + "ranges = { size = [0.2, 1.9] }\n", BadValue, 7, ["1.9", "a share in [0, 1]"]),
    "not a number": (SHOCK + "ranges = { size = [nan, 0.9] }\n", BadValue, 7, ["a share in [0, 1]"]),
    "half a contact": (HEAD + "ranges = { capacity = [0.5, 200] }\n", BadValue, 7, ["0.5", "a whole number"]),
    "below 0": (HEAD + "ranges = { cost_fixed = [-1, 200] }\n", BadValue, 7, ["-1", "VND, 0 or more"]),
    "beside its number": (
        SHOCK + "ranges = { size = [0.6, 0.9] }\n",
        BadValue,
        7,
        ["size of shock 's' is 0.5", "from 0.6 to 0.9", "set another range"],
    ),
    "beside its default": (
        CLOSURE + "ranges = { left = [0.6, 0.9] }\n",
        BadValue,
        7,
        ["left of closure 'c' is 0.0"],
    ),
    "without its number": (
        HEAD + "ranges = { reach = [0.6, 0.9] }\n",
        BadValue,
        7,
        ["reach of campaign 'a' is None"],
    ),
    "of the observation": (
        "[observation]\n\nranges.firms = [0.1, 0.2]\n",
        BadValue,
        3,
        ["firms of the observation is 0.08"],
    ),
    "no ratio": ("[observation]\nranges = { payer_ratio = [0, 2] }\n", BadValue, 2, ["a number above 0"]),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_range_is_refused_with_its_line(case):
    text, kind, line, words = BAD[case]
    with pytest.raises(UserError) as caught:
        Scenario.loads(text, name="plan")
    said = str(caught.value)
    assert type(caught.value) is kind, said
    assert said.startswith(f"plan.toml:{line}: ") and "; expected " in said, said
    for word in words:
        assert word in said


# -- extending -----------------------------------------------------------------------------------------------


def plan(folder, text):
    base = HEAD + "intensity = 0.3\nranges = { capacity = [50, 200], intensity = [0.1, 0.5] }\n"
    (folder / "base.toml").write_text(base, encoding="utf-8")
    (folder / "middle.toml").write_text(
        'extends = "base.toml"\n[[campaigns]]\nname = "a"\ncapacity = 900\n', encoding="utf-8"
    )
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    return Scenario.load(folder / "plan.toml")


OVER = 'extends = "base.toml"\n[[campaigns]]\nname = "a"\n'


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        (OVER + "capacity = 120\n", {"capacity": (50, 200), "intensity": (0.1, 0.5)}),
        (OVER + "capacity = 900\n", {"intensity": (0.1, 0.5)}),
        (OVER + "capacity = 900\nranges = { intensity = [0.2, 0.4] }\n", {"intensity": (0.2, 0.4)}),
        (
            OVER + "capacity = 900\nranges = { capacity = [800, 1000] }\n",
            {"capacity": (800, 1000), "intensity": (0.1, 0.5)},
        ),
        (OVER + "ranges = { capacity = [100, 100] }\n", {"capacity": (100, 100), "intensity": (0.1, 0.5)}),
        (OVER.replace("base", "middle") + 'note = "n"\n', {"intensity": (0.1, 0.5)}),
        ('extends = "middle.toml"\n', {"intensity": (0.1, 0.5)}),
    ],
)
def test_a_range_goes_with_the_number_it_was_stated_for(text, ranges, tmp_path):
    made = plan(tmp_path, text)
    assert made.settings().campaigns[0].ranges == ranges
    assert Scenario.loads(made.to_toml(), name=made.name) == made


def test_a_plan_that_narrows_the_range_past_the_number_is_refused(tmp_path):
    with pytest.raises(BadValue, match=r"plan\.toml:4: capacity of campaign 'a' is 100; .*150 to 200"):
        plan(tmp_path, OVER + "ranges = { capacity = [150, 200] }\n")


def test_numbers_set_from_code_leave_their_ranges_behind(scenarios):
    made = scenarios["hung-yen"].with_({"observation.firms": 0.3})
    assert "firms" not in made.settings().observation.ranges
    kept = made.with_({"observation.firms": 0.1}).settings().observation
    assert kept.ranges["firms"] == OBSERVED["firms"]["range"]
    with pytest.raises(BadValue, match="firms of the observation is 0.08"):
        scenarios["hung-yen"].with_({"observation.ranges.firms": [0.5, 0.6]})
    teams = next(c for c in scenarios["hung-yen"].settings().campaigns if c.name == "digital-teams")
    larger = dataclasses.replace(teams, capacity=10**6)
    assert "capacity" not in larger.ranges and "intensity" in larger.ranges
    assert scenarios["hung-yen"].with_campaign(larger).settings().campaigns[5] == larger


def test_a_campaign_of_another_size_takes_its_range_along():
    teams = Campaign("t", "digital-team", 700, 710, capacity=100, ranges={"capacity": (50, 300), "intensity": (0.5, 1)})
    assert teams.scaled(2.5) == dataclasses.replace(
        teams, capacity=250, ranges={"capacity": (125, 750), "intensity": (0.5, 1)}
    )
    message = Campaign("m", "sms", 700, 710)
    assert message.scaled(2.5) is message


def test_things_made_in_code_are_checked_too():
    with pytest.raises(UnknownKey, match=r"ranges of shock 's': unknown key 'siez'.*did you mean 'size'"):
        Shock("s", "covid", 603, 604, 0.5, ranges={"siez": (0.2, 0.9)})
    with pytest.raises(BadValue, match=r"range of left of closure 'c' is 1\.5; expected a number from 0 to 1"):
        Closure("c", "electricity", "AGENT", 603, 604, ranges={"left": (0.0, 1.5)})
    for pair in ((0.9, 0.2), (0.5,), 0.5, (float("nan"), 1.0)):
        with pytest.raises(BadValue, match="the lower first"):
            Observation(ranges={"firms": pair})
    shock = Shock("s", "covid", 603, 604, 0.5, ranges={"size": [0.2, 0.9], "persistence": (0.1, 0.2)})
    assert held("s", shock, {"size": (0.0, 1.0)}) == shock.ranges == {"size": (0.2, 0.9)}
