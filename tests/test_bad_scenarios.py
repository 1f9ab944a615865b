"""Whatever is wrong with a scenario is answered by one line: what, where, what was expected, what next."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from bad_scenarios import BAD, CAMPAIGN
from hypothesis import given
from hypothesis import strategies as st

from cashless_sim.errors import (
    BadValue,
    FileProblem,
    RuleProblem,
    UnknownKey,
    UnknownName,
    UserError,
)
from cashless_sim.scenario.recipe import Scenario


@pytest.mark.parametrize("case", BAD)
def test_a_bad_scenario_is_refused_with_its_line(case, tmp_path, monkeypatch):
    text, kind, line, words = BAD[case]
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError) as caught:
        Scenario.load("plan.toml")
    said = str(caught.value)
    assert type(caught.value) is kind, said
    assert "\n" not in said
    assert "; expected " in said
    if line:
        assert said.startswith(f"plan.toml:{line}: "), said
    else:
        assert said.startswith("plan.toml:"), said
    for word in words:
        assert word in said


@pytest.mark.parametrize("name", ["missing.toml", "folder/missing.toml", "hung-yen2"])
def test_a_missing_file_is_named(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileProblem, match=re.escape(name) + ".*is not there; expected a scenario file"):
        Scenario.load(name)


def test_a_missing_file_near_a_shipped_one_is_suggested():
    with pytest.raises(FileProblem, match="did you mean 'no-outreach'"):
        Scenario.load("no-outrech")


@pytest.mark.parametrize("shape", [str, lambda p: f"{p}/", Path])
def test_a_folder_is_no_scenario(shape, tmp_path):
    with pytest.raises(FileProblem, match="it is a folder; expected a scenario file"):
        Scenario.load(shape(tmp_path))


def test_other_encodings_are_refused_with_the_line(tmp_path):
    (tmp_path / "old.toml").write_bytes('title = "a"\n# Hưng\ntitle_vi = "à"\n'.encode().replace("à".encode(), b"\xe0"))
    with pytest.raises(FileProblem, match=r"old\.toml:3: it is not UTF-8; expected .*UTF-8"):
        Scenario.load(tmp_path / "old.toml")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_place_is_suggested_with_and_without_marks(form):
    text = unicodedata.normalize(form, '[place]\nname = "Hưng Yênn"\n')
    with pytest.raises(UnknownName, match=r"scenario\.toml:2: .*did you mean 'hung-yen'"):
        Scenario.loads(text)
    named = Scenario.loads(unicodedata.normalize(form, '[place]\nname = "Hưng Yên"\n'))
    assert named.settings().place == "hung-yen"


def test_an_error_in_what_is_extended_names_that_file(tmp_path):
    (tmp_path / "base.toml").write_text("\n[place]\nhouseholds = 0\n", encoding="utf-8")
    (tmp_path / "over.toml").write_text('extends = "base.toml"\n[time]\nend = "2025-12"\n', encoding="utf-8")
    with pytest.raises(BadValue, match=r"base\.toml:3: "):
        Scenario.load(tmp_path / "over.toml")
    (tmp_path / "base.toml").write_text("\n[time\n", encoding="utf-8")
    with pytest.raises(FileProblem, match=r"base\.toml:2: it is not TOML"):
        Scenario.load(tmp_path / "over.toml")


@pytest.mark.parametrize("round_trip", [("a",), ("a", "b"), ("a", "b", "c")])
def test_files_that_extend_each_other_are_refused(round_trip, tmp_path):
    for name, base in zip(round_trip, (*round_trip[1:], round_trip[0]), strict=True):
        (tmp_path / f"{name}.toml").write_text(f'\nextends = "{base}.toml"\n', encoding="utf-8")
    with pytest.raises(BadValue, match=r"\.toml:2: extends .*lead back"):
        Scenario.load(tmp_path / "a.toml")


OWN_RULES = '''
from typing import Any
from cashless_sim.rules.rule import Column, Rule, parameter
from cashless_sim.units import Share

class Second(Rule):
    """Owns a column that another rule owns."""
    owns = (Column("skill", Share, "share", "skill"),)
    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Do nothing new."""
        h.skill = h.skill

