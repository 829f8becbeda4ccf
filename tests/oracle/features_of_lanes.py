"""Features: when lanes depart, what they take, and how much room there is."""

from __future__ import annotations

import numpy as np

from tests.oracle.draft import Draft, date


def weekdays(draft: Draft, random: np.random.Generator) -> None:
    """Lanes depart on some days of the week."""
    days = ("Mon", "Tuesday, Fri", "thu", "Wed sat", "Sun", "")
    for lane in draft.rows["lanes"]:
        lane["sailing_weekdays"] = days[random.integers(len(days))]


def fortnights(draft: Draft, random: np.random.Generator) -> None:
    """Some lanes depart every second or third week, counted from before or after the first day."""
    for lane in draft.rows["lanes"]:
        if random.random() < 0.4:
            lane |= {"every_weeks": int(random.integers(2, 4)), "sails_from": date(int(random.integers(-30, 30)))}


def holidays(draft: Draft, random: np.random.Generator) -> None:
    """A lane, both warehouses and the factory are closed for some days; the factory before the start, too."""
    first = [int(day) for day in random.integers(0, 26, 5)]
    draft.add("closures", {"lane": "sea", "from": date(first[0]), "until": date(first[0] + 8)})
    draft.add("closures", {"location": "west", "from": date(first[1]), "until": date(first[1] + 5)})
    draft.add("closures", {"location": "home", "from": date(first[2]), "until": date(first[2])})
    draft.add("closures", {"location": "home", "from": date(first[2] + 1), "until": date(first[2] + 2)})
    draft.add("closures", {"supplier": "factory", "from": date(first[3]), "until": date(first[3] + 4)})
    draft.add("closures", {"location": "factory", "from": date(first[4]), "until": date(first[4] + 1)})
    draft.add("closures", {"supplier": "factory", "from": date(-4), "until": date(1)})
    draft.add("closures", {"location": "west", "from": date(29), "until": date(33)})


def production(draft: Draft, random: np.random.Generator) -> None:
    """It takes days to make things."""
    for row in draft.rows["sourcing"]:
        row["production_days"] = int(random.integers(0, 9))


def days_then_weeks(draft: Draft, random: np.random.Generator) -> None:
    """Periods of different lengths."""
    lengths = ((1, 1, 2, 3, 7, 14), (2, 3, 9, 14), (1, 6, 7, 7, 7), (4, 4, 4, 4, 4, 4, 4))
    draft.settings["periods"] = lengths[random.integers(len(lengths))]


def room_aboard(draft: Draft, random: np.random.Generator) -> None:
    """Departures take little: by volume, by weight or by number."""
    for lane in draft.rows["lanes"]:
        limit = random.integers(4)
        if limit < 3:
            column, most = (("capacity_m3", 0.09), ("capacity_kg", 13.0), ("capacity_units", 9.0))[limit]
            lane[column] = most * float(random.uniform(0.6, 1.6))


def rooms(draft: Draft, random: np.random.Generator) -> None:
    """Warehouses hold little."""
    for row in draft.rows["locations"]:
        if row["kind"] != "supplier":
            row["storage_volume_m3"] = float(random.uniform(0.01, 0.1))
            row["overflow_per_m3_day"] = float(random.uniform(1, 20))


def docks(draft: Draft, random: np.random.Generator) -> None:
    """Warehouses receive little."""
    for row in draft.rows["locations"]:
        if row["kind"] != "supplier":
            row["receiving_m3_per_day"] = float(random.uniform(0.002, 0.01))
            row["receiving_overflow_per_m3"] = float(random.uniform(5, 80))


def frozen(draft: Draft, random: np.random.Generator) -> None:
    """The first days are decided, but for A on the sea and one order of B."""
    draft.settings["frozen_days"] = int(random.integers(3, 12))
    draft.add("locks", {"lane": "sea", "sku": "A", "most": 9})
    draft.add("locks", {"lane": "buy", "sku": "B", "date": date(8), "most": 12})


def firm(draft: Draft, random: np.random.Generator) -> None:
    """Units that must leave by a courier in the period of a date, and a ban."""
    day = date(int(random.integers(14, 28)))
    draft.add_lane("courier", "home", "west", 2)
    draft.add("freight_rates", {"lane": "courier", "basis": "kg", "rate": 8})
    draft.add("opening_stock", {"location": "home", "sku": "B", "received_on": date(-3), "units": 7.0})
    draft.add("locks", {"lane": "courier", "sku": "B", "date": day, "least": 3.0, "most": 7.0})
    draft.add("locks", {"lane": "buy", "sku": "A", "date": day, "most": 0.0})


def patience(draft: Draft, random: np.random.Generator) -> None:
    """Few customers wait long, nobody more than ten days."""
    for row in draft.each("regions"):
        if row.get("kind", "customers") == "customers":
            shares = sorted(random.uniform(0.2, 1.0, 3).tolist(), reverse=True)
            draft.add(
                "delivery_patience",
                *(
                    {"region": row["region"], "days": days, "share": share}
                    for days, share in zip((2, 5, 10), shares, strict=True)
                ),
            )


def targets(draft: Draft, random: np.random.Generator) -> None:
    """A platform asks for stock: a number of A, days of B."""
    target = {"location": "west", "price_per_unit_day": 0.4, "currency": "CNY"}
    draft.add("stock_targets", {**target, "sku": "A", "least_units": float(random.integers(1, 9))})
    draft.add("stock_targets", {**target, "sku": "B", "cover_days": float(random.uniform(2, 9)), "least_units": 1.0})


#: In the order in which they are applied.
FEATURES = (
    weekdays,
    fortnights,
    holidays,
    production,
    days_then_weeks,
    room_aboard,
    rooms,
    docks,
    frozen,
    firm,
    patience,
    targets,
)
