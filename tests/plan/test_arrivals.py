"""What arrives where and when."""

from __future__ import annotations

from optimizer.plan.arrivals import ARRIVALS, arrivals
from tests.plan.making import keep, scenario

COMING = [{"destination": "W", "sku": "A", "arrives_on": "2026-06-10", "units": 30}]


def test_goods_under_way_and_shipments_arrive_by_place_and_day():
    ship = [
        {"lane": "buy", "sku": "A", "period": 0, "units": 20},
        {"lane": "sea", "sku": "A", "period": 2, "units": 10},
    ]
    rows = arrivals(keep(scenario(in_transit=COMING), ship=ship))
    told = rows.assign(**{day: rows[day].dt.strftime("%m-%d").fillna("") for day in ("arrives_on", "departs_on")})
    # By sea from 15 June: there on the 29th, after the horizon, but it is expected all the same.
    assert told.to_numpy().tolist() == [
        ["SZ", "06-04", "A", 20, 0.2, "buy", "F", "06-01"],
        ["W", "06-10", "A", 30, 0.3, "", "", ""],
        ["W", "06-29", "A", 10, 0.1, "sea", "SZ", "06-15"],
    ]


def test_where_nothing_arrives_the_table_is_empty():
    rows = arrivals(keep(scenario()))
    assert rows.empty and tuple(rows.columns) == ARRIVALS
