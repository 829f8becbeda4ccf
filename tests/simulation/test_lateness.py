"""How late ships are."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.forecast.lateness import ON_TIME, scale
from optimizer.simulation import lateness
from optimizer.simulation.lateness import delays
from tests.plan.making import BASE
from tests.simulation.worlds import world


def lanes(**p90: int) -> list[dict]:
    return [{**row, "lead_time_p90_days": p90.get(row["lane"])} for row in BASE["lanes"]]


def late(seed: int, weeks: int = 40, **p90: int) -> dict[str, np.ndarray]:
    scene = world([0], lanes=lanes(**p90)).scene(weeks)
    return dict(zip(scene.lanes, delays(scene, seed), strict=True))


def test_half_of_all_departures_are_on_time_and_nine_of_ten_keep_the_p90():
    drawn = np.concatenate([late(seed, 140, move=17)["move"] for seed in range(60)])  # W to E: no border to hold it up
    assert (drawn == 0).mean() == pytest.approx(ON_TIME, abs=0.06)  # a delay below half a day is none
    assert (drawn <= 10).mean() == pytest.approx(0.9, abs=0.02)
    assert drawn.max() > 25  # rarely very late


def test_a_lane_that_tells_no_p90_is_never_late():
    assert not late(1, sea=20)["buy"].any()
    assert late(1, sea=20)["sea"].any()
    assert scale(np.array([14.0, 14.0]), np.array([np.nan, 10.0])).tolist() == [0, 0]


def test_what_holds_up_a_corridor_befalls_all_that_is_under_way_and_what_departs_meanwhile(monkeypatch):
    # Sea takes 14 days and departs on the first day of each week. From day 21 on nothing gets through for 14 days: what
    # left on days 14 and 21 waits for them all, what leaves on day 28 for the last seven, later ones for none.
    monkeypatch.setattr(lateness, "_corridors", lambda scene: {("abroad CN US surface", True): np.array([1])})
    monkeypatch.setattr(lateness, "scale", lambda lead, p90: np.where(np.isnan(p90), 0.0, 1e-9))
    monkeypatch.setattr(lateness, "_stream", lambda seed, name: Once(week=3))
    assert late(1, 7, sea=15)["sea"][:7].tolist() == [0, 0, 14, 14, 7, 0, 0]


class Once:
    """A stream that draws an event for one week alone."""

    def __init__(self, week: int) -> None:
        self.week = week

    def random(self, shape):
        drawn = np.ones(shape)
        drawn[self.week] = 0.0
        return drawn

    def standard_normal(self, shape):
        return np.zeros(shape)


def test_one_more_week_or_lane_leaves_the_other_draws_alone():
    assert (late(3, 40, sea=25)["sea"][:20] == late(3, 20, sea=25)["sea"][:20]).all()
    assert (late(3, 40, sea=25)["sea"] == late(3, 40, sea=25, buy=9)["sea"]).all()
    assert (late(3, 40, sea=25)["sea"] != late(4, 40, sea=25)["sea"]).any()
