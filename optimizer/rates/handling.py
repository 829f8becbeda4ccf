"""What it costs to receive goods at a location."""

from __future__ import annotations

import numpy as np

from optimizer.rates.dated import in_version, versions
from optimizer.rates.exchange import Exchange
from optimizer.scenario.scenario import Scenario


class Handling:
    """Dated handling rates in the scenario's currency."""

    def __init__(self, scenario: Scenario, exchange: Exchange) -> None:
        self._exchange = exchange
        self._versions: dict[tuple, list[tuple]] = {}  # first day, first day of the next one, rate, currency
        for key, first, following, rows in versions(
            scenario["handling_rates"], ["location", "basis", "container_type"]
        ):
            told = first, following, rows["rate"].iloc[0], rows["currency"].iloc[0]
            self._versions.setdefault(key, []).append(told)
        self._known: dict[tuple[str, str, str, bytes], np.ndarray] = {}
        self._containers = set(scenario["handling_rates"].query("basis == 'container'")["location"])

    def by_container(self, location: str) -> bool:
        """Whether goods in containers are handled there at a rate per container."""
        return location in self._containers

    def rate(self, location: str, basis: str, days: np.ndarray, container_type: str = "") -> np.ndarray:
        """Rate on each day, 0 where there is none; for containers that of the type, else of any type."""
        days = np.asarray(days, dtype="datetime64[D]")
        key = location, basis, container_type, days.tobytes()
        if key not in self._known:
            self._known[key] = self._looked_up(location, basis, days, container_type)
        return self._known[key]

    def _looked_up(self, location: str, basis: str, days: np.ndarray, container_type: str) -> np.ndarray:
        result = np.full(days.shape, np.nan)
        for wanted in dict.fromkeys((container_type, "")):
            for first, following, rate, currency in self._versions.get((location, basis, wanted), ()):
                mine = in_version(days, first, following) & np.isnan(result)
                result[mine] = rate * self._exchange.rate(currency, days[mine])
        return np.nan_to_num(result)
