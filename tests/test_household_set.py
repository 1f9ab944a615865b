"""Each verb of the household set gives what Mesa's own set of real agents gives, on 200 households."""

from __future__ import annotations

import copy
import operator
import pickle
from typing import Any, Generic

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mesa_oracle import PEOPLE, Bank, ColumnModel, PlainModel, outcome

from cashless_sim.errors import BadValue, UnknownKey, UnknownName, Unsupported
from cashless_sim.model.household_set import HouseholdSet, MesaSet
from cashless_sim.model.households import Household


def with_banks(model: Any) -> Any:
    return lambda: model(banks=3)


def then(act: Any, *names: str) -> Any:
    """Return a case that acts, then reads."""

    def case(s: Any, o: Any, a: Any) -> Any:
        result = act(s, o, a)
        return result, s.get(list(names))

    return case


def grow(h: Any, by: int = 1) -> int:
    h.age = min(int(h.age) + by, 200)
    return int(h.age)


CASES: dict[str, list[Any]] = {
    "__len__": [lambda s, o, a: (len(s), len(o), bool(s))],
    "__iter__": [lambda s, o, a: list(s), lambda s, o, a: [h.age for h in o]],
    "__contains__": [
        lambda s, o, a: [a[i] in o for i in range(1, PEOPLE + 1)],
        lambda s, o, a: ("a" in s, 3 in s),
    ],
    "__getitem__": [
        lambda s, o, a: s[0],
        lambda s, o, a: s[-1],
        lambda s, o, a: s[3:40:5],
        lambda s, o, a: s[PEOPLE],
    ],
    "select": [
        lambda s, o, a: s.select(),
        lambda s, o, a: s.select(inplace=True) is s,
        lambda s, o, a: s.select(lambda h: h.age >= 60),
        lambda s, o, a: s.select(lambda h: h.urban and h.trust > 0, at_most=7),
        lambda s, o, a: s.select(lambda h: h.urban, at_most=0.1),
        lambda s, o, a: s.select(at_most=0.25),
        lambda s, o, a: s.select(at_most=1.0),
        lambda s, o, a: s.select(at_most=1),
        lambda s, o, a: s.select(at_most=0),
        lambda s, o, a: s.select(at_most=-2),
        lambda s, o, a: s.select(at_most=2.5),
        lambda s, o, a: s.select(lambda h: h.age < 40, inplace=True) is s,
        lambda s, o, a: s.select(agent_type=Bank),
        lambda s, o, a: s.select(agent_type=type(a[1]), at_most=3),
        lambda s, o, a: s.select(lambda h: h.agee > 1),
    ],
    "shuffle": [
        lambda s, o, a: s.shuffle(),
        lambda s, o, a: s.shuffle(inplace=True) is s,
        lambda s, o, a: [s.shuffle(), o.shuffle(), s.shuffle()],
    ],
    "sort": [
        lambda s, o, a: s.sort("age"),
        lambda s, o, a: s.sort("age", ascending=True),
        lambda s, o, a: s.sort("trust"),
        lambda s, o, a: s.sort("urban", ascending=True),
        lambda s, o, a: s.sort("late"),
        lambda s, o, a: s.sort("unique_id", inplace=True) is s,
        lambda s, o, a: s.sort(lambda h: (h.district, -h.income)),
        lambda s, o, a: s.sort("model.month"),
        lambda s, o, a: s.sort("agee"),
    ],
    "do": [
        then(lambda s, o, a: s.do("step") is s, "income", "trust"),
        then(lambda s, o, a: s.do(grow, by=3) is s, "age"),
        then(lambda s, o, a: o.do(grow, 2), "age"),
        lambda s, o, a: s.do("stepp"),
    ],
    "shuffle_do": [
        then(lambda s, o, a: s.shuffle_do("step") is s, "income", "trust"),
        then(lambda s, o, a: [s.shuffle_do(lambda h, seen: seen.append(h.unique_id), seen := []), seen], "age"),
    ],
    "map": [
        lambda s, o, a: s.map(lambda h: h.age * 2),
        then(lambda s, o, a: s.map(grow, by=2), "age"),
        lambda s, o, a: s.map("step"),
        lambda s, o, a: s.map("age"),
    ],
    "agg": [
        lambda s, o, a: s.agg("age", np.mean),
        lambda s, o, a: s.agg("income", sum),
        lambda s, o, a: s.agg("trust", [min, max, np.std, len, np.median]),
        lambda s, o, a: s.agg("urban", np.mean),
        lambda s, o, a: s.agg("spent", (sum, np.sum)),
        lambda s, o, a: s.agg("late", lambda v: sum(map(sum, v))),
        lambda s, o, a: s.agg("agee", max),
    ],
    "get": [
        lambda s, o, a: s.get("age"),
        lambda s, o, a: o.get("urban"),
        lambda s, o, a: s.get("trust"),
        lambda s, o, a: s.get("late"),
        lambda s, o, a: s.get(["unique_id", "income", "spent"]),
        lambda s, o, a: s.get([]),
        lambda s, o, a: s.get("agee"),
        lambda s, o, a: s.get("agee", handle_missing="default", default_value=-1),
        lambda s, o, a: s.get(["age", "agee"], "default"),
        lambda s, o, a: s.get("age", "maybe"),
    ],
    "set": [
        then(lambda s, o, a: s.set("age", 41) is s, "age"),
        then(lambda s, o, a: o.set("urban", True), "urban"),
        then(lambda s, o, a: s.set("trust", 0.5), "trust"),
        then(lambda s, o, a: o.set("late", (1, 0, 2)), "late"),
        then(lambda s, o, a: s.select(at_most=0).set("age", 3), "age"),
    ],
    "add": [
        lambda s, o, a: [o.add(a[2]), o.add(a[3]), o.add(a[4])],
        lambda s, o, a: [o.discard(a[5]), a[5] in o, o.add(a[5]), a[5] in o],
    ],
    "discard": [lambda s, o, a: [o.discard(a[1]), o.discard(a[2]), s.discard(a[9]), a[9] in s, len(s)]],
    "remove": [lambda s, o, a: o.remove(a[1]), lambda s, o, a: o.remove(a[2])],
    "groupby": [
        lambda s, o, a: s.groupby("district"),
        lambda s, o, a: s.groupby("urban", result_type="list"),
        lambda s, o, a: s.groupby(lambda h: h.age > 50),
        lambda s, o, a: s.groupby("education").count(),
        lambda s, o, a: s.groupby("district").agg("income", sum),
        lambda s, o, a: s.groupby("district", "list").agg("income", max),
        lambda s, o, a: s.groupby("late").map(len),
        lambda s, o, a: [(k, len(v)) for k, v in s.groupby("education")] + [len(s.groupby("education"))],
        lambda s, o, a: s.groupby("urban").map("get", "age"),
        then(lambda s, o, a: s.groupby("urban").do("set", "age", 5), "age"),
        lambda s, o, a: s.groupby("agee"),
    ],
    "pop": [
        lambda s, o, a: [a[1] in o, (first := o.pop()), first in o, o.add(first), list(o)],
        lambda s, o, a: [o.pop(), o.pop(), len(o)],
        lambda s, o, a: s.select(at_most=0).pop(),
    ],
    "clear": [lambda s, o, a: o.clear()],
    "isdisjoint": [lambda s, o, a: [s.isdisjoint(o), o.isdisjoint([a[2]]), o.isdisjoint(s - o)]],
    "__copy__": [lambda s, o, a: [copy.copy(o), copy.copy(o) is o, copy.copy(o) == o]],
    "__hash__": [lambda s, o, a: hash(s)],
    "random": [lambda s, o, a: [s.random is s[0].model.random, s.random.random()]],
}
for _name in ("or_", "and_", "sub", "xor"):
    _function = getattr(operator, _name)
    CASES[f"__{_name.strip('_')}__"] = [
        lambda s, o, a, f=_function: f(s, o),
        lambda s, o, a, f=_function: f(o, s),
        lambda s, o, a, f=_function: f(o, [a[2], a[1], a[2]]),
        lambda s, o, a, f=_function: f(o, 5),
    ]
    CASES[f"__r{_name.strip('_')}__"] = [lambda s, o, a, f=_function: f([a[4], a[3], a[6]], o)]
    _inplace = getattr(operator, "i" + _name.strip("_") if _name not in {"or_", "and_"} else "i" + _name[:-1])
    CASES[f"__i{_name.strip('_')}__"] = [
        lambda s, o, a, f=_inplace: f(o, s) is o,
        lambda s, o, a, f=_inplace: f(s, o) is s,
        lambda s, o, a, f=_inplace: f(o, o) is o,
        lambda s, o, a, f=_inplace: f(o, [a[4], a[3]]) is o,
    ]
