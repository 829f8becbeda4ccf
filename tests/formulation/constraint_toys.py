"""Toys under the constraints on stock, service, orders and end stock; each docstring works its optimum out by hand."""

from __future__ import annotations

from optimizer.scenario.scenario import Scenario
from tests.formulation.effects import moves
from tests.formulation.toys import BASE, Row, toy

FACTORY: list[Row] = [*BASE["locations"], {"location": "factory", "kind": "supplier", "country": "CN"}]
#: The factory makes A at 5 and sends it straight to the west within a week.
BUY: list[Row] = [
    {"lane": "buy", "origin": "factory", "destination": "west", "lead_time_days": 7, "duty_included": True}
]


def at(location: str, units: float, sku: str = "A", **more: object) -> Row:
    """A row of opening stock."""
    return {"location": location, "sku": sku, "units": units, **more}


def bought(*, minimum: float = 0.0, codes: tuple[str, ...] = ("A",), **changes: object) -> Scenario:
    """Goods at 5 from a factory in place of the stock at home; `minimum` is the factory's least order value."""
    tables = {
        "locations": FACTORY,
        "lanes": BUY,
        "opening_stock": [],
        "skus": [{"sku": sku} for sku in codes],
        "prices": [{"sku": sku, "region": "W", "price": 20} for sku in codes],
        "sourcing": [{"sku": sku, "supplier": "factory", "unit_cost": 5} for sku in codes],
        "suppliers": [{"supplier": "factory", "minimum_order_value": minimum}],
    }
    return toy(**{**tables, **changes})


@moves("stock_balance", by=120)
@moves("demand_met_or_lost", by=120)
def more_wanted_than_there_is() -> Scenario:
    """4 are there, 10 are wanted: 6 x 20 are lost. Without the balance all 10 come from nothing; without the demand
    row nobody counts what is lost."""
    return toy((7,), {"A": [10]}, opening_stock=[at("west", 4)])


@moves("slow_delivery_share", by=100)
def half_of_the_customers_do_not_wait() -> Scenario:
    """Ten days are accepted by a share of 0.5: of 10 wanted 5 may be served from home, 5 x 20 are lost."""
    return toy(
        (7,),
        {"A": [10]},
        delivery_lanes=[{"location": "home", "region": "W", "delivery_days": 10, "duty_included": True}],
        delivery_patience=[
            {"region": "W", "days": 5, "share": 1.0},
            {"region": "W", "days": 12, "share": 0.5},
        ],
    )


@moves("minimum_order", by=75)
@moves("minimum_order_placed", by=75)
def a_least_order_above_demand() -> Scenario:
    """10 are wanted, at least 25 must be bought at 5: 125 against 50. Without the first row an order of 10 is one,
    without the second no order is needed to ship."""
    return bought(sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "moq": 25}])


@moves("supplier_minimum", by=50)
@moves("supplier_minimum_placed", by=50, also=("supplier_minimum_placed_by_sku",))
@moves("supplier_minimum_placed_by_sku", by=50, also=("supplier_minimum_placed",))
def an_order_below_the_least_value() -> Scenario:
    """10 are wanted, worth 50; the factory wants orders of 100, so 20 are bought. Without the minimum, or where goods
    leave without an order (both rows that say so are left out), 50 suffice."""
    return bought(minimum=100)


@moves("supplier_minimum_placed_by_sku", by=50, relaxed=True)
def a_fraction_of_an_order() -> Scenario:
    """A lock lets 10 of A go at most, so shipping all 10 takes a whole order, worth 100: 10 of B, which nobody needs,
    go too, for 50. The sum of both SKUs may be 10 of some 200, of which a twentieth of an order would do."""
    return bought(
        minimum=100,
        codes=("A", "B"),
        want={"A": [0, 10, 0], "B": [0, 90, 0]},
        opening_stock=[at("west", 90, "B")],
        locks=[{"lane": "buy", "sku": "A", "most": 10}],
    )


