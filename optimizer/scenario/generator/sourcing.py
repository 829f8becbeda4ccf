"""Who makes what, for how much, in which quantities and how fast."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.scenario.generator.catalogue import Catalogue
from optimizer.scenario.generator.customs import CNY, usd_price_of
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import joined, typed

#: Share of SKUs that a second supplier makes too, a little dearer or cheaper.
SECOND_SOURCE = 0.12
#: Share of SKUs with a least order.
WITH_MOQ = 0.4


def sourcing(
    spec: Spec, goods: Catalogue, codes: list[str], countries: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """The table of sources: costs in CNY or US$ by the supplier's country, least orders of 2 to 10 cases, 5 to 25 days
    of production.
    """
    days = rng.integers(5, 19, len(codes))
    extra = rng.integers(0, 7, len(goods))
    tables = [_sources(spec, goods, np.arange(len(goods)), goods.supplier, codes, countries, days, extra, rng)]
    second = (goods.supplier + 1) % len(codes)
    chosen = np.flatnonzero(
        (rng.random(len(goods)) < SECOND_SOURCE)
        & (countries[second] == countries[goods.supplier])
        & (second != goods.supplier)
    )
    tables.append(_sources(spec, goods, chosen, second, codes, countries, days, extra, rng))
    return joined("sourcing", *tables)


def _sources(
    spec: Spec,
    goods: Catalogue,
    chosen: np.ndarray,
    supplier: np.ndarray,
    codes: list[str],
    countries: np.ndarray,
    days: np.ndarray,
    extra: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    who = supplier[chosen]
    chinese = countries[who] == "CN"
    factor = np.where(who == goods.supplier[chosen], 1.0, rng.uniform(0.95, 1.12, len(chosen)))
    least = goods.case_pack[chosen] * rng.integers(2, 11, len(chosen)) * (rng.random(len(chosen)) < WITH_MOQ) * spec.moq
    return typed(
        "sourcing",
        {
            "sku": goods.sku[chosen],
            "supplier": np.array(codes, dtype=object)[who],
            "unit_cost": np.round(goods.unit_cost[chosen] * factor / np.where(chinese, usd_price_of(CNY), 1.0), 2),
            "moq": least,
            "production_days": days[who] + extra[chosen],
            "currency": np.where(chinese, "CNY", "USD"),
        },
    )
