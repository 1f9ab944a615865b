"""A model of columns is a Mesa model: views, hooks, collectors, batches, copies, and no model kept alive."""

from __future__ import annotations

import copy
import gc
import inspect
import multiprocessing
import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest
from mesa_oracle import PEOPLE, SPECS, Bank, ColumnModel, PlainModel

from cashless_sim.data import place
from cashless_sim.errors import BadValue, UnknownName, Unsupported
from cashless_sim.model import mesa_hooks
from cashless_sim.model.household_set import HouseholdSet
from cashless_sim.model.households import Household
from cashless_sim.model.mesa_hooks import MesaFace
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Settings
from cashless_sim.population.population import synthesise
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.units import month_number

RESERVED = {
    "scenario", "time", "batch", "notify", "observe", "suppress", "run_for", "run_until", "schedule_event",
    "data_registry",
}  # fmt: skip
AGAIN = {"deepcopy": copy.deepcopy, "pickle": lambda each: pickle.loads(pickle.dumps(each))}


# ── the view ──────────────────────────────────────────────────────────────────────────────────────
def test_a_view_is_an_agent_with_columns_for_attributes() -> None:
    model, plain = ColumnModel(), PlainModel()
    for h, real in zip(model.agents, plain.homes, strict=True):
        assert isinstance(h, mesa.Agent) and h.unique_id == real.unique_id and h.model is model
        assert [getattr(h, spec.name) for spec in SPECS] == [getattr(real, spec.name) for spec in SPECS]
    assert type(h.age) is np.float32 and type(h.urban) is bool
    assert {"age", "late", "step", "unique_id"} <= set(dir(h))
    assert vars(h) == {}


def test_a_view_writes_through_and_refuses_what_does_not_fit() -> None:
    model = ColumnModel()
    h = model.agents[5]
    h.age, h.urban, h.trust, h.late[1], h.education = 33, True, 0.25, 7, 2
    again = model.household(h.unique_id)
    assert (again.age, again.urban, again.trust, again.late[1], again.education) == (33, True, 0.25, 7, 2)
    h.late = (1, 2, 3)
    assert again.late == [1, 2, 3] and list(again.late) == [1, 2, 3] and len(again.late) == 3
    h.late = 0
    assert again.late == (0, 0, 0) and again.late != (0, 0, 1)
    for name, value in [("age", 256), ("age", -1), ("age", "old"), ("urban", 3), ("trust", 2.5),
                        ("spent", np.inf), ("education", 5), ("late", (1, 2)), ("late", (1, 2, 300)),
                        ("age", [1, 2])]:  # fmt: skip
        with pytest.raises(BadValue, match=f"column '{name}'"):
            setattr(h, name, value)
    with pytest.raises(BadValue, match="late"):
        h.late[0] = -1
    assert (h.age, h.late) == (33, (0, 0, 0))


def test_unknown_attributes_are_refused_with_the_nearest_name() -> None:
    h = ColumnModel().agents[0]
    with pytest.raises(AttributeError, match="did you mean 'income'"):
        _ = h.incme
    with pytest.raises(AttributeError, match="did you mean 'trust'"):
        h.trusts = 1
    for name in ("wealth", "step", "pos", "unique_id", "model", "row", "_hidden"):
        with pytest.raises(AttributeError, match="not a column"):
            setattr(h, name, 1)
    assert not hasattr(h, "wealth") and getattr(h, "wealth", 3) == 3 and h.pos is None


def test_views_of_one_household_are_equal() -> None:
    model, other = ColumnModel(), ColumnModel()
    h, same = model.agents[3], model.household(model.agents[3].unique_id)
    assert h == same and h is not same and hash(h) == hash(same) and len({h, same, model.agents[4]}) == 2
    assert h != other.agents[3] and h != model.agents[4] and h != 3


