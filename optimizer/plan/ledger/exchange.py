"""Money of other currencies in the scenario's, by day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers


class Exchange:
    """Call with currencies and day numbers of equal length: what one unit of each buys on that day, NaN if unknown."""

    def __init__(self, own: str, rates: pd.DataFrame) -> None:
        self._own = own
        self._known: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        for currency, rows in rates.groupby("currency", sort=False):
            days = day_numbers(rows["valid_from"])
            order = np.argsort(days, kind="stable")
            self._known[str(currency)] = days[order], rows["rate"].to_numpy(dtype=float)[order]

    def __call__(self, currencies: pd.Series | np.ndarray, days: np.ndarray) -> np.ndarray:
        codes, names = pd.factorize(currencies)
        days = np.broadcast_to(np.asarray(days, dtype=np.int64), codes.shape)
        rates = np.full(len(codes), np.nan)
        for code, name in enumerate(names):
            mine = codes == code
            rates[mine] = self._on(str(name), days[mine])
        return rates

    def _on(self, currency: str, days: np.ndarray) -> np.ndarray:
        if currency in ("", self._own):
            return np.ones(len(days))
        if currency not in self._known:
            return np.full(len(days), np.nan)
        begins, rates = self._known[currency]
        place = np.searchsorted(begins, days, side="right") - 1
        return np.where(place >= 0, rates[np.maximum(place, 0)], np.nan)
