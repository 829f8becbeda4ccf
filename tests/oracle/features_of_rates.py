"""Features: freight, rent, handling, duty and exchange, dated and in foreign money."""

from __future__ import annotations

import numpy as np

from tests.oracle.draft import Draft, date


def breaks(draft: Draft, random: np.random.Generator) -> None:
    """The sea is cheaper for more, by weight or volume, and has a least charge."""
    (row,) = draft.each("freight_rates", lane="sea", basis="kg")
    row |= {"volumetric_divisor": 5_000, "minimum_charge": float(random.choice([0, 9]))}
    for start in (12, 40):
        draft.add("freight_rates", {**row, "from_quantity": start, "rate": row["rate"] * (1 - start / 100)})


def breaks_by_volume(draft: Draft, random: np.random.Generator) -> None:
    """The way home is charged by volume as well, with a break and a least charge in each bracket."""
    for start, rate in ((0, 60.0), (0.12, 40.0)):
        row = {"from_quantity": start, "rate": rate, "minimum_charge": float(random.uniform(0, 9))}
        draft.add("freight_rates", {"lane": "buy", "basis": "m3", **row})


def containers(draft: Draft, random: np.random.Generator) -> None:
    """Containers of two sizes to the west, on a lane of their own."""
    draft.add("container_types", {"container_type": "small", "volume_m3": 0.06, "payload_kg": 14})
    draft.add("container_types", {"container_type": "large", "volume_m3": 0.11, "payload_kg": 30})
    draft.add_lane("box", "home", "west", int(random.integers(7, 15)))
    for kind, rate in (("small", 40), ("large", 65)):
        row = {"lane": "box", "basis": "container", "container_type": kind, "currency": "CNY"}
        draft.add("freight_rates", {**row, "rate": float(rate * random.uniform(0.7, 1.4))})


def fees(draft: Draft, random: np.random.Generator) -> None:
    """Departures cost something."""
    for lane in draft.codes("lanes", "lane"):
        if random.random() < 0.6:
            draft.add("freight_rates", {"lane": lane, "basis": "departure", "rate": float(random.uniform(2, 15))})


def dearer_later(draft: Draft, random: np.random.Generator) -> None:
    """Every rate of freight changes once, within the horizon or soon after it."""
    draft.add(
        "freight_rates",
        *(
            {**row, "rate": row["rate"] * float(random.uniform(0.6, 1.8)), "valid_from": date(day)}
            for row in draft.rows["freight_rates"]
            for day in [17 if row["lane"] in ("sea", "buy") else 30]
        ),
    )


def by_the_case(draft: Draft, random: np.random.Generator) -> None:
    """Cases cost something on the sea and at the docks."""
    for row in draft.rows["skus"]:
        row.setdefault("case_pack", 1)
    draft.add("freight_rates", {"lane": "sea", "basis": "case", "rate": float(random.uniform(0.5, 2))})
    draft.add("handling_rates", {"location": "west", "basis": "case", "rate": float(random.uniform(0.2, 1))})


def handling(draft: Draft, random: np.random.Generator) -> None:
    """Receiving costs by volume, at home in yuan, and more from a day on."""
    draft.add("handling_rates", {"location": "home", "basis": "m3", "rate": 90, "currency": "CNY"})
    draft.add("handling_rates", {"location": "west", "basis": "m3", "rate": float(random.uniform(10, 40))})
    draft.add("handling_rates", {"location": "west", "basis": "m3", "rate": 60.0, "valid_from": date(18)})


def handling_of_containers(draft: Draft, random: np.random.Generator) -> None:
    """Containers are received at a rate of their own, small ones from a day on."""
    if draft.rows.get("container_types"):
        any_type = {"location": "west", "basis": "container"}
        draft.add("handling_rates", {**any_type, "rate": float(random.uniform(1, 5))})
        draft.add("handling_rates", {**any_type, "container_type": "small", "rate": 0.5, "valid_from": date(15)})


def tiers(draft: Draft, random: np.random.Generator) -> None:
    """Old stock pays more; at home there are free days."""
    (row,) = draft.each("storage_rates", location="west")
    for age, factor in ((9, 3), (21, 5), (40, 9)):
        draft.add("storage_rates", {**row, "from_age_days": age, "per_m3_day": row["per_m3_day"] * factor})
    draft.add("storage_rates", {"location": "home", "from_age_days": int(random.integers(5, 30)), "per_m3_day": 0.7})


def dearer_rooms_later(draft: Draft, random: np.random.Generator) -> None:
    """Another table of rent from a day on, with other ages."""
    dated = {"location": "west", "valid_from": date(int(random.choice([9, 21, 28, 33])))}
    for age, rent in ((0, 1.0), (16, 4.0)):
        draft.add("storage_rates", {**dated, "from_age_days": age, "per_m3_day": rent, "currency": "EUR"})


def half_of_deliveries(draft: Draft, random: np.random.Generator) -> None:
    """Half of what is delivered pays rent."""
    draft.settings["rent_on"] = "end_and_half_deliveries"


def duty(draft: Draft, random: np.random.Generator) -> None:
    """Duty by chapter and origin, some of it from a day on; entries; parcels above a value."""
    draft.rows["duty_rates"] = [row for row in draft.rows["duty_rates"] if row["customs_territory"] != "US"]
    west = {"customs_territory": "US", "rate": float(random.uniform(0, 0.3))}
    freight = {**west, "kind": "freight"}
    draft.add("duty_rates", {**freight, "per_entry": float(random.uniform(0, 6))})
    draft.add("duty_rates", {**freight, "hs_prefix": "61", "rate": 0.3})
    draft.add("duty_rates", {**freight, "hs_prefix": "61.09", "rate": 0.1, "valid_from": date(13)})
    draft.add(
        "duty_rates", {**freight, "hs_prefix": "6109", "origin_country": "CN", "rate": 0.4, "valid_from": date(20)}
    )
    draft.add("duty_rates", {**freight, "origin_country": "CN", "rate": 0.2, "per_item": 0.3})
    draft.add("duty_rates", {**freight, "rate": 0.05, "per_entry": 9.0, "valid_from": date(16)})
    parcel = {**west, "kind": "parcel"}
    draft.add("duty_rates", {**parcel, "per_item": 0.2, "per_entry": 1.0})
    draft.add("duty_rates", {**parcel, "rate": 0.6, "from_value": 9.0})
    draft.add("duty_rates", {**parcel, "rate": 0.7, "per_entry": 2.0, "valid_from": date(11)})


def duty_at_home(draft: Draft, random: np.random.Generator) -> None:
    """What enters China pays in yuan."""
    (row,) = draft.each("duty_rates", customs_territory="CN", kind="freight")
    row |= {"rate": 0.05, "per_item": float(random.uniform(0, 4)), "per_entry": 20.0}


def dated_money(draft: Draft, random: np.random.Generator) -> None:
    """Exchange rates move, in the horizon and after it."""
    for currency, rate in (("EUR", 1.1), ("CNY", 0.14)):
        for day in (10, 19, 31):
            worth = rate * float(random.uniform(0.8, 1.25))
            draft.add("exchange_rates", {"currency": currency, "rate": worth, "valid_from": date(day)})


#: In the order in which they are applied.
FEATURES = (
    breaks,
    breaks_by_volume,
    containers,
    fees,
    dearer_later,
    by_the_case,
    handling,
    handling_of_containers,
    tiers,
    dearer_rooms_later,
    half_of_deliveries,
    duty,
    duty_at_home,
    dated_money,
)
