"""The sample `small-seller`: twelve SKUs, one overseas warehouse, and containers that are never full."""

from __future__ import annotations

from dataclasses import replace

from optimizer.scenario.generator.first_leg import FIRST_LEG, US_RISE, Tariff
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings import SolveSettings

SPEC = Spec(
    name="small-seller",
    skus=12,
    seed=5,
    overseas=1,
    suppliers=2,
    modes=3,
    weeks=12,
    daily=7,
    channels=("temu-semi", "own shop"),
    median_cases_per_week=4.0,
    sigma=0.9,
    storage_tightness=1.1,
    container_tightness=0.0,
)
#: A small container, duty paid, in US$: worth its price from about half full.
SMALL_CONTAINER, CONTAINER_FEE = 3600.0, 280.0


def small_seller() -> Scenario:
    """Groupage by the kg or a 20GP of one's own: a first week of days, then weeks."""
    modes = FIRST_LEG["US-W"]
    box = Tariff(
        32, 45, "Sat", boxes=(("20GP", SMALL_CONTAINER),), departure_fee=CONTAINER_FEE, duty_included=True, rise=US_RISE
    )
    scenario = generate(SPEC, {"US-W": {"sea": modes["sea"], "air": modes["air"], "fcl": box}})
    return replace(scenario, settings=replace(scenario.settings, solve=SolveSettings(gap=0.01, seconds=60.0)))
