"""What a unit of each SKU weighs, measures and is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.rates.exchange import Exchange
from optimizer.scenario.scenario import Scenario


@dataclass(frozen=True)
class Goods:
    """Per SKU, all shapes (skus,): `unit_value` is the cheapest unit cost on the first day, else the declared value;
    `declared` the customs value; `case_pack` NaN where any quantity may be shipped; `hs` the HS code as digits.
    """

    sku: np.ndarray
    weight: np.ndarray
    volume: np.ndarray
    case_pack: np.ndarray
    units_per_order: np.ndarray
    goodwill: np.ndarray
    unit_value: np.ndarray
    declared: np.ndarray
    hs: np.ndarray
    origin: np.ndarray

    def __len__(self) -> int:
        return len(self.sku)

    def charged_kg(self, divisor: np.ndarray | float) -> np.ndarray:
        """Weight that a unit is charged for alone: gross, or volume (cm3) / divisor if that is more; a NaN divisor
        means gross.
        """
        return np.fmax(self.weight, self.volume * 1e6 / divisor)


def goods(scenario: Scenario, skus: np.ndarray, exchange: Exchange) -> Goods:
    """The goods of the given SKUs, in their order."""
    table = scenario["skus"].set_index("sku").loc[skus]
    unit_value = _cheapest(scenario, exchange).reindex(skus).to_numpy()
    declared = table["declared_value"].to_numpy()
    unit_value = np.where(np.isnan(unit_value), declared, unit_value)
    return Goods(
        sku=np.asarray(skus, dtype=object),
        weight=table["unit_weight_kg"].to_numpy(),
        volume=table["unit_volume_m3"].to_numpy(),
        case_pack=table["case_pack"].to_numpy(dtype=np.float64),
        units_per_order=table["units_per_order"].to_numpy(),
        goodwill=table["goodwill"].to_numpy(),
        unit_value=unit_value,
        declared=np.where(np.isnan(declared), unit_value, declared),
        hs=np.array([code.replace(".", "").replace(" ", "") for code in table["hs_code"]], dtype=object),
        origin=table["origin_country"].to_numpy(dtype=object),
    )


def _cheapest(scenario: Scenario, exchange: Exchange) -> pd.Series:
    sourcing = scenario["sourcing"]
    cost = sourcing["unit_cost"].to_numpy() * exchange.rates(
        sourcing["currency"].to_numpy(), scenario.calendar.starts[0]
    )
    return pd.Series(cost, index=sourcing["sku"].to_numpy()).groupby(level=0).min()