for _name in ("le", "lt", "ge", "gt", "eq", "ne"):
    _function = getattr(operator, _name)
    CASES[f"__{_name}__"] = [
        lambda s, o, a, f=_function: [
            f(s, o), f(o, s), f(s, s.select()), f(o, {a[1], a[3]}), f(o, frozenset(o)),
        ],
        lambda s, o, a, f=_function: f(o, 5),
    ]  # fmt: skip
if hasattr(MesaSet, "index"):
    CASES["index"] = [
        lambda s, o, a: [s.index(a[7]), o.index(a[9], 2), o.index(a[9], -PEOPLE)],
        lambda s, o, a: s.index(a[7], 0, 0),
        lambda s, o, a: s.index("x"),
    ]
    CASES["count"] = [lambda s, o, a: [o.count(a[1]), o.count(a[2]), o.count("x")]]
    CASES["__reversed__"] = [lambda s, o, a: list(reversed(o))]
if hasattr(MesaSet, "to_list"):
    CASES["to_list"] = [lambda s, o, a: o.to_list()]

ALL = [(verb, number) for verb, cases in CASES.items() for number in range(len(cases))]


@pytest.mark.parametrize(("verb", "number"), ALL, ids=[f"{v}-{n}" for v, n in ALL])
def test_equals_a_set_of_real_agents(verb: str, number: int) -> None:
    assert outcome(CASES[verb][number], ColumnModel) == outcome(CASES[verb][number], PlainModel)


