"""Worlds of shops from textbooks: many SKUs that are each the same shop, so that one replay is many histories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings import Settings
from optimizer.simulation.outcome import Outcome
from optimizer.simulation.world import World

FIRST = dt.date(2026, 6, 1)


def shops(units: np.ndarray, hold: float, lose: float, lead: int, stock: float) -> World:
    """A world of shops (S,) whose customers want `units` (S, weeks); goods come `lead` weeks after the order. What is
    left costs `hold` a unit and week, what is lost `lose`; nothing else costs anything.
    """
    names = np.array([f"S{place:04d}" for place in range(len(units))], dtype=object)
    tables = {
        "countries": typed("countries", {"country": ["CN"], "customs_territory": ["CN"]}),
        "locations": typed("locations", {"location": ["F", "W"], "kind": ["supplier", "domestic"], "country": "CN"}),
        "regions": typed("regions", {"region": ["R"], "country": ["CN"]}),
        "skus": typed("skus", {"sku": names, "origin_country": "CN", "unit_weight_kg": 1.0, "unit_volume_m3": 1.0,
                               "goodwill": lose}),
        "prices": typed("prices", {"sku": names, "region": "R", "price": 0.0}),
        "sourcing": typed("sourcing", {"sku": names, "supplier": "F", "unit_cost": 0.0}),
        "lanes": typed("lanes", {"lane": ["buy"], "origin": "F", "destination": "W", "lead_time_days": 7 * lead}),
        "freight_rates": typed("freight_rates", {"lane": ["buy"], "basis": "m3", "rate": 0.0}),
        "delivery_lanes": typed("delivery_lanes", {"location": ["W"], "region": "R", "delivery_days": 1}),
        "storage_rates": typed("storage_rates", {"location": ["W"], "per_m3_day": hold / 7}),
        "opening_stock": typed("opening_stock", {"location": "W", "sku": names, "units": stock}),
        "demand": typed("demand", {"sku": names, "region": "R", "starts_on": _day(0), "days": 7 * units.shape[1],
                                   "mean": units.sum(axis=1)}),
    }  # fmt: skip
    settings = Settings("shops", "USD", FIRST, (7,) * 12, end_stock="zero")
    scenario = Scenario(settings, {name: tables.get(name, typed(name, {})) for name in SCHEMA})
    sku, week = np.nonzero(units > 0)
    return World(scenario, pd.DataFrame({"sku": names[sku], "region": "R", "week": week, "units": units[sku, week]}))


def told(world: World, mean: float, spread: float, weeks: int, ahead: int, commit: int) -> World:
    """The world to a planner who knows what is wanted in a week on average, and how much that spreads (a standard
    deviation), for so many weeks of a replay; who plans some weeks ahead and decides some of them once for all.
    """
    names, starts = world.scenario["skus"]["sku"].to_numpy(), [_day(week) for week in range(weeks + 2 * ahead)]
    rows = {"sku": np.repeat(names, len(starts)), "region": "R", "starts_on": starts * len(names), "days": 7,
            "mean": mean, "spread": spread}  # fmt: skip
    settings = replace(world.scenario.settings, periods=(7,) * ahead, commit_days=7 * commit)
    scenario = replace(world.scenario, settings=settings).with_tables(demand=typed("demand", rows))
    return replace(world, scenario=scenario)


def weekly_costs(found: Outcome, shops: int, after: int) -> Sequence[float]:
    """Cost of holding and losing of a shop in each week, the first weeks left out, on average over the shops."""
    each = found.by_week[["storage_rent", "lost_sales"]].to_numpy()[after:].sum(axis=1) / shops
    return [float(cost) for cost in each]


def weekly_cost(found: Outcome, shops: int, after: int) -> float:
    """Mean cost of holding and losing of a shop and week, the first weeks left out."""
    return float(np.mean(weekly_costs(found, shops, after)))


def _day(week: int) -> dt.datetime:
    return dt.datetime.combine(FIRST, dt.time()) + dt.timedelta(weeks=week)
