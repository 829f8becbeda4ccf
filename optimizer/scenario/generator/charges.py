"""Rent by age of stock and the cost of receiving. Illustrative, modelled on 2025-26 price lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pandas as pd

from optimizer.scenario.generator import markets
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import from_records

#: location -> (from age in days, rent of a m3 for a day in its currency); free days are a rate of 0.
RENTS = {
    "CN-S": ((0, 0.0), (30, 2.0), (90, 4.0)),
    "CN-E": ((0, 0.0), (30, 1.7), (90, 3.5)),
    "US-W": ((0, 0.0), (31, 0.5), (61, 1.0), (91, 1.5), (181, 3.0), (271, 4.0), (361, 5.0)),
    "US-E": ((0, 0.0), (31, 0.5), (61, 1.0), (91, 1.5), (181, 3.0), (271, 4.0), (361, 5.0)),
    "UK": ((0, 0.0), (15, 0.6), (91, 0.9), (181, 1.8)),
    "DE": ((0, 0.0), (31, 0.55), (91, 0.95), (181, 2.0)),
    "JP": ((0, 0.0), (31, 75.0), (91, 140.0), (181, 260.0)),
    "CA": ((0, 0.0), (31, 0.7), (91, 1.4), (181, 3.0)),
    "AU": ((0, 0.0), (31, 0.8), (91, 1.5), (181, 3.2)),
}
#: The marketplace's rent outside and inside the last quarter of the year, and what age adds.
MARKETPLACE_RENT, MARKETPLACE_PEAK = 0.92, 2.83
MARKETPLACE_AGED = ((0, 0.0), (181, 0.59), (271, 4.4), (365, 8.1))
#: Cartons in a m3.
CASES_PER_M3 = 17
#: location -> (per case, per m3, per 20GP, per 40HQ) in its currency; None where no containers are received.
RECEIVING = {
    "CN-S": (1.0, 0.0, None),
    "CN-E": (1.0, 0.0, None),
    "US-W": (1.25, 0.0, (300.0, 450.0)),
    "US-E": (1.25, 0.0, (320.0, 480.0)),
    "UK": (0.9, 2.0, (240.0, 380.0)),
    "DE": (1.0, 2.0, (250.0, 400.0)),
    "JP": (130.0, 0.0, (30000.0, 48000.0)),
    "US-FBA": (0.5, 26.0, None),
    "CA": (1.6, 0.0, (380.0, 560.0)),
    "AU": (1.7, 0.0, (390.0, 580.0)),
}


def storage_rates(spec: Spec, first: dt.date, last: dt.date) -> pd.DataFrame:
    """Tiers of every warehouse; the marketplace's change each January and October between the two dates."""
    records: list[tuple] = []
    for place in (*markets.domestic(spec), *markets.overseas(spec)):
        tables = [(pd.NaT, RENTS[place.code])] if place.code in RENTS else _marketplace(first, last)
        records += [
            (place.code, age, since, rent, place.currency, markets.SOURCE)
            for since, tiers in tables
            for age, rent in tiers
        ]
    return from_records(
        "storage_rates", ("location", "from_age_days", "valid_from", "per_m3_day", "currency", "note"), records
    )


def handling_rates(spec: Spec, boxes_in_use: Collection[str]) -> pd.DataFrame:
    """Receiving by case and m3, or by the container; where goods are not in cases, by m3 alone."""
    records: list[tuple] = []
    for place in (*markets.domestic(spec), *markets.overseas(spec)):
        case, m3, boxes = RECEIVING[place.code]
        if not spec.whole_cases:
            case, m3 = 0.0, m3 + CASES_PER_M3 * case
        rows = [("case", "", case), ("m3", "", m3)]
        priced = zip(("20GP", "40HQ"), boxes or (0.0, 0.0), strict=True)
        rows += [("container", kind, rate) for kind, rate in priced if kind in boxes_in_use]
        records += [
            (place.code, basis, kind, rate, place.currency, markets.SOURCE) for basis, kind, rate in rows if rate
        ]
    return from_records("handling_rates", ("location", "basis", "container_type", "rate", "currency", "note"), records)


def _marketplace(first: dt.date, last: dt.date) -> list[tuple]:
    tables = []
    for year in range(first.year - 1, last.year + 1):
        for month, rent in ((1, MARKETPLACE_RENT), (10, MARKETPLACE_PEAK)):
            tables.append(
                (pd.Timestamp(year, month, 1), tuple((age, round(rent + more, 2)) for age, more in MARKETPLACE_AGED))
            )
    return tables
