"""The register repeats what was published, and no fit can see a figure that is kept for checking."""

import shutil
from pathlib import Path

import pytest

import cashless_sim.calibration.targets as targets_file
import cashless_sim.data as data
from cashless_sim.calibration.fit import METHOD
from cashless_sim.calibration.priors import FREE, Prior, free
from cashless_sim.calibration.simulate import within_run
from cashless_sim.calibration.targets import FILE, register
from cashless_sim.errors import BadValue, DataProblem, FileProblem
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

POISON = 77.7


@pytest.fixture(scope="module")
def listed():
    return register("check")


@pytest.fixture
def copy(tmp_path):
    """A copy of the data folder, small enough to be changed."""
    shutil.copytree(data.folder(), tmp_path / "data")
    return tmp_path / "data"


def changed(copy: Path, old: str, new: str) -> Path:
    path = copy / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_register_holds_what_is_fitted(listed):
    assert len(listed.targets) == 29
    whole = {t.name: t for t in listed.targets}
    assert whole["D.findex-2022.all"].value == pytest.approx(0.28)
    assert whole["D.findex-2022.all"].sd == pytest.approx(0.031)
    assert whole["FIRST.findex-2022.all"].value == pytest.approx(0.07)
    assert whole["B.hung-yen.2019-10.all"].sd == pytest.approx(0.15)
    assert whole["G.findex-2022.rich60-poor40"].value == pytest.approx(0.2594)
    wave = listed.waves["findex-2022"]
    assert (wave.first, wave.last) == (month_number("2022-03"), month_number("2022-12"))
    assert max(t.month for t in listed.targets) <= month_number("2022-12")


def test_the_mixture_is_even(listed):
    assert len(listed.members) == 4
    assert {m.weight for m in listed.members} == {0.25}
    assert {(m.name.split("-")[0], m.handover) for m in listed.members} == {
        (growth, handover) for growth in ("inertia", "contagion") for handover in (True, False)
    }


def test_subgroup_errors_are_those_of_the_specification(copy):
    import tomllib

    tables = tomllib.loads((copy / FILE).read_text(encoding="utf-8"))
    halves = [t for t in tables["targets"] if "minus" in t and t["minus"] != "all"]
    assert len(halves) == 16
    assert all(2.7 <= t[key] <= 5.6 for t in halves for key in ("sd", "minus_sd"))


def test_only_rows_for_fitting_are_opened(monkeypatch):
    asked = []
    whole = data.reported_rates

    def watched(use=("fit",), root=None):
        asked.append(tuple([use] if isinstance(use, str) else use))
        return whole(use, root)

    monkeypatch.setattr(data, "reported_rates", watched)
    register("check")
    assert asked == [("fit",)]


def test_no_file_of_the_fit_asks_for_other_rows(root):
    for name in METHOD:
        path = root / "cashless_sim" / "calibration" / f"{name}.py"
        text = path.read_text(encoding="utf-8")
        for word in ("hold-out", "hold_out", "holdout", "read_csv(data", "reported_rates("):
            assert word not in text, (path.name, word)


def test_kept_figures_may_be_anything_and_the_register_is_the_same(listed, copy):
    path = copy / "observed" / "reported_rates.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    frame = data.reported_rates(use=("hold-out",))
    names = set(zip(frame["series"], frame["geography"], frame["group"], frame["date"], strict=True))
    import csv
    import io

    header, *body = list(csv.reader(io.StringIO("".join(rows), newline="")))
    spoilt = 0
    for row in body:
        cells = dict(zip(header, row, strict=True))
        if (cells["series"], cells["geography"], cells["group"], cells["date"]) in names and cells["unit"] == "percent":
            row[header.index("value")] = str(POISON)
            spoilt += 1
    assert spoilt > 50
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *body])
    path.write_text(out.getvalue(), encoding="utf-8")
    again = register("check", root=copy)
    assert again == listed
    assert POISON / 100 not in {t.value for t in again.targets}


