"""Generated catalogues as a linking part and blocks, and as the whole program that they are parts of."""

from __future__ import annotations

from functools import cache, reduce
from operator import add

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.crew import Alone
from optimizer.decomposition.master import Linking
from optimizer.formulation.formulate import STRENGTHENING, formulate
from optimizer.network.network import connect
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.scenario import Scenario
from optimizer.search.dealt import shares
from optimizer.search.slices import linking_part
from optimizer.search.worker import Worker
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Answer, Limits

LIMITS = Limits(seconds=60, threads=1, relative_gap=1e-7)


@cache
def catalogue(seed: int, skus: int = 5) -> Scenario:
    """A few SKUs, two warehouses overseas, all modes, containers, fees, breaks, least orders, full rooms."""
    return generate(
        Spec(
            skus=skus, seed=seed, overseas=2, weeks=8, modes=4, median_cases_per_week=3.0, storage_tightness=3.0,
            container_tightness=2.0, suppliers=2,
        )
    )  # fmt: skip


@cache
def whole_form(seed: int, skus: int = 5) -> StandardForm:
    """The whole program without its strengthening rows."""
    return formulate(connect(catalogue(seed, skus))).without(STRENGTHENING).standard_form()


@cache
def relaxed_optimum(seed: int, skus: int = 5) -> float:
    """The optimum of the relaxation."""
    return Highs().solve(whole_form(seed, skus).relaxed, LIMITS).objective


@cache
def whole_answer(seed: int, skus: int = 5) -> Answer:
    """The best of all whole answers."""
    return Highs().solve(whole_form(seed, skus), LIMITS)


def whole_optimum(seed: int, skus: int = 5) -> float:
    """The optimum over whole answers."""
    return whole_answer(seed, skus).objective


def crew_of(scenario: Scenario, workers: int = 2) -> tuple[Alone, Linking, np.ndarray]:
    """Workers in this process, the linking part, and what the blocks would use at most."""
    crew = Alone(Worker, shares(scenario, workers))
    facts = reduce(add, crew.call("facts"))
    return crew, linking_part(scenario, facts)[2], facts.fullest
