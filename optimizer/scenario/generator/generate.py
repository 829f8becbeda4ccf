"""A whole scenario from a spec."""

from __future__ import annotations

import datetime as dt
import zlib

import numpy as np

from optimizer.scenario.generator import (
    catalogue,
    charges,
    customs,
    delivery,
    demand,
    holidays,
    lanes,
    markets,
    places,
    selling,
    sourcing,
    stock,
)
from optimizer.scenario.generator.first_leg import FIRST_LEG
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings import Settings

#: Days after the horizon for which dated tables are stated.
DAYS_AFTER = 200


def generate(spec: Spec, tariffs: lanes.Tariffs = FIRST_LEG) -> Scenario:
    """The scenario of a spec, in US$; the same spec gives the same tables. All figures are illustrative.

    `tariffs`: what the first leg costs, by destination and mode.
    """
    goods = catalogue.catalogue(spec, places.supplier_countries(spec), random(spec, "catalogue"))
    return assembled(spec, goods, demand.draw(spec, goods, random(spec, "demand")), tariffs)


def assembled(
    spec: Spec, goods: catalogue.Catalogue, wanted: demand.Demand, tariffs: lanes.Tariffs = FIRST_LEG
) -> Scenario:
    """The scenario of a spec around products and a demand that are there already."""
    countries = places.supplier_countries(spec)
    suppliers = list(zip(places.supplier_codes(spec), countries, strict=True))
    homes, abroad = ([place.code for place in found(spec)] for found in (markets.domestic, markets.overseas))
    number = {code: place for place, code in enumerate(abroad)}
    nearest = np.array([number.get(markets.nearest(spec, region), -1) for region in markets.regions(spec)])
    weekly = stock.by_location(wanted, nearest, len(goods), len(abroad))
    volume = _weekly_volume(goods, weekly, homes, abroad)
    ways = lanes.ways(spec, tariffs, suppliers, volume)
    boxes = lanes.container_types(ways)
    codes = np.array([region.code for region in markets.regions(spec)], dtype=object)
    tables = {
        "skus": catalogue.skus(spec, goods),
        "prices": selling.prices(spec, goods, wanted),
        "sourcing": sourcing.sourcing(
            spec, goods, [code for code, _ in suppliers], countries, random(spec, "sourcing")
        ),
        "suppliers": places.suppliers(spec, random(spec, "suppliers")),
        "countries": places.countries(spec),
        "locations": places.locations(spec, volume),
        "regions": places.regions(spec),
        "stock_targets": selling.stock_targets(spec, goods, wanted),
        "lanes": lanes.lanes(ways),
        "closures": holidays.closures(spec, suppliers),
        "delivery_lanes": delivery.delivery_lanes(spec),
        "delivery_patience": delivery.delivery_patience(spec),
        "locks": typed("locks", {}),
        "last_plan": typed("last_plan", {}),
        "freight_rates": lanes.freight_rates(ways, customs.duty_change(spec)),
        "container_types": boxes,
        "storage_rates": charges.storage_rates(
            spec, spec.starts_on, spec.starts_on + dt.timedelta(days=7 * spec.weeks + DAYS_AFTER)
        ),
        "handling_rates": charges.handling_rates(spec, set(boxes["container_type"])),
        "duty_rates": customs.duty_rates(spec),
        "exchange_rates": customs.exchange_rates(spec),
        "opening_stock": stock.opening_stock(spec, goods, wanted, weekly, homes, abroad, random(spec, "opening stock")),
        "in_transit": stock.in_transit(spec, goods, weekly, abroad, random(spec, "in transit")),
        "demand": demand.table(goods, codes, wanted),
        **{name: typed(name, {}) for name in ("sales", "events", "paths", "path_demand", "path_delays")},
    }
    return Scenario(Settings(spec.name, "USD", spec.starts_on, spec.periods, capital_rate=0.12), tables)


def random(spec: Spec, part: str) -> np.random.Generator:
    """Each part draws from its own stream, so that a change in one leaves the others alone."""
    return np.random.default_rng([spec.seed, zlib.crc32(part.encode())])


def _weekly_volume(
    goods: catalogue.Catalogue, weekly: np.ndarray, homes: list[str], abroad: list[str]
) -> dict[str, float]:
    volume = weekly.T @ goods.volume_m3
    return {
        **dict.fromkeys(homes, float(volume.sum()) / len(homes)),
        **{code: float(amount) for code, amount in zip(abroad, volume, strict=True)},
    }
