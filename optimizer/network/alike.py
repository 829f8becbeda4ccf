"""What all slices of a scenario have in common, worked out once: codes of names, rates, departures."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

from optimizer.network.sailings import sailings
from optimizer.rates.duty import Duties
from optimizer.rates.exchange import Exchange
from optimizer.rates.freight import Freight
from optimizer.rates.handling import Handling
from optimizer.scenario.scenario import Scenario

Made = TypeVar("Made")


class Common:
    """What depends on the settings and on tables without SKUs alone."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._made: dict[tuple, Any] = {}

    def once(self, make: Callable[..., Made], ground: Any, *of: Any) -> Made:
        """What `make` returns for the ground of the first slice that asks, `of` something: of any slice the same."""
        key = make, *of
        if key not in self._made:
            self._made[key] = make(ground, *of)
        return cast(Made, self._made[key])

    @cached_property
    def locations(self) -> pd.Index:
        return pd.Index(self.scenario["locations"]["location"])

    @cached_property
    def regions(self) -> pd.Index:
        return pd.Index(self.scenario["regions"]["region"])

    @cached_property
    def lanes(self) -> pd.Index:
        return pd.Index(self.scenario["lanes"]["lane"])

    @cached_property
    def kinds(self) -> np.ndarray:
        """Kind of each location."""
        return self.scenario["locations"]["kind"].to_numpy(dtype=object)

    @cached_property
    def exchange(self) -> Exchange:
        return Exchange(self.scenario)

    @cached_property
    def duties(self) -> Duties:
        return Duties(self.scenario, self.exchange)

    @cached_property
    def freight(self) -> Freight:
        return Freight(self.scenario, self.exchange)

    @cached_property
    def handling(self) -> Handling:
        return Handling(self.scenario, self.exchange)

    @cached_property
    def territories(self) -> np.ndarray:
        """Customs territory of each location."""
        return np.array(
            [self.duties.territory_of[country] for country in self.scenario["locations"]["country"]], dtype=object
        )

    @cached_property
    def weights(self) -> np.ndarray:
        """Weights of the sample paths, (P,); one path of weight 1 where the scenario has none."""
        given = self.scenario["paths"]["weight"].to_numpy(dtype=np.float64)
        return given if len(given) else np.ones(1)

    @cached_property
    def sailings(self) -> list[pd.DataFrame]:
        """Every departure with its codes, dates and limits, on each path."""
        numbers = self.scenario["paths"]["path"].tolist() or [None]
        return [sailings(self.scenario, self.locations, self.lanes, number) for number in numbers]

    @cached_property
    def arrivals(self) -> np.ndarray:
        """Day of arrival of every departure on each path, (P, sailings), datetime64[D]."""
        return np.stack([table["arrives_on"].to_numpy().astype("datetime64[D]") for table in self.sailings])