def test_what_a_household_cannot_do_is_said() -> None:
    model = ColumnModel()
    h = model.agents[0]
    h.advance()
    refused: list[Callable[[], Any]] = [
        h.remove,
        lambda: h.random,
        lambda: h.rng,
        lambda: Household(model),
        lambda: Household.create_agents(model, 3),
        lambda: Household.from_dataframe(model, None),
        lambda: model.register_agent(h),
        lambda: model.deregister_agent(h),
        model.remove_all_agents,
        lambda: model.agents.do("remove"),
    ]
    for act in refused:
        with pytest.raises(Unsupported, match="is not possible"):
            act()
    assert len(model.agents) == PEOPLE
    for row in (-1, PEOPLE):
        with pytest.raises(BadValue, match="row"):
            Household(model, row)
    with pytest.raises(UnknownName, match="household"):
        model.household(10**6)


def test_a_view_of_a_household_that_moved_away_is_refused() -> None:
    model = ColumnModel()
    h = model.agents[0]
    model.ids[0] = 5000
    for act in (lambda: h.age, lambda: setattr(h, "age", 3)):
        with pytest.raises(BadValue, match="row 0 now holds 5000"):
            act()
    assert h not in model.agents and model.agents[0].unique_id == 5000 and "Household" in repr(h)


def test_no_public_attribute_of_an_agent_is_inherited_by_accident() -> None:
    ours = {n for c in Household.__mro__ if c.__module__.startswith("cashless_sim.") for n in vars(c)}
    public = {n for n in dir(mesa.Agent) if not n.startswith("_")}
    assert public - ours <= {"scenario"}, "Mesa's Agent has grown"


def test_stepping_views_equals_stepping_objects() -> None:
    model, plain = ColumnModel(banks=2), PlainModel(banks=2)
    for _ in range(3):
        model.step()
        plain.step()
    for spec in SPECS:
        assert model.households.get(spec.name) == [getattr(h, spec.name) for h in plain.homes]
    assert model.agents_by_type[Bank].get("steps_done") == [3, 3]


def test_one_household_may_be_stepped_and_together_is_the_same() -> None:
    class Together(ColumnModel):
        def step_households(self, rows: Any) -> None:
            self.asked = [*getattr(self, "asked", []), len(rows)]
            for row in rows.tolist()[::-1]:
                self.step_household(row)

    one, many = ColumnModel(banks=2), Together(banks=2)
    one.step(), many.step()
    one.agents[0].step(), many.agents[0].step()
    assert one.state() == many.state() and many.asked == [PEOPLE]
    one.agents.shuffle_do("step"), many.agents.shuffle_do("step")
    assert one.state() == many.state() and sum(many.asked) == 2 * PEOPLE and len(many.asked) <= 4
    assert one.agents_by_type[Bank].get("steps_done") == many.agents_by_type[Bank].get("steps_done") == [2, 2]
    many.agents.select(at_most=0).do("step")


# ── the model ─────────────────────────────────────────────────────────────────────────────────────
def test_the_hooks_show_households_and_registered_agents() -> None:
    model = ColumnModel(banks=2)
    bank = next(iter(model.agents_by_type[Bank]))
    assert model.agent_types == [Household, Bank] and list(model.agents_by_type) == [Household, Bank]
    assert isinstance(model.agents, HouseholdSet) and model.agents is model.agents
    assert (len(model.agents), len(model.households), len(model.agents_by_type[Household])) == (202, 200, 200)
    assert bank in model.agents and bank not in model.households
    assert [b.unique_id for b in model.agents.select(agent_type=Bank)] == [2**32, 2**32 + 1]
    assert len({a.unique_id for a in model.agents}) == 202
    late = Bank(model, fee=9)
    assert late in model.agents and len(model.agents) == 203
    bank.remove()
    assert bank not in model.agents and len(model.agents_by_type[Bank]) == 2 and len(model.agents) == 202
    with pytest.raises(AttributeError, match="choose another name"):
        model.agents = []
    assert model.households.get("age") == model.agents.select(agent_type=Household).get("age")
    with pytest.raises(AttributeError, match="model.households.get"):
        model.agents.get("age")


def test_reserved_names_are_not_used() -> None:
    ours = {*vars(MesaFace), *vars(HouseholdSet), *vars(Household)}
    assert not RESERVED & ours
    assert not RESERVED & (set(ColumnModel().columns) | set(vars(MesaFace).get("__annotations__", {})))


