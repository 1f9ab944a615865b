"""The shipped plans load, say who decides, differ from their baseline only where they say, and have golden output.

Golden output is no truth, but every change of it is noticed. Refreshed on purpose by:
python tests/analysis/test_plans.py
"""

import json
import math
import re
import shutil

import pytest

from cashless_sim.analysis.plans import NOT_APART, VERDICTS, only, plan_runs, plan_table, plans
from cashless_sim.analysis.sharing import remaining, shared
from cashless_sim.data import folder
from cashless_sim.errors import BadValue, DataProblem, UnknownName
from cashless_sim.rules.campaigns import SPONSORS
from cashless_sim.units import month_number

ALL = plans()
GOLDEN = folder() / "scenarios" / "plans" / "golden.json"
HOUSEHOLDS = 2_000
FAMILIES = [f"{number:02d}" for number in range(1, 11)]


def golden(plan) -> dict[str, float]:
    """Return B, D, using in the month in which a plan is judged (percent), and million VND of outreach since 2027."""
    model = plan.scenario.with_(households=HOUSEHOLDS, end=plan.judged).build(seed=1)
    frame = model.run()
    last = frame[(frame["month"] == plan.judged) & (frame["group"] == "all")].set_index("measure")["value"]
    spent = frame[(frame["measure"] == "spent") & frame["group"].str.startswith("campaign=")]
    spent = spent[spent["month"] >= "2027-01"]["value"].sum()
    return {**{code: round(100 * last[code], 2) for code in ("B", "D", "using")}, "spent": round(spent / 1e6, 1)}


def test_there_are_ten_questions_and_their_alternatives():
    assert sorted({plan.family for plan in ALL}) == FAMILIES
    for family in FAMILIES[1:]:
        alternatives = [plan for plan in ALL if plan.family == family]
        assert len(alternatives) >= 2
        asked = {(p.scenario.recipe.question, p.scenario.recipe.question_vi) for p in alternatives}
        assert len(asked) == 1, family


@pytest.mark.parametrize("plan", ALL, ids=lambda plan: plan.name)
def test_a_plan_says_what_a_planner_needs(plan, root):
    recipe = plan.scenario.recipe
    assert recipe.title and recipe.title_vi and recipe.question.endswith("?") and recipe.question_vi.endswith("?")
    assert plan.owner in SPONSORS and plan.budget_line
    assert month_number(plan.decision) < month_number(plan.judged) <= plan.scenario.settings().end
    text = plan.path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    keys = set(re.findall(r"@\w+\{([^,\s]+)", (root / "docs" / "references.bib").read_text(encoding="utf-8")))
    quoted = set(re.findall(r"\[([A-Z]\w*[0-9]\w*)\]", text)) | set(re.findall(r'source = "(\w+)"', text))
    assert quoted <= {*keys, "assumed"}
    if plan.against:
        base = next(other for other in ALL if other.name == plan.against).scenario
        assert plan.scenario.hash != base.hash
        kept = plan.scenario.settings()
        assert {c.name for c in base.settings().campaigns} <= {c.name for c in kept.campaigns}
        added = [c for c in kept.campaigns if c not in base.settings().campaigns]
        added += [
            c for c in (*kept.closures, *kept.shocks) if c not in (*base.settings().closures, *base.settings().shocks)
        ]
        assert added and all(month_number("2027-01") <= one.start <= one.end for one in added)


def test_plans_begin_without_electricity_counters_and_say_that_it_is_not_confirmed():
    closed = {(c.method, c.utility): c.left for c in ALL[0].scenario.settings().closures}
    assert closed["COUNTER", "electricity"] == 0.0
    assert "not confirmed" in ALL[0].path.read_text(encoding="utf-8")


