"""Numbers of a report against numbers worked out by hand from straight lines."""

import math

import pandas as pd
import pytest

from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.groups import called
from cashless_sim.present.plot.left_out import left_out
from cashless_sim.present.provenance import of
from cashless_sim.present.report import money
from cashless_sim.present.report.answer import answer, points
from cashless_sim.present.report.findings import furthest
from cashless_sim.present.report.matter import gather
from cashless_sim.present.report.rows import NONE, group_grid, plan_grid
from cashless_sim.present.report.slim import slim


@pytest.fixture(scope="module")
def matter(runs):
    return gather(runs, "as-now")


def test_the_leading_plan_gains_what_its_lines_say(matter):
    case = matter.case
    assert (case.name, case.n) == ("visits", 4)
    lucks = [(number % 7) / 100 for number in range(1000, 1004)]
    expected = sum(0.06 * (1 + luck) for luck in lucks) / 4
    assert case.difference == pytest.approx(expected)
    assert case.level == pytest.approx(0.5 + expected + sum(lucks) / 4)
    assert case.is_apart and case.low95 < case.low80 < case.difference < case.high80 < case.high95
    assert case.cost == pytest.approx(36 * 2e6)
    assert case.gain == pytest.approx(expected * 25_000)
    assert case.value == pytest.approx(case.cost / case.gain)


def test_a_plan_that_changes_nothing_is_exactly_zero(matter):
    posters = next(case for case in matter.cases if case.name == "posters")
    assert (posters.difference, posters.low80, posters.high80) == (0, 0, 0)
    assert not posters.is_apart and math.isnan(posters.value)


def test_a_group_of_few_simulated_households_is_hidden(matter):
    table = matter.groups.set_index("group")
    assert not table.loc["urban=yes", "is_shown"]  # 1,000 of 100,000 households are 20 of 2,000 simulated ones
    assert table.loc["urban=no", "is_shown"]
    hidden = group_grid(matter, "vi").rows[list(table.index).index("urban=yes")]
    assert hidden[1:] == [NONE] * 3
    assert furthest(matter.groups)["group"] != "urban=yes"


def test_text_and_figure_tell_of_the_same_groups(matter):
    data = of(left_out(matter.pair, matter.leading)).data
    last = data[data["month"] == matter.month].set_index("group")["value"]
    table = matter.groups.set_index("group").drop("all")
    assert set(last.index[last.isna()]) == set(table.index[~table["is_shown"]]) == {"urban=yes"} == matter.few
    shown = table[table["is_shown"]]
    assert last[shown.index].to_numpy() == pytest.approx(1 - shown["level"].to_numpy())
    assert last.max() == last[furthest(matter.groups)["group"]]


def test_a_group_that_was_once_too_small_is_hidden_in_smaller_draws(runs):
    table = [{**row, "households": 100} if row["draw"] is not None else row for row in runs.manifest["runs"]]
    smaller = gather(Runs(runs.frame, {**runs.manifest, "runs": table}), "as-now")
    assert not smaller.groups["is_shown"].any() and furthest(smaller.groups) is None


@pytest.mark.parametrize(
    ("group", "english", "vietnamese"),
    [
        ("age=60+;bill=water", "payers aged 60 and over, water bills", "hộ có người trả tiền từ 60 tuổi, hóa đơn nước"),
        ("bill=electricity;method=AGENT", "electricity bills, agent (cash)", "hóa đơn điện, điểm thu hộ"),
        ("district=TP Hung Yen;urban=yes", "households in Hung Yen City, urban households", "hộ ở {}, hộ ở thành thị"),
        ("of=my own", "of=my own", "of=my own"),
    ],
)
def test_a_group_is_told_in_words(group, english, vietnamese):
    assert called(group, "en", "hung-yen") == english
    assert called(group, "vi", "hung-yen") == vietnamese.format("Thành phố Hưng Yên")


@pytest.mark.parametrize(("fee", "columns"), [(0.0, 7), (40.0, 9)])
def test_fees_are_a_note_where_there_are_none(matter, monkeypatch, fee, columns):
    rows = [("all", item, fee if item == "fees" else 1.0, 0.0, 0.0, 0.0) for item in money.ITEMS]
    found = pd.DataFrame(rows, columns=["group", "item", "base", "change", "low80", "high80"])
    monkeypatch.setattr(money, "borne", lambda matter: found)
    for tongue, said in (("en", "they are 0"), ("vi", "bằng 0")):
        grid = money.burden_grid(matter, tongue)
        assert len(grid.heads) == columns == len(grid.rows[0])
        assert any(said in note for note in grid.notes) == (fee == 0)


def test_what_is_left_out_changes_no_number(runs):
    assert slim(slim(runs)).frame.equals(slim(runs).frame)
    whole, small = (gather(one, "as-now").case for one in (runs, slim(runs)))
    assert repr(whole) == repr(small)


def test_the_answer_is_three_sentences_with_intervals(matter):
    for tongue, words in (("vi", ("khoảng 80 %", "12/2022", "điểm phần trăm")), ("en", ("80 % interval", "Dec 2022"))):
        said = answer(matter, tongue)
        assert len(said) == 3
        assert all(word in said[0] for word in words)
    assert "72\N{NO-BREAK SPACE}triệu" not in answer(matter, "vi")[1]
    assert "72 triệu đồng" in answer(matter, "vi")[1]


def test_every_plan_is_in_the_table_with_its_verdict(matter):
    rows = plan_grid(matter, "vi").rows
    assert len(rows) == 3
    assert {row[-1] for row in rows} == {NONE, "phân biệt được", "chưa phân biệt được"}


def test_one_pair_of_runs_gives_points_without_an_interval(make):
    single = gather(make(draws=0, replicates=1), "as-now")
    assert math.isnan(single.case.low80) and not single.case.is_apart
    assert "chỉ có một cặp lần chạy" in answer(single, "vi")[0]
    assert "one pair of runs" in answer(single, "en")[0]


def test_one_scenario_is_told_by_its_level(make):
    alone = gather(make(names=("as-now",)))
    assert alone.case is None and alone.leading == "as-now"
    said = answer(alone, "en")
    assert said[0].startswith("By Dec 2022") and "Jan 2020" in said[1]


def test_differences_carry_their_sign():
    assert (points(0.0123, "vi"), points(-0.0123, "vi"), points(0.00001, "vi")) == ("+1,23", "-1,23", "0,00")


def test_a_baseline_that_was_not_run_is_refused(runs):
    with pytest.raises(UnknownName, match=r"'as-nwo'.*did you mean 'as-now'"):
        gather(runs, "as-nwo")


def test_several_scenarios_need_a_baseline(runs):
    with pytest.raises(BadValue, match="baseline is None; expected the name of one of the scenarios: as-now, visits"):
        gather(runs)


def test_runs_without_rows_are_refused(runs):
    with pytest.raises(BadValue, match="rows in the runs is 0"):
        gather(Runs(runs.frame.iloc[:0], runs.manifest), "as-now")


@pytest.mark.parametrize("month", ["2031-01", "2022-13", "soon"])
def test_a_month_outside_the_run_is_refused(runs, month):
    with pytest.raises(BadValue):
        gather(runs, "as-now", month=month)
