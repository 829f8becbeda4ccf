"""Features: more places, and more ways to customers."""

from __future__ import annotations

import numpy as np

from tests.oracle.draft import Draft


def east(draft: Draft, random: np.random.Generator) -> None:
    """A second warehouse in the US, a region that both serve, transfers both ways."""
    draft.add("locations", {"location": "east", "kind": "marketplace", "country": "US"})
    draft.add("regions", {"region": "E", "country": "US", "return_rate": 0.1})
    draft.add_lane("rail", "home", "east", int(random.integers(6, 14)))
    draft.add_lane("truck", "west", "east", 2)
    draft.add_lane("back-truck", "east", "west", 3)
    draft.add("freight_rates", {"lane": "rail", "basis": "m3", "rate": float(random.uniform(80, 200))})
    draft.add("freight_rates", *({"lane": lane, "basis": "m3", "rate": 40} for lane in ("truck", "back-truck")))
    draft.add("delivery_lanes", {"location": "west", "region": "E", "delivery_days": 6, "per_order": 3})
    draft.add("delivery_lanes", {"location": "east", "region": "E", "delivery_days": 2, "per_order": 1.5})
    for sku in draft.codes("skus", "sku"):
        draft.add("prices", {"sku": sku, "region": "E", "price": float(random.uniform(25, 60))})
        draft.add_demand(sku, "E", random)


def union(draft: Draft, random: np.random.Generator) -> None:
    """A warehouse in Berlin that serves Paris: one customs territory with money of its own; a lane from the US."""
    draft.add("countries", {"country": "DE", "customs_territory": "EU", "currency": "EUR"})
    draft.add("countries", {"country": "FR", "customs_territory": "EU", "currency": "EUR"})
    draft.add("locations", {"location": "berlin", "kind": "overseas", "country": "DE", "currency": "EUR"})
    draft.add("regions", {"region": "paris", "country": "FR"})
    draft.add_lane("land", "home", "berlin", int(random.integers(6, 14)))
    draft.add_lane("atlantic", "west", "berlin", int(random.integers(4, 9)))
    draft.add("freight_rates", {"lane": "land", "basis": "kg", "rate": 9, "currency": "CNY"})
    draft.add("freight_rates", {"lane": "atlantic", "basis": "m3", "rate": 30})
    draft.add("delivery_lanes", {"location": "berlin", "region": "paris", "delivery_days": 2, "per_order": 2})
    draft.add("storage_rates", {"location": "berlin", "from_age_days": 10, "per_m3_day": 1.2, "currency": "EUR"})
    for kind in ("freight", "parcel"):
        draft.add("duty_rates", {"customs_territory": "EU", "kind": kind, "rate": 0.08, "per_item": 0.4})
    for sku in draft.codes("skus", "sku"):
        draft.add("prices", {"sku": sku, "region": "paris", "price": float(random.uniform(25, 50)), "currency": "EUR"})
        draft.add_demand(sku, "paris", random)


def second_home(draft: Draft, random: np.random.Generator) -> None:
    """A warehouse near home, reached within the day, with ships of its own."""
    draft.add("locations", {"location": "port", "kind": "domestic", "country": "CN"})
    draft.add_lane("cart", "home", "port", 0)
    draft.add_lane("buy-port", "factory", "port", 1)
    draft.add_lane("liner", "port", "west", int(random.integers(4, 10)))
    draft.add("freight_rates", {"lane": "cart", "basis": "m3", "rate": 5})
    draft.add("freight_rates", {"lane": "buy-port", "basis": "m3", "rate": 25})
    draft.add("freight_rates", {"lane": "liner", "basis": "m3", "rate": float(random.uniform(60, 150))})


