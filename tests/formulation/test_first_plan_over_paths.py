"""A first plan over sample paths books what is decided now, and leaves open what comes later."""

from __future__ import annotations

import numpy as np

from optimizer.formulation.first_cases import rounded
from optimizer.formulation.first_structure import structure
from optimizer.network.network import Network, connect
from tests.formulation.constraint_toys import BUY, bought
from tests.formulation.path_toys import with_paths
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import MONDAY

FOUR_WEEKS = (7, 7, 7, 7)
WANT = {"A": [0, 20, 20, 20]}
LATER, NOW = 0, 1


def values(net: Network, units: dict[int, float]) -> dict[str, np.ndarray]:
    """A relaxed answer with so many units in each shipment that is decided later, or now."""
    return {
        "ship": net.shipments["committed"].map(units).to_numpy(dtype=float),
        "containers": np.zeros(len(net.loads)),
        "charged": np.zeros(len(net.brackets)),
    }


def test_a_supplier_is_not_ordered_from_for_what_is_decided_later():
    net = connect(with_paths(bought(minimum=100, periods=FOUR_WEEKS, want=WANT), WANT, WANT))
    # Later orders of 20 units at 5 on either path are worth the minimum together, but none has to be.
    assert not structure(net, values(net, {LATER: 20.0, NOW: 0.0}))["supplier_orders"].any()
    # 12 units at 5 now are more than half of the minimum, in each of the two weeks of the commit window.
    assert structure(net, values(net, {LATER: 0.0, NOW: 12.0}))["supplier_orders"].tolist() == [1, 1, 0, 0]


def test_a_least_order_is_not_placed_for_what_is_decided_later():
    fridays = {**BUY[0], "lane": "fridays", "sailing_weekdays": "Fri"}
    scenario = bought(
        periods=FOUR_WEEKS,
        want=WANT,
        commit_days=10,  # until the Thursday of the second week
        lanes=[*BUY, fridays],
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "moq": 25}],
    )
    net = connect(with_paths(scenario, WANT, WANT))
    placed = structure(net, values(net, {LATER: 20.0, NOW: 0.0}))["orders_placed"]
    assert len(placed) == 2 and not placed.any()


def test_a_share_of_a_container_after_the_window_leaves_room_for_what_is_ordered_now():
    scenario = bought(
        periods=FOUR_WEEKS,
        want=WANT,
        skus=[{"sku": "A", "case_pack": 5}],
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "production_days": 14}],
        container_types=[{"container_type": "box", "volume_m3": 0.25, "payload_kg": 1000}],
        freight_rates=[rate("container", 10, lane="buy", container_type="box")],
    )
    net = connect(with_paths(scenario, WANT, WANT))
    # Ordered on the first day, ten units of 0.01 m3 leave two weeks later, in 0.4 of a box.
    assert str(net.sailings["departs_on"].iloc[net.shipments["sailing"].iloc[0]].date()) == str(MONDAY.replace(day=15))
    relaxed = {**values(net, {LATER: 0.0, NOW: 10.0}), "containers": np.full(len(net.loads), 0.4)}
    found = rounded(net, relaxed)
    assert found["cases"][0] == 2
    assert np.isnan(found["containers"][~net.now[net.loads["sailing"]]]).all()
