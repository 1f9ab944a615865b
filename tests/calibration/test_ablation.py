"""What is left out of the model is really out, and the rest is as it was."""

import pytest

from cashless_sim.calibration.ablation import ABLATIONS, left_out
from cashless_sim.calibration.priors import FREE
from cashless_sim.calibration.simulate import Reality
from cashless_sim.calibration.targets import register
from cashless_sim.errors import BadValue
from cashless_sim.units import month_number

MIDDLE = {prior.name: prior.at(0.5) for prior in FREE}


@pytest.fixture(scope="module")
def told():
    listed = register("check")
    member = listed.member("contagion-closures")
    names = [target.name for target in listed.targets]
    return {
        name: dict(zip(names, Reality(listed, member, 1500, 1, left_out(name))(MIDDLE, 4), strict=True))
        for name in ("", "all-but-definition", "all-but-closures")
    }


def test_when_only_the_definition_changes_the_count_rises_and_nobody_pays_otherwise(told):
    only = told["all-but-definition"]
    assert only["B.evnnpc.2020-06.all"] > only["B.evnnpc.2019-03.all"] + 0.05
    assert only["D.findex-2022.all"] < told[""]["D.findex-2022.all"] / 2
    assert only["G.findex-2022.all"] < told[""]["G.findex-2022.all"]


def test_closures_alone_move_some(told):
    assert told["all-but-definition"]["D.findex-2022.all"] < told["all-but-closures"]["D.findex-2022.all"]


def test_the_start_is_the_same_whatever_is_left_out(told):
    assert len({told[name]["G.findex-2017.rural-all"] for name in told}) == 1


@pytest.mark.parametrize("name", ABLATIONS)
def test_only_what_is_named_is_left_out(name):
    listed = register("check")
    plain, without = (
        Reality(listed, listed.members[0], 1000, 1, left_out(one)).settings(
            "viet-nam", MIDDLE, 3, month_number("2022-12")
        )
        for one in ("", name)
    )
    assert bool(without.campaigns) == (name == "turnover")
    assert bool(without.closures) == (name != "all-but-definition")
    assert without.turnover == (name != "turnover")
    assert without.observation == plain.observation
    assert without.regulation == plain.regulation


def test_an_unknown_name_is_refused():
    assert left_out("") == ()
    with pytest.raises(BadValue, match="did you mean 'outreach'"):
        left_out("outreech")
