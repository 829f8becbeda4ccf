"""What planners read of a plan."""

from __future__ import annotations

import pandas as pd

from optimizer.plan.views import VIEWS, views
from tests.plan.making import plan_of, scenario
from tests.plan.spoiling import right


def dates(values: pd.Series) -> list[str]:
    return values.dt.strftime("%Y-%m-%d").tolist()


def test_a_purchase_says_what_to_order_when_and_what_it_costs():
    rows = views(right())["purchases"]
    # Leaves on 8 June after 2 days of production, there on 11 June; 60 x 5.
    assert rows[["supplier", "destination", "sku", "units", "cases", "currency", "amount"]].to_dict("records") == [
        {"supplier": "F", "destination": "SZ", "sku": "A", "units": 60, "cases": 3, "currency": "USD", "amount": 300}
    ]
    assert dates(rows["order_on"]) + dates(rows["departs_on"]) + dates(rows["arrives_on"]) == [
        "2026-06-06", "2026-06-08", "2026-06-11",
    ]  # fmt: skip


def test_a_purchase_is_told_in_the_money_of_its_supplier():
    sourcing = [{"sku": "A", "supplier": "F", "unit_cost": 5.333, "currency": "CNY"}]
    what = scenario(sourcing=sourcing, exchange_rates=[{"currency": "CNY", "rate": 0.14}])
    rows = views(plan_of(what, ship=[{"lane": "buy", "sku": "A", "period": 0, "units": 10}]))["purchases"]
    assert rows["amount"].tolist() == [53.33] and rows["currency"].tolist() == ["CNY"]


def test_shipments_lead_abroad_and_transfers_are_the_rest():
    found = views(right())
    assert set(found["shipments"]["lane"]) == {"sea", "fcl"}
    assert set(found["transfers"]["lane"]) == {"move"}
    moved = len(found["purchases"]) + len(found["shipments"]) + len(found["transfers"])
    assert moved == len(right()["ship"])


def test_a_departure_says_what_is_aboard_and_what_it_is_charged():
    rows = views(right())["departures"].set_index(["lane", "period"])
    fcl = rows.loc[("fcl", 0)]
    assert fcl["containers"] == "1 x box" and fcl["container_fill"] == 0.8 and fcl["amount"] == 60
    # 40 units count as 100 kg: 100 x 1.5.
    sea = rows.loc[("sea", 0)]
    assert sea["charged_kg"] == 100 and sea["amount"] == 150


def test_a_plan_without_movements_has_empty_views_with_all_columns():
    for name, table in views(plan_of(scenario())).items():
        assert table.empty and tuple(table.columns) == VIEWS[name]
