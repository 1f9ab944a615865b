"""Sweeps: designs that cover their ranges, the same results from any workers, and failures that stay single."""

from __future__ import annotations

import importlib.util
import itertools
import sys
import time
import tracemalloc

import numpy as np
import pandas as pd
import psutil
import pytest
from sweep_stand_in import Planted

from cashless_sim.analysis.compare import compare
from cashless_sim.errors import BadValue, FileProblem, UnknownKey, UnknownName, Unsupported
from cashless_sim.experiment import workers as workers_file
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.space import design_file, grid, latin, sobol
from cashless_sim.experiment.store import Store
from cashless_sim.experiment.sweep import sweep
from cashless_sim.experiment.swept import Sweep
from cashless_sim.experiment.upkeep import contents, verify
from cashless_sim.present.cli import sweep as sweep_file
from cashless_sim.present.cli.main import main
from cashless_sim.scenario.recipe import Scenario

WORLD = Planted(months=12, households=300)
POINTS = grid({"push": [n / 1000 for n in range(12)]})
DASK = importlib.util.find_spec("distributed") is not None


def swept(path, world=WORLD, points=POINTS, **changes) -> Sweep:
    return sweep(world, points, store=path, **{"workers": 1, "code": "test", **changes})


# ------------------------------------------------------------------------------------------ designs


def test_a_grid_is_every_combination_in_order():
    frame = grid({"a": [1, 2], "b": ["x", "y", "z"]})
    assert list(frame.itertuples(index=False, name=None)) == list(itertools.product([1, 2], "xyz"))


def test_a_latin_hypercube_has_one_point_in_each_slice():
    frame = latin({"a": (10.0, 20.0), "b": ["x", "y"]}, 50, seed=3)
    slices = np.floor((frame["a"] - 10) / 10 * 50).astype(int)
    assert len(set(slices)) >= 49  # six digits may round a point onto the edge of its slice
    assert frame["b"].value_counts().to_dict() == {"x": 25, "y": 25}
    pd.testing.assert_frame_equal(frame, latin({"a": (10.0, 20.0), "b": ["x", "y"]}, 50, seed=3))
    assert not frame.equals(latin({"a": (10.0, 20.0), "b": ["x", "y"]}, 50, seed=4))


def test_a_sobol_sequence_fills_every_quarter_alike():
    frame = sobol({"a": (0.0, 1.0), "b": (-1.0, 1.0)}, 64)
    quarters = frame.assign(a=frame["a"] < 0.5, b=frame["b"] < 0).value_counts()
    assert set(quarters) == {16}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: grid({}), "points of the grid is 0"),
        (lambda: grid({"a": []}), "points of the grid is 0"),
        (lambda: latin({}, 4), "at least one"),
        (lambda: latin({"a": (1.0, 1.0)}, 4), "range of a"),
        (lambda: latin({"a": (0.0, float("inf"))}, 4), "range of a"),
        (lambda: latin({"a": (0.0, 1.0)}, 0), "points is 0"),
        (lambda: sobol({"a": (0.0, 1.0)}, 12), "a power of two"),
    ],
)
def test_a_design_that_cannot_be_is_refused(make, said):
    with pytest.raises(BadValue, match=said):
        make()


def test_your_own_frame_may_leave_cells_empty(tmp_path):
    (tmp_path / "own.csv").write_text("push,months\n0.01,\n,24\n", encoding="utf-8-sig")
    result = swept(tmp_path / "s.sqlite", points=design_file(tmp_path / "own.csv").astype({"months": "Int64"}))
    months = [frame["month"].nunique() for frame in result.frames()]
    assert months == [12, 24]
    assert list(result.points.columns) == ["scenario", "of", "point", "push", "months"]


# ------------------------------------------------------------------------------------------ results


def test_runs_are_those_of_an_ensemble_at_each_point(tmp_path):
    result = swept(tmp_path / "s.sqlite", replicates=2, draws=1)
    assert list(result.table.columns) == ["scenario", "of", "point", "replicate", "draw"]
    for number in (0, 7):
        world = WORLD.with_({"push": number / 1000}, name=f"hung-yen#{number}")
        alone = run(world, replicates=2, draws=1, workers=1)
        frame = result.select(scenario=f"hung-yen#{number}")
        assert frame["value"].to_numpy().tobytes() == alone.frame["value"].to_numpy().tobytes()
        assert list(frame["replicate"]) == list(alone.frame["replicate"])


