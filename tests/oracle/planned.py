"""Units that the last plan ships and that are still to be decided."""

from __future__ import annotations

from collections import defaultdict

from tests.oracle.trade import Trade


def planned(trade: Trade) -> dict[tuple[str, str, int], float]:
    """Units by (lane, SKU, period); nothing where changes have no price."""
    found: dict[tuple[str, str, int], float] = defaultdict(float)
    for row in trade.facts.rows["last_plan"] if trade.settings.change_rate > 0 else []:
        period = trade.calendar.period_of(row["departs_on"])
        if row["units"] > 0 and period is not None and is_near(trade, period) and _open(trade, row, period):
            found[row["lane"], row["sku"], period] += row["units"]
    return dict(found)


def is_near(trade: Trade, period: int) -> bool:
    """Whether changes of the departures of a period cost something."""
    return trade.calendar.starts[period] < trade.calendar.starts[0] + trade.settings.change_days


def _open(trade: Trade, row: dict, period: int) -> bool:
    """Whether there is such a departure, and its decision is not past."""
    trip, origin = trade.trips.get((row["lane"], period)), trade.facts.lanes[row["lane"]]["origin"]
    if trip is None:
        return False
    day = trip.departs_on
    if trade.facts.is_supplier(origin):
        terms = trade.facts.sourcing.get((row["sku"], origin))
        if terms is None:
            return False
        day = trade.closures.ordered_on(origin, day, terms["production_days"])
    return day >= trade.calendar.starts[0]