def test_two_live_models_share_nothing() -> None:
    one, two = ColumnModel(banks=1), ColumnModel(banks=1)
    before = two.state()
    one.step()
    one.agents_by_type[Household].set("age", 20)
    assert two.state() == before and two.month == 0
    assert one.agents_by_type[Bank].get("unique_id") == two.agents_by_type[Bank].get("unique_id") == [2**32]


@pytest.mark.parametrize("banks", [0, 2])
def test_a_model_that_is_let_go_is_gone(banks: int) -> None:
    known = len(getattr(mesa.Agent, "_ids", {}))
    model = ColumnModel(banks=banks)
    model.step()
    model.agents.shuffle_do("step")
    model.households.groupby("district").agg("age", max)
    alive = weakref.ref(model)
    assert len(getattr(mesa.Agent, "_ids", {})) == known
    del model
    gc.collect()
    assert alive() is None


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN)
def test_a_copied_model_goes_on_alone(again: Callable[[Any], Any]) -> None:
    model = ColumnModel(banks=2)
    model.agents.shuffle(inplace=True)
    model.step()
    before, order = model.state(), model.agents.get("unique_id")
    twin = again(model)
    assert twin.state() == before and twin.agents.get("unique_id") == order
    assert twin.agents.model is twin and twin.agents is twin.agents
    twin.step()
    assert model.state() == before and (twin.month, model.month) == (2, 1)
    model.step()
    assert model.state() == twin.state()
    assert all(b.model is twin and b in twin.agents for b in twin.agents_by_type[Bank])
    Bank(twin)
    assert len(twin.agents) == 203 and len(model.agents) == 202


@pytest.mark.parametrize("again", [copy.copy, *AGAIN.values()], ids=["copy", *AGAIN])
def test_a_copied_view_looks_at_its_own_model(again: Callable[[Any], Any]) -> None:
    h = ColumnModel().agents[9]
    twin = again(h)
    assert (twin.unique_id, twin.age, twin.model is h.model) == (h.unique_id, h.age, again is copy.copy)
    model = h.model
    model.friend = h
    assert again(model).friend.age == h.age


def test_the_data_collector_takes_model_reporters() -> None:
    model = ColumnModel()
    for _ in range(2):
        model.step()
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == ["trust"] and len(frame) == 2


def test_household_reporters_work_when_small_and_are_refused_when_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = ColumnModel(banks=1)
    by_type = {Household: {"age": "age"}, Bank: {"fee": "fee"}}
    model.datacollector = mesa.DataCollector(agenttype_reporters=by_type)
    model.step()
    assert len(model.datacollector.get_agenttype_vars_dataframe(Household)) == PEOPLE
    one_type = ColumnModel()
    one_type.datacollector = mesa.DataCollector(agent_reporters={"age": "age", "unlike": lambda h: h.trust})
    one_type.step()
    frame = one_type.datacollector.get_agent_vars_dataframe()
    assert frame["age"].tolist() == one_type.households.get("age") and frame.index[0][1] == one_type.ids[0]
    monkeypatch.setattr(mesa_hooks, "MOST_REPORTED", PEOPLE - 1)
    for collector in (
        mesa.DataCollector(agent_reporters={"age": "age"}),
        mesa.DataCollector(agenttype_reporters=by_type),
        mesa.DataCollector(agenttype_reporters={mesa.Agent: {"age": "age"}}),
    ):
        with pytest.raises(BadValue, match=r"'age'.*cs\.run"):
            model.datacollector = collector
    with pytest.raises(BadValue, match=r"cs\.run"):
        one_type.step()
    model.datacollector = mesa.DataCollector(agenttype_reporters={Bank: {"fee": "fee"}})
    assert mesa_hooks.MOST_REPORTED == PEOPLE - 1


def test_the_limit_is_a_hundred_thousand() -> None:
    wide = mesa.DataCollector(agent_reporters={"age": "age"})
    mesa_hooks.refuse_household_reporters(wide, 100_000)
    with pytest.raises(BadValue, match="377,582"):
        mesa_hooks.refuse_household_reporters(wide, 377_582)


