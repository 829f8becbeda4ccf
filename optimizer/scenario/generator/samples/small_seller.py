"""The sample `small-seller`: twelve SKUs, one overseas warehouse, and containers that are never full."""

from __future__ import annotations

from dataclasses import replace

from optimizer.scenario.generator.first_leg import US_RISE, Tariff, ddp
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
    weeks=16,
    daily=7,
    channels=("temu-semi", "own shop"),
    median_cases_per_week=3.5,
    sigma=0.9,
    storage_tightness=0.5,
    container_tightness=0.0,
)
#: A 40HQ, duty paid, in US$, and the fee of its departure: worth their price from about a fifth full.
CONTAINER, FEE = 3900.0, 280.0


def small_seller() -> Scenario:
    """Groupage at the rate for small customers, or a 40HQ of one's own: a first week of days, then weeks."""
    tariffs = {
        "sea": ddp(25, 35, "Thu", (14.7,), 310.0, US_RISE),
        "air": ddp(9, 14, "Tue Fri", (52.0,), rise=US_RISE),
        "fcl": Tariff(32, 45, "Sat", boxes=(("40HQ", CONTAINER),), departure_fee=FEE, duty_included=True, rise=US_RISE),
    }
    scenario = generate(SPEC, {"US-W": tariffs})
    return replace(scenario, settings=replace(scenario.settings, solve=SolveSettings(gap=0.01, seconds=60.0)))
