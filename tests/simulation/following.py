"""Policies and worlds that the tests of this room share."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.forecast.demand import demand
from optimizer.plan.plan import Plan
from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.due import due_now, still_to_send
from optimizer.simulation.policy import Decisions, Known
from optimizer.simulation.world import World

WEEK = 7


class Follows:
    """Carries out a plan as it stands, whatever happens."""

    name = "follows"

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def decide(self, known: Known) -> Decisions:
        ship = self.plan["ship"].rename(columns={"period": "week"})[["lane", "sku", "week", "units"]]
        deliver = self.plan["deliver"]
        return Decisions(
            due_now(known, still_to_send(known, ship)), deliver[deliver["period"] == known.week], serve_rest=False
        )


def as_expected(scenario: Scenario, weeks: int) -> World:
    """A world in which exactly the mean of the table of demand is wanted, for so many weeks and 20 after them."""
    told = demand(scenario)
    starts = np.datetime64(scenario.settings.starts_on, "D") + np.arange(weeks + 20) * WEEK * DAY
    units = told.between(starts, starts + WEEK * DAY)
    pair, week = np.nonzero(units > 0)
    return World(
        scenario,
        pd.DataFrame(
            {"sku": told.series.sku[pair], "region": told.series.region[pair], "week": week, "units": units[pair, week]}
        ),
    )
