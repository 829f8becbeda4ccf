"""Customs duty: by origin of the goods, territory, HS code, freight or parcel, value and day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.rates.dated import valid_days
from optimizer.rates.exchange import Exchange
from optimizer.rates.goods import Goods
from optimizer.scenario.scenario import Scenario


@dataclass(frozen=True)
class Duty:
    """Duty of one entry, shapes (skus,): share of the declared value, amount per item and per entry; NaN where no
    rate is known.
    """

    rate: np.ndarray
    per_item: np.ndarray
    per_entry: np.ndarray


class Duties:
    """Looks up duty rates; `territory_of` maps a country to its customs territory."""

    def __init__(self, scenario: Scenario, exchange: Exchange) -> None:
        countries = scenario["countries"]
        self.territory_of: dict[str, str] = dict(zip(countries["country"], countries["customs_territory"], strict=True))
        self._currency = dict(zip(countries["customs_territory"], countries["currency"], strict=True))
        self._exchange = exchange
        self._seen: dict[tuple, tuple[pd.DataFrame, float]] = {}
        self._goods: Goods | None = None
        self._kinds: tuple[np.ndarray, list[tuple[str, str]]] = np.zeros(0, np.int64), []
        self._known: dict[tuple, Duty] = {}
        table = scenario["duty_rates"]
        prefix = table["hs_prefix"].str.replace(".", "", regex=False).str.replace(" ", "", regex=False)
        table = table.assign(
            day=valid_days(table), prefix=prefix, length=prefix.str.len(), named=table["origin_country"] != ""
        )
        # ascending precedence: the last row that matches decides
        ordered = table.sort_values(["length", "named", "day", "from_value"], kind="stable")
        self._rows_of = dict(iter(ordered.groupby(["customs_territory", "kind"])))
        self._none = ordered.iloc[:0]
        self._no_days = self._none["day"].to_numpy()
        self._days_of = {key: np.unique(rows["day"].to_numpy()) for key, rows in self._rows_of.items()}

    def on(self, goods: Goods, territory: str, kind: str, day: np.datetime64) -> Duty:
        """Duty of each SKU that enters `territory` as `kind` (freight or parcel) on `day`; amounts in the scenario's
        currency.
        """
        rows, _ = self._rows(territory, kind, day)
        exchange = self.exchange_rate(territory, day)
        if goods is not self._goods:  # those of another slice will not be asked for again
            self._goods, self._kinds, self._known = goods, _kinds(goods), {}
        key = territory, kind, len(rows), exchange  # later days see more rows, never other ones
        if key not in self._known:
            self._known[key] = self._look_up(goods, rows, exchange)
        return self._known[key]

    def _look_up(self, goods: Goods, rows: pd.DataFrame, exchange: float) -> Duty:
        value = goods.declared * goods.units_per_order / exchange
        best = _last_match(rows, self._kinds, value)
        if not len(rows):
            return Duty(*np.full((3, len(goods)), np.nan))
        rate, per_item, per_entry = (
            np.where(best >= 0, rows[column].to_numpy()[best], np.nan) for column in ("rate", "per_item", "per_entry")
        )
        return Duty(rate, per_item * exchange, per_entry * exchange)

    def entry_fee(self, territory: str, day: np.datetime64) -> float:
        """Fee of a freight entry whatever is aboard: `per_entry` of the row for all goods of all origins; 0 without
        one.
        """
        _, fee = self._rows(territory, "freight", day)
        return float(fee * self.exchange_rate(territory, day)) if fee else 0.0

    def exchange_rate(self, territory: str, day: np.datetime64) -> float:
        """Money of the scenario for one unit of the territory's currency."""
        return float(self._exchange.rate(self._currency[territory], np.array([day]))[0])

    def _rows(self, territory: str, kind: str, day: np.datetime64) -> tuple[pd.DataFrame, float]:
        """The rows that are valid by a day, and the fee per entry of the last of them that is for all goods of all
        origins; 0 without one. Both change only on a day from which a row is valid.
        """
        begun = int(np.searchsorted(self._days_of.get((territory, kind), self._no_days), day, side="right"))
        key = territory, kind, begun
        if key not in self._seen:
            rows = self._rows_of.get((territory, kind), self._none)
            rows = rows[rows["day"].to_numpy() <= day] if begun else self._none
            general = rows.loc[(rows["length"] == 0) & ~rows["named"], "per_entry"]
            self._seen[key] = rows, float(general.iloc[-1]) if len(general) else 0.0
        return self._seen[key]


def _kinds(goods: Goods) -> tuple[np.ndarray, list[tuple[str, str]]]:
    """The kind of each SKU, and HS code and origin of each kind."""
    codes = pd.factorize(goods.hs)[0] * (len(goods) + 1) + pd.factorize(goods.origin)[0]
    _, first, kind = np.unique(codes, return_index=True, return_inverse=True)
    return kind, list(zip(goods.hs[first], goods.origin[first], strict=True))


def _last_match(rows: pd.DataFrame, kinds: tuple[np.ndarray, list[tuple[str, str]]], value: np.ndarray) -> np.ndarray:
    """For each SKU the position of the last row that fits it, -1 where none does."""
    kind, told = kinds
    thresholds = np.unique(rows["from_value"].to_numpy())
    level = np.searchsorted(thresholds, value, side="right")  # SKUs of one level pass the same thresholds
    found, place = np.unique(kind * (len(thresholds) + 1) + level, return_inverse=True)
    best = []
    for which, passed in zip(*np.divmod(found, len(thresholds) + 1), strict=True):
        hs, origin = told[which]
        best.append(_last_row(rows, hs, origin, thresholds[:passed]))
    return np.array(best, dtype=np.int64)[place]


def _last_row(rows: pd.DataFrame, hs: str, origin: str, passed: np.ndarray) -> int:
    fits = [
        place
        for place, row in enumerate(zip(rows["prefix"], rows["origin_country"], rows["from_value"], strict=True))
        if hs.startswith(row[0]) and row[1] in ("", origin) and row[2] in passed
    ]
    return fits[-1] if fits else -1
