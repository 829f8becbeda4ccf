"""Features: goods, orders, stock, demand, and the end of the horizon."""

from __future__ import annotations

import numpy as np

from tests.oracle.draft import Draft, date


def case_packs(draft: Draft, random: np.random.Generator) -> None:
    """Goods move in whole cases."""
    for row in draft.rows["skus"]:
        row["case_pack"] = int(random.integers(2, 6))


def slow_movers(draft: Draft, random: np.random.Generator) -> None:
    """Little is wanted and little is there, in large cases; those of B are of 7 at most, so that a firm one holds."""
    for row in draft.rows["demand"]:
        row["mean"] *= 0.12
    for row in draft.each("opening_stock", received_on=None):
        row["units"] = float(random.integers(0, 2))
    for row in draft.rows["skus"]:
        row["case_pack"] = int(random.integers(4, 8)) if row["sku"] == "B" else int(random.integers(6, 13))


def order_multiples(draft: Draft, random: np.random.Generator) -> None:
    """Suppliers sell multiples of their own."""
    for row in draft.rows["sourcing"]:
        row["order_multiple"] = int(random.integers(3, 8))


def least_orders(draft: Draft, random: np.random.Generator) -> None:
    """Orders are large, or there are none."""
    for row in draft.rows["sourcing"]:
        row["moq"] = float(random.integers(5, 20))


def least_value(draft: Draft, random: np.random.Generator) -> None:
    """The factory takes orders above a value, in some money."""
    currency, factor = (("CNY", 7.0), ("EUR", 1.0), ("", 1.0))[random.integers(3)]
    value = float(random.uniform(40, 130)) * factor
    draft.add("suppliers", {"supplier": "factory", "minimum_order_value": value, "currency": currency})


def costs_in_yuan(draft: Draft, random: np.random.Generator) -> None:
    """The factory is paid in its own money."""
    for row in draft.each("sourcing", supplier="factory"):
        row |= {"unit_cost": row["unit_cost"] * 7, "currency": "CNY"}


def declared(draft: Draft, random: np.random.Generator) -> None:
    """Goods are declared at another value than they cost."""
    for row in draft.rows["skus"]:
        row["declared_value"] = float(random.uniform(2, 20))


def leftovers(draft: Draft, random: np.random.Generator) -> None:
    """A product that nobody makes any more: some stands at home, some is under way."""
    row = {"sku": "C", "origin_country": "US", "unit_weight_kg": 1.5, "unit_volume_m3": 0.006, "case_pack": 4}
    draft.add("skus", {**row, "hs_code": "6109.90", "declared_value": float(random.uniform(3, 9))})
    draft.add("prices", {"sku": "C", "region": "W", "price": float(random.uniform(20, 40))})
    draft.add("opening_stock", {"location": "home", "sku": "C", "units": 11.0})
    draft.add("in_transit", {"destination": "west", "sku": "C", "arrives_on": date(12), "units": 2.0})
    draft.add_demand("C", "W", random)


def lots(draft: Draft, random: np.random.Generator) -> None:
    """Stock of several ages."""
    for place in ("home", "west"):
        for sku in ("A", "B"):
            received_on = date(-int(random.integers(5, 60)))
            row = {"location": place, "sku": sku, "received_on": received_on, "units": float(random.integers(1, 7))}
            draft.add("opening_stock", row)


def under_way(draft: Draft, random: np.random.Generator) -> None:
    """Goods that the past has sent: late ones, some of this month, some of the next."""
    for day in (-3, 2, 9, 16, 30, 50):
        for sku in ("A", "B"):
            if random.random() < 0.6:
                row = {"sku": sku, "arrives_on": date(day), "units": float(random.integers(1, 5))}
                draft.add("in_transit", {"destination": "west" if random.random() < 0.7 else "home", **row})


def capital(draft: Draft, random: np.random.Generator) -> None:
    """Money has a price."""
    draft.settings["capital_rate"] = float(random.uniform(0.05, 0.4))


def matched(draft: Draft, random: np.random.Generator) -> None:
    """What is left is worth what its demand is worth."""
    draft.settings |= {"end_stock": "matched", "review_days": int(random.integers(1, 25))}


def odd_buckets(draft: Draft, random: np.random.Generator) -> None:
    """Buckets of demand of any length, with gaps, from before the first day until soon after the horizon."""
    pairs = {(row["sku"], row["region"]) for row in draft.rows["demand"]}
    draft.rows["demand"] = []
    for sku, region in sorted(pairs):
        day = -int(random.integers(0, 12))
        while day < 30:
            days = int(random.integers(1, 11))
            row = {"sku": sku, "region": region, "starts_on": date(day), "days": days}
            draft.add("demand", {**row, "mean": float(random.uniform(0, days))})
            day += days + (int(random.integers(1, 4)) if day < 10 and random.random() < 0.3 else 0)


def short_table(draft: Draft, random: np.random.Generator) -> None:
    """The table of demand ends with the horizon; for B in the west a week before."""
    draft.rows["demand"] = [
        row
        for row in draft.rows["demand"]
        if row["starts_on"] < date(21 if (row["sku"], row["region"]) == ("B", "W") else 28)
    ]


def history(draft: Draft, random: np.random.Generator) -> None:
    """One bucket for all that is wanted, at the mean of past buckets, of which some do not count."""
    pairs = {(row["sku"], row["region"]) for row in draft.rows["demand"]}
    draft.rows["demand"] = []
    past: dict[tuple[str, str], list[tuple[int, int, float, bool]]] = {}
    for pair in sorted(pairs):
        for day in range(-40, 0, 5):
            if random.random() < 0.8:
                days, units = int(random.integers(1, 6)), float(random.integers(0, 6))
                past.setdefault(pair, []).append((day, days, units, bool(random.random() < 0.8)))
    ends = max((day + days for rows in past.values() for day, days, _, _ in rows), default=0)
    for (sku, region), rows in past.items():
        sold = [day for day, _, units, _ in rows if units > 0]
        since = [row for row in rows if sold and row[0] >= min(sold)]
        length = ends - min(sold, default=ends) - sum(days for _, days, _, counts in since if not counts)
        rate = sum(units for _, _, units, counts in since if counts) / length if length > 0 else 0.0
        draft.add("demand", {"sku": sku, "region": region, "starts_on": date(0), "days": 60, "mean": 60 * rate})


def prices_in_euros(draft: Draft, random: np.random.Generator) -> None:
    """Customers in the west pay in euros."""
    for row in draft.each("prices", region="W"):
        row["currency"] = "EUR"


#: In the order in which they are applied.
FEATURES = (
    case_packs,
    slow_movers,
    order_multiples,
    least_orders,
    least_value,
    costs_in_yuan,
    declared,
    leftovers,
    lots,
    under_way,
    capital,
    matched,
    odd_buckets,
    short_table,
    history,
    prices_in_euros,
)
