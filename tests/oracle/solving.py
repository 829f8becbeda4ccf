"""Least costs of the two models, each proven by a solver of its own."""

from __future__ import annotations

import warnings

import pulp

from optimizer.algebra.standard_form import StandardForm
from optimizer.formulation.formulate import formulate
from optimizer.network.network import connect
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from tests.oracle.oracle import oracle

#: Of the cost: what solvers leave open.
TOLERANCE = 1e-6
PROVEN = Limits(seconds=300, threads=1, relative_gap=0.0, absolute_gap=0.0)


def of_the_oracle(scenario: Scenario) -> float:
    """The optimum of the oracle, proven by CBC."""
    problem = oracle(scenario)
    return solved(problem, cbc())


def of_the_program(scenario: Scenario) -> float:
    """The optimum of the program, proven by HiGHS."""
    return of_a_form(formulate(connect(scenario)).standard_form())


def of_a_form(form: StandardForm) -> float:
    """The optimum of a standard form, proven by HiGHS."""
    answer = Highs().solve(form, PROVEN)
    assert answer.status == "optimal"
    return answer.objective


def solved(problem: pulp.LpProblem, engine: pulp.LpSolver) -> float:
    """The optimum of a problem. A column in no row has no value; it costs nothing, or the problem were unbounded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PuLP deprecates parts of itself
        problem.solve(engine)
    assert problem.sol_status == pulp.LpSolutionOptimal  # `status` calls the answer at a time limit optimal, too
    terms = problem.objective.items()
    return problem.objective.constant + sum(each * (variable.varValue or 0.0) for variable, each in terms)


def cbc() -> pulp.LpSolver:
    """CBC without its preprocessing, which gets some programs wrong; whole numbers are whole to nine digits."""
    options = ["preprocess off", "integerT 1e-9", "primalT 1e-9"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = pulp.PULP_CBC_CMD.pulp_cbc_path
        return pulp.COIN_CMD(path=path, msg=False, threads=1, gapRel=0.0, gapAbs=0.0, options=options)
