"""The search by prices over several sample paths: plans are verified on each of them, bounds are ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.forecast.complete import complete
from optimizer.forecast.paths import with_paths
from optimizer.network.horizon import bucket_ends
from optimizer.scenario.scenario import Scenario
from optimizer.search.dealt import shares
from optimizer.solve import plan
from optimizer.solvers.solver import Limits
from tests.decomposition.parts import catalogue

ALONE, TWO = Limits(seconds=20, threads=1), Limits(seconds=25, threads=2)


def over_paths(seed: int, skus: int, paths: int, commit_days: int) -> Scenario:
    """A generated catalogue whose demand and ships are uncertain."""
    made = catalogue(seed, skus)
    settings = replace(made.settings, commit_days=commit_days, solve=replace(made.settings.solve, paths=paths))
    lanes, demand = made["lanes"], made["demand"]
    return replace(made, settings=settings).with_tables(
        lanes=lanes.assign(lead_time_p90_days=1.3 * lanes["lead_time_days"]),
        demand=demand.assign(spread=0.5 * demand["mean"]),
    )


@pytest.mark.slow
@pytest.mark.parametrize("commit_days", [28, 366])
def test_plans_keep_every_rule_on_each_path_and_lie_between_bound_and_what_the_whole_program_knows(commit_days: int):
    made = over_paths(1, 4, 3, commit_days)
    found = plan(made, limits=ALONE, gap=0.05, method="prices")
    known = plan(made, limits=ALONE, gap=0.01, method="whole")
    assert len(found.scenario["paths"]) == 3 and len(found["path_deliver"]) > 0
    assert ("path_ship" in found.tables and len(found["path_ship"]) > 0) == (commit_days == 28)
    assert -np.inf < found.bound <= min(found.total_cost, known.total_cost) + 1e-4
    assert known.bound <= found.total_cost + 1e-4


def test_every_worker_has_the_paths_of_the_catalogue():
    """Were each to draw its own, what SKUs share would not be the same on a path."""
    made = over_paths(2, 6, 3, 28)
    mean = complete(made)
    drawn = with_paths(mean, made, bucket_ends(mean))
    parts = shares(drawn, 2)
    told = pd.concat([part.scenario["path_demand"] for part in parts])
    key = ["path", "sku", "region", "starts_on"]
    assert len(parts) == 2 and all(part.scenario["paths"].equals(drawn["paths"]) for part in parts)
    pd.testing.assert_frame_equal(
        told.sort_values(key, ignore_index=True), drawn["path_demand"].sort_values(key, ignore_index=True)
    )


@pytest.mark.slow
def test_two_workers_plan_for_paths_as_one_does():
    made = over_paths(2, 12, 4, 28)
    alone, crew = (plan(made, limits=limits, gap=0.25, method="prices") for limits in (ALONE, TWO))
    assert alone.bound <= crew.total_cost + 1e-4 and crew.bound <= alone.total_cost + 1e-4
    assert crew.scenario["path_demand"].equals(alone.scenario["path_demand"])
