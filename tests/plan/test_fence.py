"""What is held of the last plan: no more than is there, on every sample path."""

from __future__ import annotations

import pandas as pd

from optimizer.plan.fence import fence
from tests.formulation.constraint_toys import at, bought
from tests.formulation.path_toys import with_paths
from tests.formulation.toys import BASE

WANT = {"A": [0, 0, 10, 0]}
BUY = {"lane": "buy", "origin": "factory", "destination": "home", "lead_time_days": 7}
SHIPPED = pd.DataFrame(
    {
        "lane": ["buy", "sea"],
        "sku": ["A", "A"],
        "departs_on": pd.to_datetime(["2026-06-01", "2026-06-08"]),
        "units": [10.0, 10.0],
    }
)


def test_what_is_held_may_leave_with_goods_that_are_held_but_not_before_they_arrive_on_every_path():
    scenario = bought(
        periods=(7, 7, 7, 7), lanes=[BUY, BASE["lanes"][0]], opening_stock=[at("home", 4)], frozen_days=14
    )
    in_time = fence(scenario, SHIPPED)
    assert in_time.locks.set_index("lane")["least"].to_dict() == {"buy": 10.0, "sea": 10.0}
    late = fence(with_paths(scenario, WANT, WANT, late=[{}, {"buy": 7}]), SHIPPED)
    assert late.locks.set_index("lane")["least"].to_dict() == {"buy": 10.0, "sea": 4.0}
    assert late.lacking[["lane", "units", "held"]].to_numpy().tolist() == [["sea", 10.0, 4.0]]
