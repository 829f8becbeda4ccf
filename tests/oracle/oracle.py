"""The whole model of MODEL.md once more, as loops over dictionaries in PuLP: the reference for the program."""

from __future__ import annotations

import pulp

from optimizer.scenario.scenario import Scenario
from tests.oracle import changing, costs, final_stock, ordering, selling_costs, service, shipping, stock
from tests.oracle.decisions import Decisions, decisions_of
from tests.oracle.ending import Ending, ending_of
from tests.oracle.keys import Keys, keys_of
from tests.oracle.most import most_units
from tests.oracle.rules import Rules
from tests.oracle.trade import Trade, trade_of


def oracle(scenario: Scenario) -> pulp.LpProblem:
    """The unsolved problem of a checked scenario; its objective is the total cost, constant terms included.

    Raises OptimizerError where a rate is missing or a lock cannot be kept, as the door does.
    """
    return oracle_with_lines(scenario)[0]


def oracle_with_lines(scenario: Scenario) -> tuple[pulp.LpProblem, dict[str, pulp.LpAffineExpression], Decisions]:
    """The problem, each line of its cost, and its variables."""
    problem = pulp.LpProblem("oracle", pulp.LpMinimize)
    trade = trade_of(scenario)
    keys, ending = keys_of(trade), ending_of(trade)
    x = decisions_of(problem, trade, keys, ending)
    lines = costs_of(trade, keys, ending, x)
    problem += pulp.lpSum(lines.values())
    _rules(trade, keys, ending, x, Rules(problem))
    return problem, lines, x


def _rules(trade: Trade, keys: Keys, ending: Ending, x: Decisions, rules: Rules) -> None:
    most = most_units(trade)
    stock.stock_balance(trade, keys, x, rules)
    stock.aged_stock(trade, x, rules)
    stock.storage_capacity(trade, x, rules)
    stock.receiving_capacity(trade, x, rules)
    stock.stock_target(trade, x, rules)
    service.demand_met_or_lost(trade, keys, x, rules)
    service.slow_delivery_share(trade, keys, x, rules)
    ordering.minimum_order(trade, keys, x, rules, most)
    ordering.supplier_minimum(trade, keys, x, rules, most)
    shipping.whole_cases(trade, x, rules)
    shipping.containers(trade, keys, x, rules)
    shipping.chargeable_weight(trade, keys, x, rules)
    shipping.weight_break(trade, keys, x, rules, most)
    shipping.departure_used(keys, x, rules, most)
    shipping.lane_capacity(trade, keys, x, rules)
    shipping.locks(trade, x, rules)
    changing.last_plan_kept(trade, x, rules)
    final_stock.end_cover_stock(trade, keys, x, ending, rules)
    final_stock.end_cover_demand(trade, x, ending, rules)


def costs_of(trade: Trade, keys: Keys, ending: Ending, x: Decisions) -> dict[str, pulp.LpAffineExpression]:
    """Each line of the cost."""
    return {
        "purchase": costs.purchase(trade, x),
        "first_leg_freight": costs.first_leg_freight(trade, x),
        "container_charges": costs.container_charges(trade, x),
        "departure_fees": costs.departure_fees(trade, x),
        "duty": costs.duty(trade, x),
        "inbound_handling": costs.inbound_handling(trade, x),
        "storage_rent": costs.storage_rent(trade, x),
        "overflow_rent": costs.overflow_rent(trade, x),
        "capital": costs.capital(trade, keys, x),
        "last_mile": selling_costs.last_mile(trade, x),
        "parcel_duty": selling_costs.parcel_duty(trade, x),
        "lost_sales": selling_costs.lost_sales(trade, x),
        "clearance": selling_costs.clearance(trade, x),
        "low_stock_fees": selling_costs.low_stock_fees(trade, x),
        "change_of_plan": changing.change_of_plan(trade, x),
        "end_stock": final_stock.end_stock(trade, keys, x, ending),
    }