@moves("cumulative_receipts", by=14)
@moves("aged_stock", by=14)
def stock_that_has_grown_old() -> Scenario:
    """10 units (0.1 m3), a month old at the start, stand for two weeks until they are wanted: 0.1 x 7 x 10 a week. Had
    the receipts of the lane no balance, they could all be young; without the row for age nothing is old."""
    return toy(
        want={"A": [0, 0, 10]},
        opening_stock=[at("home", 10), at("west", 10, received_on="2026-05-01")],
        storage_rates=[
            {"location": "west", "from_age_days": 0, "per_m3_day": 0},
            {"location": "west", "from_age_days": 14, "per_m3_day": 10},
        ],
    )


@moves("aged_stock", by=7)
def goods_that_arrive_and_grow_old() -> Scenario:
    """All 10 must leave at once and arrive in the second week. At the end of the third they are exactly 14 days old,
    which is old; a week earlier they are 7. So 0.1 m3 x 7 days x 10 once; they are sold in the fourth."""
    return toy(
        (7, 7, 7, 7),
        {"A": [0, 0, 0, 10]},
        locks=[{"lane": "sea", "sku": "A", "date": "2026-06-01", "least": 10}],
        storage_rates=[{"location": "west", "from_age_days": 14, "per_m3_day": 10}],
    )


def _west(**limits: float) -> list[Row]:
    return [BASE["locations"][0], {**BASE["locations"][1], **limits}]


@moves("storage_capacity", by=1.4)
def more_than_the_room_holds() -> Scenario:
    """0.1 m3 stand for a week where 0.06 fit: 0.04 x 5 x 7 days."""
    return toy(locations=_west(storage_volume_m3=0.06, overflow_per_m3_day=5), opening_stock=[at("west", 10)])


@moves("receiving_capacity", by=6.5)
def more_than_the_docks_take() -> Scenario:
    """0.1 m3 arrive in a week in which 7 x 0.005 are received: 0.065 x 100, less than the sales are worth."""
    return toy(locations=_west(receiving_m3_per_day=0.005, receiving_overflow_per_m3=100))


@moves("receiving_capacity", by=3.0)
def goods_of_the_past_at_the_docks() -> Scenario:
    """4 of the 10 are under way already and fill 0.04 of the 0.07 m3 that are received: of the 6 others 3 are too
    much, 0.03 x 100."""
    return toy(
        locations=_west(receiving_m3_per_day=0.01, receiving_overflow_per_m3=100),
        in_transit=[{"destination": "west", "sku": "A", "arrives_on": "2026-06-07", "units": 4}],
    )


@moves("stock_target", by=21)
def less_than_the_target() -> Scenario:
    """10 are asked for, 4 are there: 6 x 0.5 x 7 days."""
    return toy(
        (7,),
        {"A": [0]},
        opening_stock=[at("west", 4)],
        stock_targets=[{"location": "west", "sku": "A", "least_units": 10, "price_per_unit_day": 0.5}],
    )


@moves("end_cover_stock", by=80)
def cover_from_nothing() -> Scenario:
    """20 are wanted in the 14 days (7 of the lane, 7 of review) after the horizon, 4 are left, each worth the 5 that
    it costs there. Without the row 20 would be worth it."""
    return toy((7,), {"A": [0, 10, 10]}, end_stock="matched", opening_stock=[at("west", 4)])


@moves("end_cover_demand", by=50)
def two_warehouses_and_one_region() -> Scenario:
    """15 are left in the west and in the east, and 20 will be wanted: 20 x 5 are covered, not 30 x 5."""
    east = {"location": "east", "kind": "overseas", "country": "US"}
    return toy(
        (7,),
        {"A": [0, 10, 10]},
        end_stock="matched",
        locations=[*BASE["locations"], east],
        delivery_lanes=[{"location": place, "region": "W", "delivery_days": 3} for place in ("west", "east")],
        opening_stock=[at("west", 15), at("east", 15)],
    )