def play(make: Any, moves: list[tuple[str, int]]) -> Any:
    """Return what a list of moves leaves of two overlapping sets, after each move."""

    def act(s: Any, o: Any, a: dict[int, Any]) -> list[Any]:
        free = {
            "add": lambda k: o.add(a[k]),
            "discard": lambda k: o.discard(a[k]),
            "pop": lambda k: len(o) and o.pop(),
            "|=": lambda k: operator.ior(o, [a[k], a[k % 7 + 1]]),
            "&=": lambda k: operator.iand(o, s[k:] if k % 2 else o),
            "-=": lambda k: operator.isub(o, [a[k], a[k % 7 + 1]]),
            "^=": lambda k: operator.ixor(o, [a[k], a[k % 7 + 1]]),
            "shuffle": lambda k: o.shuffle(inplace=True),
            "sort": lambda k: o.sort("age" if k % 2 else "trust", ascending=k % 3 == 0, inplace=True),
            "select": lambda k: o.select(lambda h: h.age > k % 30, inplace=True),
            "set": lambda k: o.set("age", k),
            "step": lambda k: o.shuffle_do("step"),
        }
        return [(free[verb](k), list(o), len(o), a[k] in o, o.agg("age", sum)) for verb, k in moves]

    return outcome(act, make)


MOVES = st.tuples(
    st.sampled_from(["add", "discard", "pop", "|=", "&=", "-=", "^=", "shuffle", "sort", "select", "set", "step"]),
    st.integers(1, PEOPLE),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(MOVES, max_size=12))
def test_any_run_of_changes_leaves_the_same_set(moves: list[tuple[str, int]]) -> None:
    assert play(ColumnModel, moves) == play(PlainModel, moves)


BEYOND_MESA = {
    "index": lambda s, a: s.index(a[7]) == list(s).index(a[7]),
    "count": lambda s, a: s.count(a[7]) == 1,
    "__reversed__": lambda s, a: list(reversed(s)) == list(s)[::-1],
    "to_list": lambda s, a: s.to_list() == list(s),
    "copy": lambda s, a: s.copy() == s and s.copy() is not s,
}


@pytest.mark.parametrize("verb", BEYOND_MESA)
def test_verbs_that_only_some_versions_of_mesa_have(verb: str) -> None:
    model = ColumnModel()
    assert BEYOND_MESA[verb](model.agents, {h.unique_id: h for h in model.agents})


@pytest.mark.parametrize("verb", ["select", "shuffle", "groupby", "__sub__", "__xor__", "__or__", "__len__", "add"])
def test_with_banks_among_the_households(verb: str) -> None:
    skip = [] if verb != "select" else [2, 3, 4, 11, 14]  # those ask a bank for its age
    for number, case in enumerate(CASES[verb]):
        if number in skip or verb == "groupby":
            continue
        assert outcome(case, with_banks(ColumnModel)) == outcome(case, with_banks(PlainModel)), number
    kinds = [outcome(lambda s, o, a: s.groupby("unique_id").count(), with_banks(m)) for m in (ColumnModel, PlainModel)]
    assert kinds[0] == kinds[1]


def test_banks_missing_a_column_are_said_or_filled() -> None:
    for act in (
        lambda s, o, a: s.get("age"),
        lambda s, o, a: s.get("age", "default", None),
        lambda s, o, a: s.get("fee", "default", 0.0),
        lambda s, o, a: s.sort("age"),
        lambda s, o, a: s.shuffle().get("unique_id"),
        lambda s, o, a: s.do("step").select(agent_type=Bank).get("steps_done"),
        lambda s, o, a: s.shuffle_do("step").select(agent_type=Bank).get("steps_done"),
    ):
        assert outcome(act, with_banks(ColumnModel)) == outcome(act, with_banks(PlainModel))


