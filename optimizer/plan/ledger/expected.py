"""What a plan for several sample paths comes to: each path is played by itself, and what is expected added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from optimizer.plan.ledger.cover import Cover
from optimizer.plan.ledger.decided import is_now
from optimizer.plan.ledger.demand import period_demand
from optimizer.plan.ledger.events import Events, nothing
from optimizer.plan.ledger.facts import Facts
from optimizer.plan.ledger.ledger import Ledger, play
from optimizer.plan.ledger.selling import deliveries
from optimizer.plan.ledger.stock import Stock
from optimizer.plan.ledger.voyages import aboard, shipments
from optimizer.scenario.departures import delayed
from optimizer.scenario.scenario import Scenario

#: Keys of the plan tables of movements.
SHIP = ["lane", "sku", "period"]
DELIVER = ["location", "region", "sku", "period"]
COVER = ["location", "region", "sku", "bucket"]
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Expected(Ledger):
    """What is expected over sample paths. Tables of goods that move are dated as planned; costs are those of each path
    as it goes.
    """

    of_paths: tuple[tuple[float, Ledger], ...] = ()

    @property
    def paths(self) -> tuple[tuple[float, Ledger], ...]:
        """The ledger of each path, with its weight."""
        return self.of_paths

    @cached_property
    def landed(self) -> pd.DataFrame:
        """What is aboard each departure by the day on which it arrives."""
        return aboard(_weighed(self.of_paths, "shipped", ("units", "volume_m3", "weight_kg", "cartons")))

    @cached_property
    def aged(self) -> pd.DataFrame:
        """Stock in each higher tier of rent: location, sku, period, from_age_days, units."""
        return _summed(_weighed(self.of_paths, "aged"), ["location", "sku", "period", "from_age_days"])


class ExpectedStock(Stock):
    """Units in every store, as expected over paths."""

    def __init__(self, facts: Facts, parts: Sequence[tuple[float, Stock]]) -> None:
        self.facts, self.locations, self.skus = facts, facts.stores, facts.goods.index
        self._parts, self.lots, self.opening = parts, parts[0][1].lots, parts[0][1].opening
        self.received = np.sum([weight * stock.received for weight, stock in parts], axis=0)
        self.left = np.sum([weight * stock.left for weight, stock in parts], axis=0)

    def aged(self, location: int, period: int, age_days: int) -> np.ndarray:
        """Units of each SKU (S,) on hand at the end of a period whose age then is at least `age_days`."""
        return np.sum([weight * stock.aged(location, period, age_days) for weight, stock in self._parts], axis=0)


def expected(facts: Facts, tables: Tables) -> Expected:
    """The ledger of a plan's tables over the sample paths of its scenario."""
    paths, now = facts.scenario["paths"], is_now(facts, tables["ship"])
    cover = Cover(facts)
    played = [
        (float(weight), on_path(facts, tables, int(number), now, cover))
        for number, weight in zip(paths["path"], paths["weight"], strict=True)
    ]
    ship = _summed(_events(played, "ship"), SHIP)
    deliver, end_cover = _summed(_events(played, "deliver"), DELIVER), _summed(_events(played, "end_cover"), COVER)
    departures = pd.concat([one.events.departures.assign(share=weight) for weight, one in played], ignore_index=True)
    shared = {name: tables[name] for name in ("containers", "charged", "overflow", "target_shortfall")}
    demand = _summed(_events(played, "demand"), ["region", "sku", "period"])
    events = Events(departures, facts.receipts, demand, ship, deliver, end_cover=end_cover, **shared)
    shipped = shipments(facts, replace(events, departures=facts.departures))
    return Expected(
        facts,
        events,
        ExpectedStock(facts, [(weight, one.stock) for weight, one in played]),
        shipped,
        aboard(shipped),
        deliveries(facts, deliver),
        _summed(_weighed(played, "lost"), ["region", "sku", "period"]),
        _weighed(played, "left"),
        played[0][1].cover,
        tuple(played),
    )


def on_path(facts: Facts, tables: Tables, number: int, now: np.ndarray, cover: Cover) -> Ledger:
    """What happens on one path: what is decided now (`now`: which rows of `ship`), then what the path's tables say.
    `cover` is that of the facts, whatever path.
    """
    keys = ["lane", "sku", "period", "units"]
    ship = pd.concat([tables["ship"].loc[now, keys], _of(tables["path_ship"], number)[keys]], ignore_index=True)
    mine = facts_of_path(facts, number)
    told = facts.path_span if mine is not facts else facts.span
    events = Events(
        delayed(facts.scenario, number),
        facts.receipts,
        period_demand(mine.scenario, told),
        ship,
        _of(tables["path_deliver"], number),
        nothing("containers"),
        _of(tables["path_end_cover"], number),
    )
    return play(mine, events, cover.with_demand_of(mine))


def facts_of_path(facts: Facts, number: int) -> Facts:
    """The facts with the demand of a path; as they are where paths do not tell of demand."""
    first, after = facts.path_span
    if after <= first:
        return facts
    table = facts.scenario["path_demand"]
    rows = table[(table["path"] == number).to_numpy()].rename(columns={"units": "mean"})
    return facts.with_demand(rows, facts.path_span)


def facts_of(scenario: Scenario) -> Facts:
    """The facts of a scenario; with the demand of its path, where it has one alone."""
    facts, paths = Facts(scenario), scenario["paths"]["path"]
    return facts_of_path(facts, int(paths.iloc[0])) if len(paths) == 1 else facts


def _of(table: pd.DataFrame, number: int) -> pd.DataFrame:
    return table[(table["path"] == number).to_numpy()].reset_index(drop=True)


def _events(played: Sequence[tuple[float, Ledger]], name: str) -> pd.DataFrame:
    return pd.concat(
        [
            table.assign(units=weight * table["units"])
            for weight, one in played
            for table in [getattr(one.events, name)]
        ],
        ignore_index=True,
    )


def _weighed(played: Sequence[tuple[float, Ledger]], name: str, amounts: tuple[str, ...] = ("units",)) -> pd.DataFrame:
    parts = [
        table.assign(**{amount: weight * table[amount] for amount in amounts})
        for weight, one in played
        for table in [getattr(one, name)]
    ]
    return pd.concat(parts, ignore_index=True)


def _summed(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return rows.groupby(keys, sort=True)["units"].sum().reset_index()