def test_alternatives_of_one_question_that_share_money_do():
    for family, names in (("02", "abc"), ("04", "abc"), ("07", "ab"), ("10", "abcd")):
        spent = set()
        for plan in (p for p in ALL if p.family == family and p.name[2] in names):
            base = {c.name for c in ALL[0].scenario.settings().campaigns}
            added = [c for c in plan.scenario.settings().campaigns if c.name not in base]
            months = [sum(c.runs_in(m) for m in range(c.start, c.end + 1)) for c in added]
            spent.add(sum(c.capacity * c.contact_cost * n for c, n in zip(added, months, strict=True)))
        assert len(spent) == 1, (family, spent)


@pytest.mark.parametrize("plan", ALL, ids=lambda plan: plan.name)
def test_a_plan_gives_its_golden_output(plan):
    assert golden(plan) == json.loads(GOLDEN.read_text(encoding="utf-8"))[plan.name]


def test_plans_are_chosen_by_name_or_family():
    assert [plan.name for plan in plans(["02b-dot-cao-diem-16-6"])] == ["02b-dot-cao-diem-16-6"]
    assert [plan.name[:3] for plan in plans(["10"])] == ["10a", "10b", "10c", "10d"]
    with pytest.raises(UnknownName, match="did you mean '01-nen'"):
        plans(["01-nan"])


def test_a_plan_without_its_head_is_refused(tmp_path):
    shutil.copytree(folder() / "scenarios", tmp_path / "scenarios")
    path = tmp_path / "scenarios" / "plans" / "01-nen.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# owner: ", "# chief: "), encoding="utf-8")
    with pytest.raises(DataProblem, match="01-nen.toml: the plan does not say its owner"):
        plans(root=tmp_path)
    path.write_text(text.replace("judged in: 2030-12", "judged in: 2030"), encoding="utf-8")
    with pytest.raises(BadValue, match="01-nen.toml: month is '2030'"):
        plans(root=tmp_path)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    chosen = plans(["04"])
    store = tmp_path_factory.mktemp("plans") / "store.sqlite"
    runs = plan_runs(chosen, store, households=1_000, replicates=2, workers=1, code="test")
    return runs, plan_table(runs, chosen)


def test_the_table_tells_cost_gain_and_evidence(table):
    runs, rows = table
    assert runs.scenarios[0] == "01-nen" and len(rows) == 4
    assert set(rows["grade"]) == {"D"} and set(rows["judged"]) == {"2028-12"}
    assert set(rows["verdict"]) | set(rows["among"]) <= set(VERDICTS)
    first = rows.loc[rows["gain"].idxmax()]
    assert rows["among"].isin(["best", "ahead on average"]).sum() == (first["verdict"] == "told apart")
    rest = set(rows.drop(first.name)["among"])
    assert first["among"] != "best" or rest == {"behind"}
    assert first["among"] != "ahead on average" or NOT_APART in rest
    unclear = rows[rows["verdict"] == NOT_APART]
    assert unclear["value"].isna().all()
    clear = rows[rows["verdict"] != NOT_APART]
    assert all(math.isclose(r.value, r.cost / r.gain) for r in clear.itertuples())
    assert only(runs, ["01-nen"]).scenarios == ("01-nen",)


def test_contacts_are_shared_whole():
    assert shared(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert shared(0, {"a": 1.0}) == {"a": 0}
    with pytest.raises(BadValue, match="total to share"):
        shared(5, {"a": 0.0})


def test_remaining_cash_households_add_up():
    frame = ALL[0].scenario.with_(households=1_000, end="2017-08").build(seed=1).run()
    left = remaining(frame, "2017-08")
    last = frame[(frame["month"] == "2017-08") & (frame["group"] == "all")].set_index("measure")["value"]
    assert sum(left.values()) == pytest.approx(last["households"] * (1 - last["active"]))
    with pytest.raises(BadValue, match="rows of active"):
        remaining(frame, "2099-12")


if __name__ == "__main__":
    text = json.dumps({plan.name: golden(plan) for plan in ALL}, indent=1)
    GOLDEN.write_text(text + "\n", encoding="utf-8")
