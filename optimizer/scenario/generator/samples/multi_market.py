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
SHARED, COURIER = ("UK", "DE", "JP"), ("US-W",)


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
    scenario = generate(SPEC, tariffs)
    return replace(scenario, settings=replace(scenario.settings, solve=SolveSettings(gap=0.02, seconds=300.0)))
