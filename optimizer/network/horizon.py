"""What follows the horizon: the buckets whose demand gives end stock its value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.forecast.demand import table_span
from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario

BUCKET_DAYS = 28


@dataclass(frozen=True)
class Horizon:
    """What a slice must know of the whole catalogue. `bucket_ends` (B,): first day after each bucket that follows the
    horizon; `span`: first day of the table of demand or sales, and first day after its last; `path_span`: the same of
    the table of demand on sample paths.
    """

    bucket_ends: np.ndarray
    span: tuple[np.datetime64, np.datetime64]
    path_span: tuple[np.datetime64, np.datetime64]


def horizon(scenario: Scenario) -> Horizon:
    """The horizon of a whole scenario."""
    return Horizon(bucket_ends(scenario), table_span(scenario), table_span(scenario, "path_demand"))


def cover_days(scenario: Scenario) -> int:
    """Days after the horizon whose demand today's network must already prepare for: the longest way from order to
    sale, and one review.
    """
    kind = dict(zip(scenario["locations"]["location"], scenario["locations"]["kind"], strict=True))
    lanes = scenario["lanes"]
    origin = lanes["origin"].map(kind)
    production = scenario["sourcing"].groupby("supplier")["production_days"].max()
    made = lanes["origin"].map(production).astype(float).fillna(0)
    purchase = (made + lanes["lead_time_days"])[origin == "supplier"].max()
    onward = lanes["lead_time_days"][origin == "domestic"].max()
    return int(np.nansum([purchase, onward])) + scenario.settings.review_days


def bucket_ends(scenario: Scenario) -> np.ndarray:
    """First day after each bucket of 28 days that follows the horizon, datetime64[D]; the last one is shorter."""
    days = cover_days(scenario) if scenario.settings.end_stock == "matched" else 0
    ends = np.minimum(np.arange(BUCKET_DAYS, days + BUCKET_DAYS, BUCKET_DAYS), days)
    return scenario.calendar.end + ends * DAY
