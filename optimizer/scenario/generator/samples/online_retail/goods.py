"""What the shop's file does not say: sizes, weights, costs and customs codes, drawn once, in keeping with the price."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.generator import catalogue
from optimizer.scenario.generator.categories import CATEGORIES
from optimizer.scenario.generator.customs import usd_price_of
from optimizer.scenario.generator.places import supplier_countries
from optimizer.scenario.generator.spec import Spec

#: The currency of the shop's prices.
CURRENCY = "GBP"
#: What a product costs at the factory, as a share of its price; a shop for gifts sells at about three times its cost.
COST_SHARE, COST_MOST = 0.30, 0.5
#: Price of a category's typical product, as a multiple of its unit cost, and how far off products may be (log scale).
PRICE_OF_TYPICAL, PRICE_SPREAD = 2.6, 0.8
#: How size grows with price.
SIZE_BY_PRICE = 0.8
#: Units that go into a parcel: larger orders take several.
UNITS_IN_A_PARCEL = 100.0
#: A gift wholesaler's cartons hold two dozen at most.
LARGEST_CASE = 24


def best_sellers(sold: pd.DataFrame, count: int) -> pd.DataFrame:
    """The products with the most revenue: sku, name (the most frequent one), price (mean, in the shop's currency) and
    units_per_order, in the order of their codes.

    All products of an order share its parcels: a product's units_per_order are its units over the parcels that its
    share of each order fills.
    """
    revenue = (sold["units"] * sold["price"]).groupby(sold["sku"]).sum()
    chosen = revenue.sort_values(ascending=False, kind="stable").index[:count]
    aboard = np.minimum(sold.groupby("order")["units"].transform("sum"), UNITS_IN_A_PARCEL)
    rows = sold.assign(parcels=sold["units"] / aboard)[sold["sku"].isin(chosen)].groupby("sku")
    units, name = rows["units"].sum(), rows["name"].agg(lambda names: names.mode().iloc[0])
    price, shared = revenue.reindex(units.index) / units, units / rows["parcels"].sum()
    return pd.DataFrame({"name": name, "price": price, "units_per_order": shared.round(1)}).reset_index()


def goods(spec: Spec, products: pd.DataFrame, rng: np.random.Generator) -> catalogue.Catalogue:
    """The products of `best_sellers` with what is drawn: a category whose products cost about as much, a size that
    grows with the price, a weight by the category's density, and a cost.

    The n-th draws serve the n-th product by code, so other products or another seed draw anew.
    """
    count, price = len(products), products["price"].to_numpy() * usd_price_of(CURRENCY)
    typical = np.array([category.unit_cost * PRICE_OF_TYPICAL for category in CATEGORIES])
    share = np.array([category.share for category in CATEGORIES])
    fits = share * np.exp(-0.5 * (np.log(price[:, None] / typical) / PRICE_SPREAD) ** 2)
    below = np.cumsum(fits, axis=1) / fits.sum(axis=1, keepdims=True)
    category = np.minimum((rng.random((count, 1)) > below).sum(axis=1), len(CATEGORIES) - 1)
    litres, density = (np.array([getattr(c, name) for c in CATEGORIES])[category] for name in ("litres", "kg_per_m3"))
    size = (price / typical[category]) ** SIZE_BY_PRICE * np.exp(np.clip(rng.normal(0, 0.4, count), -1.0, 1.0))
    volume = np.round(np.clip(litres * size / 1000, 2e-5, 0.06), 6)
    weight = np.round(volume * density * np.exp(np.clip(rng.normal(0, 0.3, count), -0.8, 0.8)) + 0.005, 3)
    cost = price * np.minimum(COST_SHARE * np.exp(rng.normal(0, 0.25, count)), COST_MOST)
    supplier = rng.integers(0, spec.supplier_count, count)
    return catalogue.Catalogue(
        sku=products["sku"].to_numpy(dtype=object),
        category=category,
        supplier=supplier,
        volume_m3=volume,
        weight_kg=weight,
        unit_cost=np.maximum(np.round(cost, 2), 0.02),
        price=price,
        case_pack=np.minimum(catalogue.case_packs(volume, weight), LARGEST_CASE),
        units_per_order=products["units_per_order"].to_numpy(),
        origin=supplier_countries(spec)[supplier],
    )
