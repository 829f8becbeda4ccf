"""Prices in each region, clearance and disposal prices, and the marketplace's stock targets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.generator import delivery, markets, places
from optimizer.scenario.generator.catalogue import Catalogue
from optimizer.scenario.generator.customs import usd_price_of
from optimizer.scenario.generator.demand import Demand
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import joined, typed

#: What clearance pays, as a share of the unit cost, and what disposal of a unit costs in US$ (plus by weight).
CLEARANCE, DISPOSAL, DISPOSAL_PER_KG = 0.35, 0.6, 0.5
#: What a unit costs on its way to the shelf, beside its price: duty as a share, freight in US$ by chargeable kg.
DUTY, FREIGHT_PER_KG, FREIGHT_DIVISOR = 0.3, 1.5, 6000.0
#: Nobody lists a product below what it costs to buy, bring and hand over, and a little more.
LEAST_MARKUP = 1.05
#: The marketplace charges for too little stock of what sells at least so many units a week.
LOW_STOCK_FROM = 20.0


def prices(spec: Spec, goods: Catalogue, demand: Demand) -> pd.DataFrame:
    """Prices in the currency of each region, for what is sold there, none below what serving it costs; a SKU is cleared
    or disposed of at home and where it is sold, so that no other market's warehouse is a way for it.
    """
    regions = markets.regions(spec)
    currency = np.array([markets.COUNTRIES[region.country][1] for region in regions], dtype=object)
    rate = np.array([usd_price_of(code) for code in currency])
    level = np.array([region.price_level for region in regions])
    usual = goods.price[demand.sku] * level[demand.region]
    amount = np.maximum(usual, _least_price(spec, goods)[demand.sku, demand.region]) / rate[demand.region]
    amount = np.where(currency[demand.region] == "JPY", np.round(amount, -1), np.round(amount, 2))
    codes = np.array([region.code for region in regions], dtype=object)
    sold = typed(
        "prices",
        {
            "sku": goods.sku[demand.sku],
            "region": codes[demand.region],
            "price": amount,
            "currency": currency[demand.region],
        },
    )
    outlets = (_outlet(spec, goods, demand, *outlet) for outlet in places.outlet_regions(spec))
    return joined("prices", sold, *outlets)


def stock_targets(spec: Spec, goods: Catalogue, demand: Demand) -> pd.DataFrame:
    """28 days of cover at the marketplace for what sells there, at a fee for each unit short."""
    regions = markets.regions(spec)
    number = next((place for place, region in enumerate(regions) if region.code == "US-amazon"), -1)
    if not any(place.kind == "marketplace" for place in markets.overseas(spec)) or number < 0:
        return typed("stock_targets", {})
    chosen = demand.sku[(demand.region == number) & (demand.weekly >= LOW_STOCK_FROM)]
    return typed(
        "stock_targets",
        {
            "location": np.full(len(chosen), "US-FBA", dtype=object),
            "sku": goods.sku[chosen],
            "cover_days": 28.0,
            "price_per_unit_day": 0.01,
            "currency": "USD",
            "note": "low-stock fee, illustrative",
        },
    )


def _least_price(spec: Spec, goods: Catalogue) -> np.ndarray:
    """US$ below which a unit sold from the nearest warehouse brings a loss, (skus, regions); 0 where none is near."""
    landed = (1 + DUTY) * goods.unit_cost + FREIGHT_PER_KG * np.maximum(
        goods.weight_kg, goods.volume_m3 * 1e6 / FREIGHT_DIVISOR
    )
    currency = {place.code: place.currency for place in markets.overseas(spec)}
    least = []
    for region in markets.regions(spec):
        place = markets.nearest(spec, region)
        if not place:
            least.append(np.zeros(len(goods)))
            continue
        _, per_order, per_kg = delivery.LAST_MILE[place, region.code]
        handed_over = (per_order / goods.units_per_order + per_kg * goods.weight_kg) * usd_price_of(currency[place])
        least.append((landed + handed_over) * LEAST_MARKUP / (1 - region.platform_fee_rate - region.return_rate))
    return np.stack(least, axis=1)


def _outlet(spec: Spec, goods: Catalogue, demand: Demand, code: str, kind: str, country: str) -> pd.DataFrame:
    territory = markets.COUNTRIES[country][0]
    near = np.array(
        [
            markets.nearest(spec, region) == "US-FBA"
            if kind == "disposal"
            else markets.COUNTRIES[region.country][0] == territory
            for region in markets.regions(spec)
        ]
    )
    chosen = np.unique(demand.sku[near[demand.region]]) if territory != "CN" else np.arange(len(goods))
    price = goods.unit_cost * CLEARANCE if kind == "clearance" else -(DISPOSAL + DISPOSAL_PER_KG * goods.weight_kg)
    return typed(
        "prices",
        {
            "sku": goods.sku[chosen],
            "region": np.full(len(chosen), code, dtype=object),
            "price": np.round(price[chosen], 2),
            "currency": "USD",
        },
    )
