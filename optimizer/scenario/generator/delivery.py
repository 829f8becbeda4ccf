"""From where customers are served, how fast, for how much, and how long they wait. Illustrative."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.generator import markets, places
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import from_records

#: (warehouse, region) -> days, per order, per kg, in the warehouse's currency.
LAST_MILE = {
    ("US-W", "US-West-temu"): (3, 4.1, 0.9),
    ("US-E", "US-West-temu"): (5, 4.9, 1.7),
    ("US-E", "US-East-temu"): (3, 4.2, 0.9),
    ("US-W", "US-East-temu"): (5, 4.9, 1.7),
    ("US-FBA", "US-amazon"): (2, 3.6, 0.9),
    ("US-W", "US-amazon"): (4, 5.4, 1.4),
    ("US-E", "US-amazon"): (4, 5.4, 1.4),
    ("US-W", "US-shop"): (4, 4.6, 1.3),
    ("US-E", "US-shop"): (4, 4.6, 1.3),
    ("UK", "UK-temu"): (3, 2.8, 0.3),
    ("DE", "DE-temu"): (3, 3.7, 0.4),
    ("DE", "DE-amazon"): (3, 3.9, 0.4),
    ("DE", "FR-temu"): (5, 5.4, 0.7),
    ("JP", "JP-amazon"): (2, 560.0, 70.0),
    ("CA", "CA-temu"): (4, 7.2, 1.4),
    ("AU", "AU-shop"): (4, 7.9, 1.5),
    ("UK", "UK-web"): (3, 2.9, 0.3),
    ("DE", "DE-web"): (3, 3.9, 0.4),
    ("DE", "FR-web"): (4, 5.2, 0.6),
    ("DE", "IE-web"): (6, 7.4, 0.9),
    ("DE", "ES-web"): (5, 6.4, 0.8),
    ("UK", "IE-web"): (5, 6.2, 1.6),
    ("UK", "World-web"): (8, 8.5, 3.0),
}
#: country -> days, CNY per parcel, CNY per kg by direct mail from home.
DIRECT_MAIL = {
    "US": (11, 20.0, 68.0),
    "GB": (10, 17.0, 60.0),
    "DE": (11, 18.0, 62.0),
    "FR": (11, 18.0, 64.0),
    "JP": (6, 12.0, 36.0),
    "CA": (12, 20.0, 66.0),
    "AU": (12, 18.0, 58.0),
    "IE": (11, 18.0, 64.0),
    "ES": (12, 18.0, 64.0),
    "XX": (13, 22.0, 70.0),
}
PARCEL_DIVISOR = 8000.0
#: channel -> share of customers who accept so many days.
PATIENCE = {
    "temu-semi": ((3, 1.0), (5, 0.95), (8, 0.8), (12, 0.55), (15, 0.3)),
    "amazon": ((2, 1.0), (4, 0.9), (6, 0.6), (12, 0.15)),
    "web shop": ((5, 1.0), (8, 0.95), (12, 0.75), (15, 0.5)),
    "own shop": ((4, 1.0), (8, 0.9), (12, 0.7), (15, 0.4)),
}


def delivery_lanes(spec: Spec) -> pd.DataFrame:
    """Lanes from the warehouses, direct mail from home, and ways out for stock that will not sell."""
    there = {place.code: place for place in markets.overseas(spec)}
    sold = {region.code: region for region in markets.regions(spec)}
    records: list[tuple] = [
        (place, region, _kind(there[place].country, sold[region].country), *cost, np.nan, there[place].currency)
        for (place, region), cost in LAST_MILE.items()
        if place in there and region in sold
    ]
    home = markets.domestic(spec)[0].code
    records += [
        (home, code, "cross_border", *DIRECT_MAIL[region.country], PARCEL_DIVISOR, "CNY")
        for code, region in sold.items()
    ]
    for place in (*markets.domestic(spec), *markets.overseas(spec)):
        records += [
            (place.code, outlet, "local", 7, 0.0, 0.0, np.nan, place.currency)
            for outlet in places.outlets_of(spec, place)
        ]
    names = ("location", "region", "kind", "delivery_days", "per_order", "per_kg", "volumetric_divisor", "currency")
    return from_records("delivery_lanes", names, records)


def _kind(origin: str, destination: str) -> str:
    same = markets.COUNTRIES[origin][0] == markets.COUNTRIES[destination][0]
    return "local" if same else "cross_border"


def delivery_patience(spec: Spec) -> pd.DataFrame:
    """Shares of customers who wait, by channel."""
    records = [
        (region.code, days, share, "illustrative")
        for region in markets.regions(spec)
        for days, share in PATIENCE[region.channel]
    ]
    return from_records("delivery_patience", ("region", "days", "share", "note"), records)
