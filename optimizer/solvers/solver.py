"""What a solver is: it takes a standard form and limits, and returns an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from optimizer.algebra.standard_form import StandardForm


@dataclass(frozen=True)
class Limits:
    """When to stop: wall seconds, relative and absolute gap of the objective; and threads and seed."""

    seconds: float = 120.0
    relative_gap: float = 1e-9
    absolute_gap: float = 1e-6
    threads: int = 2
    seed: int = 1

    def __post_init__(self) -> None:
        if self.seconds < 0 or self.relative_gap < 0 or self.absolute_gap < 0 or self.threads < 1:
            raise ValueError(f"limits must not be negative, threads at least 1: {self}")


@dataclass(frozen=True)
class Progress:
    """How a running solve stands: best objective so far (inf if none), bound (-inf if none); `x` only when a better
    answer was just found. `scale`: what the distance between the two is a share of (inf if unknown); `step`: what is
    being done, if that is told; `left`: seconds that are left (inf if unknown).
    """

    seconds: float
    objective: float
    bound: float
    x: np.ndarray | None = None
    scale: float = np.inf
    step: str = ""
    left: float = np.inf


#: Called now and then while a solver runs; true stops it.
Watch = Callable[[Progress], bool]


@dataclass(frozen=True)
class Answer:
    """What a solver found. `status`: "optimal", "feasible" (stopped by a limit), "infeasible", "unbounded" or "none"
    (stopped without an answer).

    `x` is None without an answer; `bound` is a proven lower bound on the optimum (-inf if none). `row_duals` (m) and
    `reduced_costs` (n) belong to linear programs.
    """

    status: str
    x: np.ndarray | None
    objective: float
    bound: float
    seconds: float
    row_duals: np.ndarray | None = None
    reduced_costs: np.ndarray | None = None


class Solver(Protocol):
    """An interchangeable solver."""

    @property
    def name(self) -> str:
        """What the solver is called."""
        ...

    def solve(
        self, form: StandardForm, limits: Limits, start: np.ndarray | None = None, watch: Watch | None = None
    ) -> Answer:
        """Solve `form`; `start` is a feasible or partial (NaN where unknown) answer to begin from."""
        ...
