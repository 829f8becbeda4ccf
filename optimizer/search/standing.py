"""How a search stands: the best plan, the best proven bound, and whether that is enough."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from optimizer.search.model import Model
from optimizer.solvers.solver import Answer, Limits, Progress, Watch


@dataclass
class Standing:
    """Shared by searches that run side by side. `gap` is the share of the mission cost that is enough; `watch` listens
    and may stop the search."""

    made: Model
    limits: Limits
    gap: float
    watch: Watch | None = None
    x: np.ndarray | None = None
    objective: float = np.inf
    bound: float = -np.inf
    mission: float = np.inf
    stopped: bool = False
    _begun: float = field(default_factory=time.monotonic)
    _lock: Lock = field(default_factory=Lock)

    def offer(self, x: np.ndarray | None) -> None:
        """Take a plan if it is the best so far."""
        if x is None:
            return
        objective = float(self.made.form.cost @ x + self.made.form.offset)
        with self._lock:
            if objective < self.objective:
                self.x, self.objective, self.mission = x, objective, self.made.mission_of(x)

    def lift(self, bound: float) -> None:
        """Take a bound that is proven, if it is the best so far."""
        with self._lock:
            self.bound = max(self.bound, bound)

    @property
    def enough(self) -> bool:
        """Whether the gap is reached, or somebody has stopped the search."""
        near = self.objective - self.bound <= self.gap * self.mission + self.limits.absolute_gap
        return self.stopped or (self.x is not None and near)

    def follow(self, progress: Progress, whole: bool) -> bool:
        """Hear how a solve stands, tell the watch how the search stands; true stops the solve.

        The answers of a solve are plans only where it is of the `whole` program, not of a relaxation.
        """
        self.lift(progress.bound)
        if whole:
            self.offer(progress.x)
        said = Progress(time.monotonic() - self._begun, self.objective, self.bound, scale=self.mission)
        if self.watch is not None and self.watch(said):
            self.stopped = True
        return self.enough

    def answer(self) -> Answer:
        """The best plan with its bound. A bound above the plan was wrong and is void."""
        bound = self.bound if self.bound <= self.objective + 1e-6 * (1 + abs(self.objective)) else -np.inf
        near = self.objective - bound <= self.gap * self.mission + self.limits.absolute_gap
        status = "none" if self.x is None else "optimal" if near else "feasible"
        return Answer(status, self.x, self.objective, min(bound, self.objective), time.monotonic() - self._begun)
