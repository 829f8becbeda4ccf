"""What is left at the end: buckets after the horizon, who can reach whose demand, and what a unit is worth."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.network.horizon import bucket_ends, cover_days
from optimizer.network.network import Network, connect, landing
from optimizer.scenario.scenario import Scenario
from tests.formulation.constraint_toys import BUY, FACTORY, at, bought
from tests.formulation.printer import keys_of
from tests.formulation.toys import BASE, toy

SEA = BASE["lanes"][0]
WANT = {"A": [0, 10, 10, 10, 10, 10, 10, 10, 10]}


def left(**changes: object) -> Scenario:
    """A horizon of a week, with ten units a week wanted for long after it."""
    return toy(**{"periods": (7,), "want": WANT, "end_stock": "matched", **changes})


def gains(net: Network) -> dict[str, float]:
    return dict(zip(keys_of(net, "end_cover"), net.cover.keys["gain"].round(9).tolist(), strict=True))


def test_the_cover_is_the_longest_way_from_order_to_sale_and_a_review():
    scenario = bought(
        end_stock="matched",
        review_days=14,
        lanes=[
            {**BUY[0], "destination": "home", "lead_time_days": 3},
            {**BUY[0], "lane": "direct", "lead_time_days": 20},
            SEA,
            {**SEA, "lane": "slow", "lead_time_days": 30},
            {**SEA, "lane": "back", "origin": "west", "destination": "home", "lead_time_days": 99},
        ],
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "production_days": 12}],
    )
    assert cover_days(scenario) == (12 + 20) + 30 + 14


def test_production_of_one_supplier_does_not_lengthen_the_lane_of_another():
    shop = {"location": "shop", "kind": "supplier", "country": "CN"}
    scenario = bought(
        end_stock="matched",
        locations=[*FACTORY, shop],
        lanes=[BUY[0], {**BUY[0], "lane": "quick", "origin": "shop", "lead_time_days": 2}],
        sourcing=[
            {"sku": "A", "supplier": "factory", "unit_cost": 5, "production_days": 1},
            {"sku": "A", "supplier": "shop", "unit_cost": 5, "production_days": 9},
        ],
    )
    assert cover_days(scenario) == max(1 + 7, 9 + 2) + 7


@pytest.mark.parametrize(
    ("review", "lengths"), [(7, [14]), (21, [28]), (22, [28, 1]), (49, [28, 28]), (60, [28, 28, 11])]
)
def test_buckets_are_of_28_days_and_the_last_one_is_shorter(review, lengths):
    scenario = left(review_days=review)
    ends = bucket_ends(scenario)
    assert np.diff(ends, prepend=scenario.calendar.end).astype(int).tolist() == lengths


def test_where_the_end_is_worth_nothing_there_are_no_buckets():
    net = connect(left(end_stock="zero"))
    assert (len(net.ground.bucket_ends), len(net.cover.keys), len(net.cover.stock)) == (0, 0, 0)


def test_a_bucket_asks_for_the_demand_of_its_days():
    demand = connect(left(review_days=28)).cover.demand  # 35 days after the horizon: 28 and 7
    assert demand["units"].tolist() == pytest.approx([40.0, 10.0])


def test_a_region_is_reached_when_a_bucket_ends_later_than_goods_can_be_there():
    # From home the west is 7 days away. Cover of 7 + 0 days ends with the way, so it is not later.
    assert keys_of(connect(left(review_days=0)), "end_cover") == ["west,W,A,0"]
    assert keys_of(connect(left(review_days=1)), "end_cover") == ["home,W,A,0", "west,W,A,0"]


def test_only_places_where_goods_can_be_left_have_cover():
    assert keys_of(connect(left(opening_stock=[at("west", 5)])), "end_cover") == ["west,W,A,0"]


def test_a_place_that_goods_reach_after_the_horizon_only_has_cover():
    assert "west,A,0" not in keys_of(connect(left()), "on_hand")
    assert "west,W,A,0" in keys_of(connect(left()), "end_cover")


def test_a_unit_is_worth_its_landed_cost_less_capital_and_rent_until_the_middle_of_its_bucket():
    net = connect(
        left(
            review_days=28,
            capital_rate=0.365,
            opening_stock=[at("west", 5)],
            storage_rates=[
                {"location": "west", "from_age_days": 0, "per_m3_day": 1},
                {"location": "west", "from_age_days": 20, "per_m3_day": 4},
            ],
        )
    )
    # Buckets [0, 28) and [28, 35): waits of 14 and 31.5 days. Landed 5, capital 0.001 x 5 a day, rent 0.01 m3 a day.
    first = 5 - 0.005 * 14 - 0.01 * 14
    second = 5 - 0.005 * 31.5 - 0.01 * (31.5 + 3 * 11.5)
    assert gains(net) == pytest.approx({"west,W,A,0": first, "west,W,A,1": second})


def test_a_matched_unit_gains_what_exceeds_its_worth_when_cleared():
    net = connect(
        left(
            opening_stock=[at("west", 5)],
            regions=[*BASE["regions"], {"region": "trader", "country": "US", "kind": "clearance"}],
            prices=[*BASE["prices"], {"sku": "A", "region": "trader", "price": 3}],
            delivery_lanes=[
                *BASE["delivery_lanes"],
                {"location": "west", "region": "trader", "delivery_days": 0, "per_order": 1},
            ],
        )
    )
    assert net.cover.cleared[:, 0].tolist() == [0, 2]
    assert gains(net) == {"west,W,A,0": 3.0}


def test_a_cleared_unit_is_never_worth_more_than_it_cost():
    trader = {"region": "trader", "country": "US", "kind": "clearance"}
    net = connect(
        left(
            opening_stock=[at("west", 5)],
            regions=[*BASE["regions"], trader],
            prices=[*BASE["prices"], {"sku": "A", "region": "trader", "price": 30}],
            delivery_lanes=[*BASE["delivery_lanes"], {"location": "west", "region": "trader", "delivery_days": 0}],
        )
    )
    assert net.cover.cleared[1, 0] == 5
    assert gains(net) == {}  # a matched unit is worth no more, so there is nothing to match


def test_disposal_makes_a_cleared_unit_worth_less_than_nothing():
    tip = {"region": "tip", "country": "US", "kind": "disposal"}
    net = connect(
        left(
            opening_stock=[at("west", 5)],
            regions=[*BASE["regions"], tip],
            prices=[*BASE["prices"], {"sku": "A", "region": "tip", "price": -1}],
            delivery_lanes=[*BASE["delivery_lanes"], {"location": "west", "region": "tip", "delivery_days": 0}],
        )
    )
    assert net.cover.cleared[:, 0].tolist() == [0, -1]
    assert gains(net) == {"west,W,A,0": 6.0}


def test_a_unit_elsewhere_is_worth_what_it_is_there_less_the_way_but_not_more_than_it_costs_here():
    def home(rate: float, cost: float) -> float:
        scenario = bought(
            end_stock="matched",
            want={"A": [10] * 9},
            lanes=[
                {**BUY[0], "destination": "home", "lead_time_days": 0},
                {**BUY[0], "lane": "direct", "lead_time_days": 9},
                SEA,
            ],
            freight_rates=[
                {"lane": "direct", "basis": "kg", "rate": cost},
                {"lane": "sea", "basis": "kg", "rate": rate},
            ],
        )
        return gains(connect(scenario))["home,W,A,0"]

    # Landed: 5 at home, in the west 5 + the cheaper of both ways.
    assert home(rate=2, cost=4) == 5  # 7 there, less 2 of the way
    assert home(rate=4, cost=1) == 2  # 6 there, less 4
    assert home(rate=0, cost=3) == 5  # no way to be worth more than it costs here


def test_a_place_with_its_own_delivery_counts_its_own_cost_even_if_another_is_dearer():
    net = connect(
        left(
            opening_stock=[at("home", 5)],
            delivery_lanes=[
                *BASE["delivery_lanes"],
                {"location": "home", "region": "W", "delivery_days": 9, "duty_included": True},
            ],
            freight_rates=[{"lane": "sea", "basis": "kg", "rate": 3}],
        )
    )
    assert gains(net) == {"home,W,A,0": 5.0, "west,W,A,0": 8.0}


def test_stock_that_was_never_bought_is_worth_its_declared_value_where_it_stands():
    net = connect(left(opening_stock=[at("west", 5)], freight_rates=[{"lane": "sea", "basis": "kg", "rate": 3}]))
    assert net.ground.landed[:, 0].tolist() == [np.inf, 5.0]


def test_what_the_past_has_sent_counts_from_the_bucket_in_which_it_lands():
    net = connect(
        left(
            review_days=49,
            opening_stock=[at("west", 5)],
            in_transit=[
                {"destination": "west", "sku": "A", "arrives_on": "2026-06-07", "units": 1},  # the last day: beyond
                {"destination": "west", "sku": "A", "arrives_on": "2026-07-05", "units": 2},  # last day of bucket 0
                {"destination": "west", "sku": "A", "arrives_on": "2026-07-06", "units": 4},  # first of bucket 1
                {"destination": "west", "sku": "A", "arrives_on": "2026-08-09", "units": 8},  # after all buckets
            ],
        )
    )
    west = net.cover.stock[net.cover.stock["location"] == 1]
    assert west["landing"].tolist() == [1 + 2, 1 + 2 + 4]
    assert net.cover.landing[1, 0] == 15


def test_a_shipment_counts_from_the_bucket_in_which_it_lands():
    net = connect(
        toy(
            (7, 7, 7, 7),
            {"A": [10] * 16},
            end_stock="matched",
            lanes=[{**SEA, "lead_time_days": 42}],  # departures on 1, 8, 15, 22 June; the horizon ends on 29 June
        )
    )
    # Arrivals on 13, 20, 27 July and 3 August; buckets end on 27 July and 17 August (49 days of cover).
    assert landing(net)["bucket"].tolist() == [0, 0, 1, 1]
