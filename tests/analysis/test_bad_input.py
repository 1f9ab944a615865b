"""What a decision cannot be made from is one clear line and a two; the store keeps every run."""

from __future__ import annotations

import importlib.util

import pytest
from toy_world import Toy, asked

import cashless_sim.present.cli.optimise as optimise_file
from cashless_sim.experiment.store import Store
from cashless_sim.experiment.upkeep import contents, verify
from cashless_sim.present.cli.main import main
from cashless_sim.scenario.recipe import Scenario

FLOOR = """[floors]
"district=Hill" = 0.45
"""
QUESTION = asked(FLOOR)
DASK = importlib.util.find_spec("distributed") is not None
BAD = {
    "an empty design": (["sweep", "calm.toml", "--design", "empty.csv"], "at least one row"),
    "a design of one heading": (["sweep", "calm.toml", "--design", "bare.csv"], "bare.csv"),
    "a missing baseline": (["compare", "calm.toml", "other.toml", "--to", "clam"], "did you mean 'calm'"),
    "a missing baseline of costs": (["costs", "calm.toml", "other.toml", "--to", "clam"], "did you mean 'calm'"),
    "two scenarios of one name": (["compare", "calm.toml", "folder/calm.toml"], "a name used once"),
    "two of one name in a sweep": (["sweep", "calm.toml", "folder/calm.toml"], "a name used once"),
    "a scheduler out of reach": (["sweep", "calm.toml", "--scheduler", "tcp://127.0.0.1:9"], "tcp://127.0.0.1:9"),
    "a budget of zero": (["optimise", "nothing.toml"], "budget is 0"),
    "a floor above what is possible": (["optimise", "high.toml"], "expected at most 0.550"),
    "two constraints that conflict": (["optimise", "torn.toml"], "budget line pot, fix visits"),
    "a group that is not there": (["optimise", "nowhere.toml"], "did you mean 'district=Hill'"),
    "a word for a month": (["optimise", "monthless.toml"], "YYYY-MM"),
    "a share above one": (["optimise", "share.toml"], "a share in [0, 1]"),
}
FILES = {
    "nothing": QUESTION.replace("amount = 8", "amount = 0"),
    "high": QUESTION.replace("= 0.45", "= 0.99"),
    "torn": QUESTION.replace("[floors]", "[fix]\nvisits = 1.0\n[floors]"),
    "nowhere": QUESTION.replace("district=Hill", "district=Hil"),
    "monthless": QUESTION.replace('"2028-12"', '"soon"'),
    "share": QUESTION.replace("= 0.45", "= 45"),
}


class World(Toy):
    """A toy that stands in for the model."""

    def __init__(self, *given, **named) -> None:
        super().__init__()


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """Return a folder with scenarios, questions and a store that holds two runs."""
    made = tmp_path_factory.mktemp("bad")
    calm = Scenario.load("no-outreach").with_(end="2017-07", households=300).to_toml()
    (made / "folder").mkdir()
    for name in ("calm", "other", "folder/calm"):
        (made / f"{name}.toml").write_text(calm, encoding="utf-8")
    for name, text in FILES.items():
        (made / f"{name}.toml").write_text(text, encoding="utf-8")
    (made / "empty.csv").write_text("rules.Awareness.tell\n", encoding="utf-8")
    (made / "bare.csv").write_text("\n", encoding="utf-8")
    words = ["sweep", str(made / "calm.toml"), "--replicates", "2", "--workers", "1"]
    assert main([*words, "--store", str(made / "s.sqlite"), "--out", str(made / "out")]) == 0
    return made


@pytest.mark.parametrize("tongue", ["en", "vi"])
@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_a_two_and_the_store_is_intact(case, tongue, work, monkeypatch, capsys):
    words, said = BAD[case]
    monkeypatch.chdir(work)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(optimise_file, "Simulated", World)
    monkeypatch.setattr("cashless_sim.experiment.cluster.SECONDS", 1)
    capsys.readouterr()
    assert main([*words, "--store", "s.sqlite", "--out", "other", "--language", tongue]) == 2
    shown = capsys.readouterr().err
    if "scheduler" in case and not DASK:
        said = "cashless-sim[cluster]"
    assert shown.count("\n") == 1 and "Traceback" not in shown
    assert said in shown if tongue == "en" else shown.startswith("Lỗi: ") and "expected" not in shown
    with Store("s.sqlite", make=False) as store:
        found = verify(store)
        assert (found.sound, found.damaged, found.whole, contents(store).runs) == (2, (), True, 2)


@pytest.mark.parametrize("tongue", ["en", "vi"])
def test_a_store_of_a_newer_version_is_refused_by_every_command(tongue, work, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(work)
    path = tmp_path / "newer.sqlite"
    with Store(path) as store:
        store.rows("PRAGMA user_version = 99")
    before = path.read_bytes()
    for words in (["compare", "calm.toml", "other.toml"], ["costs", "calm.toml", "other.toml"], ["plans", "04"]):
        assert main([*words, "--store", str(path), "--language", tongue]) == 2
        shown = capsys.readouterr().err
        assert shown.count("\n") == 1 and ("newer version" in shown) == (tongue == "en")
    assert path.read_bytes() == before
