"""The first leg to each overseas warehouse, mode by mode. Illustrative, modelled on 2025-26 price lists.

Days are door to shelf: the median, and what nine of ten sailings keep. JP, CA and AU are assumed by analogy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Tariff:
    """When a service runs and what it costs.

    `tiers` are (from quantity, rate) of `basis`; `boxes` are (container type, rate); `departure_fee` is in US$. `rise`
    is the factor on rates from the day on which duty changes, where they include it.
    """

    days: int
    late_days: int
    weekdays: str
    basis: str = ""
    tiers: tuple[tuple[float, float], ...] = ()
    currency: str = "USD"
    divisor: float = np.nan
    minimum: float = 0.0
    boxes: tuple[tuple[str, float], ...] = ()
    departure_fee: float = 0.0
    duty_included: bool = False
    rise: float = 1.0


#: What a higher duty adds to rates that include it.
US_RISE = 1.08
#: Where weight bands of so many rates start, in kg.
BANDS = {1: (0.0,), 2: (0.0, 100.0), 3: (0.0, 51.0, 100.0)}


def ddp(
    days: int, late_days: int, weekdays: str, rates: tuple[float, ...], minimum: float = 0.0, rise: float = 1.0
) -> Tariff:
    """Groupage by chargeable kg (divisor 6000) in CNY, duty and courier included."""
    tiers = tuple(zip(BANDS[len(rates)], rates, strict=True))
    return Tariff(days, late_days, weekdays, "kg", tiers, "CNY", 6000.0, minimum, duty_included=True, rise=rise)


def express(days: int, late_days: int, rate: float, rise: float = 1.0) -> Tariff:
    """Courier on any day by chargeable kg (divisor 5000) in CNY, duty included."""
    return Tariff(days, late_days, "", "kg", ((0.0, rate),), "CNY", 5000.0, duty_included=True, rise=rise)


def full_container(days: int, late_days: int, weekday: str, small: float, large: float, fee: float) -> Tariff:
    """Whole containers, 20GP and 40HQ, in US$; duty is paid on entry."""
    return Tariff(days, late_days, weekday, boxes=(("20GP", small), ("40HQ", large)), departure_fee=fee)


def paid_container(days: int, late_days: int, weekday: str, small: float, large: float, fee: float) -> Tariff:
    """Whole containers in US$ with duty in the rate, as forwarders to the US offer them."""
    boxes = (("20GP", small), ("40HQ", large))
    return Tariff(days, late_days, weekday, boxes=boxes, departure_fee=fee, duty_included=True, rise=US_RISE)


def shared_container(days: int, late_days: int, rate: float, rate_from_5: float, fee: float) -> Tariff:
    """A share of a container by m3 in US$, one m3 at least; duty is paid on entry."""
    tiers = ((0.0, rate), (5.0, rate_from_5))
    return Tariff(days, late_days, "Mon", "m3", tiers, minimum=rate, departure_fee=fee)


#: destination -> mode -> tariff
FIRST_LEG: dict[str, dict[str, Tariff]] = {
    "US-W": {
        "sea": ddp(25, 35, "Thu", (13.7, 11.7, 10.7), 290.0, US_RISE),
        "air": ddp(9, 14, "Tue Fri", (50.0,), rise=US_RISE),
        "fcl": paid_container(32, 45, "Sat", 5000.0, 9200.0, 280.0),
        "fast": ddp(17, 21, "Wed", (16.7, 14.7, 13.7), 350.0, US_RISE),
        "lcl": shared_container(36, 48, 115.0, 95.0, 90.0),
        "express": express(4, 7, 62.0, US_RISE),
    },
    "US-E": {
        "sea": ddp(38, 50, "Thu", (15.8, 13.8, 12.8), 330.0, US_RISE),
        "air": ddp(10, 15, "Tue Fri", (52.0,), rise=US_RISE),
        "fcl": paid_container(40, 55, "Sat", 6200.0, 11500.0, 280.0),
        "fast": ddp(21, 27, "Wed", (19.4, 17.4, 16.4), 400.0, US_RISE),
        "lcl": shared_container(46, 60, 135.0, 115.0, 90.0),
        "express": express(5, 8, 64.0, US_RISE),
    },
    "UK": {
        "sea": ddp(42, 58, "Fri", (15.5, 13.5, 12.5), 320.0),
        "air": ddp(9, 13, "Tue Fri", (43.0,)),
        "fcl": full_container(44, 60, "Sun", 2600.0, 4200.0, 240.0),
        "fast": ddp(30, 44, "Wed", (14.5,), 300.0),
        "lcl": shared_container(48, 62, 110.0, 90.0, 80.0),
        "express": express(4, 7, 60.0),
    },
    "DE": {
        "sea": ddp(42, 58, "Fri", (14.3, 12.3, 11.3), 300.0),
        "air": ddp(9, 13, "Tue Fri", (42.0,)),
        "fcl": full_container(44, 58, "Sun", 2500.0, 4000.0, 240.0),
        "fast": ddp(27, 40, "Wed", (13.0,), 280.0),
        "lcl": shared_container(46, 60, 105.0, 88.0, 80.0),
        "express": express(4, 7, 60.0),
    },
    "JP": {
        "sea": ddp(12, 16, "Mon Thu", (9.5, 7.5), 200.0),
        "air": ddp(5, 7, "Tue Fri", (24.0,)),
        "fcl": full_container(15, 20, "Sat", 1200.0, 1900.0, 200.0),
        "fast": ddp(8, 10, "Wed Sat", (12.0, 10.0), 220.0),
        "lcl": shared_container(17, 22, 70.0, 58.0, 70.0),
        "express": express(3, 5, 38.0),
    },
    "US-FBA": {
        "sea": ddp(30, 42, "Thu", (14.7, 12.7, 11.7), 310.0, US_RISE),
        "air": ddp(12, 18, "Fri", (52.0,), rise=US_RISE),
        "fast": ddp(21, 28, "Wed", (17.7, 15.7, 14.7), 370.0, US_RISE),
        "express": express(7, 11, 64.0, US_RISE),
    },
    "CA": {
        "sea": ddp(32, 44, "Thu", (15.0, 12.0), 300.0),
        "air": ddp(9, 14, "Fri", (48.0,)),
        "fcl": full_container(40, 52, "Sat", 3400.0, 5600.0, 260.0),
        "fast": ddp(22, 28, "Wed", (17.0, 15.0), 350.0),
        "lcl": shared_container(42, 54, 130.0, 110.0, 90.0),
        "express": express(5, 8, 62.0),
    },
    "AU": {
        "sea": ddp(26, 36, "Fri", (11.5, 9.0), 240.0),
        "air": ddp(7, 10, "Fri", (40.0,)),
        "fcl": full_container(30, 40, "Sun", 2200.0, 3600.0, 220.0),
        "fast": ddp(19, 25, "Wed", (13.5, 11.5), 280.0),
        "lcl": shared_container(32, 42, 95.0, 80.0, 80.0),
        "express": express(4, 6, 55.0),
    },
}
