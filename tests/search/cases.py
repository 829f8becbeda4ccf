"""Small generated catalogues with everything in them, for tests of the search."""

from __future__ import annotations

from functools import cache

from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.search.model import Model, model


@cache
def catalogue(seed: int, skus: int = 4) -> Model:
    """The model of a few SKUs with containers, fees, breaks, least orders and two warehouses overseas."""
    return model(generate(Spec(skus=skus, seed=seed, overseas=2, weeks=8, modes=4, median_cases_per_week=4.0)))
