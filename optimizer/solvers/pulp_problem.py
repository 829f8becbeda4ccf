"""Writes a standard form as a problem of PuLP."""

from __future__ import annotations

import numpy as np
import pulp

from optimizer.algebra.standard_form import StandardForm


def pulp_problem(form: StandardForm) -> tuple[pulp.LpProblem, list[pulp.LpVariable], list[list[pulp.LpConstraint]]]:
    """The problem without the offset, its variables by column, and for every row its constraints.

    PuLP knows no ranges: a row has none, one or two constraints.
    """
    problem = pulp.LpProblem("program", pulp.LpMinimize)
    variables = [
        problem.add_variable(f"c{column}", low, high, pulp.LpInteger if whole else pulp.LpContinuous)
        for column, (low, high, whole) in enumerate(
            zip(_bounds(form.lower), _bounds(form.upper), form.integer.tolist(), strict=True)
        )
    ]
    costed = np.flatnonzero(form.cost)
    problem.setObjective(
        pulp.LpAffineExpression(
            [
                (variables[column], cost)
                for column, cost in zip(costed.tolist(), form.cost[costed].tolist(), strict=True)
            ]
        )
    )
    return problem, variables, _constraints(problem, form, variables)


def _constraints(
    problem: pulp.LpProblem, form: StandardForm, variables: list[pulp.LpVariable]
) -> list[list[pulp.LpConstraint]]:
    starts, columns, values = form.matrix.indptr.tolist(), form.matrix.indices.tolist(), form.matrix.data.tolist()
    made: list[list[pulp.LpConstraint]] = []
    for row, (low, high) in enumerate(zip(form.row_lower.tolist(), form.row_upper.tolist(), strict=True)):
        made.append([])
        entries = range(starts[row], starts[row + 1])
        if not entries:
            continue
        terms = [(variables[columns[entry]], values[entry]) for entry in entries]
        for sense, side in _sides(low, high):
            constraint = pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, f"r{row}_{sense + 1}", side)
            problem.addConstraint(constraint)
            made[row].append(constraint)
    return made


def _sides(low: float, high: float) -> list[tuple[int, float]]:
    if low == high:
        return [(pulp.LpConstraintEQ, low)]
    sides = [(pulp.LpConstraintGE, low), (pulp.LpConstraintLE, high)]
    return [(sense, side) for sense, side in sides if np.isfinite(side)]


def _bounds(side: np.ndarray) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in side.tolist()]
