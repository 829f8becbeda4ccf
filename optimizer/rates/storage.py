"""Rent by age of stock: the tiers in force at a location on a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.rates.dated import in_version, versions
from optimizer.rates.exchange import Exchange
from optimizer.scenario.scenario import Scenario


@dataclass(frozen=True)
class Tiers:
    """Rent per m3 and day in steps: `increase[k]` is added from `from_age_days[k]` on; the first tier starts at age
    0. Shapes (tiers,).
    """

    from_age_days: np.ndarray
    increase: np.ndarray

    def rent_of_wait(self, days: np.ndarray) -> np.ndarray:
        """Rent of a m3 that is received and then waits so many days, shape of `days`."""
        overdue = np.maximum(np.asarray(days, dtype=np.float64)[..., None] - self.from_age_days, 0.0)
        return overdue @ self.increase


def tiers(scenario: Scenario, exchange: Exchange, days: np.ndarray) -> dict[str, list[Tiers]]:
    """For each location with rent, the tiers in force on each of the days, in the scenario's currency."""
    days = np.asarray(days, dtype="datetime64[D]")
    free = Tiers(np.zeros(1), np.zeros(1))
    result = {location: [free] * len(days) for location in scenario["storage_rates"]["location"].unique()}
    for (location,), first, following, rows in versions(scenario["storage_rates"], ["location"]):
        rows = rows.sort_values("from_age_days")
        for place in np.flatnonzero(in_version(days, first, following)):
            rent = rows["per_m3_day"].to_numpy() * exchange.rates(rows["currency"].to_numpy(), days[place])
            result[location][place] = _steps(rows["from_age_days"].to_numpy(dtype=np.float64), rent)
    return result


def _steps(ages: np.ndarray, rent: np.ndarray) -> Tiers:
    if ages[0] > 0:
        ages, rent = np.concatenate([[0.0], ages]), np.concatenate([[0.0], rent])
    return Tiers(ages, np.diff(rent, prepend=0.0))
