"""Duty on freight and on parcels."""

from __future__ import annotations

from optimizer.errors import OptimizerError
from tests.oracle.facts import Facts, Row
from tests.oracle.rates import ALWAYS, Exchange


class Duty:
    """The rows of duty that goods meet on entry, and what they come to. `declared` is the value of each SKU."""

    def __init__(self, facts: Facts, exchange: Exchange, declared: dict[str, float], home: str) -> None:
        self._rows: dict[tuple[str, str], list[Row]] = {}
        for row in facts.rows["duty_rates"]:
            self._rows.setdefault((row["kind"], row["customs_territory"]), []).append(row)
        self._currency = {row["customs_territory"]: row["currency"] or home for row in facts.rows["countries"]}
        self._exchange, self._declared = exchange, declared
        self._known: dict[tuple[str, str, int], float] = {}

    def on_freight(self, sku: Row, territory: str, day: int) -> float:
        """Duty on a unit that enters as freight."""
        key = (sku["sku"], territory, day)
        if key not in self._known:
            row = self._row("freight", sku, territory, day, 0.0)
            self._known[key] = row["rate"] * self._declared[sku["sku"]] + row["per_item"] * self._fx(territory, day)
        return self._known[key]

    def on_entry(self, territory: str, day: int) -> float:
        """What a departure pays for its entry, whatever is aboard."""
        rows = [
            row
            for row in self._rows.get(("freight", territory), [])
            if not row["hs_prefix"] and not row["origin_country"] and (row["valid_from"] or ALWAYS) <= day
        ]
        if not rows:
            return 0.0
        return max(rows, key=lambda row: row["valid_from"] or ALWAYS)["per_entry"] * self._fx(territory, day)

    def on_parcel(self, sku: Row, territory: str, day: int) -> float:
        """Duty on a unit in a parcel of `units_per_order`."""
        declared, units, fx = self._declared[sku["sku"]], sku["units_per_order"], self._fx(territory, day)
        row = self._row("parcel", sku, territory, day, declared * units)
        return row["rate"] * declared + (row["per_item"] + row["per_entry"] / units) * fx

    def _row(self, kind: str, sku: Row, territory: str, day: int, value: float) -> Row:
        matching = [
            row
            for row in self._rows.get((kind, territory), [])
            if row["origin_country"] in ("", sku["origin_country"])
            and _digits(sku["hs_code"]).startswith(_digits(row["hs_prefix"]))
            and (row["valid_from"] or ALWAYS) <= day
            and row["from_value"] * self._fx(territory, day) <= value
        ]
        if not matching:
            raise OptimizerError(f"There is no {kind} duty on {sku['sku']} in {territory} on that day.")
        return max(
            matching,
            key=lambda row: (
                len(_digits(row["hs_prefix"])),
                row["origin_country"] != "",
                row["valid_from"] or ALWAYS,
                row["from_value"],
            ),
        )

    def _fx(self, territory: str, day: int) -> float:
        return self._exchange.rate(self._currency[territory], day)


def _digits(code: str) -> str:
    return "".join(sign for sign in code if sign.isdigit())
