"""Textbook newsvendors: the buffer that sample paths decide costs what the best one is known to cost."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from optimizer import solve
from optimizer.forecast.told import QUANTILES
from optimizer.scenario.scenario import Scenario
from tests.instances.published import demand_table, goods, scenario

PATHS = 20
#: A single period whose demand is that of lead time + 1 periods (Snyder and Shen, section 4.3).
NAMES = ("example_4_3", "example_4_4")


def given(data: Path, name: str) -> tuple[dict, float]:
    folder = data / "instances/textbook"
    with gzip.open(folder / "stockpyl_instances.json.gz", "rt") as file:
        told = next(row["data"] for row in json.load(file)["instances"] if row["name"] == name)
    with open(folder / "known_answers.csv", encoding="utf-8") as file:
        cost = next(float(row["published_value"]) for row in csv.DictReader(file) if row["instance"] == name)
    return told, cost


def newsvendor(told: dict) -> Scenario:
    """One shelf, filled this morning from a full store behind it; what is left over tonight costs rent, what is
    missing its price.
    """
    periods = told.get("lead_time", 0) + 1
    mean, spread = told["demand_mean"] * periods, told["demand_sd"] * np.sqrt(periods)
    quantiles = {name: mean + spread * norm.ppf(level) for name, level in QUANTILES.items()}
    made = scenario(
        "newsvendor",
        1,
        skus=goods(["A"]),
        locations={"location": ["store", "shelf"], "kind": ["domestic", "overseas"], "country": "X"},
        regions={"region": ["R"], "country": "X"},
        prices={"sku": ["A"], "region": ["R"], "price": [told["stockout_cost"]]},
        lanes={"lane": ["fill"], "origin": ["store"], "destination": ["shelf"], "lead_time_days": [0]},
        freight_rates={"lane": ["fill"], "basis": ["m3"], "rate": [0.0]},
        delivery_lanes={"location": ["shelf"], "region": ["R"], "delivery_days": [0]},
        storage_rates={"location": ["shelf"], "per_m3_day": [told["holding_cost"]]},
        opening_stock={"location": ["store"], "sku": ["A"], "units": [10 * mean]},
        demand={**demand_table([("A", "R", 0, mean)]), **quantiles},
    )
    return replace(made, settings=replace(made.settings, solve=replace(made.settings.solve, paths=PATHS)))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_newsvendor_costs_what_it_is_known_to(data: Path, name: str):
    told, known = given(data, name)
    made = solve.plan(newsvendor(told), gap=0.0)
    assert made.total_cost == pytest.approx(known, rel=0.01)
    assert really(told, float(made["ship"]["units"].sum())) <= 1.01 * known


def really(told: dict, stock: float) -> float:
    """What so much stock costs where demand is normal."""
    periods = told.get("lead_time", 0) + 1
    mean, spread = told["demand_mean"] * periods, told["demand_sd"] * np.sqrt(periods)
    score = (stock - mean) / spread
    missing = spread * (norm.pdf(score) - score * (1 - norm.cdf(score)))
    return told["holding_cost"] * (stock - mean + missing) + told["stockout_cost"] * missing
