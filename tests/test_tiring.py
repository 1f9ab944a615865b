"""What tires a household does not tire it for good: years of outreach leave later visits most of their effect."""

import numpy as np

from cashless_sim.scenario.recipe import Scenario


def test_history_leaves_later_visits_most_of_their_effect():
    model = Scenario.load("hung-yen").with_(households=2_000, end="2026-12").build(seed=1)
    fatigue = 1 - next(rule for rule in model.settings.rules if type(rule).__name__ == "Consider").fatigue
    model.run()
    left = fatigue ** np.maximum(model.columns.stored("contacts").astype(float) - 1, 0)
    assert left.mean() > 0.8


def test_messages_and_broadcasts_do_not_tire():
    plan = Scenario.load("no-outreach").with_(households=2_000, end="2018-12")
    sms = {"name": "sms", "channel": "sms", "start": "2017-06", "end": "2018-12"}
    model = plan.with_campaign(sms).build(seed=1)
    model.run()
    assert not model.columns.stored("contacts").any()
    assert model.columns.stored("reached_by").any()


def test_many_visits_in_a_row_do_tire():
    plan = Scenario.load("no-outreach").with_(households=2_000, end="2017-12")
    visits = {"name": "v", "channel": "home-visit", "start": "2017-08", "end": "2017-12", "capacity": 10_000_000}
    model = plan.with_campaign(visits).build(seed=1)
    model.run()
    assert (model.columns.stored("contacts") == 5).all()
