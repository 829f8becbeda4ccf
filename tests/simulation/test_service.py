"""Who is served from where."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from optimizer.simulation.service import Service, planned_units
from tests.plan.making import BASE, changed
from tests.simulation.worlds import world


def served(wanted: float, stock: dict[str, float], planned=None, rest: bool = True, **tables) -> dict[str, float]:
    """Units from each location to region US."""
    scene = world([0], **tables).scene(2)
    standing = np.zeros((len(scene.stores), 1))
    for name, units in stock.items():
        standing[scene.stores.get_loc(name), 0] = units
    told = None if planned is None else planned_units(scene, pd.DataFrame(planned))
    given = Service(scene)(0, standing, np.array([[float(wanted)]]), told, rest)
    return {
        name: float(units) for name, units in zip(scene.delivery_lanes["location"], given[:, 0], strict=True) if units
    }


def test_the_cheapest_delivery_lane_with_stock_goes_first():
    # From E a parcel costs 3, from W 4, from SZ 2 + 12 + 4 duty.
    assert served(10, {"E": 6, "W": 3, "SZ": 50}) == {"E": 6, "W": 3, "SZ": 1}


def test_nobody_is_served_at_a_cost_above_that_of_the_lost_sale():
    # A lost unit costs 0.75 x 20 + 1 = 16; a parcel from SZ costs 18.
    assert served(10, {"SZ": 50}, prices=changed("prices", {"region": "US"}, price=20)) == {}
    assert served(10, {"SZ": 50}, prices=changed("prices", {"region": "US"}, price=24)) == {"SZ": 10}  # 19


def test_no_more_customers_wait_than_have_the_patience():
    patience = [{"region": "US", "days": 3, "share": 1}, {"region": "US", "days": 5, "share": 0.5},
                {"region": "US", "days": 12, "share": 0.2}]  # fmt: skip
    # E takes 5 days, W 3, SZ 12: half accept E or slower, a fifth SZ.
    stock = {"E": 100, "SZ": 100}
    assert served(10, stock, delivery_patience=patience) == {"E": 5}
    assert served(10, {"SZ": 100}, delivery_patience=patience) == {"SZ": 2}
    assert served(10, {**stock, "W": 100}, delivery_patience=patience) == {"E": 5, "W": 5}


def test_a_supplier_that_sends_straight_to_customers_never_runs_dry():
    lanes = [*BASE["delivery_lanes"], {"location": "F", "region": "US", "delivery_days": 12, "per_order": 1}]
    assert served(10, {"W": 3}, delivery_lanes=lanes) == {"W": 3, "F": 7}


def test_a_chosen_delivery_lane_goes_before_a_cheaper_one_and_the_rest_follows():
    planned = {"location": ["W"], "region": ["US"], "sku": ["A"], "units": [4.0]}
    assert served(10, {"E": 8, "W": 5}, planned) == {"W": 4, "E": 6}
    assert served(10, {"E": 8, "W": 5}, planned, rest=False) == {"W": 4}
    assert served(3, {"E": 8, "W": 5}, planned) == pytest.approx({"W": 3})
