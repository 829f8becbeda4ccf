"""Catalogues in which one thing is made easier or harder, all else as in the default one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.scenario.generator import Spec as Catalogue
from optimizer.scenario.generator import generate
from optimizer.scenario.generator.places import ROOM_WEEKS
from optimizer.scenario.scenario import Scenario

#: SKUs of a catalogue that is swept, and of one in a smoke.
SKUS, FEW = 200, 4

#: A divisor with which no volume ever weighs more than the goods.
WEIGHTLESS_DIVISOR = 1e9

#: A scenario of so many SKUs that is as difficult as a text says.
Difficulty = Callable[[int, str], Scenario]


def containers(skus: int, tightness: str) -> Scenario:
    """A destination's weekly volume as a share of the room for containers on a sailing, to the last m3.

    The generator gives whole containers, at least one, which is always enough for a small catalogue.
    """
    spec = _spec(skus)
    scenario = generate(spec)
    places, lanes = scenario["locations"].set_index("location"), scenario["lanes"]
    weekly = places["storage_volume_m3"].to_numpy() * spec.storage_tightness / ROOM_WEEKS
    room = weekly[places.index.get_indexer(lanes["destination"])] / float(tightness)
    limited = lanes["capacity_m3"].notna()
    return scenario.with_tables(lanes=lanes.assign(capacity_m3=np.where(limited, np.round(room, 3), np.nan)))


def storage(skus: int, tightness: str) -> Scenario:
    """The room that six weeks of demand take as a share of the room there is."""
    return generate(_spec(skus, storage_tightness=float(tightness)))


def cases(skus: int, a_week: str) -> Scenario:
    """Median of the SKUs' demand over all regions in cases a week."""
    return generate(_spec(skus, median_cases_per_week=float(a_week)))


def least_orders(skus: int, times: str) -> Scenario:
    """Least orders of SKUs and suppliers, so many times as large as in the default catalogue; 0: none."""
    scenario, factor = generate(_spec(skus)), float(times)
    sourcing, suppliers = scenario["sourcing"], scenario["suppliers"]
    moq = np.round(sourcing["moq"].to_numpy() * factor).astype(sourcing["moq"].dtype)
    value = suppliers["minimum_order_value"] * factor
    return scenario.with_tables(
        sourcing=sourcing.assign(moq=moq), suppliers=suppliers.assign(minimum_order_value=value)
    )


def warehouses(skus: int, count: str) -> Scenario:
    """So many warehouses overseas."""
    return generate(_spec(skus, overseas=int(count)))


def nothing_shared(skus: int) -> Scenario:
    """No limits, fees, breaks or containers, and freight by gross weight alone: no SKU is any other's business."""
    spec = _spec(skus, storage_tightness=0.0, container_tightness=0.0, moq=False, containers=False)
    scenario = generate(spec)
    rates = scenario["freight_rates"]
    rates = rates[(rates["basis"] != "departure") & (rates["from_quantity"] == 0)]
    by_weight = rates["volumetric_divisor"].where(rates["volumetric_divisor"].isna(), WEIGHTLESS_DIVISOR)
    return scenario.with_tables(
        freight_rates=rates.assign(minimum_charge=0.0, volumetric_divisor=by_weight),
        duty_rates=scenario["duty_rates"].assign(per_entry=0.0),
    )


def usual(difficulty: Difficulty) -> Callable[[str], Scenario]:
    """The catalogue that is swept, by how difficult it is."""
    return lambda text: difficulty(SKUS, text)


def small(difficulty: Difficulty) -> Callable[[str], Scenario]:
    """A few SKUs of it."""
    return lambda text: difficulty(FEW, text)


def _spec(skus: int, **changes: float) -> Catalogue:
    return Catalogue(**{"skus": skus, "overseas": 6, "modes": 4, "weeks": 16, **changes})  # type: ignore[arg-type]