def test_a_model_without_collector_has_none() -> None:
    class Bare(MesaFace, mesa.Model):
        pass

    assert not hasattr(Bare(rng=1), "datacollector")


BATCH = """
import mesa
from mesa_oracle import ColumnModel
if __name__ == "__main__":
    WAY |= {"max_steps": 3, "display_progress": False}
    rows = mesa.batch_run(ColumnModel, {"n": [50, 60], "banks": 1}, **WAY)
    assert len(rows) == 4, rows
    assert {row["n"] for row in rows} == {50, 60} and all(0 <= abs(row["trust"]) < 2 for row in rows)
"""


@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="this Mesa has no batch_run")
@pytest.mark.parametrize("processes", [1, 2])
def test_mesas_own_batch_runs_it(processes: int, tmp_path: Any) -> None:
    # a process of its own: Mesa 3.3 sets the start method of the whole interpreter
    modern = "rng" in inspect.signature(mesa.batch_run).parameters
    way = {"number_processes": processes} | ({"rng": [1, 2]} if modern else {"iterations": 2})
    script = tmp_path / "batch.py"
    script.write_text(f"WAY = {way!r}\n{BATCH}", encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    assert found.returncode == 0, found.stderr


# ── the model itself ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    month = month_number("2017-06")
    rules = tuple(rule_named(name)() for name in ORDER)
    settings = Settings(title="face", place="hung-yen", start=month, end=month + 5, rules=rules)
    return {"settings": settings, "population": synthesise(place("hung-yen"), 300, seed=1)}


def test_the_model_shows_its_people_and_organisations(world: dict[str, Any]) -> None:
    model = CashlessModel(**world, seed=3)
    others = [a for a in model.agents if not isinstance(a, Household)]
    assert len(model.households) == len(model.ids) == len(model.agents) - len(others) and others
    assert model.agent_types[0] is Household and len(model.agent_types) == 1 + len({type(a) for a in others})
    assert not set(model.columns) & ({n for n in dir(mesa.Agent) if not n.startswith("_")} | RESERVED | {"row"})


def test_every_column_reads_alike_through_view_and_set(world: dict[str, Any]) -> None:
    model = CashlessModel(**world, seed=3)
    model.step()
    some = model.households.shuffle().select(at_most=25)
    for name in model.columns:
        assert some.get(name) == [getattr(h, name) for h in some], name
        some.set(name, some.get(name)[0])
        assert len(set(some.get(name))) == 1, name


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN)
def test_the_model_goes_on_alone_when_copied(again: Callable[[Any], Any], world: dict[str, Any]) -> None:
    model = CashlessModel(**world, seed=3)
    model.step()
    before, twin = model.state_hash(), again(model)
    twin.step()
    assert model.state_hash() == before != twin.state_hash()
    model.step()
    assert model.state_hash() == twin.state_hash() and twin.agents.model is twin


def test_the_model_is_gone_when_let_go(world: dict[str, Any]) -> None:
    model = CashlessModel(**world, seed=3)
    model.step()
    model.agents.get("unique_id")
    alive = weakref.ref(model)
    del model
    gc.collect()
    assert alive() is None


def test_a_view_steps_by_the_text_of_the_rules(world: dict[str, Any]) -> None:
    whole, single = CashlessModel(**world, seed=3), CashlessModel(**world, seed=3)
    rows = [0, 7, 100]
    for row in rows:
        single.household(int(single.ids[row])).step()
    whole.step()
    for name in whole.columns:
        assert np.array_equal(whole.columns.stored(name)[..., rows], single.columns.stored(name)[..., rows]), name


@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="this Mesa has no batch_run")
def test_the_model_works_under_batch_run(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "set_start_method", lambda *_, **__: None)
    parameters = {name: [value] for name, value in world.items()} | {"replicate": [0, 1]}
    rows = mesa.batch_run(CashlessModel, parameters, max_steps=9, display_progress=False)
    assert [row["replicate"] for row in rows] == [0, 1]
    assert all(0 <= row["active"] <= 1 and 0 <= row["D"] <= 1 for row in rows)
