"""The sample `multi-market`: 300 SKUs from two warehouses at home to six overseas."""

from __future__ import annotations

from dataclasses import replace

from optimizer.scenario.generator.first_leg import FIRST_LEG
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings import SolveSettings

SPEC = Spec(
    name="multi-market",
    skus=300,
    seed=11,
    overseas=6,
    domestic=2,
    suppliers=8,
    modes=6,
    weeks=12,
    demand_days=7,
)
#: Destinations with a share of a container, and with a courier; the other modes go wherever the rate card knows them.
SHARED, COURIER = ("UK", "DE"), ("US-W",)
#: The second warehouse at home ships overseas to Europe alone.
FROM_NINGBO = ("CN-S", "UK", "DE")


def multi_market() -> Scenario:
    """All modes: sea, fast sea, rail, air, courier, whole and shared containers, road and LTL between warehouses."""
    tariffs = {
        place: {
            mode: tariff
            for mode, tariff in modes.items()
            if not (mode == "lcl" and place not in SHARED) and not (mode == "express" and place not in COURIER)
        }
        for place, modes in FIRST_LEG.items()
    }
    scenario = _europe_from_ningbo(generate(SPEC, tariffs))
    return replace(scenario, settings=replace(scenario.settings, solve=SolveSettings(gap=0.02, seconds=300.0)))


def _europe_from_ningbo(scenario: Scenario) -> Scenario:
    """The scenario without lanes from CN-E to other places, and without their rates."""
    lanes, rates = scenario["lanes"], scenario["freight_rates"]
    kept = lanes[(lanes["origin"] != "CN-E") | lanes["destination"].isin(FROM_NINGBO)]
    paid = rates[rates["lane"].isin(set(kept["lane"]))]
    return scenario.with_tables(lanes=kept.reset_index(drop=True), freight_rates=paid.reset_index(drop=True))
