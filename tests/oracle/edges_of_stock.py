"""Edges of stock, demand and the end of the horizon; each docstring works the least cost out by hand."""

from __future__ import annotations

import datetime as dt

from optimizer.scenario.scenario import Scenario
from tests.formulation.constraint_toys import FACTORY, at
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import BASE, Row, toy
from tests.oracle.edges import costs

TRADER: list[Row] = [*BASE["regions"], {"region": "trader", "country": "US", "kind": "clearance"}]


@costs(0)
def stock_where_no_way_leads() -> Scenario:
    """The factory makes A, but no lane leads from it to the west: what 4 units would cost there is not known, so they
    are worth nothing to the demand after the horizon."""
    return toy(
        (7,),
        {"A": [0, 10, 10]},
        end_stock="matched",
        locations=FACTORY,
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5}],
        opening_stock=[at("west", 4)],
    )


@costs(-28)
def stock_for_a_trader_where_no_way_leads() -> Scenario:
    """Likewise, but a trader takes them at 7, which no landed cost limits."""
    return toy(
        (7,),
        {"A": [0, 0]},
        end_stock="matched",
        locations=FACTORY,
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5}],
        opening_stock=[at("west", 4)],
        regions=TRADER,
        prices=[*BASE["prices"], {"sku": "A", "region": "trader", "price": 7}],
        delivery_lanes=[*BASE["delivery_lanes"], {"location": "west", "region": "trader", "delivery_days": 0}],
    )


@costs(-16)
def a_lot_of_no_units() -> Scenario:
    """Nobody makes A. 4 stand at home, worth 5, and 1 less by the kg that the lane to the west takes. A row without
    units in the west does not make them cost 5 there."""
    return toy(
        (7,),
        {"A": [0, 10, 10]},
        end_stock="matched",
        opening_stock=[at("west", 0), at("home", 4)],
        freight_rates=[rate("kg", 1)],
    )


@costs(6)
def stock_that_only_a_tip_takes() -> Scenario:
    """To be rid of 4 costs 0.5 and a last mile of 1, now or later."""
    return toy(
        (7,),
        {"A": [0]},
        end_stock="matched",
        regions=[*BASE["regions"], {"region": "tip", "country": "US", "kind": "disposal"}],
        prices=[*BASE["prices"], {"sku": "A", "region": "tip", "price": -0.5}],
        delivery_lanes=[
            *BASE["delivery_lanes"],
            {"location": "west", "region": "tip", "delivery_days": 0, "per_order": 1},
        ],
        opening_stock=[at("west", 4)],
    )


@costs(-70)
def a_table_of_demand_that_starts_late() -> Scenario:
    """The table covers 14 days from June 10 until June 23, one unit a day; so it goes on. In the horizon 12 of 40 are
    sold, and in the 14 days of cover 14 are wanted, of which each unit is worth 5."""
    return toy(
        want={},
        end_stock="matched",
        demand=[{"sku": "A", "region": "W", "starts_on": dt.date(2026, 6, 10), "days": 14, "mean": 14}],
        opening_stock=[at("west", 40)],
    )


@costs(140)
def goods_of_the_past_before_a_closed_door() -> Scenario:
    """3 should have come before the first day, but the west is closed until June 3: they come in the second week, in
    which 7 of 10 are lost."""
    return toy(
        opening_stock=[],
        in_transit=[{"destination": "west", "sku": "A", "arrives_on": "2026-05-30", "units": 3}],
        closures=[{"location": "west", "from": "2026-05-29", "until": "2026-06-03"}],
    )
