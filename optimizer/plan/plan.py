"""A plan: decisions in a planner's tables, what they cost, and how good they are proven to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from optimizer.scenario.scenario import Scenario

#: Columns of every plan table, in order; the first ones up to the period or bucket are the key.
PLAN_TABLES: dict[str, tuple[str, ...]] = {
    "ship": ("lane", "sku", "period", "units", "cases"),
    "containers": ("lane", "container_type", "period", "containers"),
    "charged": ("lane", "basis", "period", "from_quantity", "charged"),
    "deliver": ("location", "region", "sku", "period", "units"),
    "lost": ("region", "sku", "period", "units"),
    "on_hand": ("location", "sku", "period", "units"),
    "aged": ("location", "sku", "period", "from_age_days", "units"),
    "overflow": ("location", "period", "kind", "volume_m3"),
    "target_shortfall": ("location", "sku", "period", "units"),
    "end_cover": ("location", "region", "sku", "bucket", "units"),
    "costs": ("line", "amount"),
}

#: What a plan for several sample paths does on each of them, after what is decided now; such a plan's other tables hold
#: what is expected. Movements alone: the rest follows from them.
PATH_TABLES: dict[str, tuple[str, ...]] = {
    "path_ship": ("path", "lane", "sku", "period", "units"),
    "path_deliver": ("path", "location", "region", "sku", "period", "units"),
    "path_end_cover": ("path", "location", "region", "sku", "bucket", "units"),
}


def plan_tables(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """The tables of a plan of a scenario, with their columns."""
    return PLAN_TABLES | PATH_TABLES if len(scenario["paths"]) > 1 else PLAN_TABLES


@dataclass(frozen=True)
class Plan:
    """Tables as `plan_tables` names them, the proven lower bound on the total cost, and how they were found.

    `status` is "optimal" (within the gap asked for) or "feasible" (the best found within the limits). `seconds` holds
    wall time by stage.
    """

    scenario: Scenario
    tables: Mapping[str, pd.DataFrame]
    bound: float
    status: str
    solver: str
    seconds: Mapping[str, float] = field(default_factory=dict)

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    @property
    def costs(self) -> dict[str, float]:
        """Amount of each cost line, as the formulation states it."""
        return dict(zip(self["costs"]["line"], self["costs"]["amount"], strict=True))

    @property
    def total_cost(self) -> float:
        """Sum of all cost lines."""
        return float(self["costs"]["amount"].sum())
