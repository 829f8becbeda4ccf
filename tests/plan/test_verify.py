"""A plan that keeps the rules passes; spoilt on purpose, each rule finds what broke it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.plan.plan import PLAN_TABLES, Plan
from optimizer.plan.verify import verify
from optimizer.plan.verify.witness import CHECKS
from tests.plan.making import BASE, changed, scenario
from tests.plan.spoiling import EVENTS, TABLES, claimed, moved, right, rules, with_events


def ship(lane: str, period: int, units: float, cases: float | None = None, sku: str = "A") -> dict:
    return {"lane": lane, "sku": sku, "period": period, "units": units, "cases": units / 10 if cases is None else cases}


def deliver(location: str, region: str, period: int, units: float) -> dict:
    return {"location": location, "region": region, "sku": "A", "period": period, "units": units}


def lock(**words) -> dict:
    return {"locks": [{"lane": "sea", "sku": "A", **words}]}


def test_a_plan_that_keeps_every_rule_passes():
    assert verify(right()) == ()


# What may exist


def test_nothing_leaves_on_a_day_without_a_departure():
    assert "departures" in rules(moved("ship", ship("late", 1, 10)))  # sails every second week


def test_a_supplier_sends_only_what_it_makes():
    others = [{"sku": "B", "supplier": "F", "unit_cost": 5}, *TABLES["sourcing"]]
    skus = [*BASE["skus"], {**BASE["skus"][0], "sku": "B"}]
    assert "sourcing" not in rules(moved("ship", ship("buy", 1, 60, 6, "B"), skus=skus, sourcing=others))
    assert "sourcing" in rules(moved("ship", ship("buy", 1, 60, 6, "B"), skus=skus))
    straight = [*BASE["delivery_lanes"], {"location": "F", "region": "US", "delivery_days": 12}]
    assert "sourcing" in rules(moved("deliver", deliver("F", "US", 1, 4), sourcing=[], delivery_lanes=straight))


def test_nothing_is_ordered_in_the_past():
    # Two days of production before 1 June.
    assert rules(moved("ship", ship("buy", 0, 60, 3))) == {"decision day"}


def test_days_on_which_a_supplier_is_closed_do_not_count_as_production():
    closures = [{"supplier": "F", "from": "2026-06-02", "until": "2026-06-07"}]
    # Leaves on 8 June; the two open days before are 1 June and 31 May.
    assert rules(right(closures=closures)) == {"decision day"}
    closures[0]["until"] = "2026-06-06"
    assert rules(right(closures=closures)) == set()


def test_inside_the_frozen_days_only_what_a_lock_names_may_leave():
    frozen = {"frozen_days": 7}
    # Due before 8 June: sea in week 0, fcl in week 0, and buy of week 1, decided on 6 June.
    sentences = [sentence for sentence in verify(right(frozen)) if sentence.startswith("frozen")]
    assert len(sentences) == 3
    locks = [{"lane": name, "sku": "A"} for name in ("sea", "fcl", "buy")]
    assert rules(right(frozen, locks=locks)) == set()
    locks[0]["date"] = "2026-06-08"
    assert rules(right(frozen, locks=locks)) == {"frozen fence"}


def test_a_delivery_needs_a_delivery_lane():
    assert "delivery lanes" in rules(moved("deliver", deliver("E", "OUT", 3, 1)))


def test_what_is_cleared_needs_a_price():
    assert "prices" in rules(right(prices=BASE["prices"][:1]))


def test_a_container_needs_a_rate_on_its_lane():
    booked = {"lane": "sea", "container_type": "box", "period": 0, "containers": 1}
    assert "container rates" in rules(claimed("containers", booked))


def test_a_charge_needs_its_bracket():
    charge = {"lane": "sea", "basis": "kg", "period": 0, "from_quantity": 50, "charged": 200}
    assert "brackets" in rules(claimed("charged", charge))


@pytest.mark.parametrize("name", ["on_hand", "aged", "end_cover"])
def test_suppliers_hold_no_stock(name):
    row = {"location": "F", "region": "US", "sku": "A", "period": 0, "bucket": 0, "from_age_days": 30, "units": 1}
    assert "stores" in rules(claimed(name, {key: row[key] for key in PLAN_TABLES[name]}))


def test_only_a_limit_can_overflow_and_only_a_target_be_missed():
    assert "overflow" in rules(claimed("overflow", {"location": "E", "period": 0, "kind": "storage", "volume_m3": 1}))
    assert "stock target" in rules(claimed("target_shortfall", {"location": "E", "sku": "A", "period": 0, "units": 1}))


# Stock and service


def test_stock_on_hand_is_what_the_movements_leave():
    assert rules(claimed("on_hand", {"location": "W", "sku": "A", "period": 2, "units": 57})) == {"stock_balance"}
    dropped = right()
    assert "stock_balance" in rules(replace(dropped, tables={**dropped.tables, "on_hand": dropped["on_hand"].iloc[1:]}))


def test_no_more_leaves_than_is_there():
    plan = moved("ship", ship("move", 0, 100))
    assert "stock_balance" in rules(plan)
    assert any("more units of A leave W" in sentence for sentence in verify(plan))


def test_changes_of_the_last_plan_are_paid():
    last = [{"lane": "sea", "sku": "A", "departs_on": "2026-06-01", "units": 10}]
    plan = right({"change_rate": 0.1}, last_plan=last)
    assert verify(plan) == ()
    costs = plan["costs"].assign(amount=lambda rows: rows["amount"].where(rows["line"] != "change_of_plan", 0.0))
    assert plan.costs["change_of_plan"] > 0
    assert any("change_of_plan" in told for told in verify(replace(plan, tables={**plan.tables, "costs": costs})))


def test_aged_stock_is_what_first_in_first_out_leaves():
    younger = {"location": "W", "sku": "A", "period": 0, "from_age_days": 30, "units": 20}
    assert rules(claimed("aged", younger)) == {"aged_stock"}
    none = right()
    assert "aged_stock" in rules(replace(none, tables={**none.tables, "aged": none["aged"].iloc[:0]}))


def test_demand_is_met_or_lost():
    for units in (13, 15):
        assert "demand_met_or_lost" in rules(claimed("lost", {"region": "US", "sku": "A", "period": 2, "units": units}))
    # More than is wanted.
    assert "demand_met_or_lost" in rules(moved("deliver", deliver("W", "US", 0, 15)))


def test_no_more_customers_wait_long_than_have_the_patience():
    # Half of 14 accept 5 days and more: E sends 7 in 5 days. 8 are too many, and 6 more from SZ in 12 days with them.
    assert rules(moved("deliver", deliver("E", "US", 3, 8))) == {"slow_delivery_share"}
    assert rules(moved("deliver", deliver("SZ", "US", 3, 1))) == {"slow_delivery_share"}
    # Nobody waits beyond the last row.
    patience = [{"region": "US", "days": 4, "share": 1}, {"region": "US", "days": 5, "share": 0.5}]
    assert rules(right(delivery_patience=patience)) == {"slow_delivery_share"}


# Orders


def test_only_whole_cases_leave():
    assert rules(moved("ship", ship("sea", 0, 35, 3.5))) == {"whole_cases"}
    assert rules(moved("ship", ship("sea", 0, 40, 3))) == {"whole_cases"}
    assert rules(moved("ship", ship("sea", 0, 40, np.nan), settings={})) <= {"whole_cases"}
    # Bought in multiples of 20, not of the carton.
    assert rules(moved("ship", ship("buy", 1, 70, 3.5))) == {"whole_cases"}


def test_an_order_is_no_smaller_than_the_minimum():
    tables = {"suppliers": []}
    assert rules(moved("ship", ship("buy", 1, 20, 1), **tables)) == {"minimum_order"}
    assert rules(moved("ship", ship("buy", 1, 40, 2), **tables)) == set()


def test_what_leaves_a_supplier_is_worth_its_minimum():
    # 40 x 5 = 200 < 250.
    assert rules(moved("ship", ship("buy", 1, 40, 2))) == {"supplier_minimum"}


def test_a_minimum_in_other_money_is_converted():
    # 60 x 5 = 300 USD; 250 EUR are 325.
    terms = [{"supplier": "F", "minimum_order_value": 250, "currency": "EUR"}]
    assert rules(right(suppliers=terms, exchange_rates=[{"currency": "EUR", "rate": 1.3}])) == {"supplier_minimum"}


def test_a_lock_is_kept():
    assert rules(moved("ship", ship("sea", 1, 10))) == {"locks"}
    assert rules(moved("ship", ship("sea", 1, 50))) == {"locks"}
    assert rules(right(**lock(date="2026-06-16", least=10))) == {"locks"}


def test_a_lock_without_a_date_holds_for_every_departure_still_to_decide():
    assert rules(right(**lock(most=30))) == {"locks"}
    assert rules(right(**lock(most=40))) == set()
    assert rules(right(**lock(least=10))) == {"locks"}  # nothing leaves in weeks 2 and 3
    # The order of week 0 is past; 60 leave in week 1 only.
    locks = [{"lane": "buy", "sku": "A", "least": 60}]
    assert len([sentence for sentence in verify(right(locks=locks)) if sentence.startswith("locks")]) == 2


# Departures


def test_containers_are_whole_and_hold_what_is_aboard():
    half = {"lane": "fcl", "container_type": "box", "period": 0, "containers": 1.5}
    assert rules(moved("containers", half)) == {"whole_containers"}
    none = {"lane": "fcl", "container_type": "box", "period": 0, "containers": 0}
    assert rules(moved("containers", none)) == {"container_volume", "container_payload"}
    # 50 units: 0.5 m3 fit, 100 kg do not.
    assert rules(moved("ship", ship("fcl", 0, 50))) == {"container_payload"}
    light = changed("skus", {"sku": "A"}, unit_weight_kg=0.1)
    assert rules(moved("ship", ship("fcl", 0, 60), skus=light)) == {"container_volume"}


def test_a_departure_is_charged_for_what_it_carries():
    # 40 units count as 100 kg (0.4 m3 x 1e6 / 4000), though they weigh 80.
    short = {"lane": "sea", "basis": "kg", "period": 0, "from_quantity": 0, "charged": 80}
    plan = claimed("charged", short)
    without = replace(plan, tables={**plan.tables, "charged": plan["charged"][lambda rows: rows["from_quantity"] == 0]})
    assert "chargeable_weight" in rules(without)


def test_a_departure_of_which_the_plan_says_no_charge_is_charged_all_the_same():
    plan = right()
    assert "costs" not in rules(replace(plan, tables={**plan.tables, "charged": plan["charged"].iloc[:0]}))
    free = replace(
        plan, tables={**plan.tables, "charged": plan["charged"].iloc[:0], "costs": _costs(plan, first_leg_freight=0)}
    )
    assert "costs" in rules(free)


def test_a_bracket_is_charged_for_its_start_and_its_minimum():
    # 20 units count as 50 kg: 100 kg in the second bracket; the first charges 30 / 2 = 15 kg at least.
    low = {"lane": "sea", "basis": "kg", "period": 1, "from_quantity": 100, "charged": 50}
    assert "weight_break" in rules(claimed("charged", low))
    tables = {"freight_rates": changed_rate(minimum_charge=150)}
    low = {"lane": "sea", "basis": "kg", "period": 1, "from_quantity": 0, "charged": 50}
    assert "weight_break" in rules(claimed("charged", low, base=right(**tables)))


def test_a_departure_uses_one_bracket():
    second = {"lane": "sea", "basis": "kg", "period": 0, "from_quantity": 0, "charged": 15}
    assert "weight_break" in rules(claimed("charged", second))


@pytest.mark.parametrize("limit", [{"capacity_m3": 0.39}, {"capacity_kg": 79}, {"capacity_units": 39}])
def test_a_departure_carries_no_more_than_its_capacity(limit):
    lanes = [{**row, **limit} if row["lane"] == "sea" else row for row in TABLES["lanes"]]
    assert rules(right(lanes=lanes)) == {"lane_capacity"}


# Space and targets


def test_overflow_is_no_less_than_what_is_beyond_the_limit():
    plan = right()
    over = plan["overflow"]
    assert set(over["kind"]) == {"storage", "receiving"}
    for kind in ("storage", "receiving"):
        rows = over[over["kind"] != kind]
        assert "capacity" in rules(replace(plan, tables={**plan.tables, "overflow": rows}))


def test_a_shortfall_is_no_less_than_what_is_missing():
    plan = right()
    assert len(plan["target_shortfall"])
    assert "stock_target" in rules(
        replace(plan, tables={**plan.tables, "target_shortfall": plan["target_shortfall"].iloc[:-1]})
    )


# The end


def test_end_cover_is_for_customers_whom_stock_can_reach_in_time():
    far = [row for row in BASE["delivery_lanes"] if row["location"] != "SZ"]
    cover = {"location": "SZ", "region": "US", "sku": "A", "bucket": 0, "units": 5}
    # Where SZ does not deliver itself it reaches US by sea in 14 days, or in 30 by a slow boat, when the first bucket
    # has ended on day 28.
    served = [row for row in EVENTS["deliver"] if row["location"] != "SZ"]
    assert rules(with_events(end_cover=[cover], deliver=served, delivery_lanes=far)) == set()
    slow = [{**row, "lead_time_days": 30} if row["origin"] == "SZ" else row for row in TABLES["lanes"]]
    assert rules(with_events(end_cover=[cover], deliver=served, delivery_lanes=far, lanes=slow)) == {"end_cover"}
    assert "end_cover" in rules(moved("end_cover", {**cover, "region": "OUT"}))


def test_end_cover_is_worth_more_than_clearance():
    prices = changed("prices", {"region": "OUT"}, price=30)
    assert rules(right(prices=prices)) == {"end_cover"}


def test_end_cover_counts_stock_once():
    # What stands at W at the end, and 40 aboard fcl that land on 23 June, after the start of the last period.
    there = int(right()["on_hand"].query("location == 'W' and period == 3")["units"].iloc[0]) + 40
    cover = {"location": "W", "region": "US", "sku": "A", "bucket": 0}
    many = [{**row, "mean": 1000 if row["starts_on"] > "2026-06-28" else 14} for row in BASE["demand"]]
    assert rules(moved("end_cover", {**cover, "units": there}, demand=many)) == set()
    assert rules(moved("end_cover", {**cover, "units": there + 1}, demand=many)) == {"end_cover_stock"}


def test_end_cover_counts_demand_once():
    demand = [{**row, "mean": 0 if row["starts_on"] > "2026-06-28" else 14} for row in BASE["demand"]]
    assert rules(right(demand=demand)) == {"end_cover_demand"}


def test_an_end_without_value_has_no_cover():
    assert rules(right({"end_stock": "zero"})) == {"end_cover"}


# Money


def _costs(plan: Plan, **amounts: float) -> pd.DataFrame:
    lines = {**plan.costs, **amounts}
    return pd.DataFrame({"line": list(lines), "amount": list(lines.values())})


@pytest.mark.parametrize("line", list(right().costs))
def test_every_cost_line_is_what_the_movements_cost(line):
    plan = right()
    wrong = _costs(plan, **{line: plan.costs[line] + 0.5})
    assert rules(replace(plan, tables={**plan.tables, "costs": wrong})) == {"costs"}


def test_a_cost_line_that_the_model_does_not_know_is_refused():
    plan = right()
    assert rules(replace(plan, tables={**plan.tables, "costs": _costs(plan, bonus=100.0)})) == {"costs"}


def test_a_movement_without_a_rate_has_no_price():
    assert any("cannot be worked out" in sentence for sentence in verify(right(duty_rates=[])))


@pytest.mark.parametrize("bound", [1e9, np.inf, np.nan])
def test_a_bound_is_a_number_not_above_the_total(bound):
    assert rules(replace(right(), bound=bound)) == {"bound"}


def test_a_plan_without_a_bound_is_still_a_plan():
    assert verify(replace(right(), bound=-np.inf)) == ()


# Tables


@pytest.mark.parametrize("name", list(PLAN_TABLES))
def test_every_table_and_every_column_must_be_there(name):
    plan = right()
    assert rules(replace(plan, tables={key: value for key, value in plan.tables.items() if key != name})) == {"tables"}
    for column in PLAN_TABLES[name]:
        assert rules(replace(plan, tables={**plan.tables, name: plan[name].drop(columns=column)})) == {"tables"}


@pytest.mark.parametrize("amount", [np.nan, np.inf, -5, "many"])
def test_amounts_are_numbers_and_not_negative(amount):
    plan = right()
    spoilt = plan["ship"].astype({"units": object})
    spoilt.loc[0, "units"] = amount
    assert rules(replace(plan, tables={**plan.tables, "ship": spoilt})) == {"numbers"}


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("ship", "lane", "moon"),
        ("ship", "sku", "Z"),
        ("ship", "period", 4),
        ("ship", "period", -1),
        ("ship", "period", 0.5),
        ("deliver", "location", "moon"),
        ("deliver", "region", "moon"),
        ("end_cover", "bucket", 9),
        ("overflow", "kind", "roof"),
        ("containers", "container_type", "bag"),
        ("charged", "basis", "pound"),
        ("aged", "from_age_days", np.nan),
    ],
)
def test_keys_are_known(name, column, value):
    plan = right()
    spoilt = plan[name].astype({column: object}).reset_index(drop=True)
    spoilt.loc[0, column] = value
    assert rules(replace(plan, tables={**plan.tables, name: spoilt})) == {"known keys"}


def test_no_key_stands_twice():
    plan = right()
    twice = pd.concat([plan["ship"], plan["ship"].iloc[:1]])
    assert rules(replace(plan, tables={**plan.tables, "ship": twice})) == {"no row twice"}


def test_an_empty_plan_of_a_scenario_that_wants_nothing_passes():
    plan = right()
    nothing = {name: plan[name].iloc[:0] for name in PLAN_TABLES}
    idle = scenario(opening_stock=[], demand=[{**BASE["demand"][0], "days": 60, "mean": 0}])
    assert verify(Plan(idle, nothing, 0.0, "optimal", "by hand")) == ()


def test_every_check_says_what_it_checks():
    assert all(check.__doc__ for check in CHECKS)


def changed_rate(**words) -> list[dict]:
    rows = TABLES["freight_rates"]
    return [{**row, **words} if row["lane"] == "sea" and "from_quantity" not in row else row for row in rows]
