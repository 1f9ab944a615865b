"""The commands report, slides and export: their options, and what they refuse before anything is run."""

import sqlite3
from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner

from cashless_sim.errors import BadValue, FileProblem, UnknownName
from cashless_sim.experiment import sweep as sweep_file
from cashless_sim.experiment.store import Store
from cashless_sim.present.cli.export import add_reports
from cashless_sim.present.locale.errors import explain
from cashless_sim.present.report.asking import Wish, asked_for


def wish(*scenarios, to=None, out=None):
    held = {"month": None, "replicates": 1, "draws": 2, "households": 500, "seed": 1, "workers": 1}
    return Wish(scenarios=scenarios, to=to, store="store.sqlite", out=out, **held)


@pytest.mark.parametrize("tongue", ["vi", "en"])
@pytest.mark.parametrize("name", ["report", "slides", "export"])
def test_help_is_there_with_an_example(name, tongue):
    app = typer.Typer(add_completion=False)
    add_reports(app, tongue)
    shown = CliRunner().invoke(app, [name, "--help"])
    assert shown.exit_code == 0
    assert f"cashless-sim {name}" in " ".join(shown.output.split())


def test_a_baseline_is_asked_for_before_anything_is_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadValue, match="baseline is None"):
        asked_for(wish("hung-yen", "no-outreach"), "vi")
    with pytest.raises(UnknownName, match="did you mean 'no-outreach'"):
        asked_for(wish("hung-yen", "no-outreach", to="no-outrech"), "vi")
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_a_newer_version_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Store("store.sqlite").close()
    link = sqlite3.connect("store.sqlite")
    link.execute("PRAGMA user_version = 99")
    link.close()
    monkeypatch.setattr(sweep_file, "code_version", lambda: "c")
    with pytest.raises(FileProblem, match="store.sqlite") as refused:
        asked_for(replace(wish("hung-yen"), draws=0), "vi")
    assert "99" in explain(refused.value, "vi")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".html"] == []


def test_an_unknown_kind_of_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = typer.Typer(add_completion=False)
    add_reports(app, "en")
    shown = CliRunner().invoke(app, ["export", "hung-yen", "--as", "xslx"])
    assert isinstance(shown.exception, UnknownName) and "xlsx" in str(shown.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_file_gets_the_ending_of_its_kind():
    assert wish("a/b.toml", "c").file(".html").as_posix() == "results/b_c.html"
    assert wish("a", out="x/report").file(".html").as_posix() == "x/report.html"
    assert wish("a", out="x/report.html").file(".html").as_posix() == "x/report.html"
    assert wish("a", out="x/2027.1").file(".html").as_posix() == "x/2027.1.html"
