"""Toys over sample paths."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.scenario.scenario import Scenario
from tests.formulation.toys import MONDAY, demand_rows, typed


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
