"""A world drawn from what a scenario itself expects: for replays where no later history is known."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from optimizer.forecast.predict import predict
from optimizer.plan.ledger import Facts
from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.scene import WEEK
from optimizer.simulation.world import World


def drawn(scenario: Scenario, weeks: int, seed: int) -> World:
    """So many weeks of demand as the scenario's forecast, told or learnt from its sales, says it may come, in whole
    units; after them the forecast's mean, for which what is left is worth something, as long as that counts.
    """
    after = math.ceil(Facts(scenario).cover_days / WEEK) + 1
    first = np.datetime64(scenario.settings.starts_on, "D")
    starts = first + np.arange(weeks + after) * WEEK * DAY
    forecast = predict(scenario, starts, starts + WEEK * DAY)
    units = np.concatenate([np.round(forecast.draw(1, seed)[0][:, :weeks]), forecast.mean[:, weeks:]], axis=1)
    customers = scenario["regions"].loc[scenario["regions"]["kind"] == "customers", "region"]
    pair, week = np.nonzero((units > 0) & np.isin(forecast.region, customers.to_numpy(dtype=object))[:, None])
    rows = {"sku": forecast.sku[pair], "region": forecast.region[pair], "week": week, "units": units[pair, week]}
    return World(scenario, pd.DataFrame(rows))
