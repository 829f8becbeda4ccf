"""The search for a plan: by the whole program or by prices, until the gap is reached or the time is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.errors import UsageError
from optimizer.formulation.decisions import decisions
from optimizer.network.network import Network, connect
from optimizer.scenario.scenario import Scenario
from optimizer.search.budget import LAST_SECONDS, Budget
from optimizer.search.first_plan import plan_again, plan_around
from optimizer.search.means import Means
from optimizer.search.model import Model, model, modelled
from optimizer.search.standing import WholeStanding
from optimizer.search.stored_start import shipments_from
from optimizer.search.whole import whole
from optimizer.solvers.polish import trimmed
from optimizer.solvers.solver import Answer, Limits, Solver, Watch

#: Catalogues whose program has more columns are searched by prices: one with whole numbers, for HiGHS finds hardly a
#: plan of it in a minute, and one without, for its relaxation alone takes minutes.
WHOLE_COLUMNS, RELAXED_COLUMNS = 60_000, 500_000
#: SKUs from which the columns of a catalogue are estimated.
SAMPLE = 40


def search(
    made: Model,
    with_solver: Solver,
    limits: Limits,
    gap: float,
    watch: Watch | None = None,
    means: Means | None = None,
) -> Answer:
    """Search in the whole program of a model until the gap (a share of the mission cost) is reached or the time is
    over, beginning with what an earlier plan ships, if `means` have one.

    Raises KeyboardInterrupt only where there is no plan yet.
    """
    left, standing = Budget(limits), WholeStanding(limits, gap, watch, made=made)
    status = "none"
    with _kept(standing):
        standing.offer(again(made, with_solver, limits, means or Means()))
        if not standing.enough:
            status = whole(made, with_solver, left, standing)
    if standing.x is None and status in ("infeasible", "unbounded"):
        return Answer(status, None, np.inf, np.inf if status == "infeasible" else -np.inf, 0.0)
    if standing.x is None and limits.seconds > 0:
        nothing = np.zeros(len(made.form.cost))
        standing.offer(plan_around(made, with_solver, nothing, replace(limits, seconds=LAST_SECONDS)))
    try:
        standing.offer(settled(made.form, with_solver, standing.x, limits))
    except KeyboardInterrupt:  # the plan that is kept must be made ready all the same
        standing.offer(settled(made.form, with_solver, standing.x, limits))
    return standing.answer()


def again(made: Model, with_solver: Solver, limits: Limits, means: Means) -> np.ndarray | None:
    """The plan that an earlier run has left, as far as it still keeps the rules."""
    if means.start is None or not len(means.start.shipped):
        return None
    ship = shipments_from(means.start, made.net.ground.scenario)
    return plan_again(made, with_solver, ship, replace(limits, seconds=max(limits.seconds, LAST_SECONDS)))


def whole_model(scenario: Scenario, with_solver: Solver, method: str = "auto") -> Model | None:
    """The model of a catalogue that is searched as one program; None where it is searched by prices: on request, or
    where the program is large; only HiGHS can. Raises UsageError where another solver is asked to.
    """
    if method == "prices" and with_solver.name != "highs":
        raise UsageError(
            f"Only HiGHS searches at prices, {with_solver.name} does not: "
            "leave out --solver, or --method prices and --cluster."
        )
    if method == "prices":
        return None
    if method != "auto" or with_solver.name != "highs":
        return model(scenario)
    some = _some(scenario)
    net = connect(scenario.only(some))
    most = WHOLE_COLUMNS if _in_whole(net) else RELAXED_COLUMNS
    if _columns(net) * _times(scenario, some) > most:
        return None
    return modelled(net) if len(some) == len(scenario["skus"]) else model(scenario)


def columns_about(scenario: Scenario) -> int:
    """About how many columns the program of a catalogue has, from some of its SKUs."""
    some = _some(scenario)
    return int(_columns(connect(scenario.only(some))) * _times(scenario, some))


def _some(scenario: Scenario) -> np.ndarray:
    names = scenario["skus"]["sku"].to_numpy(dtype=object)
    return names[:: max(-(-len(names) // SAMPLE), 1)]


def _times(scenario: Scenario, some: np.ndarray) -> float:
    return len(scenario["skus"]) / max(len(some), 1)


def _columns(net: Network) -> int:
    return sum(len(family) for family in decisions(net).families())


def _in_whole(net: Network) -> bool:
    return any(np.any(family.integer) for family in decisions(net).families() if len(family))


@contextmanager
def _kept(standing: WholeStanding) -> Iterator[None]:
    """Ctrl-C ends what is done here; it goes on to the caller only where there is no plan to keep."""
    try:
        yield
    except KeyboardInterrupt:
        if standing.x is None:
            raise
        standing.stopped = True


def settled(form: StandardForm, with_solver: Solver, x: np.ndarray | None, limits: Limits) -> np.ndarray | None:
    """The answer with its whole numbers kept, but those paid for nothing, and the rest at the optimum around them.

    A search that is stopped leaves continuous decisions where its last step left them: stock that is older than need
    be, say.
    """
    if x is None:
        return None
    # Before as well as after: the optimum around a fee paid for nothing may find a use for it that saves nothing.
    tight = trimmed(form, x)
    whole = np.round(tight)
    lower, upper = (np.where(form.integer, whole, side) for side in (form.lower, form.upper))
    fixed = replace(form.relaxed, lower=lower, upper=upper)
    around = with_solver.solve(fixed, replace(limits, seconds=max(limits.seconds, 10.0)))
    return tight if around.x is None else trimmed(form, np.where(form.integer, whole, around.x))
