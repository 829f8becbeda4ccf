"""A start for a search over several sample paths: a plan for the mean of them, found in a much smaller program."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.formulation.interpret import interpret
from optimizer.plan.plan import Plan
from optimizer.scenario.scenario import Scenario
from optimizer.search.budget import Budget
from optimizer.search.first_plan import plan_around
from optimizer.search.improving import WORTH_IT
from optimizer.search.means import Means
from optimizer.search.model import Model, model
from optimizer.search.rebooking import rebook
from optimizer.search.search import again
from optimizer.search.standing import WholeStanding
from optimizer.search.stored_start import start_of
from optimizer.solvers.solver import Limits, Solver, Watch

#: Share of the time that is given to it.
SHARE = 0.3


def mean_first(
    made: Model, mean: Scenario, with_solver: Solver, limits: Limits, gap: float, watch: Watch | None, means: Means
) -> Means:
    """`means` with a plan for the scenario `mean` as the start of a search in the program of several sample paths; the
    same where that is small, has no whole numbers, or no plan is found.
    """
    if len(made.net.weights) == 1 or len(made.form.cost) < WORTH_IT or not made.form.integer.any():
        return means
    left = Budget(replace(limits, seconds=SHARE * limits.seconds))
    small = model(mean)
    standing = WholeStanding(left(), gap, _unseen(watch), made=small)
    standing.offer(again(small, with_solver, left(), means))
    relaxed = with_solver.solve(small.relaxed, left()).x
    if relaxed is not None:
        standing.offer(plan_around(small, with_solver, relaxed, left()))
    rebook(small, with_solver, left(), standing)
    if standing.x is None:
        return means
    tables = interpret(small.net, small.program, standing.x)
    return replace(means, start=start_of(Plan(mean, tables, -np.inf, "feasible", with_solver.name)))


def _unseen(watch: Watch | None) -> Watch | None:
    """A watch that may stop the search, but sees neither plan nor bound: they are of another program."""
    return None if watch is None else lambda now: watch(replace(now, objective=np.inf, bound=-np.inf))
