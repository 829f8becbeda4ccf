"""The figures by which plans are held against each other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from optimizer.plan.ledger import Ledger, account
from optimizer.plan.ledger.ledger import LINES
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.measures import Measures, first_legs, measure
from optimizer.plan.plan import Plan
from optimizer.report.spending import mission_parts

#: Groups of figures, in the order in which they are shown.
GROUPS = ("key", "mission", "line", "mode", "container")
#: Kind of each key figure, as `report.values` shows it.
KEY = {
    "total_cost": "money", "mission_cost": "money", "gap": "money", "gap_share": "share", "fill_rate": "share",
    "lost": "units", "mismatch": "share", "days_of_cover": "volume", "direct_mail": "share",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One figure of a plan: `group` and `name` say which, `kind` how it is shown; NaN where there is none."""

    group: str
    name: str
    kind: str
    value: float


@dataclass(frozen=True)
class Figures:
    """All figures of a plan, with its bound and how the search ended."""

    values: tuple[Figure, ...]
    bound: float
    status: str
    seconds: float

    def __getitem__(self, key: tuple[str, str]) -> float:
        """A figure by group and name; 0 where the plan has no such mode, container or cost."""
        found = self._by_key.get(key)
        return 0.0 if found is None else found

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], float]:
        return {(figure.group, figure.name): figure.value for figure in self.values}

    @property
    def total_cost(self) -> float:
        """The plan's total cost."""
        return self["key", "total_cost"]

    @property
    def gap(self) -> float:
        """How much cheaper a plan could be at most; infinite where no bound is known."""
        return max(self.total_cost - self.bound, 0.0)


def figures(plan: Plan, seconds: float) -> Figures:
    """The figures of a plan, for which a search took so many `seconds`."""
    ledger = account(plan)
    measures = measure(plan, ledger=ledger)
    return Figures(tuple(_all(plan, ledger, measures)), plan.bound, plan.status, seconds)


def _all(plan: Plan, ledger: Ledger, measures: Measures) -> Iterator[Figure]:
    told = {**measures.as_dict(), "direct_mail": _direct_mail(ledger, measures)}
    for name, kind in KEY.items():
        value = told[name]
        yield Figure("key", name, kind, math.nan if value is None else float(value))
    for part, amount in mission_parts(ledger, measures).items():
        yield Figure("mission", part, "money", amount)
    for line in LINES:
        yield Figure("line", line, "money", measures.costs.get(line, 0.0))
    for mode, share in _modes(ledger).items():
        yield Figure("mode", mode, "share", share)
    booked = plan["containers"].groupby("container_type", sort=True)["containers"].sum()
    for kind, count in booked[booked > 0].items():
        yield Figure("container", str(kind), "units", float(count))
    yield Figure("container", "container_fill", "share", measures.container_fill)  # NaN without containers


def _direct_mail(ledger: Ledger, measures: Measures) -> float:
    """Share of the units served that cross a customs border as parcels."""
    rows = ledger.delivered[ledger.delivered["region_kind"] == "customers"]
    mailed = float(rows.loc[~rows["local"].astype(bool), "units"].sum())
    return mailed / measures.delivered if measures.delivered > 0 else math.nan


def _modes(ledger: Ledger) -> dict[str, float]:
    """Share of each mode in the volume of first legs, from home to the warehouses overseas."""
    rows, lanes = ledger.shipped, ledger.facts.lanes
    rows = rows[look_up(rows["lane"], first_legs(lanes)).to_numpy(dtype=bool)]
    volume = rows["volume_m3"].groupby(look_up(rows["lane"], lanes["mode"]).to_numpy(dtype=object)).sum()
    total = float(volume.sum())
    found = pd.Series(volume / total if total > 0 else volume).sort_index()
    return {str(mode) or "-": float(share) for mode, share in found.items()}
