"""Costs divided by SKU and place, and the age of stock, against what is worked out by hand."""

from __future__ import annotations

import pytest

from optimizer.plan.ages import ages_at_end, ages_today
from optimizer.plan.ledger import account
from optimizer.plan.shares import costs_by_place, costs_by_sku, shipment_costs
from tests.plan.making import BASE, keep, scenario
from tests.plan.spoiling import right

EVERYTHING = account(right())


@pytest.mark.parametrize("divided", [costs_by_sku, costs_by_place])
def test_divided_costs_add_up_to_every_cost_line(divided):
    lines = divided(EVERYTHING).groupby("line")["amount"].sum()
    assert {line: amount for line, amount in EVERYTHING.costs.items() if amount} == {
        line: pytest.approx(amount) for line, amount in lines.items() if abs(amount) > 1e-9
    }


def test_goods_aboard_share_freight_by_volume():
    # A takes 0.01 m3 and B three times as much; both ships of 10 pay 40 for 20 kg each: 80 in all, 20 and 60.
    skus = [*BASE["skus"], {**BASE["skus"][0], "sku": "B", "unit_volume_m3": 0.03}]
    ship = [{"lane": "sea", "sku": sku, "period": 0, "units": 10} for sku in "AB"]
    ledger = keep(scenario(skus=skus), ship=ship)
    assert shipment_costs(ledger).set_index("sku")["freight"].to_dict() == pytest.approx({"A": 20, "B": 60})
    rows = costs_by_sku(ledger)
    freight = rows[rows["line"] == "first_leg_freight"].set_index("sku")["amount"]
    assert freight.to_dict() == pytest.approx({"A": 20, "B": 60})


def test_a_shipment_has_its_duty_and_a_purchase_its_price():
    ship = [
        {"lane": "sea", "sku": "A", "period": 0, "units": 10},
        {"lane": "buy", "sku": "A", "period": 0, "units": 20},
    ]
    rows = shipment_costs(keep(scenario(), ship=ship)).set_index("lane")
    assert rows["duty"].to_dict() == {"sea": pytest.approx(16), "buy": 0}
    assert rows["purchase"].to_dict() == {"sea": 0, "buy": pytest.approx(100)}


def test_costs_stand_where_they_arise():
    ship = [
        {"lane": "sea", "sku": "A", "period": 1, "units": 10},
        {"lane": "buy", "sku": "A", "period": 0, "units": 20},
    ]
    rows = costs_by_place(keep(scenario({"capital_rate": 0.365}), ship=ship))
    at = {line: set(zip(part["location"], part["period"], strict=True)) for line, part in rows.groupby("line")}
    assert at["first_leg_freight"] >= {("W", 1)} and at["purchase"] == {("F", 0)}
    assert {place for place, _ in at["lost_sales"]} == {""}
    assert {place for place, _ in at["capital"]} == {"SZ", "W"}
    assert {period for _, period in at["end_stock"]} == {3}


def test_stock_of_today_is_classed_by_its_age():
    lots = [
        {"location": "W", "sku": "A", "units": 5, "received_on": "2026-05-02"},  # 30 days on 1 June
        {"location": "W", "sku": "A", "units": 7, "received_on": "2026-05-01"},  # 31
        {"location": "W", "sku": "A", "units": 11},
    ]
    rows = ages_today(keep(scenario(opening_stock=lots)))
    assert rows.set_index("from_age_days")["units"].to_dict() == {0: 16, 31: 7}


def test_stock_at_the_end_is_what_first_in_first_out_leaves():
    # 29 June: the lot of 1 May is 59 days old, that of 1 June 28. 6 of the older one are sold.
    lots = [
        {"location": "W", "sku": "A", "units": 7, "received_on": "2026-05-01"},
        {"location": "W", "sku": "A", "units": 11},
    ]
    sold = [{"location": "W", "region": "US", "sku": "A", "period": 0, "units": 6}]
    rows = ages_at_end(keep(scenario(opening_stock=lots), deliver=sold))
    assert rows.set_index("from_age_days")["units"].to_dict() == {31: pytest.approx(1), 0: pytest.approx(11)}
    assert set(rows["location"]) == {"W"}


def test_a_place_without_stock_has_no_ages():
    ledger = keep(scenario(opening_stock=[]))
    assert ages_today(ledger).empty and ages_at_end(ledger).empty
