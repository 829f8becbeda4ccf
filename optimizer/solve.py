"""The one orchestrator: check, connect, formulate, solve, interpret, verify."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from optimizer.errors import Impossible, NoPlan, PlanBroken, Problem, Refused
from optimizer.forecast.complete import complete
from optimizer.forecast.paths import with_delays, with_paths
from optimizer.formulation.interpret import interpret
from optimizer.network.horizon import bucket_ends
from optimizer.network.locks import impossible_locks
from optimizer.plan.plan import Plan
from optimizer.plan.verify import verify
from optimizer.rates.missing import missing_rates
from optimizer.scenario.check import problems
from optimizer.scenario.scenario import Scenario
from optimizer.search.budget import Budget
from optimizer.search.by_prices import by_prices
from optimizer.search.choosing import Taken
from optimizer.search.mean_first import mean_first
from optimizer.search.means import Means
from optimizer.search.model import Model
from optimizer.search.model import model as model_of
from optimizer.search.search import search, whole_model
from optimizer.search.standing import Standing
from optimizer.solvers.registry import solver as named_solver
from optimizer.solvers.solver import Limits, Watch

__all__ = ["Model", "check", "model", "plan", "search"]

Found = TypeVar("Found")


def check(scenario: Scenario, sound: bool = False) -> list[Problem]:
    """Every rule that the input breaks; a scenario with an empty list can be planned. `sound`: no rule of its tables is
    broken, as `scenario.read` has seen, and only what it takes to find rates and shipments is looked at.
    """
    if found := [] if sound else list(problems(scenario)):
        return found
    return [*missing_rates(scenario), *impossible_locks(with_delays(scenario))]


def model(scenario: Scenario) -> Model:
    """The model of a checked scenario, with the demand that its sales promise and the sample paths it asks for."""
    return model_of(_over_paths(complete(scenario), scenario))


def plan(
    scenario: Scenario,
    *,
    solver: str = "highs",
    method: str = "auto",
    limits: Limits | None = None,
    gap: float | None = None,
    watch: Watch | None = None,
    stage: Callable[[str], None] = lambda name: None,
    means: Means | None = None,
    checked: bool = False,
    sound: bool = False,
) -> Plan:
    """The best plan found within the limits, verified.

    `method`: "whole", "prices", or "auto", which takes the one that suits the size, prices on a cluster; `gap` is the
    share of the mission cost at which the search stops (default: of the scenario's settings); `watch` follows the
    solver and may stop it; `stage` hears the name of each stage as it begins; `means`: a cluster, and what another plan
    has left; `checked`: `check` has found nothing in this scenario; `sound`: `scenario.read` has found nothing. Raises
    Refused, NoPlan, PlanBroken, and UsageError where the cluster cannot be used, or the solver cannot search at prices.
    """
    clock = _Clock(stage)
    settings = scenario.settings.solve
    limits = limits or Limits(seconds=settings.seconds, threads=settings.threads, seed=settings.seed)
    with_solver = named_solver(solver)
    if not checked:
        clock.begins("check")
        if found := check(scenario, sound):
            raise Refused(found)
    clock.begins("forecast")
    mean = complete(scenario)
    scenario = _over_paths(mean, scenario)
    clock.begins("formulate")
    asked, means = settings.gap if gap is None else gap, means or Means()
    # Who names a cluster wants it used, however small the catalogue.
    made = whole_model(scenario, with_solver, "prices" if means.cluster and method == "auto" else method)
    clock.begins("solve")
    if made is None:
        tables, bound, status = _by_prices(scenario, limits, asked, watch, means)
    else:
        left = Budget(limits)
        means = mean_first(made, mean, with_solver, left(), asked, watch, means)
        answer = search(made, with_solver, left(), asked, watch, means)
        tables = interpret(made.net, made.program, _found(answer.x, answer.status))
        bound, status = answer.bound, answer.status
    clock.begins("verify")
    result = Plan(scenario, tables, bound, status, with_solver.name)
    if violations := verify(result):
        raise PlanBroken(violations)
    return replace(result, seconds=clock.ends())


def _over_paths(told: Scenario, scenario: Scenario) -> Scenario:
    """A scenario that is `told` demand where it has none of its own, with its sample paths."""
    if scenario.settings.solve.paths == 1:
        return told
    return with_paths(told, scenario, bucket_ends(told))


def _by_prices(
    scenario: Scenario, limits: Limits, gap: float, watch: Watch | None, means: Means
) -> tuple[dict[str, pd.DataFrame], float, str]:
    """Plan tables, bound and status of a search by prices."""
    standing = Standing[Taken](limits, gap, watch)
    tables = by_prices(scenario, Budget(limits), standing, means)
    return _found(tables, standing.status), standing.proven, standing.status


def _found(plan: Found | None, status: str) -> Found:
    if plan is not None:
        return plan
    if status == "infeasible":
        raise Impossible(
            "No plan keeps all the rules. Locks and lane limits are the only hard ones: see which locks ask for more "
            "than stock and capacity allow (with sample paths: on any of them, also where ships are late), and loosen "
            "them."
        )
    raise NoPlan(
        f"No plan was found within the limits ({status}). Give more --seconds, or another --solver. Where locks ask "
        "for more than stock and capacity allow there is none: --method whole can tell."
    )


class _Clock:
    """Seconds by stage."""

    def __init__(self, stage: Callable[[str], None]) -> None:
        self._stage, self._name, self._since = stage, "", time.monotonic()
        self._seconds: dict[str, float] = {}

    def begins(self, name: str) -> None:
        self.ends()
        self._name = name
        self._stage(name)

    def ends(self) -> dict[str, float]:
        now = time.monotonic()
        if self._name:
            self._seconds[self._name] = self._seconds.get(self._name, 0.0) + now - self._since
        self._since = now
        return dict(self._seconds)
