"""Deliveries, patience, stock targets, rooms and docks by hand."""

from __future__ import annotations

import pytest

from optimizer.network.network import connect
from optimizer.network.service import patience
from optimizer.network.survey import survey
from tests.formulation.constraint_toys import at
from tests.formulation.printer import keys_of
from tests.formulation.toys import BASE, toy

SHARES = [
    {"region": "W", "days": 5, "share": 0.9},
    {"region": "W", "days": 9, "share": 0.4},
]


@pytest.mark.parametrize(("days", "share"), [(0, 0.9), (5, 0.9), (6, 0.4), (9, 0.4), (10, 0.0)])
def test_the_share_is_that_of_the_first_row_that_allows_as_many_days(days, share):
    assert patience(survey(toy(delivery_patience=SHARES)), "W", days) == share


def test_customers_of_a_region_without_rows_wait_for_ever():
    assert patience(survey(toy()), "W", 99) == 1.0


def test_every_slow_offer_is_limited_and_the_slowest_are_not_made():
    places = ["west", "mid", "east", "far"]
    net = connect(
        toy(
            (7,),
            {"A": [10]},
            locations=[*BASE["locations"][:1]]
            + [{"location": place, "kind": "overseas", "country": "US"} for place in places],
            opening_stock=[at(place, 10) for place in places],
            delivery_lanes=[
                {"location": place, "region": "W", "delivery_days": days}
                for place, days in zip(places, (5, 6, 9, 10), strict=True)
            ],
            delivery_patience=SHARES,
        )
    )
    assert keys_of(net, "deliver") == ["west,W,A,0", "mid,W,A,0", "east,W,A,0"]
    assert dict(zip(net.slow["days"], net.slow["most"], strict=True)) == {5: 9.0, 6: 4.0, 9: 4.0}


def test_customers_are_served_only_where_and_when_they_want_something():
    net = connect(toy((7, 7, 7), {"A": [0, 5, 0]}, opening_stock=[at("west", 9)]))
    assert keys_of(net, "deliver") == ["west,W,A,1"]
    assert keys_of(net, "lost") == ["W,A,1"]


def test_clearance_takes_any_quantity_of_what_has_a_price_there():
    net = connect(
        toy(
            (7, 7),
            {"A": [0, 0], "B": [0, 0]},
            skus=[{"sku": "A"}, {"sku": "B"}],
            regions=[*BASE["regions"], {"region": "trader", "country": "US", "kind": "clearance"}],
            prices=[{"sku": "A", "region": "trader", "price": 3}],
            delivery_lanes=[{"location": "west", "region": "trader", "delivery_days": 0}],
            opening_stock=[at("west", 9), at("west", 9, "B")],
        )
    )
    assert keys_of(net, "deliver") == ["west,trader,A,0", "west,trader,A,1"]
    assert net.deliveries["clearance"].tolist() == [-3, -3]


def test_a_stock_target_is_the_greater_of_units_and_days_of_local_demand():
    east = {"location": "east", "kind": "overseas", "country": "US"}
    net = connect(
        toy(
            (7, 14),
            {"A": [14, 42, 42]},
            locations=[*BASE["locations"], east],
            regions=BASE["regions"],
            delivery_lanes=[
                *BASE["delivery_lanes"],
                {"location": "east", "region": "W", "delivery_days": 3},
                {"location": "home", "region": "W", "delivery_days": 3, "duty_included": True},
            ],
            stock_targets=[
                {"location": "west", "sku": "A", "cover_days": 10, "least_units": 12, "price_per_unit_day": 0.5}
            ],
        )
    )
    # 2 and 6 units a day, which west and east serve locally (home does not, its parcels cross a border): 10 and 30.
    assert net.targets["least"].tolist() == pytest.approx([12, 30])
    assert net.targets["price"].tolist() == pytest.approx([3.5, 7.0])


def test_rooms_and_docks_are_limited_by_volume_and_by_volume_a_day():
    limits = {
        "storage_volume_m3": 5,
        "overflow_per_m3_day": 0.5,
        "receiving_m3_per_day": 2,
        "receiving_overflow_per_m3": 3,
        "currency": "EUR",
    }
    net = connect(
        toy(
            (7, 14),
            {"A": [1, 1, 1]},
            locations=[BASE["locations"][0], {**BASE["locations"][1], **limits}],
            exchange_rates=[
                {"currency": "EUR", "rate": 2},
                {"currency": "EUR", "rate": 4, "valid_from": "2026-06-08"},
            ],
        )
    )
    assert net.rooms[["volume", "price"]].to_numpy().tolist() == [[5, 0.5 * 7 * 2], [5, 0.5 * 14 * 4]]
    assert net.docks[["volume", "price"]].to_numpy().tolist() == [[14, 3 * 2], [28, 3 * 4]]


def test_a_parcel_is_cross_border_by_its_kind_or_else_by_the_territories():
    duty = [{"customs_territory": "US", "kind": "parcel", "rate": 0.2}]

    def duties(**lane: object) -> float:
        row = {"location": "home", "region": "W", "delivery_days": 3, **lane}
        return connect(toy((7,), {"A": [5]}, delivery_lanes=[row], duty_rates=duty)).deliveries["parcel_duty"].item()

    assert duties() == 1.0
    assert duties(kind="local") == 0.0
    assert duties(duty_included=True) == 0.0
    assert duties(location="home", kind="cross_border") == 1.0
