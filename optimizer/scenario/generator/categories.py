"""Product groups: what a typical unit is like, what customs calls it, and when it sells. Illustrative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Category:
    """A product group: medians of a unit, share of the catalogue, and season.

    `season`: `gifts` (peaks before Christmas), `summer`, `winter`, or `steady`; `peak` is the height of the season
    above the yearly mean.
    """

    name: str
    hs_code: str
    share: float
    litres: float
    kg_per_m3: float
    unit_cost: float
    season: str
    peak: float


CATEGORIES = (
    Category("kitchen", "3924.10", 0.14, 2.2, 170, 1.9, "steady", 0.15),
    Category("t-shirts", "6109.10", 0.10, 1.1, 210, 3.1, "summer", 0.35),
    Category("sweaters", "6110.30", 0.05, 2.4, 150, 6.0, "winter", 0.80),
    Category("bags", "4202.92", 0.09, 5.0, 120, 6.5, "gifts", 0.40),
    Category("headphones", "8518.30", 0.08, 0.6, 330, 7.5, "gifts", 0.70),
    Category("cables", "8544.42", 0.08, 0.3, 480, 1.4, "steady", 0.10),
    Category("toys", "9503.00", 0.12, 3.6, 130, 4.2, "gifts", 1.20),
    Category("bed linen", "6302.22", 0.06, 4.5, 180, 6.2, "winter", 0.25),
    Category("porcelain", "6911.10", 0.05, 2.6, 480, 3.4, "gifts", 0.45),
    Category("shelves", "9403.20", 0.05, 12.0, 230, 11.0, "steady", 0.15),
    Category("hand tools", "8205.59", 0.07, 1.4, 650, 4.6, "gifts", 0.30),
    Category("sports", "9506.91", 0.06, 5.5, 210, 6.8, "summer", 0.45),
    Category("lamps", "9405.42", 0.05, 3.4, 220, 5.6, "winter", 0.35),
)

#: Week of the year (0 to 52) in which a season is highest.
PEAK_WEEK = {"summer": 26, "winter": 3, "gifts": 48}
#: Weeks of sales events: July and October sale, Black Friday and the week after.
EVENTS = {27: 1.35, 40: 1.30, 46: 1.45, 47: 1.25}


def seasons(week_of_year: np.ndarray) -> np.ndarray:
    """Demand factor of each category in each week of the year, shape (categories, weeks); about 1 over a year."""
    return np.stack([_season(category, np.asarray(week_of_year)) for category in CATEGORIES])


def _season(category: Category, weeks: np.ndarray) -> np.ndarray:
    event = np.ones(len(weeks))
    for week, factor in EVENTS.items():
        event[weeks == week] = factor
    if category.season == "steady":
        return event * (1 + category.peak * np.where((weeks >= 44) & (weeks <= 50), 1.0, -0.15))
    away = np.abs((weeks - PEAK_WEEK[category.season] + 26) % 52 - 26)
    width = 4.0 if category.season == "gifts" else 10.0
    hill = np.exp(-0.5 * (away / width) ** 2)
    return event * (1 + category.peak * (hill - hill_mean(width)))


def hill_mean(width: float) -> float:
    """Yearly mean of a bell of so many weeks' width, so that a season moves sales and does not make them."""
    return width * float(np.sqrt(2 * np.pi)) / 52
