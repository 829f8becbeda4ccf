"""Least costs of the two models, each proven by a solver of its own."""

from __future__ import annotations

import warnings
from contextlib import suppress

import pulp
import pytest

from optimizer.algebra.standard_form import StandardForm
from optimizer.formulation.formulate import formulate
from optimizer.network.network import connect
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.highs import Highs
from optimizer.solvers.quiet import quiet
from optimizer.solvers.solver import Limits
from tests.oracle.oracle import oracle

#: Of the cost: what solvers leave open.
TOLERANCE = 1e-6
CBC_SECONDS = 30
PROVEN = Limits(seconds=300, threads=1, relative_gap=0.0, absolute_gap=0.0)


def same(cost: float) -> object:
    """A cost that differs by no more than what solvers leave open."""
    return pytest.approx(cost, rel=TOLERANCE, abs=1e-5)


def of_the_oracle(scenario: Scenario) -> float:
    """The optimum of the oracle, proven by CBC; where it takes CBC too long, by HiGHS on the oracle's own rows."""
    problem = oracle(scenario)
    cost = solved(problem, cbc())
    if cost is None:
        cost = solved(problem, highs())
    assert cost is not None
    return cost


def of_the_program(scenario: Scenario) -> float:
    """The optimum of the program, proven by HiGHS."""
    return of_a_form(formulate(connect(scenario)).standard_form())


def of_a_form(form: StandardForm) -> float:
    """The optimum of a standard form, proven by HiGHS."""
    answer = Highs().solve(form, PROVEN)
    assert answer.status == "optimal"
    return answer.objective


def solved(problem: pulp.LpProblem, engine: pulp.LpSolver) -> float | None:
    """The optimum of a problem; None where it is not proven.

    A column in no row has no value; it costs nothing, or there were no optimum.
    """
    with quiet(), warnings.catch_warnings(), suppress(pulp.PulpSolverError):
        warnings.simplefilter("ignore")  # PuLP deprecates parts of itself
        problem.solve(engine)
    if problem.sol_status != pulp.LpSolutionOptimal:  # `status` calls the answer at a time limit optimal, too
        return None
    return valued(problem.objective)


def valued(line: pulp.LpAffineExpression) -> float:
    """What an expression comes to."""
    return line.constant + sum(each * (variable.varValue or 0.0) for variable, each in line.items())


def cbc() -> pulp.LpSolver:
    """CBC without its preprocessing, which gets some programs wrong; whole numbers are whole to nine digits."""
    options = ["preprocess off", "integerT 1e-9", "primalT 1e-9"]
    limits = {"threads": 1, "gapRel": 0.0, "gapAbs": 0.0, "timeLimit": CBC_SECONDS}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pulp.COIN_CMD(path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False, options=options, **limits)


def highs() -> pulp.LpSolver:
    """HiGHS, as PuLP runs it."""
    return pulp.HiGHS(msg=False, threads=1, gapRel=0.0, timeLimit=PROVEN.seconds)
