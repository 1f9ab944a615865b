"""Scores: ties by overlap, nothing for nothing, the same numbers as a plain second count."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from cashless_sim.analysis.workshop.form import Form
from cashless_sim.analysis.workshop.menu import BASELINE
from cashless_sim.analysis.workshop.scoring import WATCHED, fair, pairs, places, score_sweep, scores, singles
from cashless_sim.experiment.runs import FIRST_DRAW, Runs


def test_whose_band_overlaps_the_first_shares_its_place(made_up):
    found = dict(zip(made_up["table"], places(made_up, "gain", "low80", "high80"), strict=True))
    assert found == {3: 1, 1: 1, 6: 1, 2: 4, 4: 5}


def test_bands_that_meet_in_a_point_overlap_and_a_hair_apart_do_not():
    meet = pd.DataFrame({"v": [10.0, 5.0], "low": [8.0, 3.0], "high": [12.0, 8.0]})
    assert places(meet, "v", "low", "high") == [1, 1]
    assert places(meet.assign(high=[12.0, 7.999]), "v", "low", "high") == [1, 2]


def test_a_chain_of_overlaps_is_no_tie_with_the_first():
    chain = pd.DataFrame({"v": [9.0, 6.0, 3.0], "low": [7.0, 4.0, 1.0], "high": [11.0, 8.0, 5.0]})
    assert places(chain, "v", "low", "high") == [1, 1, 3]


def test_without_bands_all_tie():
    blind = pd.DataFrame({"v": [9.0, 6.0], "low": [np.nan] * 2, "high": [np.nan] * 2})
    assert places(blind, "v", "low", "high") == [1, 1]


def last(runs, name, group, replicate):
    rows = runs.frame[(runs.frame["scenario"] == name) & (runs.frame["replicate"] == replicate)]
    rows = rows[(rows["month"] == "2018-05") & (rows["group"] == group)].set_index("measure")["value"]
    return rows["using"] * rows["households"], (1 - rows["using"]) * rows["households"]


def test_gain_and_band_are_those_of_a_plain_count(runs, workshop):
    found = scores(runs, workshop.menu(), workshop.forms()).set_index("table")
    draws = range(FIRST_DRAW, FIRST_DRAW + 3)
    for table in (1, 3):
        gains = [last(runs, f"table-{table}-round-1", "all", r)[0] - last(runs, BASELINE, "all", r)[0] for r in draws]
        half = student.ppf(0.9, 2) * np.std(gains, ddof=1) * np.sqrt(1 + 1 / 3)
        assert found.loc[table, "gain"] == pytest.approx(np.mean(gains))
        assert found.loc[table, "low80"] == pytest.approx(np.mean(gains) - half)
        assert found.loc[table, "high80"] == pytest.approx(np.mean(gains) + half)


def test_who_is_left_is_counted_in_both_groups(runs, workshop):
    found = scores(runs, workshop.menu(), workshop.forms()).set_index("table")
    draws = range(FIRST_DRAW, FIRST_DRAW + 3)
    for group in WATCHED:
        left = np.mean([last(runs, "table-1-round-1", group, r)[1] for r in draws])
        assert found.loc[1, f"left {group}"] == pytest.approx(left)
    assert found.loc[1, "left"] == pytest.approx(sum(found.loc[1, f"left {group}"] for group in WATCHED))
    fewer = [
        sum(last(runs, BASELINE, group, r)[1] - last(runs, "table-1-round-1", group, r)[1] for group in WATCHED)
        for r in draws
    ]
    assert found.loc[1, "helped"] == pytest.approx(np.mean(fewer))


def test_a_form_without_choices_changes_nothing_at_all(runs, workshop):
    found = scores(runs, workshop.menu(), workshop.forms()).set_index("table").loc[5]
    assert [found[key] for key in ("gain", "low80", "high80", "spent", "helped", "chips")] == [0.0] * 6
    assert np.isnan(found["value"]) and found["verdict"] == "cannot be told apart" and not found["prize"]


def test_the_best_come_first_and_the_prize_is_of_those_who_overlap(runs, workshop):
    found = scores(runs, workshop.menu(), workshop.forms())
    assert list(found["place"]) == sorted(found["place"])
    first = found.loc[found["helped"].idxmax()]
    overlap = found["helped_high80"] >= first["helped_low80"]
    assert list(found["prize"]) == [bool(first["helped_low80"] > 0 and one) for one in overlap]


def test_money_is_what_was_planned_less_where_nobody_is_left_to_visit(runs, workshop):
    """Table 6 ticked visits to the elderly and the bank's desk, of which six months are left here."""
    planned = [one for choice in workshop.menu().choices if choice.number in (6, 8) for one in choice.campaigns]
    whole = sum(6 * one["capacity"] * one["cost_per_contact"] for one in planned)
    found = scores(runs, workshop.menu(), workshop.forms()).set_index("table")
    assert 0.7 * whole < found.loc[6, "spent"] < 1.1 * whole


def test_a_pair_is_compared_draw_by_draw(runs, workshop):
    found = pairs(runs, workshop.menu(), workshop.forms()).set_index(["table", "other"])
    assert len(found) == 15
    table = scores(runs, workshop.menu(), workshop.forms()).set_index("table")
    one = found.loc[("table-1-round-1", "table-5-round-1")]
    assert one["difference"] == pytest.approx(table.loc[1, "gain"])
    assert (one["low80"], one["high80"]) == pytest.approx((table.loc[1, "low80"], table.loc[1, "high80"]))
    assert one["ahead"] in (0, 1 / 3, 2 / 3, 1)


def test_scoring_again_runs_nothing_again(runs, workshop):
    told = []
    menu, forms = workshop.menu(), workshop.forms()
    again = score_sweep(menu, forms[:2], workshop.folder / "store.sqlite", 600, 3, workers=1, progress=told.append)
    assert again.missing == 0 and told == [1.0]
    few = scores(again.runs(), menu, forms[:2]).set_index("table")
    whole = scores(runs, menu, forms).set_index("table")
    assert few.loc[1, "gain"] == whole.loc[1, "gain"]


def test_a_draw_that_one_lacks_counts_for_nobody(runs, workshop):
    lost = (runs.frame["scenario"] == "table-2-round-1") & (runs.frame["replicate"] == FIRST_DRAW)
    kept = fair(Runs(runs.frame[~lost], runs.manifest))
    assert set(kept.frame["replicate"]) == set(runs.frame["replicate"]) - {FIRST_DRAW}
    assert set(scores(kept, workshop.menu(), workshop.forms())["n"]) == {2}
    assert fair(runs).frame.equals(runs.frame)


def test_each_choice_has_its_single_form(workshop):
    assert singles(workshop.menu()) == tuple(Form(number, 1, (number,)) for number in range(1, 9))
