"""Which input is to blame for what changed, in money, on toys that are worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from optimizer import solve
from optimizer.plan.plan import Plan
from optimizer.report.changes import changes_document, changes_text
from optimizer.scenario.schema import SCHEMA
from optimizer.studies.diff import diff
from optimizer.studies.diff_inputs import GROUPS
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
    (row,) = told.diff.lost.itertuples()
    assert (row.before, row.after) == (0, 10)


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
    assert "+20  demand and sales" in changes_text(told)
    assert "more: 4 units of A: buy on 2026-06-01 [demand and sales]" in changes_text(told)
    chinese = changes_text(told, "zh")
    assert "需求与销售" in chinese and "A 4 件：buy，2026-06-01" in chinese
    document = changes_document(told)
    assert document["lines"] == [
        {"kind": "more", "sku": "A", "units": 4.0, "money": 20.0, "lane": "buy", "place": "west",
         "departs_on": "2026-06-01", "reason": "demand"}
    ]  # fmt: skip
    assert document["reasons"][0] == {"reason": "demand", "money": 20.0}
