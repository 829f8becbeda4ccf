"""What the last plan ships, and what each unit more or less costs."""

from __future__ import annotations

from collections import defaultdict

from pulp import LpAffineExpression, lpSum

from tests.oracle.decisions import Decisions
from tests.oracle.planned import is_near, planned
from tests.oracle.rules import Rules
from tests.oracle.trade import Trade

__all__ = ["change_of_plan", "last_plan_kept"]


def last_plan_kept(trade: Trade, x: Decisions, rules: Rules) -> None:
    """What the last plan ships is shipped or dropped."""
    before = planned(trade)
    for key, dropped in x.dropped.items():
        shipped = x.ship.get(key, 0)
        rules.add("last_plan_kept", shipped + dropped >= before[key])


def change_of_plan(trade: Trade, x: Decisions) -> LpAffineExpression:
    """The price of units that are dropped, and of units shipped beyond those that are not."""
    before = planned(trade)
    rate = trade.settings.change_rate
    some = {row["sku"] for row in trade.facts.rows["last_plan"] if row["units"] > 0}
    terms: dict[str, list] = defaultdict(list)
    for (_, sku, period), ship in x.ship.items():
        if sku in some and is_near(trade, period):
            terms[sku].append(ship)
    for (lane, sku, period), dropped in x.dropped.items():
        terms[sku] += [dropped, dropped, -before[lane, sku, period]]
    return lpSum(rate * trade.unit_values[sku] * lpSum(part) for sku, part in terms.items())
