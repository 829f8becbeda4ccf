"""What is aboard a departure of a plan, and what it is charged."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger, account
from optimizer.plan.plan import Plan
from optimizer.studies.explain.question import Asked

#: Cost lines of which a departure has its own part.
LINES = ("first_leg_freight", "container_charges", "departure_fees", "inbound_handling", "duty")


@dataclass(frozen=True)
class Aboard:
    """The goods of a departure: volume, weight, units of each SKU (the most first), containers by type; and `charges`:
    what the departure itself costs, by cost line, in the scenario's currency. Expected values where they differ by
    sample path.
    """

    volume_m3: float
    weight_kg: float
    skus: dict[str, float]
    containers: dict[str, float]
    charges: dict[str, float]

    @property
    def charged(self) -> float:
        """What the departure costs in all."""
        return sum(self.charges.values())


def goods_of(plan: Plan, skus: np.ndarray, asked: Asked) -> Aboard:
    """What is aboard the departure that is asked about; `skus`: all that are."""
    ledger = account(_only(plan, skus))
    shipped, booked = (_of(table, asked) for table in (ledger.shipped, ledger.events.containers))
    units = shipped.groupby("sku", observed=True)["units"].sum().sort_values(ascending=False, kind="stable")
    boxes = booked.groupby("container_type", observed=True)["containers"].sum()
    return Aboard(
        float(shipped["volume_m3"].sum()), float(shipped["weight_kg"].sum()),
        {str(sku): float(amount) for sku, amount in units.items()},
        {str(kind): float(amount) for kind, amount in boxes.items() if amount > 0},
        {line: amount for line in LINES if abs(amount := _amount(ledger, line, asked)) > 0},
    )  # fmt: skip


def _only(plan: Plan, skus: np.ndarray) -> Plan:
    """The plan of some SKUs. What they share with others stays whole: nothing else is aboard."""
    tables = {name: table[table["sku"].isin(skus)] if "sku" in table else table for name, table in plan.tables.items()}
    return replace(plan, scenario=plan.scenario.only(skus), tables=tables)


def _amount(ledger: Ledger, line: str, asked: Asked) -> float:
    return float(_of(ledger.entries[line], asked)["amount"].sum())


def _of(table: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    return table[(table["lane"] == asked.lane) & (table["period"] == asked.period)]