def test_without_settings_it_is_an_ensemble_in_a_store(tmp_path):
    result = swept(tmp_path / "s.sqlite", points=None, replicates=3)
    runs, alone = result.runs(), run(WORLD, replicates=3, workers=1)
    assert runs.results_hash == alone.results_hash
    assert runs.about("hung-yen")["place"] == "hung-yen"
    assert runs.about("hung-yen")["recipe"] == WORLD.to_toml()
    assert "numpy" in runs.manifest["versions"] and runs.manifest["asked"]["replicates"] == 3
    assert runs.manifest["data_hash"] == alone.manifest["data_hash"]


def test_changed_points_name_no_recipe(tmp_path):
    runs = swept(tmp_path / "s.sqlite", points=pd.DataFrame({"push": [0.0, 0.001]}), replicates=1).runs(group="all")
    assert all("recipe" not in runs.about(name) for name in runs.scenarios)


def test_points_are_compared_on_common_luck(tmp_path):
    points = pd.DataFrame({"push": [0.0, 0.001]})
    runs = swept(tmp_path / "s.sqlite", points=points, replicates=4).runs(group="all")
    table = compare(runs, to="hung-yen#0", groups=("all",))
    assert len(table) > 0


def test_any_number_of_workers_gives_the_same_results(tmp_path):
    alone = swept(tmp_path / "a.sqlite", replicates=2)
    shared = swept(tmp_path / "b.sqlite", replicates=2, workers=2)
    assert alone.results_hash == shared.results_hash
    assert [p.read_bytes() for p in alone.write(tmp_path / "a")] == [
        p.read_bytes() for p in shared.write(tmp_path / "b")
    ]


def test_kept_groups_and_measures_are_another_run(tmp_path):
    whole = swept(tmp_path / "s.sqlite")
    part = swept(tmp_path / "s.sqlite", groups=["all"], measures=["D", "E"])
    assert set(part.select()["measure"]) == {"D", "E"} and set(part.select()["group"]) == {"all"}
    assert len(whole.select()) == 6 * len(part.select())
    left = part.select().drop(columns="scenario")
    right = whole.select(group="all", measure=["D", "E"]).drop(columns="scenario")
    assert left["value"].to_numpy().tobytes() == right["value"].to_numpy().tobytes()
    assert list(left["measure"]) == list(right["measure"])


def test_two_points_of_one_recipe_are_run_once(tmp_path):
    points = pd.DataFrame({"push": [0.0, 0.001, 0.001]})
    result = swept(tmp_path / "s.sqlite", points=points)
    with Store(result.path) as store:
        assert len(store) == 2
    assert result.missing == 0 and len(list(result.frames())) == 3


def test_a_sweep_is_opened_again_by_its_name(tmp_path):
    made = swept(tmp_path / "s.sqlite", name="pushes")
    again = Sweep.open(tmp_path / "s.sqlite", "pushes")
    assert again.results_hash == made.results_hash
    pd.testing.assert_frame_equal(again.points, made.points)
    with pytest.raises(UnknownName, match="pushes"):
        Sweep.open(tmp_path / "s.sqlite", "pushs")
    with pytest.raises(UnknownName, match="measure"):
        again.select(mesure="D")


# ------------------------------------------------------------------------------------------ resuming


def test_finished_runs_are_skipped_a_thousand_a_second(tmp_path, monkeypatch):
    points = pd.DataFrame({"push": np.arange(300) / 1000})
    swept(tmp_path / "s.sqlite", points=points, measures=["D"])
    monkeypatch.setattr(workers_file, "work", None)  # nothing is made again
    begun = time.process_time()
    result = swept(tmp_path / "s.sqlite", points=points, measures=["D"])
    assert time.process_time() - begun < 0.3
    assert result.missing == 0


def test_memory_does_not_grow_with_the_number_of_runs(tmp_path):
    peaks = []
    world = Planted(households=300)
    for count in (20, 80):
        points = pd.DataFrame({"push": np.arange(count) / 1000})
        tracemalloc.start()
        swept(tmp_path / f"{count}.sqlite", world, points)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    each = world.build().run()["value"].nbytes
    assert peaks[1] - peaks[0] < 60 * each / 4


