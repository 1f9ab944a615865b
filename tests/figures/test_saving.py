"""A saved figure: same bytes twice, facts inside the PNG, and made again from its manifest."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from figure_frames import posterior_frame, runs_of

import cashless_sim.present.again as again
from cashless_sim.errors import BadValue, FileProblem, UnknownName
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.figures import draw
from cashless_sim.present.plot.adoption import adoption
from cashless_sim.present.provenance import of
from cashless_sim.present.rerun import scenarios_of
from cashless_sim.present.saving import inside, save
from cashless_sim.scenario.recipe import Scenario

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def real() -> Runs:
    """Return a short run of a few shipped households, made by the model itself."""
    return run([Scenario.load("hung-yen").with_(end="2018-06")], 2, 700, draws=1, workers=1, posterior="prior")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.mark.parametrize("size", ["page", "slide"])
def test_the_same_figure_gives_the_same_bytes(tmp_path, size):
    runs = runs_of()
    first, second = (
        save(draw("methods", runs, language="vi", size=size), tmp_path / str(n) / "methods") for n in (1, 2)
    )
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
    assert sorted(path.name for path in (tmp_path / "1").iterdir()) == sorted(path.name for path in first)


def test_facts_stand_in_the_picture_and_beside_it(tmp_path):
    ax = draw("funnel", runs_of(), language="vi")
    saved = save(ax, tmp_path / "funnel")
    facts = inside(saved.png)
    assert facts == json.loads(saved.meta.read_text(encoding="utf-8"))
    assert facts["alt"] == of(ax).alt and facts["title"].startswith("Từ có điện thoại")
    assert facts["manifest"]["seed"] == 1 and facts["options"]["size"] == "page"
    table = saved.csv.read_bytes()
    assert again.hash_of(table.decode("utf-8")) == facts["table_hash"]
    assert list(pd.read_csv(saved.csv)["step"]) == ["smartphone", "account", "aware", "ever", "using", "stopped"]


def test_the_drawing_can_be_read_aloud_and_asks_no_network(tmp_path):
    ax = draw("funnel", runs_of(), language="vi")
    text = save(ax, tmp_path / "funnel").svg.read_text(encoding="utf-8")
    top = ET.fromstring(text)
    assert top.get("role") == "img" and top.find(f"{SVG}title").text.startswith("Từ có điện thoại")
    assert top.find(f"{SVG}desc").text == of(ax).alt
    assert "<dc:date>" not in text and 'href="http' not in text and "url(http" not in text


@pytest.fixture
def recipe(tmp_path) -> str:
    """Return the file of the scenario that `real` ran."""
    file = tmp_path / "hung-yen.toml"
    file.write_text(Scenario.load("hung-yen").with_(end="2018-06").to_toml(), encoding="utf-8")
    return str(file)


def test_a_figure_of_runs_is_made_again_from_nothing_but_its_picture(real, tmp_path, capsys):
    saved = save(draw("funnel", real, language="vi"), tmp_path / "funnel")
    assert again.carry_out(str(saved.png), (), 1, None, "en") == again.SAME
    told = capsys.readouterr().out
    assert "funnel: data identical." in told
    for name in ("funnel.csv", "funnel.svg"):
        assert (tmp_path / "reproduced" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_a_folder_is_made_again_by_its_manifest_and_a_changed_table_is_told(real, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(again, "rerun", lambda *asked: real)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "results" / "hung-yen"
    real.write(folder)
    save(adoption(real, language="vi"), folder / "adoption")
    saved = save(draw("methods", real), folder / "methods")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert again.carry_out(manifest["results_hash"][:10], (), 1, None, "vi") == again.SAME
    assert capsys.readouterr().out.count("số liệu giống hệt") == 2
    facts = json.loads(saved.meta.read_text(encoding="utf-8"))
    table = pd.read_csv(saved.csv)
    table.loc[0, "value"] += 0.25
    saved.csv.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="")
    changed = {**facts, "table_hash": again.hash_of(saved.csv.read_text(encoding="utf-8"))}
    saved.meta.write_text(json.dumps(changed), encoding="utf-8")
    assert again.carry_out(str(folder / "manifest.json"), (), 1, tmp_path / "new", "en") == again.OTHER
    assert f"methods: DATA DIFFER: 1 of {len(table)} rows, largest difference 0.25." in capsys.readouterr().out


def test_a_figure_of_a_frame_is_drawn_again_from_its_table(tmp_path, capsys):
    saved = save(draw("posterior", posterior_frame(), origin="A check."), tmp_path / "posterior")
    assert again.carry_out(str(saved.meta), (), 1, tmp_path / "new", "en") == again.SAME
    assert "was not run again" in capsys.readouterr().out
    assert (tmp_path / "new" / "posterior.svg").read_bytes() == saved.svg.read_bytes()


def test_recipes_are_kept_or_found_by_their_hash(real, recipe):
    (kept,) = scenarios_of(real.manifest, [])
    assert kept.hash == real.manifest["scenarios"][0]["hash"]
    bare = [{key: one[key] for key in one if key != "recipe"} for one in real.manifest["scenarios"]]
    older = {**real.manifest, "scenarios": bare}
    (found,) = scenarios_of(older, [recipe])
    assert found.hash == kept.hash
    with pytest.raises(BadValue, match="give its file with --scenario"):
        scenarios_of(older, [])


def test_what_cannot_be_made_again_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileProblem, match="there is no such file"):
        again.carry_out("nothing.png", (), 1, None, "en")
    with pytest.raises(UnknownName, match="abcdef0123"):
        again.carry_out("abcdef0123", (), 1, None, "en")
    for name, data in (("other.png", b"\x89PNG\r\n\x1a\n"), ("other.meta.json", b"[]")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(FileProblem, match="no facts"):
            again.carry_out(name, (), 1, None, "en")
    shutil.copy(tmp_path / "other.png", tmp_path / "lone.svg")
    with pytest.raises(FileProblem, match=r"lone\.meta\.json"):
        again.carry_out("lone.svg", (), 1, None, "en")
