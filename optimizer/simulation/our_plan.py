"""Our plan, made anew each week with what is known, of which this week's decisions are carried out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from optimizer import solve
from optimizer.errors import NoPlan
from optimizer.plan.measures import measure
from optimizer.plan.plan import Plan
from optimizer.scenario.scenario import Scenario
from optimizer.search.means import Means
from optimizer.search.stored_start import Start, start_of
from optimizer.simulation.due import as_far_as_there, due_now, not_in
from optimizer.simulation.placing import no_shipments
from optimizer.simulation.policy import Decisions, Known
from optimizer.simulation.rolled import looking, without_transfers
from optimizer.solvers.solver import Limits

#: Keys of what is shipped, and of what is delivered in a period.
SHIP, DELIVER = ["lane", "sku", "period"], ["location", "region", "sku"]


@dataclass
class OurPlan:
    """The scenario of each week given to `solve.plan`: with `paths` sample paths, or for the mean alone (1).

    `seconds`, `threads`, `gap` (of the mission cost), `method`: how hard each week's plan is sought; it starts from the
    prices and shipments of the week before. `horizon`: weeks ahead, those of the scenario where None. `transfers`:
    goods may move between overseas warehouses; of goods that seldom sell a plan that decides all now may balance what
    the next week unbalances, and pay each time. `as_planned`: customers are served from where the plan serves them
    first; otherwise, as with every rule, from where it is best once it is known what they want. In a week for which no
    plan is found what the last one decided for it is carried out, as far as there is stock for it.
    """

    paths: int = 1
    seconds: float = 20.0
    threads: int = 1
    gap: float = 0.005
    method: str = "auto"
    horizon: int | None = None
    transfers: bool = True
    as_planned: bool = False
    name: str = "our-plan"
    _start: Start | None = field(default=None, repr=False)
    #: What the last plan ships: lane, sku, week, units, without what was carried out.
    _ship: pd.DataFrame = field(default_factory=no_shipments, repr=False)

    def decide(self, known: Known) -> Decisions:
        """Plan from this week on, and do what is due."""
        if known.week == 0:  # a new replay
            self._start, self._ship = None, no_shipments()
        kept: list[pd.DataFrame] = []
        try:
            plan = solve.plan(
                self._scenario(known.scenario),
                method=self.method,
                limits=Limits(seconds=self.seconds, threads=self.threads, seed=known.scenario.settings.solve.seed),
                gap=self.gap,
                means=Means(start=self._start, keep=kept.append),
            )
        except NoPlan:
            return Decisions(as_far_as_there(known, self._due(known)), missed=True)
        self._start = start_of(plan, kept[-1] if kept else None)
        self._ship = shipments(plan, known)
        reckoned = taken_now(plan, known.scene.customers)
        return Decisions(self._due(known), self._deliver(plan, known), reckoned=reckoned, gap=measure(plan).gap_share)

    def _due(self, known: Known) -> pd.DataFrame:
        """What the last plan ships that is due now; it is not due again."""
        now = due_now(known, self._ship)
        self._ship = not_in(self._ship, now)
        return now

    def _scenario(self, scenario: Scenario) -> Scenario:
        seen = scenario if self.horizon is None else looking(scenario, self.horizon)
        seen = seen if self.transfers else without_transfers(seen)
        return replace(seen, settings=replace(seen.settings, solve=replace(seen.settings.solve, paths=self.paths)))

    def _deliver(self, plan: Plan, known: Known) -> pd.DataFrame:
        """From where this week's customers are served, where that is to be as planned, and what is cleared."""
        rows = deliveries_now(plan)
        if not self.as_planned:
            rows = rows[~rows["region"].isin(known.scene.customers)]
        return rows[["location", "region", "sku", "units"]].reset_index(drop=True)


def shipments(plan: Plan, known: Known) -> pd.DataFrame:
    """What a plan that begins in this week ships: lane, sku, week (of the replay), units; with several sample paths
    what is decided now. What it tells of later shipments is a mean over the paths, which none of them ships.
    """
    ship = plan["ship"]
    if "path_ship" in plan.tables:
        later = pd.MultiIndex.from_frame(plan["path_ship"][SHIP])
        ship = ship[~pd.MultiIndex.from_frame(ship[SHIP]).isin(later)]
    return ship.assign(week=ship["period"] + known.week)[["lane", "sku", "week", "units"]]


def taken_now(plan: Plan, customers: pd.Index) -> pd.DataFrame:
    """What a plan reckons that customers take in its first period: location, sku, units; with several sample paths on
    the one on which they take most.
    """
    rows = plan["path_deliver"] if "path_deliver" in plan.tables else plan["deliver"].assign(path=1)
    rows = rows[(rows["period"] == 0) & rows["region"].isin(customers)]
    units = rows.groupby(["path", "location", "sku"], as_index=False)["units"].sum()
    return units.groupby(["location", "sku"], as_index=False)["units"].max()


def deliveries_now(plan: Plan) -> pd.DataFrame:
    """What a plan delivers, clears and disposes of in its first period: location, region, sku, units; with several
    sample paths as much as it does on each of them.
    """
    if "path_deliver" not in plan.tables:
        rows = plan["deliver"]
        return rows[rows["period"] == 0][[*DELIVER, "units"]]
    rows = plan["path_deliver"]
    units = rows[rows["period"] == 0].groupby(DELIVER)["units"].agg(["min", "count"])
    everywhere = units["count"] == len(plan.scenario["paths"])
    return units.loc[everywhere, "min"].rename("units").reset_index()
