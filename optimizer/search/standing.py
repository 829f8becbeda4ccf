"""How a search stands: the best plan, the best proven bound, and whether that is enough."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Generic, TypeVar

import numpy as np

from optimizer.search.model import Model
from optimizer.solvers.solver import Answer, Limits, Progress, Watch

#: What a plan is made of: an answer of the whole program, say.
Made = TypeVar("Made")


@dataclass
class Standing(Generic[Made]):
    """Shared by searches that run side by side. `gap` is the share of the mission cost that is enough; `watch` listens
    and may stop the search, `wrong` is what it has raised; `x` is the best plan so far, or None; `bound` is proven,
    `heard` what a solve says that is still running: it may stop the search, but counts only once the solve has ended
    and stands by it. `step` says what is being done.
    """

    limits: Limits
    gap: float
    watch: Watch | None = None
    x: Made | None = None
    objective: float = np.inf
    bound: float = -np.inf
    heard: float = -np.inf
    mission: float = np.inf
    stopped: bool = False
    step: str = ""
    _begun: float = field(default_factory=time.monotonic)
    wrong: Exception | None = None
    _lock: Lock = field(default_factory=Lock)
    _telling: RLock = field(default_factory=RLock)  # a watch may look at the search

    def take(self, x: Made, objective: float, mission: float) -> None:
        """Take a plan of that cost and mission cost if it is the best so far."""
        with self._lock:
            if objective < self.objective:
                self.x, self.objective, self.mission = x, objective, mission

    def lift(self, bound: float) -> None:
        """Take a bound that is proven, if it is the best so far, in place of what was heard while it was sought."""
        with self._lock:
            self.bound, self.heard = max(self.bound, bound), -np.inf

    @property
    def enough(self) -> bool:
        """Whether the gap is reached, or somebody has stopped the search."""
        return self.stopped or (self.x is not None and (self._near(self.bound) or self._near(self.heard)))

    def follow(self, progress: Progress) -> bool:
        """Hear how a solve stands, tell the watch how the search stands; true stops the solve."""
        with self._lock:
            self.heard = progress.bound
        seconds = time.monotonic() - self._begun
        left = max(self.limits.seconds - seconds, 0.0)
        bound = max(self.bound, self.heard)
        said = Progress(seconds, self.objective, bound, scale=self.mission, step=self.step, left=left)
        if self._watched(said):
            self.stopped = True
        return self.enough

    def _watched(self, said: Progress) -> bool:
        """What the watch says, which is asked by one thread at a time."""
        if self.watch is None:
            return False
        try:
            with self._telling:
                return self.watch(said)
        except Exception as error:
            self.wrong = error
            raise

    @property
    def proven(self) -> float:
        """The bound. One above the plan was wrong and is void."""
        return self._sound(self.bound)

    @property
    def status(self) -> str:
        """ "optimal" (within the gap), "feasible" or "none"."""
        return "none" if self.x is None else "optimal" if self._near(self.bound) else "feasible"

    def _near(self, bound: float) -> bool:
        return self.objective - self._sound(bound) <= self.gap * self.mission + self.limits.absolute_gap

    def _sound(self, bound: float) -> float:
        return -np.inf if bound > self.objective + 1e-6 * (1 + abs(self.objective)) else min(bound, self.objective)


@dataclass
class WholeStanding(Standing[np.ndarray]):
    """How the search in the whole program of a model stands."""

    made: Model = field(kw_only=True)

    def offer(self, x: np.ndarray | None) -> None:
        """Take an answer (n,) of the program if it is the best so far."""
        if x is not None:
            self.take(x, float(self.made.form.cost @ x + self.made.form.offset), self.made.mission_of(x))

    def hear(self, progress: Progress, whole: bool) -> bool:
        """Follow a solve; its answers are plans only where it is of the `whole` program, not of a relaxation."""
        if whole:
            self.offer(progress.x)
        return self.follow(progress)

    def answer(self) -> Answer:
        """The best plan with its bound."""
        return Answer(self.status, self.x, self.objective, self.proven, time.monotonic() - self._begun)
