"""Files from others run no code, leave no folder, and are text wherever they are shown."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cashless_sim.analysis.workshop.menu as menus
from cashless_sim.errors import BadValue, UserError
from cashless_sim.experiment.ensemble import loaded
from cashless_sim.experiment.writing import part
from cashless_sim.present.cli.main import main
from cashless_sim.present.rerun import scenarios_of
from cashless_sim.present.spreadsheet import from_sheet, to_sheet
from cashless_sim.scenario.recipe import WORDS, Scenario
from cashless_sim.scenario.schema import CampaignTable
from cashless_sim.scenario.trust import ALLOW_CODE, SPOKEN

SIDE_EFFECT = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n"
OUTSIDE = SIDE_EFFECT + (
    "from cashless_sim.rules.rule import Rule\n"
    "from cashless_sim.model.policies import Fixed as Policy\n"
    "from cashless_sim.rules.consider import Consider as Shipped\n"
    "class Consider(Shipped):\n    pass\n"
)
RULES = '"Turnover", "Access", "Awareness", { use = "planted:Consider" }, "Choose", "Pay", "Learn", "Occasions"'
DOORS = {
    "rule": f"[month]\nrules = [{RULES}]\n",
    "rule as a text": '[month]\nrules = ["Access", "planted:Consider"]\n',
    "rule by a dotted key": 'month.rules = [{ use = "planted:Consider" }]\n',
    "policy": '[policies.water]\nuse = "planted:Policy"\n',
    "bank": '[banks.all]\nuse = "planted:Policy"\n',
    "wallet": '[wallets.all]\nuse = "planted:Policy"\n',
    "channel": '[[campaigns]]\nname = "a"\nchannel = "planted:CHANNEL"\nstart = "2020-01"\nend = "2020-02"\n',
    "network": '[switches]\nnetwork = "planted:network"\n',
    "measure": 'measures = ["planted:CHANNEL"]\n',
    "place": '[place]\nname = "planted:HERE"\n',
}


@pytest.fixture
def planted(tmp_path, monkeypatch) -> Iterator[Path]:
    """A folder, also the working one, with a module that leaves a mark when it is imported."""
    import sys

    (tmp_path / "planted.py").write_text(OUTSIDE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv(ALLOW_CODE, raising=False)
    yield tmp_path
    sys.modules.pop("planted", None)


def written(folder: Path, text: str, name: str = "plan.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# -- code ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("door", DOORS)
def test_a_file_runs_no_code(door, planted):
    path = written(planted, DOORS[door])
    with pytest.raises(BadValue, match=r"plan\.toml:\d+: .*'planted:.*--allow-code") as caught:
        Scenario.load(path)
    assert "\n" not in str(caught.value)
    with pytest.raises(BadValue, match="--allow-code"):
        Scenario.loads(DOORS[door])
    with pytest.raises(BadValue, match="--allow-code"):
        loaded([path])
    written(planted, 'extends = "plan.toml"\n', "over.toml")
    with pytest.raises(BadValue, match=r"plan\.toml:\d+: .*--allow-code"):
        Scenario.load("over.toml")
    assert not (planted / "ran").exists()


def test_a_recipe_in_results_of_others_runs_no_code(planted):
    about = {"name": "theirs", "hash": "0" * 64, "recipe": DOORS["rule"]}
    run = {"scenario": "theirs", "draw": None, "replicate": 0, "households": 5}
    with pytest.raises(BadValue, match="--allow-code"):
        scenarios_of({"scenarios": [about], "runs": [run]}, ())
    assert not (planted / "ran").exists()


def test_a_spreadsheet_of_others_runs_no_code(planted):
    openpyxl = pytest.importorskip("openpyxl", reason="no spreadsheet is read: openpyxl is not installed")
    pytest.importorskip("xlsxwriter", reason="no spreadsheet is written: xlsxwriter is not installed")
    base = Scenario.load("hung-yen")
    path = to_sheet(base, base, planted / "plan.xlsx", "en")
    book = openpyxl.load_workbook(path)
    keys = {cell.value: cell.column for cell in book["campaigns"][2]}
    book["campaigns"].cell(3, keys["channel"]).value = "planted:CHANNEL"
    book.save(path)
    with pytest.raises(BadValue, match=r"plan\.xlsx: campaigns, row 3: channel is 'planted:.*--allow-code"):
        from_sheet(path)
    assert not (planted / "ran").exists()
    with pytest.raises(UserError, match="has no 'CHANNEL'"):  # whoever reads may allow it
        from_sheet(path, allow_code=True)
    assert (planted / "ran").exists()


def test_choices_of_others_run_no_code(planted):
    text = menus.shipped().read_text(encoding="utf-8")
    text = re.sub(r'channel = "[a-z-]+"', 'channel = "planted:CHANNEL"', text, count=1)
    with pytest.raises(BadValue, match=r"theirs\.toml: choice \d+: channel is 'planted:.*--allow-code"):
        menus.menu(written(planted, text, "theirs.toml"))
    assert not (planted / "ran").exists()


@pytest.mark.parametrize("command", ["run", "explain", "sweep", "compare", "scenario to-xlsx", "report", "slides"])
@pytest.mark.parametrize("tongue", ["en", "vi"])
def test_commands_refuse_in_one_line(command, tongue, planted, capsys):
    written(planted, DOORS["rule"])
    assert main([*command.split(), "plan.toml", "--language", tongue]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "--allow-code" in said and "plan.toml:2: " in said
    assert sorted(path.name for path in planted.iterdir()) == ["plan.toml", "planted.py"]


def test_whoever_reads_may_allow_it(planted, monkeypatch):
    path = written(planted, DOORS["rule"])
    made = Scenario.load(path, allow_code=True)
    assert (planted / "ran").exists()
    assert type(made.settings().rules[3]).__module__ == "planted"
    assert made.with_(households=100).settings().households == 100
    monkeypatch.setenv(ALLOW_CODE, "1")
    assert Scenario.load(path) == made
    with pytest.raises(BadValue, match="--allow-code"):
        Scenario.load(path, allow_code=False)


@pytest.mark.parametrize("value", ["", "0", "true", "yes"])
def test_only_a_one_allows(value, planted, monkeypatch):
    monkeypatch.setenv(ALLOW_CODE, value)
    with pytest.raises(BadValue, match="--allow-code"):
        Scenario.load(written(planted, DOORS["rule"]))


def test_the_option_holds_for_its_command_only(planted, capsys):
    written(planted, DOORS["rule"])
    assert main(["scenario", "to-xlsx", "plan.toml", "--allow-code", "--base", "plan.toml"]) == 0
    assert (planted / "ran").exists() and ALLOW_CODE not in os.environ
    assert main(["scenario", "to-xlsx", "plan.toml"]) == 2
    capsys.readouterr()


def test_naming_a_rule_in_python_is_the_users_act(planted):
    made = Scenario.load("hung-yen").with_(month={"rules": [{"use": "planted:Consider"}]})
    assert type(made.settings().rules[0]).__module__ == "planted"


def test_words_for_readers_may_hold_a_colon():
    assert {"name", "start", "end", *WORDS} == SPOKEN
    text = 'title = "Plan: visits"\n[[campaigns]]\nname = "a: b"\nchannel = "sms"\nnote = "os:system"\n'
    made = Scenario.loads(text + 'start = "2020-01"\nend = "2020-02"\n')
    assert made.recipe.campaigns[0].name == "a: b"


def test_every_shipped_file_passes_without_leave(root, monkeypatch):
    monkeypatch.delenv(ALLOW_CODE, raising=False)
    for path in sorted((root / "data" / "scenarios").rglob("*.toml")):
        if path.parent.name != "budgets":
            assert Scenario.load(path).hash


# -- pickles ---------------------------------------------------------------------------------------------------------
UNPICKLING = re.compile(
    r"pickle\.loads?\(|Unpickler|joblib\.load|allow_pickle\s*=\s*True|read_pickle|np\.load\(|numpy\.load\(|shelve|"
    r"marshal\.loads?|yaml\.load|dill|torch\.load"
)


def test_no_pickle_is_read_from_a_file(root):
    found = [
        f"{path.name}:{number}"
        for path in sorted((root / "cashless_sim").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNPICKLING.search(line) and "sys.stdin.buffer" not in line  # a pipe from the process that started it
    ]
    assert found == []


def calls(root: Path, *names: str) -> list[str]:
    """Return where the package calls a built-in of these names."""
    return [
        path.name
        for path in sorted((root / "cashless_sim").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def test_only_the_compiler_makes_code_of_text(root):
    assert set(calls(root, "exec", "eval", "__import__")) == {"remember.py"}


def test_nothing_listens_and_nothing_is_fetched(root):
    words = re.compile(
        r"^\s*(import|from)\s+(socket|socketserver|http|urllib|requests|httpx|ftplib|smtplib|asyncio|tornado)\b"
        r"|\.bind\(|\.listen\(|LocalCluster\(|0\.0\.0\.0"
    )
    found = [
        (path.name, line.strip())
        for path in sorted((root / "cashless_sim").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if words.search(line)
    ]
    # the client of a cluster catches what asyncio raises; it opens no port
    assert [one for one in found if one != ("cluster.py", "import asyncio")] == []


# -- text stays text -------------------------------------------------------------------------------------------------
NASTY = ("=1+1", '=HYPERLINK("http://x","y")', "+1", "@SUM(A1)", "-1", "http://x.example", "<script>alert(1)</script>")


@pytest.mark.parametrize("text", NASTY)
def test_a_plan_in_a_spreadsheet_holds_no_formula(text, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="the extra office is not installed: openpyxl")
    base = Scenario.load("hung-yen")
    campaign = {"name": "a", "channel": "sms", "start": "2020-01", "end": "2020-02", "note": text}
    plan = base.with_campaign(campaign).with_(title=text, question=text)
    path = to_sheet(plan, base, tmp_path / "plan.xlsx", "vi")
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert [cell for cell in cells if cell.hyperlink is not None] == []
    assert from_sheet(path).recipe.campaigns[-1] == CampaignTable(**campaign)


# -- paths -----------------------------------------------------------------------------------------------------------
AWAY = (
    *("../../x", "..", ".", "", "/etc/passwd", "C:\\Windows\\x", "..\\..\\x", "a/../../b", "\\\\server\\share"),
    *("CON", "con.txt", "NUL", "aux.tar.gz", "COM1", "lpt9.x", "a.", "a ", "a. .", "a:b", "a\0b", "a\nb", "a\x7fb"),
    *("x" * 400, "ế" * 300, "Kế hoạch 2026", ".hidden", "~root", "$HOME", "%TEMP%", "a|b", 'a"b', "a<b>"),
)


@pytest.mark.parametrize("name", AWAY, ids=lambda name: ascii(name)[:20])
def test_a_name_stays_inside_its_folder_on_every_system(name, tmp_path):
    made = part(name)
    path = tmp_path / "results" / made
    assert path.parent == tmp_path / "results" and path.resolve().parent == (tmp_path / "results").resolve()
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', made)
    assert made == made.rstrip(". ") and made
    assert made.partition(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    assert len(made.encode()) <= 151
    path.parent.mkdir()
    path.touch()


def test_plain_names_stay_as_they_are():
    assert [part(name) for name in ("hung-yen", "Kế hoạch 2026", "a.b", "02a_03b")] == [
        *("hung-yen", "Kế hoạch 2026", "a.b", "02a_03b")
    ]


def test_a_sweep_cannot_be_named_out_of_its_folder(tmp_path, monkeypatch, capsys):
    from sweep_stand_in import Planted

    import cashless_sim.experiment.sweep as sweeping

    monkeypatch.setattr(sweeping, "loaded", lambda names: {"world": Planted(name="world", months=3)})
    monkeypatch.setattr(sweeping, "code_version", lambda: "test")
    inside = tmp_path / "here"
    inside.mkdir()
    monkeypatch.chdir(inside)
    assert main(["sweep", "world", "--name", "../../away", "--workers", "1"]) == 0
    capsys.readouterr()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here"]
    assert sorted(path.name for path in (inside / "results").iterdir() if path.is_dir()) == [".._.._away"]


def test_a_manifest_of_others_names_no_file(tmp_path, monkeypatch, capsys):
    manifest = {"scenarios": [{"name": "../../x", "hash": "0" * 64}], "seed": 1, "runs": [], "results_hash": "x"}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    try:
        code = main(["reproduce", "manifest.json"])
    except UserError:
        code = 2
    capsys.readouterr()
    assert code == 2 or [path.name for path in tmp_path.rglob("*")] == ["manifest.json"]
