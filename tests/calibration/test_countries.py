"""Another country is a data folder: fitted on its early waves, scored on the later one, never on itself."""

import math

import numpy as np
import pytest

import cashless_sim.experiment.posterior_draws as posterior_draws
from cashless_sim.calibration.countries import COUNTRIES, EARLY, LATE, countries, country
from cashless_sim.calibration.fit import Effort
from cashless_sim.calibration.simulate import within_run

CODE = "the code of these tests"


@pytest.mark.parametrize("name", COUNTRIES)
def test_a_country_is_fitted_to_its_early_waves_only(name):
    one = country(name)
    assert {target.wave for target in one.register.targets} == {f"findex-{wave}" for wave in EARLY}
    assert {target.wave for target in one.later.targets} == {f"findex-{LATE}"}
    assert all(math.isnan(target.value) for target in one.later.targets)
    assert all(0 < target.value < 1 for target in one.register.targets)
    within_run(one.register)
    within_run(one.later)


def test_a_country_is_fitted_and_scored(tmp_path, monkeypatch):
    monkeypatch.setattr(posterior_draws, "code_version", lambda: CODE)
    effort = Effort(2, 3, 2000)
    table, path = countries(tmp_path, effort, ("contagion-handover",), 2, workers=1, names=("thailand",), code=CODE)
    assert path.exists()
    assert list(table["code"]) == ["D", "E", "G"]
    assert (np.diff(table[["low95", "low80", "median", "high80", "high95"]], axis=1) >= 0).all()
    assert table["error"].tolist() == pytest.approx((table["median"] - table[LATE]).tolist())
    rising = table["2021"] > table["2017"]
    assert (table["logistic: error"][rising] > table["last value: error"][rising]).all()
