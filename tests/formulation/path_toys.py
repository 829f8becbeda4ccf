"""Toys over sample paths."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.scenario.scenario import Scenario
from tests.formulation.constraint_toys import bought
from tests.formulation.shipping_toys import rate
from tests.formulation.toys import MONDAY, demand_rows, typed

#: What is wanted of the goods of `boxed_later`.
BOXED_WANT = {"A": [0, 20, 20, 20]}


def with_paths(scenario: Scenario, *wants: dict[str, list[float]], late: Sequence[dict[str, int]] = ()) -> Scenario:
    """The scenario with a path for each of the demands, all as likely; `late`: on each path, the days by which lanes
    are late that depart on the first day.
    """
    demand = [
        {"path": path, "units": row.pop("mean"), **row}
        for path, want in enumerate(wants, 1)
        for row in demand_rows(want)
    ]
    delays = [
        {"path": path, "lane": lane, "departs_on": MONDAY, "late_days": days}
        for path, lanes in enumerate(late, 1)
        for lane, days in lanes.items()
    ]
    paths = [{"path": path, "weight": 1 / len(wants)} for path in range(1, len(wants) + 1)]
    made = typed({"paths": paths, "path_demand": demand, "path_delays": delays})
    return scenario.with_tables(**{name: made[name] for name in ("paths", "path_demand", "path_delays")})


def boxed_later() -> Scenario:
    """Goods that are ordered on the first day and leave two weeks later, after the window, in boxes of 0.25 m3."""
    return bought(
        periods=(7, 7, 7, 7),
        want=BOXED_WANT,
        skus=[{"sku": "A", "case_pack": 5}],
        sourcing=[{"sku": "A", "supplier": "factory", "unit_cost": 5, "production_days": 14}],
        container_types=[{"container_type": "box", "volume_m3": 0.25, "payload_kg": 1000}],
        freight_rates=[rate("container", 10, lane="buy", container_type="box")],
    )
