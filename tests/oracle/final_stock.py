"""Rules about stock that is left for the demand after the horizon, and its worth."""

from __future__ import annotations

from collections import defaultdict

from pulp import LpAffineExpression, lpSum

from tests.oracle.decisions import Decisions
from tests.oracle.ending import Ending
from tests.oracle.keys import Keys
from tests.oracle.rules import Rules
from tests.oracle.trade import Trade


def end_cover_stock(trade: Trade, keys: Keys, x: Decisions, ending: Ending, rules: Rules) -> None:
    """What serves the demand up to a bucket is left, or has landed before the bucket ends."""
    covers = defaultdict(list)
    for (place, _, sku, bucket), cover in x.end_cover.items():
        covers[place, sku].append((bucket, cover))
    for (place, sku), found in covers.items():
        for bucket, (_, end) in enumerate(ending.buckets):
            used = lpSum(cover for of_bucket, cover in found if of_bucket <= bucket)
            rules.add("end_cover_stock", used <= _there_by(trade, keys, x, place, sku, end))


def end_cover_demand(trade: Trade, x: Decisions, ending: Ending, rules: Rules) -> None:
    """No more is left for a bucket than is wanted in it."""
    covers = defaultdict(list)
    for (_, region, sku, bucket), cover in x.end_cover.items():
        covers[region, sku, bucket].append(cover)
    for (region, sku, bucket), found in covers.items():
        rules.add("end_cover_demand", lpSum(found) <= trade.demand.between(sku, region, *ending.buckets[bucket]))


def end_stock(trade: Trade, keys: Keys, x: Decisions, ending: Ending) -> LpAffineExpression:
    """Less the worth of what is left."""
    last = trade.calendar.periods[-1]
    terms = [-gain * x.end_cover[key] for key, gain in ending.gain.items()]
    for (place, sku), worth in ending.unmatched.items():
        terms.append(-worth * x.on_hand[place, sku, last])
        terms += [-worth * x.ship[key] for key in keys.later[place, sku]]
        terms += [-worth * units for _, units in keys.receipts_later[place, sku]]
    return lpSum(terms)


def _there_by(trade: Trade, keys: Keys, x: Decisions, place: str, sku: str, end: int) -> LpAffineExpression:
    shipped = [x.ship[key] for key in keys.later[place, sku] if trade.trips[key[0], key[2]].arrives_on < end]
    units = sum(units for day, units in keys.receipts_later[place, sku] if day < end)
    return x.on_hand[place, sku, trade.calendar.periods[-1]] + lpSum(shipped) + units
