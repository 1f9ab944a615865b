"""Draws of parameters: a sweep takes them from the same posterior as an ensemble, and says from where."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cashless_sim.analysis.worth import drawn_values
from cashless_sim.errors import BadValue
from cashless_sim.experiment.drawing import Drawing, source_of
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.experiment.sweep import sweep
from cashless_sim.scenario.recipe import Scenario

SCENARIO = Scenario.load("hung-yen").with_(households=300, end="2017-08", shocks=[])
FREE = {"tell": {"key": "rules.Awareness.tell", "low": 0.1, "high": 0.5}}
MEMBERS = {"peers": {"by_peers": 0.3, "handover": True}, "alone": {"by_peers": None, "handover": False}}


def posterior(tell=(0.11, 0.22, 0.33, 0.44), seed=5) -> Draws:
    """Return a posterior of four rows whose only fitted number is known."""
    frame = pd.DataFrame(
        {"member": ["peers", "peers", "alone", "alone"], "draw": [7, 8, 9, 3], "weight": 0.25, "tell": tell}
    )
    manifest = {"members": MEMBERS, "free": FREE, "seed": seed, "split": "planning", "table_hash": repr(tell)}
    for about in MEMBERS.values():
        about["predictive"] = {"alarm": False}
    return Draws(None, frame, manifest)


def swept(path, **changes):
    return sweep(
        SCENARIO, store=path, **{"workers": 1, "code": "test", "draws": 3, "posterior": posterior(), **changes}
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    return swept(tmp_path_factory.mktemp("drawn") / "s.sqlite", replicates=0)


def test_a_sweep_has_the_draws_of_an_ensemble(done):
    alone = run(SCENARIO, draws=3, workers=1, posterior=posterior())
    drawn = alone.select(draws=True)
    mine = done.runs().frame
    assert np.array_equal(mine["value"].to_numpy(), drawn["value"].to_numpy())
    assert (mine["group"].astype(str) == drawn["group"].astype(str)).all()
    assert done.runs().manifest["parameters"] == alone.manifest["parameters"]
    assert done.parameters["source"] == "posterior" and done.parameters["split"] == "planning"


def test_beside_draws_there_may_be_no_run_of_luck(done, tmp_path):
    assert list(done.table["replicate"]) == [1000, 1001, 1002]
    with pytest.raises(BadValue, match="replicates"):
        swept(tmp_path / "s.sqlite", draws=0, replicates=0)


def test_draws_are_rows_of_the_posterior(done):
    told = drawn_values(SCENARIO, seed=1, draws=4, posterior=posterior())
    assert sorted(told["rules.Awareness.tell"]) == pytest.approx([0.11, 0.22, 0.33, 0.44])  # kept in float32
    assert np.isclose(told["rules.Consider.by_peers"], 0.3).sum() == 2


def test_another_posterior_is_another_run_and_the_same_one_is_found_again(done):
    same = swept(done.path, replicates=0)
    assert same.design.asks == done.design.asks and same.results_hash == done.results_hash
    for other in (posterior(seed=6), posterior(tell=(0.12, 0.22, 0.33, 0.44)), "prior"):
        asked = Drawing(source_of(other, [SCENARIO]), 3, 1)
        assert all(asked.key(n) != Drawing(posterior(), 3, 1).key(n) for n in range(3))


def test_without_a_posterior_for_this_code_the_ranges_are_drawn_from():
    assert source_of("prior", [SCENARIO]) is None
    drawing = Drawing(None, 2, 1)
    assert drawing.about == {"source": "prior", "draws": 2} and drawing.key(0) == ""
    with pytest.raises(BadValue, match="split"):
        source_of("planing", [SCENARIO])