def mill(draft: Draft, random: np.random.Generator) -> None:
    """A dearer supplier of A in the US, next to the warehouse there, and farther from home."""
    draft.add("locations", {"location": "mill", "kind": "supplier", "country": "US"})
    draft.add_lane("road", "mill", "west", 1)
    draft.add_lane("import", "mill", "home", 9)
    draft.add("freight_rates", *({"lane": lane, "basis": "kg", "rate": 0.3} for lane in ("road", "import")))
    cost = float(random.uniform(8, 14))
    draft.add("sourcing", {"sku": "A", "supplier": "mill", "unit_cost": cost, "production_days": 3})


def returns(draft: Draft, random: np.random.Generator) -> None:
    """Goods may go back home."""
    draft.add_lane("return", "west", "home", 8)
    draft.add("freight_rates", {"lane": "return", "basis": "kg", "rate": 0.5})


def air(draft: Draft, random: np.random.Generator) -> None:
    """A fast lane whose rate includes duty."""
    draft.add_lane("air", "home", "west", 3, duty_included=True)
    rate = {"basis": "kg", "rate": float(random.uniform(3, 6)), "volumetric_divisor": 6_000}
    draft.add("freight_rates", {"lane": "air", **rate})


def straight_to_west(draft: Draft, random: np.random.Generator) -> None:
    """The factory sends goods straight to the warehouse in the west."""
    draft.add_lane("straight", "factory", "west", int(random.integers(8, 16)))
    draft.add("freight_rates", {"lane": "straight", "basis": "m3", "rate": float(random.uniform(60, 150))})


def parcels(draft: Draft, random: np.random.Generator) -> None:
    """Customers are served by parcel from home, charged by volume; in Paris duty rises with the value in euros."""
    row = {"per_order": 15, "per_kg": float(random.uniform(10, 40)), "volumetric_divisor": 8_000, "currency": "CNY"}
    row |= {"location": "home", "delivery_days": 12, "kind": "cross_border"}
    draft.add("delivery_lanes", {**row, "region": "W"})
    if "paris" in draft.codes("regions", "region"):
        draft.add("delivery_lanes", {**row, "region": "paris"})
        duty = {"customs_territory": "EU", "kind": "parcel", "rate": 0.2, "from_value": float(random.uniform(4, 9))}
        draft.add("duty_rates", {**duty, "per_entry": float(random.uniform(0, 3))})


def made_to_order(draft: Draft, random: np.random.Generator) -> None:
    """The factory serves customers in the west itself, duty paid or not; so does the mill, which is there."""
    row = {"delivery_days": 9, "per_order": 4, "per_kg": 3, "duty_included": bool(random.random() < 0.5)}
    draft.add("delivery_lanes", {"location": "factory", "region": "W", **row})
    if "mill" in draft.codes("locations", "location"):
        draft.add("delivery_lanes", {"location": "mill", "region": "W", "delivery_days": 4, "per_order": 9})


def trader(draft: Draft, random: np.random.Generator) -> None:
    """A trader in the US takes any quantity of A, and of B in the west, for little."""
    draft.add("regions", {"region": "trader", "country": "US", "kind": "clearance", "platform_fee_rate": 0.5})
    for place in ("west", "east"):
        if place in draft.codes("locations", "location"):
            draft.add("delivery_lanes", {"location": place, "region": "trader", "delivery_days": 0, "per_order": 0.3})
    draft.add("prices", {"sku": "A", "region": "trader", "price": float(random.uniform(0, 3)), "currency": "EUR"})


def tip(draft: Draft, random: np.random.Generator) -> None:
    """Goods may be disposed of at a price."""
    draft.add("regions", {"region": "tip", "country": "US", "kind": "disposal"})
    draft.add("delivery_lanes", {"location": "west", "region": "tip", "delivery_days": 1})
    for sku in draft.codes("skus", "sku"):
        draft.add("prices", {"sku": sku, "region": "tip", "price": -float(random.uniform(0, 0.3))})


#: In the order in which they are applied.
FEATURES = (east, union, second_home, mill, returns, air, straight_to_west, parcels, made_to_order, trader, tip)