def test_progress_begins_where_it_stopped_and_ends_at_one(tmp_path):
    swept(tmp_path / "s.sqlite", points=POINTS.head(6))
    told: list[float] = []
    swept(tmp_path / "s.sqlite", progress=told.append)
    assert told[0] == 0.5 and told[-1] == 1.0 and told == sorted(told)


# ------------------------------------------------------------------------------------------ failures


def test_a_run_that_fails_is_put_aside_and_tried_again_when_asked(tmp_path):
    path = tmp_path / "s.sqlite"
    broken = Planted(months=12, households=300, broken=(0.003,))
    result = swept(path, broken)
    assert result.missing == 1
    assert list(result.failures["scenario"]) == ["hung-yen#3"]
    assert "ZeroDivisionError: push 0.003" in result.failures["traceback"][0]
    assert swept(path).missing == 1  # mended, but still in quarantine
    mended = swept(path, retry=True)
    assert mended.missing == 0 and len(mended.failures) == 0
    assert mended.results_hash == swept(tmp_path / "t.sqlite").results_hash


def test_a_setting_between_the_extremes_that_cannot_be_is_put_aside(tmp_path, monkeypatch):
    class Picky(Planted):
        def with_(self, changes=None, /, **more):
            if (changes or {}).get("push") == 0.004:
                raise BadValue(what="push", value=0.004, expected="another")
            return super().with_(changes, **more)

    result = swept(tmp_path / "s.sqlite", Picky(months=12, households=300))
    assert result.missing == 1
    assert "push is 0.004; expected another" in result.failures["traceback"][0]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_run_that_kills_its_worker_takes_no_other_with_it(tmp_path):
    fatal = Planted(months=12, households=300, fatal=(0.003,))
    result = swept(tmp_path / "s.sqlite", fatal, workers=2)
    assert result.missing == 1
    assert list(result.failures["scenario"]) == ["hung-yen#3"]
    assert result.failures["traceback"][0] == workers_file.KILLED


def called(process):
    """What a process was started as; nothing when it has ended meanwhile."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def test_a_worker_killed_from_outside_costs_nothing(tmp_path):
    slow = Planted(months=12, households=300, slow=0.02)
    killed = []

    def kill_one(share: float) -> None:
        if share > 0.2 and not killed:
            mine = [(p, called(p)) for p in psutil.Process().children(recursive=True)]
            makers = [p for p, words in mine if "loky" in words and "tracker" not in words]
            makers[0].kill()
            killed.append(makers[0].pid)

    result = swept(tmp_path / "s.sqlite", slow, workers=2, progress=kill_one)
    assert killed and result.missing == 0 and len(result.failures) == 0
    assert result.results_hash == swept(tmp_path / "t.sqlite", slow).results_hash
    with Store(result.path) as store:
        assert verify(store).damaged == ()


def test_a_stop_keeps_what_is_finished(tmp_path):
    def stop(share: float) -> None:
        if share > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        swept(tmp_path / "s.sqlite", name="stopped", progress=stop)
    half = Sweep.open(tmp_path / "s.sqlite", "stopped")
    assert half.missing == 7
    assert len(list(half.frames())) == 5


def test_edited_source_stops_a_worker():
    job = workers_file.Task(b"1" * 32, None, "another source")
    outcome = workers_file.attempt(job)
    assert outcome.run is None and "differ from those the sweep began with" in outcome.trace


# ------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"points": pd.DataFrame({"push": []})}, BadValue, "at least one row"),
        ({"points": pd.DataFrame(index=[0, 1])}, BadValue, "at least one row"),
        ({"points": pd.DataFrame([[1, 2]], columns=["push", "push"])}, BadValue, "used once"),
        ({"points": pd.DataFrame({"pull": [1.0]})}, UnknownKey, "pull"),
        ({"points": pd.DataFrame({"push": [0.1, 0.2, 7.0, 0.3]})}, BadValue, "7.0"),
        ({"points": pd.DataFrame({"push": [pd.Timestamp("2020-01-01")]})}, BadValue, "cell of the design"),
        ({"world": [WORLD, WORLD]}, BadValue, "used once"),
        ({"world": []}, BadValue, "at least one"),
        ({"workers": 0}, BadValue, "workers"),
        ({"replicates": 0}, BadValue, "replicates"),
    ],
)
def test_bad_input_is_refused_before_there_is_a_store(changes, kind, said, tmp_path):
    with pytest.raises(kind, match=said):
        swept(tmp_path / "s.sqlite", **changes)
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_cannot_be_is_refused(tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(FileProblem):
        swept(tmp_path / "taken" / "s.sqlite")


# ------------------------------------------------------------------------------------------ the real model


def test_the_real_model_sweeps_and_goes_on(tmp_path):
    world = Scenario.load("hung-yen").with_(households=300, end="2017-08", shocks=[])
    points = grid({"rules.Awareness.tell": [0.1, 0.5]})
    first = swept(tmp_path / "s.sqlite", world, points.head(1), draws=1)
    whole = swept(tmp_path / "s.sqlite", world, points, draws=1)
    again = swept(tmp_path / "t.sqlite", world, points, draws=1)
    assert (first.missing, whole.missing) == (0, 0)
    assert whole.results_hash == again.results_hash
    with Store(whole.path) as store:
        assert (len(store), verify(store).damaged) == (4, ())
    aware = whole.select(measure="aware", group="all", month="2017-08", replicate=0)["value"]
    assert aware[1] > aware[0] > 0.0


# ------------------------------------------------------------------------------------------ the command line


@pytest.fixture
def quick(monkeypatch, tmp_path):
    """Sweep stand-ins from the command line, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CASHLESS_SIM_LANGUAGE", raising=False)

    def planted(scenarios, settings, **wanted):
        wanted.pop("households")
        worlds = [Planted(name, months=12, households=300, broken=(0.2,)) for name in scenarios]
        return sweep(worlds, settings, **{**wanted, "workers": 1, "code": "test"})

    monkeypatch.setattr(sweep_file, "sweep", planted)
    return tmp_path


