"""Duty by HS chapter and exchange rates, both dated. Illustrative: regimes change within weeks."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from optimizer.scenario.generator import markets
from optimizer.scenario.generator.categories import CATEGORIES
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import from_records

CNY = "CNY"
#: US$ that one unit of a currency buys on the first day, and how it drifts after eight weeks.
USD_PRICES = {
    "CNY": (0.141, 1.01),
    "GBP": (1.33, 0.99),
    "EUR": (1.16, 1.01),
    "JPY": (0.0066, 1.02),
    "CAD": (0.72, 1.0),
    "AUD": (0.65, 0.99),
}
#: HS heading -> base rate in the US, EU, UK, and the rate of other territories.
BASE_RATES = {
    "3924": (0.034, 0.065, 0.06, 0.04),
    "6109": (0.165, 0.12, 0.12, 0.10),
    "6110": (0.32, 0.12, 0.12, 0.10),
    "4202": (0.176, 0.03, 0.02, 0.08),
    "8518": (0.049, 0.02, 0.0, 0.0),
    "8544": (0.026, 0.033, 0.02, 0.0),
    "9503": (0.0, 0.0, 0.0, 0.0),
    "6302": (0.067, 0.12, 0.12, 0.07),
    "6911": (0.209, 0.12, 0.12, 0.03),
    "9403": (0.0, 0.0, 0.0, 0.0),
    "8205": (0.037, 0.037, 0.02, 0.02),
    "9506": (0.046, 0.027, 0.02, 0.0),
    "9405": (0.039, 0.037, 0.02, 0.0),
}
#: Older US additional duty on goods made in China, by heading.
US_OLD = {
    "3924": 0.25,
    "6109": 0.075,
    "6110": 0.075,
    "4202": 0.25,
    "8518": 0.0,
    "8544": 0.25,
    "9503": 0.0,
    "6302": 0.075,
    "6911": 0.075,
    "9403": 0.25,
    "8205": 0.25,
    "9506": 0.075,
    "9405": 0.25,
}
#: US duty on all goods made in China and in Vietnam, before and after the change that the calendar holds.
US_CHINA, US_CHINA_LATER, US_VIETNAM = 0.125, 0.20, 0.10
#: Days from the first day of the scenario until the US rate changes, and the currencies drift.
CHANGE_AFTER_DAYS = 63
DRIFT_AFTER_DAYS = 56
#: Fee of a customs entry, in the territory's currency.
ENTRY_FEES = {"US": 140.0, "EU": 75.0, "UK": 60.0, "JP": 9000.0, "CA": 120.0, "AU": 130.0, "CN": 300.0}
#: What the carrier asks for the entry of a small parcel in the US, in US$.
PARCEL_ENTRY = 2.4
NAMES = (
    "origin_country",
    "customs_territory",
    "hs_prefix",
    "kind",
    "from_value",
    "valid_from",
    "rate",
    "per_item",
    "per_entry",
    "note",
)


def usd_price_of(currency: str) -> float:
    """US$ that one unit buys on the first day."""
    return USD_PRICES[currency][0] if currency != "USD" else 1.0


def exchange_rates(spec: Spec) -> pd.DataFrame:
    """Rates of all currencies against the US$, the scenario's currency, with one change inside the horizon."""
    later = spec.starts_on + dt.timedelta(days=DRIFT_AFTER_DAYS)
    rows: list[tuple] = []
    for currency, (price, drift) in USD_PRICES.items():
        rows.append((currency, pd.NaT, price, markets.SOURCE))
        if drift != 1:
            rows.append((currency, pd.Timestamp(later), float(np.round(price * drift, 6)), markets.SOURCE))
    return from_records("exchange_rates", ("currency", "valid_from", "rate", "note"), rows)


def duty_rates(spec: Spec) -> pd.DataFrame:
    """Duty on freight and parcels in every territory with a warehouse or customers, and on returns to China."""
    rows: list[tuple] = [
        _row("CN", kind=kind, per_entry=ENTRY_FEES["CN"] if kind == "freight" else 0.0)
        for kind in ("freight", "parcel")
    ]
    for territory in markets.territories(spec):
        rows += _united_states(spec) if territory == "US" else [*_elsewhere(territory), *_parcels(territory)]
    return from_records("duty_rates", NAMES, rows)


def duty_change(spec: Spec) -> pd.Timestamp:
    """The day on which the US changes its duty on Chinese goods."""
    return pd.Timestamp(spec.starts_on + dt.timedelta(days=CHANGE_AFTER_DAYS))


def _united_states(spec: Spec) -> list[tuple]:
    """Freight and parcels alike, since no parcel is exempt any more; the carrier asks a fee for each parcel's entry."""
    change, rows = duty_change(spec), []
    for kind, fee in (("freight", ENTRY_FEES["US"]), ("parcel", PARCEL_ENTRY)):
        rows.append(_row("US", kind=kind, rate=0.10, per_entry=fee))
        for heading in headings():
            base, chinese = BASE_RATES[heading][0], BASE_RATES[heading][0] + US_OLD[heading]
            entry = fee if kind == "parcel" else 0.0
            rows += [
                _row("US", "VN", heading, kind, rate=base + US_VIETNAM, per_entry=entry),
                _row("US", "CN", heading, kind, rate=chinese + US_CHINA, per_entry=entry),
                _row("US", "CN", heading, kind, valid_from=change, rate=chinese + US_CHINA_LATER, per_entry=entry),
            ]
    return rows


def _elsewhere(territory: str) -> list[tuple]:
    column = {"EU": 1, "UK": 2}.get(territory, 3)
    dutiable = [_row(territory, "", heading, rate=BASE_RATES[heading][column]) for heading in headings()]
    return [_row(territory, rate=0.05, per_entry=ENTRY_FEES.get(territory, 0.0)), *dutiable]


def _parcels(territory: str) -> list[tuple]:
    """Small parcels outside the US: three euros an entry in the EU, nothing below a threshold elsewhere; in the other
    countries together the customer pays it.
    """
    if territory == "EU":
        return [_row("EU", kind="parcel", per_entry=3.0), _row("EU", kind="parcel", from_value=150.0, rate=0.05)]
    if territory not in ENTRY_FEES:
        return [_row(territory, kind="parcel")]
    threshold = {"UK": 135.0, "JP": 10000.0, "CA": 20.0, "AU": 1000.0}[territory]
    return [_row(territory, kind="parcel"), _row(territory, kind="parcel", from_value=threshold, rate=0.08)]


def headings() -> list[str]:
    """First four digits of the HS codes in use."""
    return [category.hs_code[:4] for category in CATEGORIES]


def _row(
    territory: str,
    origin: str = "",
    prefix: str = "",
    kind: str = "freight",
    from_value: float = 0.0,
    valid_from: object = pd.NaT,
    rate: float = 0.0,
    per_item: float = 0.0,
    per_entry: float = 0.0,
) -> tuple:
    return (
        origin,
        territory,
        prefix,
        kind,
        from_value,
        valid_from,
        round(rate, 4),
        per_item,
        per_entry,
        markets.SOURCE,
    )
