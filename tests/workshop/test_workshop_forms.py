"""Forms: keyed within the budget, read back, refused in one line when something is wrong or personal."""

import io

import pytest

from cashless_sim.analysis.workshop.form import Form, checked, chips, distinct, plan_text, scenario
from cashless_sim.analysis.workshop.menu import MOST, menu, shipped
from cashless_sim.errors import BadValue, DataProblem, FileProblem, UnknownKey, UnknownName, UserError
from cashless_sim.present.workshop.forms import kept, picked, read_forms
from cashless_sim.rules.campaigns import CHANNELS
from cashless_sim.scenario.recipe import Scenario

CHOICES = menu()
BY_PEOPLE = [one for one in CHOICES.choices if all(CHANNELS[each].people_run for each in one.channels)]


def test_the_shipped_choices_are_a_dilemma():
    assert 2 <= len(CHOICES.choices) <= MOST
    assert sum(one.chips for one in CHOICES.choices) > CHOICES.budget
    assert {one.grade for one in CHOICES.choices} <= set("ABCD")


@pytest.mark.parametrize("choice", BY_PEOPLE, ids=lambda one: one.name)
def test_the_money_of_people_is_that_of_the_chips(choice):
    """Contacts x months x price is what the chips say, within a hundredth."""
    months = {one["name"]: int(one["end"][-2:]) - int(one["start"][-2:]) + 1 for one in choice.campaigns}
    spent = sum(one["capacity"] * months[one["name"]] * one["cost_per_contact"] for one in choice.campaigns)
    assert spent == pytest.approx(choice.chips * CHOICES.chip, rel=0.01)


@pytest.mark.parametrize("text", ["1,4,7", "147", " 1 4 7 ", "1;4;7", "1, 4, 7."])
def test_choices_are_keyed_as_people_key_them(text):
    assert picked(text) == (1, 4, 7)