def test_the_commands_work_together(quick, capsys):
    assert main(["sweep", "hung-yen", "--vary", "push=0,0.1", "--name", "one", "--store", "s.sqlite"]) == 0
    said = capsys.readouterr()
    assert "Sweep one: 2 of 2 runs are in s.sqlite" in said.out
    assert said.err == "Sweep of 2 runs over hung-yen …\n"
    assert sorted(p.name for p in (quick / "results" / "one").iterdir()) == [
        "manifest.json",
        "points.csv",
        "runs.csv",
    ]
    assert main(["sweep", "--vary", "push=0.2", "--name", "bad", "--store", "s.sqlite", "--language", "vi"]) == 2
    assert "1 lần chạy bị lỗi" in capsys.readouterr().err
    assert main(["store", "ls", "s.sqlite"]) == 0
    listing = capsys.readouterr().out
    assert "one        2         2       0" in listing and "code version test: 2 runs" in listing
    assert main(["store", "ls", "s.sqlite", "--failed"]) == 0
    assert "ZeroDivisionError" in capsys.readouterr().out
    assert main(["store", "merge", "t.sqlite", "s.sqlite"]) == 0
    assert "2 runs added" in capsys.readouterr().out
    assert main(["store", "verify", "t.sqlite"]) == 0
    assert capsys.readouterr().out == "2 runs are sound, 0 damaged\n"
    assert main(["store", "gc", "t.sqlite", "--forget", "one", "--language", "vi"]) == 0
    assert capsys.readouterr().out == "Đã xóa 2 lần chạy không đợt nào nhắc đến và 1 lần bị lỗi.\n"


def test_ranges_take_points(quick, capsys):
    words = ["sweep", "--vary", "push=0:0.01", "--vary", "months=6,12", "--points", "8"]
    assert main([*words, "--name", "l"]) == 0
    assert main([*words, "--method", "sobol", "--name", "s"]) == 0
    points = pd.read_csv(quick / "results" / "l" / "points.csv")
    assert len(points) == 8 and points["push"].between(0, 0.01).all() and set(points["months"]) == {6, 12}


