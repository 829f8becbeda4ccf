"""Shops whose cost is known: from a textbook, or exactly from a dynamic program."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from benchmarks.shops import shops, weekly_cost
from benchmarks.suites.textbook_table import BASE_STOCK, LEAST
from optimizer.simulation.base_stock import BaseStock
from optimizer.simulation.replay import replay
from tests.simulation.lost_sales import Shop, base_stock_cost, best_cost

#: Holding and stockout cost, mean and standard deviation of demand of Snyder and Shen's example 4.3.
HOLD, LOSE, MEAN, SPREAD = 0.18, 0.70, 50.0, 8.0


def known(data: Path, name: str) -> float:
    with (data / "instances" / "textbook" / "known_answers.csv").open(encoding="utf-8") as file:
        return next(float(row["published_value"]) for row in csv.DictReader(file) if row["instance"] == name)


def test_base_stock_costs_what_the_newsvendor_of_the_textbook_costs(data: Path):
    # Goods are there in the week of the order: every week begins at the level, and is a newsvendor of its own.
    level = stats.norm.ppf(LOSE / (HOLD + LOSE), MEAN, SPREAD)
    wanted = stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000, MEAN, SPREAD)
    units = np.random.default_rng(1).permutation(wanted).reshape(200, 100)
    made = shops(np.maximum(units, 0.0), HOLD, LOSE, 0, level)
    found = replay(made, BaseStock(levels={("W", name): level for name in made.scenario["skus"]["sku"]}), 100, 1)
    assert weekly_cost(found, 200, 0) == pytest.approx(known(data, "example_4_3"), rel=0.01)


@pytest.mark.parametrize("lead", [1, 2, 3])
def test_base_stock_with_lost_sales_costs_what_the_dynamic_program_says(lead: int):
    level = BASE_STOCK[lead].level
    units = np.random.default_rng(lead).poisson(5.0, (200, 110)).astype(float)
    made = shops(units, 1.0, 9.0, lead, float(level))
    found = replay(made, BaseStock(levels={("W", name): level for name in made.scenario["skus"]["sku"]}), 110, 1)
    exact = base_stock_cost(Shop(5.0, lead, 1.0, 9.0), level)
    # 200 shops and 100 weeks after the first ten: 20,000 weeks.
    assert weekly_cost(found, 200, 10) == pytest.approx(exact, rel=0.05)


@pytest.mark.parametrize("lead", [1, 2, 3])
def test_the_dynamic_program_finds_the_costs_that_zipkin_published(lead: int):
    level, by_level = BASE_STOCK[lead]
    shop = Shop(5.0, lead, 1.0, 9.0)
    assert best_cost(shop) == pytest.approx(LEAST[lead], abs=0.006)
    costs = {near: base_stock_cost(shop, near) for near in (level - 1, level, level + 1)}
    assert min(costs, key=lambda near: costs[near]) == level
    assert costs[level] == pytest.approx(by_level, abs=0.006)
