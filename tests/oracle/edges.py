"""The register of sellers at the edge of what MODEL.md says, with their least costs."""

from __future__ import annotations

from collections.abc import Callable

from optimizer.scenario.scenario import Scenario

#: Scenarios and their least costs.
EDGES: list[tuple[Callable[[], Scenario], float]] = []


def costs(amount: float) -> Callable[[Callable[[], Scenario]], Callable[[], Scenario]]:
    """Register a scenario with its least cost."""

    def register(make: Callable[[], Scenario]) -> Callable[[], Scenario]:
        EDGES.append((make, amount))
        return make

    return register