def test_a_damaged_store_is_a_two(quick, capsys):
    main(["sweep", "--vary", "push=0,0.1", "--store", "s.sqlite"])
    with Store("s.sqlite") as store:
        store.write(("UPDATE runs SET facts = '{}' WHERE key = (SELECT min(key) FROM runs)", ()))
    assert main(["store", "verify", "s.sqlite"]) == 2
    assert main(["store", "merge", "t.sqlite", "s.sqlite"]) == 2
    assert main(["store", "verify", "s.sqlite", "--drop"]) == 0
    assert main(["store", "verify", "s.sqlite"]) == 0
    with Store("s.sqlite") as store:
        assert contents(store).runs == 1


@pytest.mark.parametrize("tongue", ["en", "vi"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sweep", "--vary", "push"], "KEY=1,2,3"),
        (["sweep", "--vary", "push=0:1"], "--points"),
        (["sweep", "--vary", "push=1", "--vary", "push=2"], "--vary"),
        (["sweep", "--points", "4"], "keys to vary"),
        (["sweep", "--vary", "push=0:1", "--points", "5", "--method", "sobol"], "5"),
        (["sweep", "--vary", "push=0:1", "--points", "5", "--method", "random"], "latin"),
        (["sweep", "--design", "none.csv"], "none.csv"),
        (["sweep", "--design", "empty.csv"], "empty.csv"),
        (["sweep", "--vary", "pull=0,1"], "pull"),
        (["sweep", "--vary", "push=0,0.5", "--store", "newer.sqlite"], "newer.sqlite"),
        (["sweep", "--worker", "2"], "--workers"),
        (["store", "ls", "none.sqlite"], "none.sqlite"),
        (["store", "ls", "empty.csv"], "empty.csv"),
        (["store", "gc", "s.sqlite", "--forget", "x"], "'x'"),
        (["store", "merge", "s.sqlite", "s.sqlite"], "s.sqlite"),
        (["store", "burn", "s.sqlite"], "burn"),
    ],
)
def test_what_can_be_mended_is_one_line_and_a_two(words, said, tongue, quick, capsys):
    (quick / "empty.csv").write_text("", encoding="utf-8")
    with Store("newer.sqlite") as store:
        store.rows("PRAGMA user_version = 99")
    Store("s.sqlite").close()
    before = {path: path.read_bytes() for path in quick.iterdir()}
    assert main([*words, "--language", tongue]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.count("\n") == 1 and "Traceback" not in shown.err
    if tongue == "en":
        assert said in shown.err
    else:
        assert "expected" not in shown.err and shown.err.startswith("Lỗi: ")
    assert {path: path.read_bytes() for path in quick.iterdir()} == before


def test_stopping_says_that_runs_are_kept(quick, capsys, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(sweep_file, "sweep", stop)
    assert main(["sweep", "--vary", "push=0"]) == 130
    assert capsys.readouterr().err.endswith("the same command goes on from there.\n")


# ------------------------------------------------------------------------------------------ a cluster


@pytest.mark.skipif(DASK, reason="Dask is installed")
def test_without_dask_a_scheduler_is_refused(tmp_path):
    with pytest.raises(Unsupported, match=r"cashless-sim\[cluster\]"):
        swept(tmp_path / "s.sqlite", scheduler="tcp://127.0.0.1:9")


@pytest.mark.skipif(not DASK, reason="Dask is not installed")
def test_a_scheduler_that_does_not_answer_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("cashless_sim.experiment.cluster.SECONDS", 1)
    with pytest.raises(BadValue, match="tcp://127.0.0.1:9"):
        swept(tmp_path / "s.sqlite", scheduler="tcp://127.0.0.1:9")


@pytest.mark.skipif(not DASK, reason="Dask is not installed")
def test_a_cluster_gives_the_same_results_though_a_worker_is_killed(tmp_path):
    from distributed import LocalCluster

    slow = Planted(months=12, households=300, slow=0.05)
    killed = []
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with LocalCluster(**options) as cluster:

        def kill_one(share: float) -> None:
            if share > 0.2 and not killed:
                killed.append(next(iter(cluster.workers.values())).process.pid)
                psutil.Process(killed[0]).kill()

        path = tmp_path / "s.sqlite"
        result = swept(path, slow, scheduler=cluster.scheduler_address, progress=kill_one, replicates=2)
    assert killed and result.missing == 0
    assert result.results_hash == swept(tmp_path / "t.sqlite", slow, replicates=2).results_hash
