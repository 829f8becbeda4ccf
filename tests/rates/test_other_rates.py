"""Exchange, goods, handling, rent, last mile, moves and landed costs by hand."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.network.survey import survey
from optimizer.rates.delivery import last_mile
from optimizer.rates.exchange import Exchange
from optimizer.rates.goods import Goods, goods
from optimizer.rates.handling import Handling
from optimizer.rates.moves import loose_handling
from optimizer.rates.storage import Tiers, tiers
from optimizer.scenario.scenario import Scenario
from tests.formulation.constraint_toys import BUY, FACTORY, bought
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import BASE, toy

EUROS = [
    {"currency": "EUR", "rate": 1.5, "valid_from": "2026-06-03"},
    {"currency": "EUR", "rate": 2.0, "valid_from": "2026-06-10"},
    {"currency": "CNY", "rate": 0.125},
]


def days(*names: str) -> np.ndarray:
    return np.array(names, dtype="datetime64[D]")


def goods_of(scenario: Scenario) -> Goods:
    return goods(scenario, scenario["skus"]["sku"].to_numpy(dtype=object), Exchange(scenario))


def test_the_latest_exchange_rate_holds():
    exchange = Exchange(toy(exchange_rates=EUROS))
    assert exchange.rate("EUR", days("2026-06-03", "2026-06-09", "2026-06-10", "2027-01-01")).tolist() == [
        1.5,
        1.5,
        2,
        2,
    ]
    assert exchange.rate("CNY", days("1999-01-01")).tolist() == [0.125]


def test_before_the_first_rate_no_exchange_is_known():
    assert np.isnan(Exchange(toy(exchange_rates=EUROS)).rate("EUR", days("2026-06-02"))).all()


def test_money_of_the_scenario_is_worth_itself():
    exchange = Exchange(toy())
    assert exchange.rate("USD", days("2026-06-01")).tolist() == exchange.rate("", days("2026-06-01")).tolist() == [1]


def test_rows_are_converted_each_in_its_currency_and_on_its_day():
    exchange = Exchange(toy(exchange_rates=EUROS))
    currencies = np.array(["EUR", "", "CNY", "EUR"], dtype=object)
    on = days("2026-06-05", "2026-06-05", "2026-06-05", "2026-06-11")
    assert exchange.rates(currencies, on).tolist() == [1.5, 1, 0.125, 2]
    assert exchange.rates(currencies, np.datetime64("2026-06-11")).tolist() == [2, 1, 0.125, 2]


def test_a_unit_is_worth_its_cheapest_cost_on_the_first_day_else_its_declared_value():
    shop = {"location": "shop", "kind": "supplier", "country": "CN"}
    scenario = bought(
        locations=[*FACTORY, shop],
        codes=("A", "B", "C"),
        skus=[
            {"sku": "A", "declared_value": None},
            {"sku": "B", "declared_value": 9},
            {"sku": "C", "declared_value": 3},
        ],
        sourcing=[
            {"sku": "A", "supplier": "factory", "unit_cost": 20, "currency": "CNY"},
            {"sku": "A", "supplier": "shop", "unit_cost": 3},
            {"sku": "B", "supplier": "shop", "unit_cost": 4},
        ],
        exchange_rates=EUROS,
    )
    assert goods_of(scenario).unit_value.tolist() == [2.5, 4, 3]
    assert goods_of(scenario).declared.tolist() == [2.5, 9, 3]


def test_goods_are_given_in_the_order_asked_for():
    scenario = toy(skus=[{"sku": sku, "unit_weight_kg": weight} for sku, weight in (("A", 1), ("B", 2), ("C", 3))])
    known = goods(scenario, np.array(["C", "A"], dtype=object), Exchange(scenario))
    assert (known.sku.tolist(), known.weight.tolist()) == (["C", "A"], [3, 1])


def test_light_goods_are_charged_by_volume():
    known = goods_of(toy(skus=[{"sku": "A"}, {"sku": "B", "unit_weight_kg": 3}]))  # both 10,000 cm3
    assert known.charged_kg(5_000).tolist() == [2, 3]
    assert known.charged_kg(np.nan).tolist() == [1, 3]


HANDLING = [
    {"location": "west", "basis": "case", "rate": 2},
    {"location": "west", "basis": "m3", "rate": 30, "currency": "CNY"},
    {"location": "west", "basis": "container", "rate": 50},
    {"location": "west", "basis": "container", "container_type": "large", "rate": 70, "valid_from": "2026-06-05"},
    {"location": "west", "basis": "case", "rate": 3, "valid_from": "2026-06-05"},
]
BOXES = [
    {"container_type": "large", "volume_m3": 2, "payload_kg": 300},
    {"container_type": "small", "volume_m3": 1, "payload_kg": 300},
]


def test_handling_is_dated_and_of_the_type_or_else_of_any_type():
    scenario = toy(handling_rates=HANDLING, container_types=BOXES, exchange_rates=EUROS)
    handling, on = Handling(scenario, Exchange(scenario)), days("2026-06-04", "2026-06-05")
    assert handling.rate("west", "case", on).tolist() == [2, 3]
    assert handling.rate("west", "m3", on).tolist() == [3.75, 3.75]
    assert handling.rate("west", "container", on, "large").tolist() == [50, 70]
    assert handling.rate("west", "container", on, "small").tolist() == [50, 50]
    assert handling.rate("home", "case", on).tolist() == [0, 0]
    assert (handling.by_container("west"), handling.by_container("home")) == (True, False)


def test_a_type_without_a_rate_is_handled_for_nothing():
    scenario = toy(handling_rates=HANDLING[3:4], container_types=BOXES)
    handling = Handling(scenario, Exchange(scenario))
    assert handling.rate("west", "container", days("2026-06-06"), "small").tolist() == [0]


def test_loose_goods_are_handled_by_case_and_volume():
    scenario = toy(
        skus=[{"sku": "A", "case_pack": 4}], handling_rates=HANDLING, exchange_rates=EUROS, container_types=BOXES
    )
    cost = loose_handling(
        Handling(scenario, Exchange(scenario)), "west", goods_of(scenario), days("2026-06-04", "2026-06-05")
    )
    assert cost.tolist() == [[2 / 4 + 0.01 * 3.75, 3 / 4 + 0.01 * 3.75]]


def test_loose_goods_without_a_case_are_handled_by_volume_alone():
    scenario = toy(handling_rates=HANDLING[1:2], exchange_rates=EUROS)
    cost = loose_handling(Handling(scenario, Exchange(scenario)), "west", goods_of(scenario), days("2026-06-04"))
    assert cost.tolist() == [[0.0375]]


def test_rent_is_told_as_steps():
    rows = [
        {"location": "west", "from_age_days": 90, "per_m3_day": 4},
        {"location": "west", "from_age_days": 0, "per_m3_day": 1},
        {"location": "west", "from_age_days": 30, "per_m3_day": 1.5},
        {"location": "home", "from_age_days": 10, "per_m3_day": 2, "currency": "CNY"},
    ]
    scenario = toy(storage_rates=rows, exchange_rates=EUROS)
    known = tiers(scenario, Exchange(scenario), days("2026-06-01"))
    assert known["west"][0].from_age_days.tolist() == [0, 30, 90]
    assert known["west"][0].increase.tolist() == [1, 0.5, 2.5]
    assert known["home"][0].from_age_days.tolist() == [0, 10]
    assert known["home"][0].increase.tolist() == [0, 0.25]


def test_a_version_of_the_rent_replaces_the_one_before_whole():
    rows = [
        {"location": "west", "from_age_days": 0, "per_m3_day": 1, "valid_from": "2026-06-02"},
        {"location": "west", "from_age_days": 30, "per_m3_day": 2, "valid_from": "2026-06-02"},
        {"location": "west", "from_age_days": 5, "per_m3_day": 3, "valid_from": "2026-06-05"},
    ]
    scenario = toy(storage_rates=rows)
    before, first, second = tiers(scenario, Exchange(scenario), days("2026-06-01", "2026-06-04", "2026-06-05"))["west"]
    assert before.increase.tolist() == [0]
    assert (first.from_age_days.tolist(), first.increase.tolist()) == ([0, 30], [1, 1])
    assert (second.from_age_days.tolist(), second.increase.tolist()) == ([0, 5], [0, 3])


@pytest.mark.parametrize(("wait", "rent"), [(0, 0), (10, 10), (30, 30), (31, 31.5), (90, 120), (100, 160)])
def test_the_rent_of_a_wait_adds_up_its_days(wait, rent):
    # 1 a day, 1.5 from day 30, 4 from day 90: 90 days are 30 + 60 x 1.5.
    steps = Tiers(np.array([0.0, 30.0, 90.0]), np.array([1.0, 0.5, 2.5]))
    assert steps.rent_of_wait(np.array([wait])).tolist() == [rent]


def test_the_last_mile_is_by_order_and_by_charged_weight():
    scenario = toy(
        skus=[{"sku": "A", "units_per_order": 2}, {"sku": "B", "unit_weight_kg": 3}],
        delivery_lanes=[
            {
                "location": "west",
                "region": "W",
                "delivery_days": 1,
                "per_order": 4,
                "per_kg": 1,
                "volumetric_divisor": 5_000,
                "currency": "EUR",
            }
        ],
        exchange_rates=EUROS,
    )
    lane = next(scenario["delivery_lanes"].itertuples())
    cost = last_mile(lane, goods_of(scenario), days("2026-06-05", "2026-06-10"), Exchange(scenario))
    assert cost.tolist() == [[(2 + 2) * 1.5, (2 + 2) * 2], [(4 + 3) * 1.5, (4 + 3) * 2]]


def move(**changes: object) -> float:
    """The move cost of A (1 kg, 0.01 m3, six to the case, declared at 5) on the lane to the west."""
    lanes = [{**BASE["lanes"][0], "duty_included": changes.pop("duty_included", True)}]
    skus = [{"sku": "A", "case_pack": 6, **changes.pop("sku", {})}]
    return (
        survey(toy(lanes=lanes, skus=skus, container_types=BOXES, exchange_rates=EUROS, **changes)).moves["sea"].item()
    )


@pytest.mark.parametrize(
    ("rows", "cost"),
    [
        ([], 0),
        ([rate("kg", 3, volumetric_divisor=5_000)], 6),
        ([rate("kg", 3), rate("kg", 2, from_quantity=1000, minimum_charge=9999)], 2),
        ([rate("m3", 50, minimum_charge=100), rate("m3", 40, from_quantity=9)], 0.4),
        ([rate("case", 3)], 0.5),
        ([rate("departure", 500)], 0),
        ([rate("container", 100, container_type="small")], 1.0),
        ([rate("container", 100, container_type="small"), rate("container", 150, container_type="large")], 0.75),
        ([rate("kg", 3), rate("m3", 50), rate("case", 3)], 4),
        ([rate("kg", 3), rate("kg", 5, valid_from="2026-06-22"), rate("kg", 9, valid_from="2026-06-23")], 5),
    ],
)
def test_a_move_costs_the_lowest_rates_at_the_end_of_the_horizon(rows, cost):
    assert move(freight_rates=rows) == pytest.approx(cost)


def test_heavy_goods_fill_a_container_by_weight():
    assert move(
        freight_rates=[rate("container", 300, container_type="large")], sku={"unit_weight_kg": 20}
    ) == pytest.approx(20)


def test_a_move_pays_duty_where_it_crosses_a_border_with_duty_not_included():
    duty = [{"customs_territory": "US", "kind": "freight", "rate": 0.2, "per_item": 0.5, "per_entry": 99}]
    assert move(duty_rates=duty, duty_included=False) == 1.5
    assert move(duty_rates=duty) == 0


def test_a_move_pays_handling_loose_or_by_the_container():
    loose = HANDLING[:2]
    assert move(handling_rates=loose) == pytest.approx(2 / 6 + 0.0375)
    boxed = [rate("container", 100, container_type="small")]
    assert move(handling_rates=loose, freight_rates=boxed) == pytest.approx(1 + 2 / 6 + 0.0375)
    assert move(handling_rates=HANDLING, freight_rates=boxed) == pytest.approx((100 + 50) * 0.01)
    large = [rate("container", 100, container_type="large")]
    assert move(handling_rates=HANDLING, freight_rates=large) == pytest.approx((100 + 70) * 0.005)


def test_the_landed_cost_is_that_of_the_cheapest_way():
    scenario = bought(
        lanes=[
            {**BUY[0], "destination": "home"},
            BASE["lanes"][0],
            {**BUY[0], "lane": "direct"},
        ],
        freight_rates=[rate("kg", 1, "buy"), rate("kg", 2, "sea"), rate("kg", 2.5, "direct")],
    )
    place = {"home": 6.0, "west": 7.5, "factory": 5.0}
    ground = survey(scenario)
    assert dict(zip(ground.locations, ground.landed[:, 0].tolist(), strict=True)) == place


def test_what_cannot_come_to_a_place_costs_no_finite_sum_there():
    scenario = bought(lanes=[{**BUY[0], "destination": "home"}])
    ground = survey(scenario)
    assert dict(zip(ground.locations, ground.landed[:, 0].tolist(), strict=True)) == {
        "home": 5.0,
        "west": np.inf,
        "factory": 5.0,
    }


def test_goods_without_a_case_take_no_lane_that_is_charged_by_the_case():
    assert np.isinf(survey(toy(freight_rates=[rate("case", 3)])).landed[1, 0])
