"""What a replay comes to: every cost by line and week, service, and where stock stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Events, Facts, Ledger, play
from optimizer.plan.ledger.cover import Cover
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.mismatch import mismatch_index, mismatched_units
from optimizer.plan.mission import Mission
from optimizer.simulation.containers import cheapest_containers
from optimizer.simulation.ending import best_cover

#: Ages in days from which stock is counted as aged.
AGES = (90, 180, 365)


@dataclass(frozen=True)
class Outcome:
    """What a policy came to. `ledger` holds all that happened; `decide_seconds` (weeks,): how long each week's decision
    took; `missed`: weeks for which the policy found no plan; `gaps` (weeks,): how far each week's plan may be from the
    best one, as a share of its mission cost, NaN where nothing proves it. Money in the scenario's currency, stock that
    is left valued alike for all policies (cost line `end_stock`).
    """

    policy: str
    seed: int
    ledger: Ledger
    decide_seconds: np.ndarray
    missed: int = 0
    gaps: np.ndarray | None = None

    @cached_property
    def costs(self) -> Mapping[str, float]:
        """Amount of each cost line, as the ledger names them."""
        return self.ledger.costs

    @property
    def total_cost(self) -> float:
        """Sum of all cost lines."""
        return self.ledger.total_cost

    @cached_property
    def mission_cost(self) -> float:
        """Freight, rent, tariff and stockout."""
        told = self.ledger.events
        costs = pd.DataFrame({"line": list(self.costs), "amount": list(self.costs.values())})
        return Mission(self.ledger.facts)({"costs": costs, "lost": self.ledger.lost, "deliver": told.deliver})

    @cached_property
    def by_week(self) -> pd.DataFrame:
        """Amount of each cost line (columns) in each week (rows); what the end is worth counts in the last week."""
        count = self.ledger.facts.periods
        columns = {}
        for line, entries in self.ledger.entries.items():
            week = (
                entries["period"].to_numpy(dtype=np.int64) if "period" in entries else np.full(len(entries), count - 1)
            )
            columns[line] = np.zeros(count)
            np.add.at(columns[line], week, np.asarray(entries["amount"], dtype=float))
        return pd.DataFrame(columns)

    @property
    def demand(self) -> float:
        """Units that customers wanted."""
        return float(self.ledger.events.demand["units"].sum())

    @property
    def lost(self) -> float:
        """Units that nobody could have."""
        return float(self.ledger.lost["units"].sum())

    @property
    def fill_rate(self) -> float:
        """Units served / units wanted; 1 where nothing was wanted."""
        return 1.0 - self.lost / self.demand if self.demand > 0 else 1.0

    @cached_property
    def fill_by_week(self) -> np.ndarray:
        """Units served / units wanted in each week (weeks,), 1 where nothing was wanted."""
        wanted, lost = (_by_week(rows, self.ledger.facts) for rows in (self.ledger.events.demand, self.ledger.lost))
        return 1.0 - np.divide(lost, wanted, out=np.zeros_like(lost), where=wanted > 0)

    @cached_property
    def mismatch(self) -> float:
        """The mismatch index."""
        return mismatch_index(self.ledger)

    @cached_property
    def mismatched(self) -> float:
        """Units short in one place while they stood idle in another."""
        return mismatched_units(self.ledger)

    @cached_property
    def aged_units(self) -> Mapping[int, float]:
        """Units on hand at the end by least age in days."""
        stock, last = self.ledger.stock, self.ledger.facts.periods - 1
        return {
            age: float(sum(stock.aged(place, last, age).sum() for place in range(len(stock.locations)))) for age in AGES
        }

    @property
    def cleared(self) -> float:
        """Units cleared or disposed of."""
        delivered = self.ledger.delivered
        return float(delivered.loc[delivered["region_kind"] != "customers", "units"].sum())

    @cached_property
    def freight_by_mode(self) -> Mapping[str, float]:
        """Freight, container charges and fees of departures by mode."""
        lines = ("first_leg_freight", "container_charges", "departure_fees")
        rows = pd.concat([self.ledger.entries[line][["lane", "amount"]] for line in lines], ignore_index=True)
        found = rows.groupby(look_up(rows["lane"], self.ledger.facts.lanes["mode"]))["amount"].sum()
        return {str(mode): float(amount) for mode, amount in found.items()}

    @property
    def end_units(self) -> float:
        """Units that are left at the end, those under way too."""
        return float(self.ledger.left["units"].sum())

    @property
    def end_value(self) -> float:
        """What they are worth."""
        return -self.costs["end_stock"]

    @cached_property
    def stock_by_week(self) -> np.ndarray:
        """Units on hand in all places at the end of each week (weeks,)."""
        return self.ledger.stock.on_hand.sum(axis=(0, 1))

    def as_dict(self) -> dict[str, object]:
        """The measures as plain values for JSON."""
        return {
            "policy": self.policy, "seed": self.seed, "total_cost": self.total_cost, "mission_cost": self.mission_cost,
            "costs": dict(self.costs), "demand": self.demand, "lost": self.lost, "fill_rate": self.fill_rate,
            "mismatch": self.mismatch, "mismatched_units": self.mismatched,
            "aged_units": {str(age): units for age, units in self.aged_units.items()}, "cleared": self.cleared,
            "freight_by_mode": dict(self.freight_by_mode), "end_units": self.end_units, "end_value": self.end_value,
            "by_week": {line: amounts.tolist() for line, amounts in self.by_week.items()},
            "fill_by_week": self.fill_by_week.tolist(), "stock_by_week": self.stock_by_week.tolist(),
            "missed": self.missed, "decide_seconds": self.decide_seconds.tolist(),
            "gaps": [] if self.gaps is None else [gap if np.isfinite(gap) else None for gap in self.gaps.tolist()],
        }  # fmt: skip


def accounted(events: Events, cover: Cover) -> Ledger:
    """The ledger of what happened, with the containers that it took and the best use of what is left."""
    first = replace(play(cover.facts, events), cover=cover)
    events = replace(events, containers=cheapest_containers(first), end_cover=best_cover(first))
    return replace(first, events=events)


def _by_week(rows: pd.DataFrame, facts: Facts) -> np.ndarray:
    units = np.zeros(facts.periods)
    np.add.at(units, rows["period"].to_numpy(dtype=np.int64), rows["units"].to_numpy(dtype=float))
    return units