@pytest.mark.parametrize("text", ["one", "1-4", "Nguyễn Văn A", "1 x 4"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadValue, match="numbers of choices"):
        picked(text)


@pytest.mark.parametrize(
    ("form", "error", "said"),
    [
        (Form(3, 1, (5, 6, 7, 4, 1)), BadValue, "chips of table 3 is 12; expected at most 10"),
        (Form(3, 1, (1, 1)), DataProblem, "choice 1 is ticked twice"),
        (Form(3, 1, (9,)), UnknownName, "no choice named '9'"),
        (Form(0, 1, ()), BadValue, "a whole number from 1 to 99"),
        (Form(3, 10, ()), BadValue, "a whole number from 1 to 9"),
    ],
)
def test_a_wrong_form_is_refused(form, error, said):
    with pytest.raises(error, match=said):
        checked(form, CHOICES)


def test_a_form_is_read_as_it_was_written(tmp_path):
    form = Form(12, 2, (7, 1, 4))
    path, there = kept(form, CHOICES, tmp_path)
    assert not there and kept(form, CHOICES, tmp_path)[1]
    assert read_forms([tmp_path], CHOICES) == read_forms([path], CHOICES) == (Form(12, 2, (1, 4, 7)),)
    assert chips(form, CHOICES) == 6


def test_a_csv_holds_several_forms(tmp_path):
    path = tmp_path / "forms.csv"
    path.write_text("table,round,choices\n2,1,147\n1,,\n", encoding="utf-8-sig")
    assert read_forms([path], CHOICES) == (Form(1, 1, ()), Form(2, 1, (1, 4, 7)))


def test_a_table_has_one_form_a_round():
    one, two = Form(1, 1, (1,)), Form(1, 1, (2,))
    with pytest.raises(BadValue, match="forms of table 1 in round 1 is 2"):
        distinct([one, two])
    with pytest.raises(BadValue, match="at least one"):
        distinct([])
    assert distinct([Form(1, 2, ()), one]) == (one, Form(1, 2, ()))


PERSONAL = {
    "a key for a name": ("a.toml", 'table = 1\nname = "A"\nchoices = []\n', "more than a form may: 'name'"),
    "a name in the place of a number": ("a.toml", 'table = "Nguyễn Văn A"\nchoices = []\n', "a whole number"),
    "a heading of names": ("a.csv", "table,họ và tên,choices\n1,B,1\n", "looks like a name"),
    "a phone number in a comment": ("a.toml", "table = 1 # 0912 345 678\nchoices = []\n", "looks like a phone number"),
    "an ID number": ("a.csv", "table,round,choices\n1,1,001 234 567890\n", "looks like an ID number"),
    "a customer code": ("a.csv", "table,round,choices\n1,1,PA12345678\n", "looks like a customer code"),
    "a cell too many": ("a.csv", "table,round,choices\n1,1,1,B\n", "more than a form may"),
}


@pytest.mark.parametrize("case", PERSONAL)
def test_personal_data_are_refused(case, tmp_path):
    name, text, said = PERSONAL[case]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        read_forms([tmp_path / name], CHOICES)


def test_a_file_that_is_no_form_is_refused(tmp_path):
    (tmp_path / "a.toml").write_text("table = = 1", encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(b"table = \xff")
    (tmp_path / "none").mkdir()
    for name in ("a.toml", "b.toml", "none", "not-there.toml"):
        with pytest.raises(FileProblem):
            read_forms([tmp_path / name], CHOICES)


def test_a_form_is_a_plan_to_go_on_with(tmp_path):
    form = Form(4, 1, (2, 6, 8))
    text = plan_text(form, CHOICES, "Table 4", "Bàn 4")
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    again, scored = Scenario.load(tmp_path / "plan.toml"), scenario(form, CHOICES)
    assert (again.hash, again.prior_hash) == (scored.hash, scored.prior_hash)
    assert scored.hash != CHOICES.baseline.hash
    assert scenario(Form(1, 1, ()), CHOICES).hash == CHOICES.baseline.hash


def changed(tmp_path, *changes):
    text = shipped().read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    (tmp_path / "choices.toml").write_text(text, encoding="utf-8")
    return tmp_path / "choices.toml"


@pytest.mark.parametrize(
    ("before", "after", "error", "said"),
    [
        ("budget =", "bugdet =", UnknownKey, "did you mean 'budget'"),
        ("chips = 2", 'chips = "two"', BadValue, "chips"),
        ("chips = 2", "chips = 0", BadValue, "a whole number of 1 or more"),
        ("number = 2", "number = 9", BadValue, "numbers of the choices"),
        ('name = "messages"', 'name = "loudspeaker"', BadValue, "a name used once"),
        ('judged = "2028-12"', 'judged = "2028"', BadValue, "2028"),
        ('channel = "sms"', 'channel = "smz"', UnknownName, "did you mean 'sms'"),
        ("chip = ", "chip = = ", FileProblem, "it is no TOML"),
    ],
)
def test_a_wrong_file_of_choices_is_refused(before, after, error, said, tmp_path):
    with pytest.raises(error, match=said):
        menu(changed(tmp_path, (before, after)))


@pytest.mark.parametrize(
    ("tongue", "said"),
    [
        ("en", "Error: chips of table 3 is 12; expected at most 10"),
        ("vi", "Lỗi: số xu của bàn 3 đang là 12; cần nhiều nhất là 10"),
    ],
)
def test_the_command_says_it_in_one_line(asked, capsys, tongue, said):
    assert asked("key", "--table", "3", "--choose", "5,6,7,4,1", tongue=tongue) == 2
    assert capsys.readouterr().err.strip() == said


def test_keys_are_asked_for(asked, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("sys.stdin", io.StringIO("7\n14\n"))
    assert asked("key", "--out", str(tmp_path), tongue="vi") == 0
    said = capsys.readouterr().out
    assert "Bàn 7, vòng 1: dùng 4 trong 10 xu" in said and "Đài truyền thanh xã" in said
    assert (tmp_path / "table-7-round-1.toml").read_text(encoding="utf-8") == "table = 7\nround = 1\nchoices = [1, 4]\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("seven\n"))
    assert asked("key", "--out", str(tmp_path)) == 2
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert asked("key", "--out", str(tmp_path)) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_form_is_checked_and_made_a_plan(asked, capsys, tmp_path, workshop):
    kept(Form(5, 2, (3,)), workshop.menu(), tmp_path)
    file = tmp_path / "table-5-round-2.toml"
    assert asked("form", str(file), "--to-toml", "--out", str(tmp_path / "plans")) == 0
    said = capsys.readouterr().out
    assert "Table 5, round 2: the form is sound, 1 of 10 chips" in said
    plan = Scenario.load(tmp_path / "plans" / "plan-table-5-round-2.toml")
    assert [c.name for c in plan.settings().campaigns] == ["workshop-digital-day"]
    assert plan.recipe.title_vi.startswith("Đề xuất của bàn 5, vòng 2")
