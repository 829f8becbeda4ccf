"""Small worlds for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from optimizer.scenario.scenario import Scenario
from optimizer.simulation.world import World
from tests.plan.making import BASE, scenario

Row = dict[str, Any]


def world(units: Iterable[float], settings: Mapping[str, Any] | None = None, **tables: list[Row]) -> World:
    """The base scenario of `tests.plan.making` where region US really wants so many units of A in each week."""
    return World(scenario(settings, **tables), wanted(units))


def wanted(units: Iterable[float], sku: str = "A", region: str = "US") -> pd.DataFrame:
    """Rows of real demand, week after week."""
    rows = [{"sku": sku, "region": region, "week": week, "units": float(amount)} for week, amount in enumerate(units)]
    return pd.DataFrame(rows, columns=["sku", "region", "week", "units"])


__all__ = ["BASE", "Scenario", "wanted", "world"]
