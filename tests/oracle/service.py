"""Rules about customers: how many are served, and how slowly."""

from __future__ import annotations

from collections import defaultdict

from pulp import lpSum

from tests.oracle.decisions import Decisions
from tests.oracle.keys import Keys
from tests.oracle.rules import Rules
from tests.oracle.trade import Trade


def demand_met_or_lost(trade: Trade, keys: Keys, x: Decisions, rules: Rules) -> None:
    """Deliveries + lost = demand."""
    for (region, sku, period), lost in x.lost.items():
        delivered = lpSum(x.deliver[key] for key in keys.served[region, sku, period])
        rules.add("demand_met_or_lost", delivered + lost == trade.demand.in_period(sku, region, period))


def slow_delivery_share(trade: Trade, keys: Keys, x: Decisions, rules: Rules) -> None:
    """Of the customers who would wait so long, no more are served so slowly."""
    days = {(row["location"], row["region"]): row["delivery_days"] for row in trade.facts.rows["delivery_lanes"]}
    patience: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in trade.facts.rows["delivery_patience"]:
        patience[row["region"]].append((row["days"], row["share"]))
    offered: dict[str, set[int]] = defaultdict(set)
    for (_, region), slow in days.items():
        offered[region].add(slow)
    for region, sku, period in x.lost:
        if region not in patience:
            continue
        wanted = trade.demand.in_period(sku, region, period)
        for slow in sorted(offered[region]):
            late = [x.deliver[key] for key in keys.served[region, sku, period] if days[key[:2]] >= slow]
            rules.add("slow_delivery_share", lpSum(late) <= _share(patience[region], slow) * wanted)


def _share(rows: list[tuple[int, float]], days: int) -> float:
    """Share of customers who accept so many days: that of the first row with as many or more, else none."""
    enough = [row for row in sorted(rows) if row[0] >= days]
    return enough[0][1] if enough else 0.0
