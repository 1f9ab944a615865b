"""Sliders that simulate: the numbers are those of whole runs, the latest change wins, words and files follow."""

from __future__ import annotations

import importlib
import threading
import time

import pytest

from cashless_sim.errors import BadValue, Unsupported
from cashless_sim.experiment.runs import FIRST_DRAW
from cashless_sim.present import widgets
from cashless_sim.present.explore.live import OWN, Live
from cashless_sim.present.explore.making import slim
from cashless_sim.present.explore.turn import Turn
from cashless_sim.rules.campaigns import CHANNELS, Campaign
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

HOUSEHOLDS, DRAWS, SEED, UNTIL = 600, 2, 1, "2027-12"
START, END = month_number("2027-01"), month_number("2027-12")


@pytest.fixture(scope="module")
def base():
    return Scenario.load("hung-yen").with_(start="2026-01")


@pytest.fixture(scope="module")
def live(base):
    made = Live(base, HOUSEHOLDS, DRAWS, SEED, "2028-12")
    made.prepare()
    return made


@pytest.fixture
def sliders(base, tmp_path):
    pytest.importorskip("ipywidgets", reason="no test of sliders: ipywidgets is not installed")
    made = widgets.explore(base, HOUSEHOLDS, DRAWS, SEED, UNTIL, "vi", tmp_path / "plan.toml")
    yield made
    assert made._turn.wait()


def test_a_plan_gives_the_numbers_of_whole_runs(live):
    visits = Campaign(OWN[0], "digital-team", START, END, capacity=20_000, target={"pays_digitally": False})
    calls = Campaign(OWN[1], "loudspeaker", START, END, intensity=0.5, months=(10,))
    live.lived([calls], UNTIL)  # what was tried before leaves nothing behind
    found = live.lived([visits, calls], UNTIL)
    for name, scenario in (("baseline", live.base), ("plan", found.plan)):
        for draw in range(DRAWS):
            made = live.drawing.scenario(scenario, draw)
            whole = made.build(seed=SEED, replicate=FIRST_DRAW + draw).run(24)
            whole = slim(whole[whole["month"] >= "2027-01"])
            rows = found.runs.select(scenario=name, replicate=FIRST_DRAW + draw)
            keys = ["month", "measure", "group"]
            mine, theirs = (one.set_index(keys)["value"].sort_index() for one in (rows, whole))
            assert mine.equals(theirs)
    assert found.answer.money["payers"][0] > 0


def test_a_plan_of_nothing_changes_nothing(live):
    found = live.lived([], UNTIL)
    assert found.plan.hash == found.baseline_hash
    assert set(found.answer.change.values()) == {(0.0, 0.0, 0.0)}


def test_too_few_draws_and_too_early_a_month_are_refused(base):
    with pytest.raises(BadValue, match="draws is 1"):
        Live(base, HOUSEHOLDS, 1, SEED, UNTIL)
    with pytest.raises(BadValue, match="month to judge in"):
        Live(base, HOUSEHOLDS, 2, SEED, "2026-12")


def test_the_latest_change_wins_and_one_works_at_a_time():
    done, inside, most, gate = [], [], [], threading.Event()

    def work(request):
        inside.append(request)
        most.append(len(inside))
        gate.wait(5)
        done.append(request)
        inside.remove(request)

    turn = Turn(work)
    turn.soon("first")
    while not inside:
        time.sleep(0.01)
    for request in ("second", "third", "last"):
        turn.soon(request)
    gate.set()
    assert turn.wait(10)
    assert done == ["first", "last"] and max(most) == 1


def test_without_the_library_it_says_what_to_install(base, monkeypatch):
    found = importlib.import_module

    def missing(name, *more):
        if name == "ipywidgets":
            raise ImportError(name)
        return found(name, *more)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(Unsupported, match="ipywidgets is not installed"):
        widgets.explore(base)


@pytest.mark.parametrize("key", widgets.PLANS)
def test_plans_to_begin_with_are_those_that_ship(key, root):
    channel, whom, months, size = widgets.PLANS[key]
    assert channel in ("", *widgets.CHANNELS_OFFERED) and months in widgets.MONTHS
    if key:
        (path,) = (root / "data/scenarios/plans").glob(f"{key}-*.toml")
        before = {one.name for one in Scenario.load("hung-yen").settings().campaigns}
        (added,) = (one for one in Scenario.load(path).settings().campaigns if one.name not in before)
        assert added.channel == channel and added.months == widgets.MONTHS[months]
        wanted = {} if CHANNELS[channel].people_run else None
        if wanted is not None:
            near = min(widgets.SIZES, key=lambda one: abs(one - added.capacity))
            assert near == size
            assert added.target == {"pays_digitally": False, **widgets.WHOM[whom]}


def test_a_moved_slider_changes_what_is_shown(sliders):
    shown, said = sliders.shown.value, sliders.told.value
    assert 'alt="' in shown and "Chi tuyên truyền" in said and "bảng kiểm" in sliders.trust.value
    sliders.campaigns[0].size.value = 32_000
    assert sliders._turn.wait()
    assert sliders.shown.value != shown and sliders.told.value != said
    assert "Đã mô phỏng" in sliders.status.value
    assert sliders.still()._repr_html_().startswith("<img") and len(repr(sliders.still())) < 300


def test_the_other_language_leaves_the_plan_as_it_is(sliders):
    sliders.campaigns[0].size.value = 8_000
    sliders.campaigns[0].whom.value = "old"
    sliders.language.value = "en"
    assert sliders._turn.wait()
    assert sliders.campaigns[0].size.value == 8_000 and sliders.campaigns[0].whom.value == "old"
    assert sliders.save.description == "Save as TOML" and "Outreach cost" in sliders.told.value


def test_a_saved_plan_is_the_plan_on_the_screen(sliders):
    sliders.start.value = "04d"
    assert sliders._turn.wait()
    assert sliders.campaigns[0].size.layout.display == "none"
    sliders.save.click()
    assert "plan.toml" in sliders.status.value
    text = sliders.file.read_text(encoding="utf-8")
    read = Scenario.loads(text.replace('extends = "', 'extends = "hung-yen" # ', 1) if "extends" in text else text)
    (added,) = (one for one in read.settings().campaigns if one.name == OWN[0])
    assert added == sliders._plan()[0][0]


def test_what_goes_wrong_is_said_kindly(sliders, monkeypatch):
    def fails(*_):
        raise BadValue(what="draws", value=0, expected="a whole number of 1 or more")

    monkeypatch.setattr(sliders.live, "lived", fails)
    sliders.campaigns[0].size.value = 2_000
    assert sliders._turn.wait()
    assert "số bộ tham số (draws)" in sliders.status.value and "Traceback" not in sliders.status.value
