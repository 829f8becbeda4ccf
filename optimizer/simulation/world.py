"""What really happens: the demand of every week, and how late every departure is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from optimizer.errors import Refused
from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.cover import Cover
from optimizer.scenario.calendar import DAY
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.rows import in_rows
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.lateness import delays
from optimizer.simulation.scene import WEEK, Scene, weekly


@dataclass(frozen=True)
class World:
    """A scenario as it is known at the start, and the demand that really comes.

    `demand`: sku, region, week (0 is the first one of the scenario), units. Weeks beyond the replay say what the stock
    that is left is wanted for; after the last one demand goes on as in its last four weeks. Raises Refused for rows
    that name what the scenario does not know, or that are no units.
    """

    scenario: Scenario
    demand: pd.DataFrame

    def __post_init__(self) -> None:
        if found := [*self._unknown(), *self._no_units()]:
            raise Refused(found)

    def scene(self, weeks: int) -> Scene:
        """The network over so many weeks; made once."""
        if weeks not in self._scenes:
            self._scenes[weeks] = Scene(self.scenario, weeks)
        return self._scenes[weeks]

    def truth(self, weeks: int) -> Facts:
        """What the ledger must know of so many weeks with the demand that really comes; made once."""
        if weeks not in self._truths:
            real = weekly(self.scenario, weeks)
            self._truths[weeks] = Facts(real.with_tables(demand=self._table(weeks), sales=typed("sales", {})))
        return self._truths[weeks]

    def cover(self, weeks: int) -> Cover:
        """The worth of what so many weeks leave, the same for every policy; made once."""
        if weeks not in self._covers:
            self._covers[weeks] = Cover(self.truth(weeks))
        return self._covers[weeks]

    def delays(self, weeks: int, seed: int) -> np.ndarray:
        """Days by which each departure is late (lanes, weeks): the same for every policy."""
        return delays(self.scene(weeks), seed)

    def wanted(self, weeks: int) -> np.ndarray:
        """Units wanted (customers regions, SKUs, weeks)."""
        scene, rows = self.scene(weeks), self.demand[self.demand["week"].between(0, weeks - 1)]
        units = np.zeros((len(scene.customers), len(scene.skus), weeks))
        region, sku = scene.customers.get_indexer(rows["region"]), scene.skus.get_indexer(rows["sku"])
        np.add.at(units, (region, sku, rows["week"].to_numpy(dtype=np.int64)), rows["units"].to_numpy(dtype=float))
        return units

    @cached_property
    def _scenes(self) -> dict[int, Scene]:
        return {}

    @cached_property
    def _covers(self) -> dict[int, Cover]:
        return {}

    @cached_property
    def _truths(self) -> dict[int, Facts]:
        return {}

    def _table(self, weeks: int) -> pd.DataFrame:
        """The real demand as the table `demand`; it speaks of the whole replay, and of the weeks after it."""
        rows = self.demand.groupby(["sku", "region", "week"], as_index=False)["units"].sum()
        rows = rows[rows["week"] >= 0]
        first = np.datetime64(self.scenario.settings.starts_on, "D")
        last = max(weeks - 1, int(rows["week"].max()) if len(rows) else 0)
        if len(rows) and not (rows["week"] == last).any():  # the table's end says from when on the tail goes on
            rows = pd.concat([rows, rows.iloc[:1].assign(week=last, units=0.0)], ignore_index=True)
        return typed(
            "demand",
            {"sku": rows["sku"].to_numpy(), "region": rows["region"].to_numpy(),
             "starts_on": first + rows["week"].to_numpy(dtype=np.int64) * WEEK * DAY, "days": WEEK,
             "mean": rows["units"].to_numpy(dtype=float)},
        )  # fmt: skip

    def _unknown(self):
        for column, table in (("sku", "skus"), ("region", "regions")):
            known = self.scenario[table]
            known = known[known["kind"] == "customers"][column] if column == "region" else known[column]
            wrong = ~self.demand[column].isin(known)
            rule = f"the scenario has no such {'customers region' if column == 'region' else 'SKU'}"
            yield from in_rows("demand", self.demand, wrong, column, rule, f"Add it to {table}, or remove the row")

    def _no_units(self):
        units = pd.to_numeric(self.demand["units"], errors="coerce")
        wrong = ~(np.isfinite(units) & (units >= 0))
        remedy = "Take returns from the sales before them, and leave out weeks that are not known"
        yield from in_rows("demand", self.demand, wrong, "units", "real demand is 0 units or more", remedy)
