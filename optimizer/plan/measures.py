"""How good a plan is, in the numbers that a planner asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger, account
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.mismatch import mismatch_index
from optimizer.plan.mission import Mission, mission_floor
from optimizer.plan.plan import Plan

#: Ages in days from which stock is counted as aged.
AGES = (90, 180, 365)


@dataclass(frozen=True)
class Measures:
    """Measures of a plan; money in the scenario's currency, quantities in units.

    `gap_share`: `gap` as a share of `gap_base`, the mission cost or its floor (`floor_acts`). `fill_rate`: delivered /
    demand. `days_of_cover`: mean stock on hand / mean daily demand. `aged_units`: on hand at the end, by least age in
    days. `container_fill`: volume aboard / volume of the containers, NaN without containers. `landed_cost_per_unit`:
    a unit's mean purchase price + mean cost of freight, duty and handling of a unit that lands overseas, NaN without
    either. `freight_by_mode`: freight, container charges and fees of departures.
    """

    total_cost: float
    costs: Mapping[str, float]
    mission_cost: float
    bound: float
    gap: float
    gap_share: float
    gap_base: float
    floor_acts: bool
    demand: float
    delivered: float
    lost: float
    fill_rate: float
    days_of_cover: float
    aged_units: Mapping[int, float]
    container_fill: float
    landed_cost_per_unit: float
    freight_by_mode: Mapping[str, float]
    cleared: float
    mismatch: float

    def as_dict(self) -> dict[str, Any]:
        """The measures as plain values for JSON; what has no value is None."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def measure(plan: Plan, best_mission: float = np.inf, ledger: Ledger | None = None) -> Measures:
    """Measure a plan; `best_mission`: mission cost of the best recorded plan of the scenario, if there is one."""
    ledger = ledger or account(plan)
    facts = ledger.facts
    mission = Mission(facts)(plan.tables)
    floor = mission_floor(facts, ledger.events.demand)
    gap, base = plan.total_cost - plan.bound, max(min(mission, best_mission), floor)
    return Measures(
        total_cost=plan.total_cost, costs=plan.costs, mission_cost=mission, bound=plan.bound,
        gap=gap, gap_share=_ratio(gap, base), gap_base=base, floor_acts=min(mission, best_mission) < floor,
        **_service(ledger),
        days_of_cover=_days_of_cover(ledger), aged_units=_aged(ledger), container_fill=_container_fill(ledger),
        landed_cost_per_unit=_landed_cost_per_unit(ledger), freight_by_mode=_freight_by_mode(ledger),
        cleared=float(ledger.delivered.loc[ledger.delivered["region_kind"] != "customers", "units"].sum()),
        mismatch=mismatch_index(ledger),
    )  # fmt: skip


def _service(ledger: Ledger) -> dict[str, float]:
    demand = float(ledger.events.demand["units"].sum())
    served = float(ledger.delivered.loc[ledger.delivered["region_kind"] == "customers", "units"].sum())
    return {"demand": demand, "delivered": served, "lost": float(ledger.lost["units"].sum()),
            "fill_rate": min(served / demand, 1.0) if demand > 0 else 1.0}  # fmt: skip


def _days_of_cover(ledger: Ledger) -> float:
    days = ledger.facts.calendar.days
    standing = float((ledger.stock.on_hand.sum(axis=(0, 1)) * days).sum())
    return _ratio(standing, float(ledger.events.demand["units"].sum()))


def _aged(ledger: Ledger) -> dict[int, float]:
    last, places = ledger.facts.periods - 1, range(len(ledger.stock.locations))
    return {age: float(sum(ledger.stock.aged(place, last, age).sum() for place in places)) for age in AGES}


def _container_fill(ledger: Ledger) -> float:
    booked = ledger.events.containers
    room = ledger.facts.scenario["container_types"].set_index("container_type")["volume_m3"]
    aboard = ledger.loaded[look_up(ledger.loaded["lane"], ledger.facts.lanes["in_containers"])]
    volume = booked["containers"] * look_up(booked["container_type"], room)
    return _ratio(float(aboard["volume_m3"].sum()), float(volume.sum()))


def _landed_cost_per_unit(ledger: Ledger) -> float:
    shipped, lanes = ledger.shipped, ledger.facts.lanes
    straight = ledger.delivered.loc[ledger.delivered["supplied"], "units"].sum()
    bought = float(shipped.loc[shipped["origin_kind"] == "supplier", "units"].sum() + straight)
    landed = float(shipped.loc[look_up(shipped["lane"], first_legs(lanes)), "units"].sum())
    lines = ("first_leg_freight", "container_charges", "departure_fees", "duty", "inbound_handling")
    home = lanes["origin_kind"].isin(["supplier", "domestic"])
    moved = sum(_sum_where(ledger.entries[line], home) for line in lines)
    return _ratio(ledger.costs["purchase"], bought) + _ratio(moved, landed)


def first_legs(lanes: pd.DataFrame) -> pd.Series:
    """Whether each lane brings goods from home to an overseas location or a marketplace."""
    abroad = lanes["destination_kind"].isin(["overseas", "marketplace"])
    return lanes["origin_kind"].isin(["supplier", "domestic"]) & abroad


def _sum_where(entries: pd.DataFrame, lanes: pd.Series) -> float:
    return float(entries.loc[look_up(entries["lane"], lanes), "amount"].sum())


def _freight_by_mode(ledger: Ledger) -> dict[str, float]:
    lines = ("first_leg_freight", "container_charges", "departure_fees")
    rows = pd.concat([ledger.entries[line][["lane", "amount"]] for line in lines], ignore_index=True)
    by_mode = rows.groupby(look_up(rows["lane"], ledger.facts.lanes["mode"]))["amount"].sum()
    return {str(mode): float(amount) for mode, amount in by_mode.items()}


def _ratio(amount: float, over: float) -> float:
    return amount / over if over > 0 else float("nan")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return float(value) if np.isfinite(value) else None
    return value
