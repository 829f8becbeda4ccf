"""Which input is to blame for what changed, in money, on toys that are worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from optimizer import solve
from optimizer.plan.diff import diff as compared
from optimizer.plan.ledger import account
from optimizer.plan.plan import Plan
from optimizer.report.changes import Changes, changes_document, changes_text
from optimizer.scenario.schema import SCHEMA
from optimizer.solvers.highs import Highs
from optimizer.studies.diff import diff
from optimizer.studies.diff.inputs import GROUPS
from optimizer.studies.diff.reasons import reasons
from tests.cli.running import FACTORY
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import MONDAY, demand_rows, toy, typed

STOCK = [{"location": "home", "sku": "A", "units": 5}]


#: Plans by what their toys say: each is searched for once.
PLANS: dict[str, Plan] = {}


def planned(**tables):
    """The plan of the toy with a factory: 5 of the 10 that are wanted come from home, 5 are bought at 5 each."""
    told = repr(tables)
    if told not in PLANS:
        PLANS[told] = solve.plan(toy(**{**FACTORY, "opening_stock": STOCK, **tables}))
    return PLANS[told]


def parts(told):
    return {row.reason: pytest.approx(row.money, abs=1e-6) for row in told.parts.itertuples()}


def test_more_demand_is_to_blame_for_what_is_bought_for_it():
    old, new = planned(), planned(want={"A": [0, 14, 0]})
    told = diff(old, new)
    assert parts(told) == {"demand": 20.0, "rest": 0.0}
    assert [(row.kind, row.lane, row.units, row.reason) for row in told.lines.itertuples()] == [
        ("more", "buy", 4, "demand")
    ]


def test_several_inputs_are_told_apart_and_add_up_to_the_whole():
    # Freight of 1 a unit on 5 units; then 4 more are wanted, at 6 each; then 2 more stand at home: 2 x 6 less.
    dear = [rate("m3", 100, "buy"), rate("m3", 0)]
    old = planned()
    new = planned(want={"A": [0, 14, 0]}, freight_rates=dear, opening_stock=[{**STOCK[0], "units": 7}])
    told = diff(old, new)
    # In the order of the groups: stock (2 x 5 less), demand (4 x 5 more), freight (7 x 1 more).
    assert parts(told) == {"stock": -10.0, "demand": 20.0, "freight": 7.0, "rest": 0.0}
    assert told.parts["money"].sum() == pytest.approx(new.total_cost - old.total_cost)


def test_the_same_inputs_have_no_reason_but_the_search():
    told = diff(planned(), planned())
    assert parts(told) == {"rest": 0.0} and told.lines.empty


def later(plan_tables, units, want):
    """A week later: so many units stand in the west, and the weeks from the 8th on want so many."""
    rows = [{**row, "starts_on": row["starts_on"] + dt.timedelta(days=7)} for row in demand_rows({"A": want})]
    made = toy(**{**FACTORY, "opening_stock": []})
    stock = typed({"opening_stock": [{"location": "west", "sku": "A", "units": units}], "demand": rows})
    settings = replace(made.settings, starts_on=MONDAY + dt.timedelta(days=7))
    return replace(made, settings=settings).with_tables(**{name: stock[name] for name in plan_tables})


def test_stock_that_is_not_there_as_expected_is_told_from_time_that_has_passed():
    # The old plan buys 5 for 25. A week later its 10 should stand in the west; 8 do, and the next ones come too late.
    old = planned()
    new = solve.plan(later(("opening_stock", "demand"), 8.0, [10, 0, 0]))
    told = diff(old, new)
    assert parts(told) == {"time": -25.0, "stock": 40.0, "rest": 0.0}
    assert told.diff.done == 10


def test_a_late_ship_is_to_blame_for_the_sales_that_it_loses():
    coming = [{"destination": "west", "sku": "A", "arrives_on": "2026-06-07", "units": 10}]
    late = [{**coming[0], "arrives_on": "2026-06-14"}]
    tables = {"opening_stock": [], "want": {"A": [0, 10, 0]}, "lanes": FACTORY["lanes"][:1], "sourcing": []}
    tables["skus"] = [{"sku": "A"}]
    told = diff(planned(in_transit=coming, **tables), planned(in_transit=late, **tables))
    assert parts(told) == {"in_transit": 200.0, "rest": 0.0}
    (row,) = told.lost.itertuples()
    assert (row.before, row.after, row.money) == (0, 10, pytest.approx(200))
    assert (row.reason, row.reason_level) == ("in_transit", "line")
    assert "+200  A in W: 10 units instead of 0 [goods under way]" in changes_text(told)
    assert "in_transit: 10 units of A to west are 7 days late (2026-06-07 -> 2026-06-14)" in changes_text(told)
    assert changes_document(told)["lost"] == [
        {"region": "W", "sku": "A", "before": 0.0, "after": 10.0, "money": 200.0, "reason": "in_transit",
         "reason_level": "line"}
    ]  # fmt: skip


def test_without_time_there_are_changes_but_no_reasons():
    told = diff(planned(), planned(want={"A": [0, 14, 0]}), seconds=0)
    assert told.parts is None and list(told.lines["reason"]) == [""]
    assert "Reasons are not told apart" in changes_text(told)


def test_every_table_belongs_to_one_group():
    names = [name for group in GROUPS.values() for name in group]
    assert sorted(names) == sorted(SCHEMA)


def test_a_new_product_comes_in_with_its_goods():
    more = {
        "skus": [{"sku": "A"}, {"sku": "B"}],
        "prices": [{"sku": sku, "region": "W", "price": 20} for sku in "AB"],
        "sourcing": [{"sku": sku, "supplier": "factory", "unit_cost": 5} for sku in "AB"],
    }
    old, new = planned(), planned(want={"A": [0, 10, 0], "B": [0, 3, 0]}, **more)
    told = diff(old, new)
    assert told.parts["money"].sum() == pytest.approx(15.0)
    (row,) = told.lines.itertuples()
    assert (row.sku, row.kind) == ("B", "new") and "goods" in row.reason


def test_the_text_tells_lines_and_reasons_in_both_languages_and_the_document_all():
    told = diff(planned(), planned(want={"A": [0, 14, 0]}))
    assert "+20  demand\n                    demand of A: 10 -> 14 units" in changes_text(told)
    assert "more: 4 units of A: buy on 2026-06-01 [demand]" in changes_text(told)
    chinese = changes_text(told, "zh")
    assert "+20  需求\n                    需求 A：10 → 14 件" in chinese and "A 4 件：buy，2026-06-01" in chinese
    document = changes_document(told)
    assert document["lines"] == [
        {"kind": "more", "sku": "A", "units": 4.0, "money": 20.0, "lane": "buy", "place": "west",
         "departs_on": "2026-06-01", "reason": "demand", "reason_level": "line"}
    ]  # fmt: skip
    assert document["reasons"][0] == {"reason": "demand", "money": 20.0}
    assert document["inputs"] == [{"input": "demand", "changed": 1, "largest": [
        {"table": "demand", "kind": "total", "column": "mean", "before": 10.0, "after": 14.0, "units": 14.0,
         "row": {"sku": "A"}}]}]  # fmt: skip


def test_what_demand_is_forecast_from_is_one_input_with_it():
    sold = [{"sku": "A", "region": "W", "date": "2026-05-25", "days": 7, "units": 14}]
    told = diff(planned(), planned(want={"A": [0, 14, 0]}, sales=sold))
    assert parts(told) == {"sales+demand": 20.0, "rest": 0.0}
    assert "+20  sales + demand\n" in changes_text(told)
    assert "sales of A: 0 -> 14 units" in changes_text(told) and "demand of A: 10 -> 14 units" in changes_text(told)


def test_sales_that_leave_demand_as_it_is_cost_nothing_and_are_not_solved_for(monkeypatch):
    sold = [{"sku": "A", "region": "W", "date": "2026-05-25", "days": 7, "units": 14}]
    old, new, solved = planned(), planned(sales=sold), []
    solving = Highs.solve
    monkeypatch.setattr(Highs, "solve", lambda self, *told: solved.append(1) or solving(self, *told))
    assert parts(diff(old, new)) == {"sales": 0.0, "rest": 0.0}
    assert len(solved) == 1


def test_handling_is_told_apart_from_freight():
    fees = [{"location": "west", "basis": "m3", "rate": 100}]
    dear = [rate("m3", 100, "buy"), rate("m3", 0)]
    told = diff(planned(), planned(freight_rates=dear, handling_rates=fees))
    # Freight of 1 a unit on the 5 that are bought; to receive each of the 10 costs 1.
    assert parts(told) == {"freight": 5.0, "handling": 10.0, "rest": 0.0}


def test_without_time_enough_the_inputs_that_changed_are_told_without_money(monkeypatch):
    old, new = planned(), planned(want={"A": [0, 14, 0]})
    monkeypatch.setattr("optimizer.studies.diff.reasons.MOST_COLUMNS", 0)
    told = diff(old, new)
    assert told.parts is None and changes_document(told)["reasons"] is None
    assert "Inputs that have changed:\n  demand\n    demand of A: 10 -> 14 units" in changes_text(told)


def test_plans_that_begin_on_one_day_are_told_apart_by_their_names():
    told = diff(planned(), planned(want={"A": [0, 14, 0]}), names=("run:3", "run:4"))
    title = "toy: the new plan run:4 (from 2026-06-01) against the old one run:3 (from 2026-06-01), money in USD"
    assert changes_text(told).startswith(title)
    assert "新计划 run:4（2026-06-01 起）与旧计划 run:3（2026-06-01 起）" in changes_text(told, "zh")


SOLD = [{"sku": "A", "region": "W", "date": "2026-05-25", "days": 7, "units": 14}]


@pytest.mark.parametrize(
    ("tables", "cause"),
    [
        ({"prices": [{"sku": "A", "region": "W", "price": 21}]}, ("prices", "only")),
        ({"prices": [{"sku": "A", "region": "W", "price": 21}], "sales": SOLD}, ("prices", "only")),
        ({"sales": SOLD}, ("rest", "")),
        ({"prices": [{"sku": "A", "region": "W", "price": 21}], "capital_rate": 0.1}, ("rest", "")),
    ],
)
def test_a_line_that_no_step_moves_is_put_down_to_the_one_input_that_acts_and_changed(tables, cause):
    # The searches differ: the new plan is that of 14 wanted, though 10 are wanted as before.
    old, more = planned(), planned(want={"A": [0, 14, 0]})
    new = planned(**tables)
    told = reasons(account(old), new, compared(account(old), account(more)), old.total_cost)
    assert told is not None and {(line.reason, line.level) for line in told.lines} == {cause}
    said = changes_text(Changes(old, new, compared(account(old), account(more)), told))
    assert ("[prices, the only input that changed]" in said) == (cause[1] == "only")
