"""What-if changes of a scenario: what a planner asks once he has a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from optimizer.scenario.scenario import Scenario


def dearer_duty(scenario: Scenario) -> Scenario:
    """A fifth more duty on freight."""
    duty = scenario["duty_rates"]
    return scenario.with_tables(
        duty_rates=duty.assign(rate=duty["rate"].where(duty["kind"] != "freight", duty["rate"] * 1.2))
    )


def later_sea(scenario: Scenario) -> Scenario:
    """Two weeks more at sea."""
    lanes = scenario["lanes"]
    late = lanes["mode"].isin(["sea", "fcl", "fast-sea"])
    days = lanes["lead_time_days"] + 14 * late.to_numpy(lanes["lead_time_days"].dtype)
    return scenario.with_tables(lanes=lanes.assign(lead_time_days=days))


def more_demand(scenario: Scenario) -> Scenario:
    """A tenth more demand everywhere."""
    demand = scenario["demand"]
    return scenario.with_tables(demand=demand.assign(mean=demand["mean"] * 1.1))


def dearer_freight(scenario: Scenario) -> Scenario:
    """The first rate by sea a tenth higher."""
    rates = scenario["freight_rates"]
    first = rates.index == rates.index[rates["lane"].isin(_by_sea(scenario))][0]
    return scenario.with_tables(freight_rates=rates.assign(rate=rates["rate"].where(~first, rates["rate"] * 1.1)))


def slower_lane(scenario: Scenario) -> Scenario:
    """A week more on the first lane by sea."""
    lanes = scenario["lanes"]
    first = (lanes["lane"] == _by_sea(scenario)[0]).to_numpy(lanes["lead_time_days"].dtype)
    return scenario.with_tables(lanes=lanes.assign(lead_time_days=lanes["lead_time_days"] + 7 * first))


def _by_sea(scenario: Scenario) -> list[str]:
    lanes = scenario["lanes"]
    return list(lanes.loc[lanes["mode"] == "sea", "lane"])


#: The changes, by the name of the spec that measures each.
CHANGES: Mapping[str, Callable[[Scenario], Scenario]] = {
    "freight": dearer_freight,
    "lane": slower_lane,
    "duty": dearer_duty,
    "sea": later_sea,
    "demand": more_demand,
}
