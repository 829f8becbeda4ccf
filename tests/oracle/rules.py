"""Constraints of a problem, named by what they state."""

from __future__ import annotations

from collections import Counter

import pulp


class Rules:
    """Adds constraints to a problem under the name of their block and a running number."""

    def __init__(self, problem: pulp.LpProblem) -> None:
        self._problem = problem
        self._count: Counter[str] = Counter()

    def add(self, block: str, rule: pulp.LpConstraint) -> None:
        """State a rule."""
        self._problem += rule, f"{block}_{self._count[block]}"
        self._count[block] += 1
