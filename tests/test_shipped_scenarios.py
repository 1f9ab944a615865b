"""The scenarios that ship tell the history as known, each number with its source."""

import re

import pytest

from cashless_sim.model.settings import Regulation
from cashless_sim.rules.catalogue import ORDER
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number, month_text

SHIPPED = ("hung-yen", "no-outreach", "viet-nam")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_load_and_come_back(name):
    made = Scenario.load(name)
    assert made.name == name
    assert Scenario.load(f"{name}.toml") == made
    assert Scenario.loads(made.to_toml()).hash == made.hash
    settings = made.settings()
    assert (month_text(settings.start), month_text(settings.end), settings.months) == (
        "2017-06",
        "2030-12",
        163,
    )
    assert [type(rule).__name__ for rule in settings.rules] == list(ORDER)
    assert made.recipe.title_vi and made.recipe.question and made.recipe.question_vi


def test_no_outreach_differs_by_its_campaigns_only():
    base, without = Scenario.load("hung-yen"), Scenario.load("no-outreach")
    assert base.recipe.campaigns and not without.recipe.campaigns
    assert base.with_(campaigns=[]).hash == without.hash != base.hash


def test_viet_nam_is_the_country_without_what_only_the_province_did():
    settings = Scenario.load("viet-nam").settings()
    assert (settings.place, settings.households) == ("viet-nam", 20_000)
    provincial = {c.name for c in Scenario.load("hung-yen").settings().campaigns}
    assert provincial - {c.name for c in settings.campaigns} == {"closing-desks-2025", "closing-notices-2025"}


def test_the_history_has_every_known_event():
    settings = Scenario.load("hung-yen").settings()
    by_name = {c.name: c for c in settings.campaigns}
    push = by_name["power-points-2019"]
    assert (month_text(push.start), month_text(push.end)) == ("2019-04", "2020-10")
    day = by_name["digital-day"]
    assert [m for m in range(settings.start, settings.end + 1) if day.runs_in(m)] == [
        month_number(f"{year}-10") for year in range(2022, 2031)
    ]
    assert {"counter-staff", "loudspeaker", "sms", "digital-team", "event-day", "account-drive"} <= {
        c.channel for c in settings.campaigns
    }
    assert {"literacy-class", "home-visit", "help-desk"} <= {c.channel for c in settings.campaigns}
    assert settings.regulation == Regulation()
    assert [s.kind for s in settings.shocks] == ["covid", "covid", "scam"]


def test_statistic_a_is_imposed_by_the_schedule():
    """PC Hung Yen reports 84 % in 2018 and 98 % in October 2019 [EVN2019HungYen]."""
    frame = Scenario.load("hung-yen").with_(households=20_000, end="2019-10").build(seed=1).run()
    a = frame[(frame["measure"] == "A") & (frame["group"] == "all")].set_index("month")["value"]
    assert a["2018-01":"2018-12"].mean() == pytest.approx(0.84, abs=0.05)
    assert a["2019-10"] == pytest.approx(0.98, abs=0.02)


def test_every_source_is_in_the_references(root):
    keys = set(re.findall(r"@\w+\{([^,\s]+)", (root / "docs" / "references.bib").read_text(encoding="utf-8")))
    for path in (root / "data" / "scenarios").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        quoted = set(re.findall(r"\[([A-Z]\w*[0-9]\w*)\]", text)) | set(re.findall(r'source = "(\w+)"', text))
        assert quoted - keys - {"assumed"} == set(), path.name


def test_every_number_of_outreach_has_a_word_beside_it(root):
    text = (root / "data" / "scenarios" / "hung-yen.toml").read_text(encoding="utf-8")
    for line in text.splitlines():
        if re.match(r"(capacity|intensity|reach|size|persistence|left|before) = [0-9.]+", line):
            assert "#" in line or line == "left = 0.0", line


def test_shipped_files_are_short_enough_to_read(root):
    for path in (root / "data" / "scenarios").glob("*.toml"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 300
