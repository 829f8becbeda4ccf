"""What every index set is built from: codes of names, rates, demand, departures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from optimizer.forecast.demand import demand, demand_on
from optimizer.network.alike import Common
from optimizer.network.horizon import Horizon, horizon
from optimizer.rates.duty import Duties
from optimizer.rates.exchange import Exchange
from optimizer.rates.freight import Freight
from optimizer.rates.goods import Goods, goods
from optimizer.rates.handling import Handling
from optimizer.rates.moves import landed_costs, move_costs
from optimizer.scenario.calendar import DAY
from optimizer.scenario.departures import next_open
from optimizer.scenario.scenario import Scenario

Made = TypeVar("Made")

#: What is worked out once for all paths.
_ANY_PATH = (
    "sku_index",
    "goods",
    "moves",
    "landed",
    "receipts",
    "lots",
    "unit_costs",
    "bought_in",
    "sourcing_currency",
)


@dataclass(frozen=True)
class Survey:
    """A scenario, or a slice of its SKUs, with names as codes 0, 1, ... in the order of the tables.

    `scenario` holds the SKUs of the slice alone; `beyond` is the horizon of the whole. Shapes: K SKUs, L locations, R
    regions, T periods, B buckets after the horizon, P sample paths. `path` (position): the one on which goods arrive
    and customers want them.
    """

    scenario: Scenario
    skus: np.ndarray
    beyond: Horizon
    common: Common
    path: int = 0

    @property
    def locations(self) -> pd.Index:
        return self.common.locations

    @property
    def regions(self) -> pd.Index:
        return self.common.regions

    @property
    def lanes(self) -> pd.Index:
        return self.common.lanes

    @cached_property
    def sku_index(self) -> pd.Index:
        return pd.Index(self.skus)

    @property
    def kinds(self) -> np.ndarray:
        """Kind of each location."""
        return self.common.kinds

    @property
    def exchange(self) -> Exchange:
        return self.common.exchange

    @property
    def duties(self) -> Duties:
        return self.common.duties

    @property
    def freight(self) -> Freight:
        return self.common.freight

    @property
    def handling(self) -> Handling:
        return self.common.handling

    @cached_property
    def goods(self) -> Goods:
        return goods(self.scenario, self.skus, self.exchange)

    @property
    def territories(self) -> np.ndarray:
        """Customs territory of each location."""
        return self.common.territories

    @property
    def weights(self) -> np.ndarray:
        """Weights of the sample paths, (P,)."""
        return self.common.weights

    @property
    def committed_until(self) -> np.datetime64:
        """First day on which decisions may wait for what the paths bring."""
        return self.scenario.calendar.starts[0] + self.scenario.settings.committed_days * DAY

    @property
    def sailings(self) -> pd.DataFrame:
        """Every departure with its codes, dates and limits, as it goes on this path."""
        return self.common.sailings[self.path]

    def on_paths(self) -> list[Survey]:
        """The same on every path; what does not depend on it is not worked out again."""
        if len(self.weights) == 1:
            return [self]
        known = {name: getattr(self, name) for name in _ANY_PATH}
        others = [replace(self, path=path) for path in range(len(self.weights)) if path != self.path]
        for other in others:
            other.__dict__.update(known)
        return sorted([self, *others], key=lambda ground: ground.path)

    def once(self, make: Callable[..., Made], *of: Any) -> Made:
        """What `make` returns for any slice of the scenario `of` something, made for the first one alone."""
        return self.common.once(make, self, *of)

    @cached_property
    def moves(self) -> dict[str, np.ndarray]:
        return move_costs(self.scenario, self.goods, self.freight, self.handling, self.duties)

    @cached_property
    def landed(self) -> np.ndarray:
        """Cheapest landed cost at the end of the horizon, (L, K)."""
        return landed_costs(self.scenario, self.goods, self.moves, self.exchange)

    @property
    def bucket_ends(self) -> np.ndarray:
        """First day after each bucket that follows the horizon, (B,)."""
        return self.beyond.bucket_ends

    @cached_property
    def demand(self) -> np.ndarray:
        """Demand on this path, (R, K, T + B): the periods, then the buckets after the horizon."""
        calendar = self.scenario.calendar
        starts = np.concatenate([calendar.starts, [calendar.end], self.bucket_ends[:-1]])[
            : len(calendar) + len(self.bucket_ends)
        ]
        if len(self.scenario["paths"]) and self.beyond.path_span[1] > self.beyond.path_span[0]:
            number = int(self.scenario["paths"]["path"].iloc[self.path])
            expected = demand_on(self.scenario, number, self.beyond.path_span)
        else:
            expected = demand(self.scenario, self.beyond.span)
        units = np.zeros((len(self.regions), len(self.skus), len(starts)))
        place = self.regions.get_indexer(expected.series.region), self.sku_index.get_indexer(expected.series.sku)
        units[place] = expected.between(starts, np.concatenate([calendar.ends, self.bucket_ends]))
        return units

    @cached_property
    def receipts(self) -> pd.DataFrame:
        """Goods that the past has sent: location, sku, period (T if beyond), lands_on, units > 0."""
        table, calendar = self.scenario["in_transit"], self.scenario.calendar
        days = table["arrives_on"].to_numpy().astype("datetime64[D]")
        for location in table["destination"].unique():
            mine = (table["destination"] == location).to_numpy()
            days[mine] = next_open(self.scenario["closures"], location, days[mine])
        coded = pd.DataFrame(
            {
                "location": self.locations.get_indexer(table["destination"]),
                "sku": self.sku_index.get_indexer(table["sku"]),
                "period": calendar.arrival_period(days),
                "lands_on": days.astype("datetime64[ns]"),
                "units": table["units"].to_numpy(),
            }
        )
        return coded[coded["units"] > 0].reset_index(drop=True)

    @cached_property
    def lots(self) -> pd.DataFrame:
        """Opening stock: location, sku, received_on, units > 0."""
        table = self.scenario["opening_stock"]
        received = table["received_on"].fillna(pd.Timestamp(self.scenario.settings.starts_on))
        coded = pd.DataFrame(
            {
                "location": self.locations.get_indexer(table["location"]),
                "sku": self.sku_index.get_indexer(table["sku"]),
                "received_on": received.to_numpy(),
                "units": table["units"].to_numpy(),
            }
        )
        return coded[coded["units"] > 0].reset_index(drop=True)

    @cached_property
    def unit_costs(self) -> np.ndarray:
        """Unit cost in the currency of the sourcing row by location (suppliers) and SKU, (L, K); NaN where it is not
        sourced there.
        """
        return self.sourcing("unit_cost")

    def sourcing(self, column: str) -> np.ndarray:
        """A numeric column of the sourcing table spread over (L, K); NaN where there is no row."""
        table = self.scenario["sourcing"]
        spread = np.full((len(self.locations), len(self.skus)), np.nan)
        spread[self.locations.get_indexer(table["supplier"]), self.sku_index.get_indexer(table["sku"])] = table[
            column
        ].to_numpy(dtype=np.float64)
        return spread

    @cached_property
    def bought_in(self) -> list[list[tuple[str, np.ndarray]]]:
        """The currencies in which goods are bought at each location, and the SKUs of each, (K,)."""
        return [
            [(currency, row == currency) for currency in dict.fromkeys(row.tolist())] for row in self.sourcing_currency
        ]

    @cached_property
    def sourcing_currency(self) -> np.ndarray:
        """Currency of each sourcing row spread over (L, K), "" elsewhere."""
        table = self.scenario["sourcing"]
        spread = np.full((len(self.locations), len(self.skus)), "", dtype=object)
        spread[self.locations.get_indexer(table["supplier"]), self.sku_index.get_indexer(table["sku"])] = table[
            "currency"
        ].to_numpy(dtype=object)
        return spread


def survey(
    scenario: Scenario, skus: np.ndarray | None = None, beyond: Horizon | None = None, common: Common | None = None
) -> Survey:
    """The survey of a scenario, or of a slice of its SKUs; `beyond`: the horizon of the whole, where the scenario is
    itself a slice; `common`: what has been worked out for other slices.
    """
    names = scenario["skus"]["sku"].to_numpy(dtype=object) if skus is None else np.asarray(skus, dtype=object)
    mine = scenario if skus is None else scenario.only(names)
    return Survey(mine, names, beyond or horizon(scenario), common or Common(scenario))