# ── what is ours ──────────────────────────────────────────────────────────────────────────────────
def test_conditions_select_columns_at_once() -> None:
    s = ColumnModel().agents
    assert list(s.select({"age": {"min": 60}})) == [h for h in s if h.age >= 60]
    assert list(s.select({"district": [1, 4], "urban": True})) == [h for h in s if h.district in {1, 4} and h.urban]
    assert list(s.select({"trust": {"min": 0, "max": 0.5}}, at_most=4)) == [h for h in s if 0 <= h.trust <= 0.5][:4]
    assert list(s.select("urban")) == [h for h in s if h.urban]
    with pytest.raises(UnknownName, match="did you mean 'age'"):
        s.select({"agee": 3})
    with pytest.raises(UnknownKey, match="did you mean 'max'"):
        s.select({"age": {"maxx": 3}})
    for wrong in ("Kim Dong", ["Kim Dong"], {"min": "a"}, None):
        with pytest.raises(BadValue, match="numbers, codes"):
            s.select({"district": wrong})
    assert list(s.select({"late": 0})) == [h for h in s if h.late == (0, 0, 0)]


def test_set_takes_an_array_and_refuses_what_a_column_cannot_hold() -> None:
    s = ColumnModel().agents
    s.select(at_most=3).set("age", np.array([21, 22, 23]))
    assert s.get("age")[:3] == [21, 22, 23]
    for name, value in [("age", 300), ("age", -1), ("age", 1.5), ("urban", 2), ("trust", 5),
                        ("education", 9), ("income", "x"), ("trust", float("nan")), ("age", [1, 2]),
                        ("late", (1, 2))]:  # fmt: skip
        with pytest.raises(BadValue, match=name):
            s.set(name, value)


def test_the_models_own_set_keeps_its_members_and_takes_an_order() -> None:
    model = ColumnModel(banks=1)
    for change in (lambda s: s.pop(), lambda s: s.clear(), lambda s: s.discard(s[0]), lambda s: s.add(s[0]),
                   lambda s: s.remove(s[0]), lambda s: s.select(at_most=3, inplace=True)):  # fmt: skip
        with pytest.raises(Unsupported, match="work on a copy"):
            change(model.agents)
    order = model.agents.shuffle(inplace=True).to_list()
    assert model.agents.to_list() == order
    assert len(model.agents) == PEOPLE + 1


def test_sets_of_two_models_do_not_mix() -> None:
    one, two = ColumnModel().agents, ColumnModel().agents
    assert one[0] not in two and one != two and one.isdisjoint(two)
    assert len(one & two) == 0 and len(one - two) == PEOPLE
    with pytest.raises(Unsupported, match="keep models apart"):
        one | two
    one.set("age", 99)
    assert max(two.get("age")) < 101 and two.get("age") != one.get("age")


def test_copies_and_pickles_carry_their_own_model() -> None:
    model = ColumnModel(banks=2)
    for again in (copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))):
        some = model.households.sort("age").select(at_most=20)
        twin = again(some)
        assert twin.model is not model and twin.get("unique_id") == some.get("unique_id")
        twin.set("age", 1)
        assert min(model.agents_by_type[Household].get("age")) > 1
        assert twin.random is twin.model.random
    assert copy.copy(some).model is model


def test_long_sets_are_built_one_by_one_in_reasonable_time() -> None:
    model = ColumnModel(n=20_000)
    grown = HouseholdSet(model, rows=[])
    for household in model.agents:
        if household not in grown:
            grown.add(household)
    assert grown == model.agents
    while grown:
        grown.pop()


def promised() -> set[str]:
    """Return what Mesa's set class offers in public, without what Python gives every class."""
    names = {n for c in MesaSet.__mro__ if c not in {object, Generic} for n in vars(c)}
    of_classes = {
        "class_getitem", "subclasshook", "init_subclass", "doc", "module", "slots", "dict", "weakref",
        "abstractmethods",
        "orig_bases", "parameters", "type_params", "static_attributes", "firstlineno", "annotations",
        "annotate_func", "annotations_cache",
    }  # fmt: skip
    public = {n for n in names if not n.startswith("_") or (n.startswith("__") and n.endswith("__"))}
    return public - {f"__{n}__" for n in of_classes}


def test_no_verb_is_inherited_from_mesa() -> None:
    ours = {n for c in HouseholdSet.__mro__ if c.__module__.startswith("cashless_sim.") for n in vars(c)}
    assert promised() - ours == set(), f"Mesa has grown a verb: {promised() - ours}"


def test_every_verb_has_a_case() -> None:
    assert len(promised()) >= 35
    assert promised() - {"__init__", "__getstate__", "__setstate__"} - set(CASES) == set()