def test_a_target_that_is_kept_for_checking_is_refused(copy):
    kept = data.reported_rates(use=("hold-out",))
    row = kept[(kept["code"] == "D") & (kept["geography"] == "Viet Nam")].iloc[0]
    path = copy / FILE
    text = path.read_text(encoding="utf-8")
    added = (
        f'\n[[targets]]\ncode = "D"\nplace = "viet-nam"\ngeography = "Viet Nam"\ndate = "{row["date"]}-06"\n'
        f'group = "all"\nvalue = {row["value"]}\nsd = 3.0\n'
    )
    for date in (f"{row['date']}-06", str(row["date"])):
        path.write_text(text + added.replace(f"{row['date']}-06", date), encoding="utf-8")
        with pytest.raises(DataProblem, match="may be fitted"):
            register("check", root=copy)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value = 28\n", "value = 28.1\n", "28, as reported"),
        ("value = 28\n", "value = 128\n", "percentage"),
        ("value = 28\n", "value = -1\n", "percentage"),
        ('code = "D"', 'code = "H"', "code is 'H'"),
        ('code = "D"', 'kode = "D"', "did you mean 'code'"),
        ('group = "rich60"', 'group = "rich6"', "did you mean 'rich60'"),
        ('place = "evnnpc"', 'place = "evnpc"', "place is"),
        ("sd = 1.2\n", "sd = 0\n", "above 0"),
        ("sd = 1.2\n", "sd = 1e200\n", "above 0"),
        ("sd = 1.2\n", f"sd = 1{'0' * 400}\n", "above 0"),
        ("sd = 1.2\n", "sd = nan\n", "above 0"),
        ("sd = 1.2\n", 'sd = "1.2"\n', "a number"),
        ("sd = 1.2\n", "", "sd is missing"),
        ('wave = "findex-2017"', 'wave = "findex-2018"', "wave is"),
        ('first = "2022-03"', 'first = "2023-03"', "out of order"),
        ("low_education = 0.11", "", "low_education"),
        ("weight = 0.25", "", "weight"),
    ],
)
def test_a_wrong_register_is_refused(copy, old, new, said):
    changed(copy, old, new)
    with pytest.raises(DataProblem, match=said):
        register("check", root=copy)


def test_what_is_no_register_is_refused(copy, tmp_path):
    for text in ("[[targets", 'title = "nothing"\n'):
        (copy / FILE).write_text(text, encoding="utf-8")
        with pytest.raises(FileProblem):
            register("check", root=copy)
    with pytest.raises(FileProblem):
        register("check", path=tmp_path / "nowhere.toml")
    with pytest.raises(BadValue, match="split"):
        register("everything")


def test_a_date_outside_the_run_is_refused(listed):
    within_run(listed)
    with pytest.raises(BadValue, match=r"date of target .* in the run"):
        within_run(listed, end=month_number("2022-06"))


def test_an_unknown_member_is_refused(listed):
    with pytest.raises(BadValue, match="did you mean 'inertia-handover'"):
        listed.member("inertia-handove")


def test_every_free_number_has_a_place_in_the_scenario():
    changes = {prior.key: prior.at(0.5) for prior in FREE}
    settings = Scenario.load("viet-nam").with_(changes).settings()
    for prior in FREE:
        where, *rest = prior.key.split(".")
        if where == "observation":
            assert getattr(settings.observation, rest[0]) == prior.at(0.5)
        else:
            rule = next(r for r in settings.rules if type(r).__name__ == rest[0])
            assert rule.values[rest[1]] == pytest.approx(prior.at(0.5))
            low, high = rule.parameters[rest[1]].plausible
            assert low <= prior.low < prior.high <= high


def test_priors_are_even_on_their_scale():
    assert Prior("x", 1.0, 100.0, True).at(0.5) == pytest.approx(10.0)
    assert Prior("x", -1.0, 3.0).at(0.25) == pytest.approx(0.0)
    for prior in FREE:
        assert (prior.at(0.0), prior.at(1.0)) == (prior.low, prior.high)
        import numpy as np

        assert prior.share(np.array([prior.at(0.3)]))[0] == pytest.approx(0.3, abs=1e-6)
    for wrong in ((1.0, 1.0), (2.0, 1.0), (float("nan"), 1.0)):
        with pytest.raises(BadValue, match="prior of x"):
            Prior("x", *wrong)
    with pytest.raises(BadValue, match="logarithm"):
        Prior("x", 0.0, 1.0, True)
    with pytest.raises(BadValue, match="range of spontaneous"):
        free((0.0001, 0.01))


def test_the_reader_is_the_one_of_the_package():
    assert targets_file.data is data
