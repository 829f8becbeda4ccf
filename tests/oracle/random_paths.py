"""Random sample paths for small sellers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from optimizer.scenario.departures import departures
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario

#: Lengths of the commit window.
WINDOWS = (7, 9, 14, 21)


def with_random_paths(scenario: Scenario, seed: int, count: int | None = None, idle: float = 0.0) -> Scenario:
    """The scenario with two or three paths of uneven weight, or so many, on which demand and arrivals differ, and a
    window. On each path about a share `idle` of all pairs of a product and a region want nothing.
    """
    random = np.random.default_rng([seed, 7])
    count = count or int(random.integers(2, 4))
    weights = random.dirichlet(np.full(count, 3.0))
    demand, trips = scenario["demand"], departures(scenario)
    pair = demand.groupby(["sku", "region"]).ngroup().to_numpy()
    wants = np.random.default_rng([seed, 8]).random((count, len(demand)))[:, pair] >= idle
    wanted = [
        demand[["sku", "region", "starts_on", "days"]].assign(
            path=path, units=np.round(demand["mean"] * random.uniform(0.2, 2.0, len(demand)), 1) * wants[path - 1]
        )
        for path in range(1, count + 1)
    ]
    late = [
        trips[["lane", "departs_on"]].assign(path=path, late_days=random.choice([0, 0, 2, 5, 12], len(trips)))
        for path in range(1, count + 1)
    ]
    settings = scenario.settings
    return replace(
        scenario,
        settings=replace(
            settings,
            change_rate=0.0,
            commit_days=int(random.choice(WINDOWS)),
            solve=replace(settings.solve, paths=count),
        ),
        tables={
            **scenario.tables,
            "paths": typed("paths", {"path": np.arange(1, count + 1), "weight": weights}),
            "path_demand": _typed("path_demand", wanted),
            "path_delays": _typed("path_delays", late),
        },
    )


def _typed(table: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    rows = pd.concat(parts, ignore_index=True)
    return typed(table, {name: rows[name].to_numpy() for name in rows.columns})
