"""Money of the scenario for one unit of a currency, by day."""

from __future__ import annotations

import numpy as np

from optimizer.rates.dated import valid_days
from optimizer.scenario.scenario import Scenario


class Exchange:
    """The dated exchange rates of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        table = scenario["exchange_rates"].assign(day=valid_days(scenario["exchange_rates"])).sort_values("day")
        self._home = scenario.settings.currency
        self._rates = {
            currency: (rows["day"].to_numpy().astype("datetime64[D]"), rows["rate"].to_numpy())
            for currency, rows in table.groupby("currency")
        }

    def rate(self, currency: str, days: np.ndarray) -> np.ndarray:
        """Rate of one currency on each day; NaN before the first known rate."""
        days = np.asarray(days, dtype="datetime64[D]")
        if currency in ("", self._home):
            return np.ones(days.shape)
        starts, rates = self._rates[currency]
        place = np.searchsorted(starts, days, side="right") - 1
        return np.where(place >= 0, rates[np.maximum(place, 0)], np.nan)

    def rates(self, currencies: np.ndarray, days: np.ndarray | np.datetime64) -> np.ndarray:
        """Rate of each row's currency on each row's day; a single day holds for all rows."""
        currencies = np.asarray(currencies, dtype=object)
        days = np.broadcast_to(np.asarray(days, dtype="datetime64[D]"), currencies.shape)
        result = np.ones(currencies.shape)
        for currency in set(currencies.tolist()):
            mine = currencies == currency
            result[mine] = self.rate(currency, days[mine])
        return result