class Fine(Rule):
    """Owns a column of its own."""
    owns = (Column("mood", Share, "share", "mood"),)
    lift: Share = parameter(0.1, "a lift", source="assumed")
    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Move the mood."""
        h.mood = self.lift

NotARule = 3
'''


@pytest.fixture
def own_rules(tmp_path, monkeypatch):
    for name, text in (("own_rules", OWN_RULES), ("broken_rules", "x = = 1\n")):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("own_rules", None)


def test_a_rule_from_outside_joins_the_month(own_rules):
    text = '[month]\nrules = ["Access", { use = "own_rules:Fine" }]\n[rules.Fine]\nlift = 0.2\n'
    made = Scenario.loads(text + CAMPAIGN + "target = { mood = { min = 0.1 } }\n", allow_code=True)
    assert [type(rule).__name__ for rule in made.settings().rules] == ["Access", "Fine"]
    assert made.settings().rules[1].lift == pytest.approx(0.2)
    assert Scenario.loads(made.to_toml(), allow_code=True).hash == made.hash


@pytest.mark.parametrize(
    ("use", "kind", "said"),
    [
        ("own_rules:Second", RuleProblem, "owns 'skill', which Learn owns already"),
        ("own_rules:NotARule", RuleProblem, "not a subclass of Rule"),
        ("own_rules:Missing", UnknownName, "Missing"),
        ("broken_rules:Any", UnknownName, "SyntaxError"),
        ("nowhere.rules:Mine", UnknownName, "nowhere"),
        (":", UnknownName, "rule"),
        (".own:x", UnknownName, "rule"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(own_rules, use, kind, said):
    text = f'[month]\nrules = [\n  "Learn",\n  {{ use = "{use}" }},\n]\n'
    with pytest.raises(kind, match=said) as caught:
        Scenario.loads(text, allow_code=True)
    assert str(caught.value).startswith("scenario.toml:4: ")


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"housholds": 5}, UnknownKey, ["with_()", "did you mean 'households'?"]),
        ({"households": 0}, BadValue, ["with_(households)", "above 0"]),
        ({"households": 2.5}, BadValue, ["2.5"]),
        ({"end": "2015-01"}, BadValue, ["with_(end)", "2017-06"]),
        ({"end": 700}, BadValue, ["YYYY-MM"]),
        ({"rules": {"Awareness": {"tell": 2}}}, BadValue, ["with_(rules)", "share"]),
        ({"place": "viet-namm"}, UnknownName, ["with_(place)", "did you mean 'viet-nam'?"]),
        ({"imitation": object()}, BadValue, ["with_(imitation)"]),
        ({"campaigns": [{"name": "a"}]}, BadValue, ["with_(campaigns)", "channel"]),
    ],
)
def test_a_bad_change_is_refused(changes, kind, words):
    with pytest.raises(kind) as caught:
        Scenario.loads("").with_(**changes)
    for word in words:
        assert word in str(caught.value)


def test_a_bad_campaign_or_name_is_refused():
    start = Scenario.loads(CAMPAIGN)
    with pytest.raises(BadValue, match="campaign 'b': "):
        start.with_campaign({"name": "b", "channel": "sms", "start": "2019-01", "end": "2018-01"})
    with pytest.raises(UnknownName, match="did you mean 'a'"):
        Scenario.loads(CAMPAIGN).without_campaign("A")


TOML_SIGNS = st.text(st.sampled_from("abn.=[]{}\"'#\n ,0123456789-_eu\\\t:é"), max_size=60)
HALF_RIGHT = st.lists(
    st.one_of(
        TOML_SIGNS,
        st.sampled_from(["[time]", "[place]", "[[campaigns]]", "[rules.Awareness]", "extends = ", '"hung-yen"']),
        st.sampled_from(['name = "a"', "start = ", '"2019-01"', "target = ", "{ age = 3 }", "tell = ", "campaigns = "]),
        st.sampled_from(["nan", "inf", "-1", "2019-01-01", "true", '"""', "'''", "[[", "]]", "1e999", "0x10", "\r\n"]),
    ),
    max_size=8,
).map("\n".join)


@given(st.one_of(st.text(max_size=80), TOML_SIGNS, HALF_RIGHT, HALF_RIGHT.map(lambda t: t.replace("= \n", "= "))))
def test_no_text_raises_anything_but_a_user_error(text):
    try:
        Scenario.loads(text)
    except UserError as error:
        assert "\n" not in str(error)


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_but_a_user_error(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "bytes.toml"
    path.write_bytes(content)
    try:
        Scenario.load(path)
    except UserError as error:
        assert "bytes.toml" in str(error)
