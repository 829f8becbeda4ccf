"""The linear relaxation of a catalogue, by rounds of prices and as one program."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Any

import numpy as np

from benchmarks.phases import Phases
from optimizer.algebra.standard_form import StandardForm
from optimizer.decomposition.crew import Crew, crew_of
from optimizer.decomposition.lagrangian import first_prices
from optimizer.decomposition.master import Linking
from optimizer.decomposition.rounds import SMOOTHED, Round, Smoothing, rounds
from optimizer.formulation.formulate import STRENGTHENING, formulate
from optimizer.network.network import connect
from optimizer.scenario.scenario import Scenario
from optimizer.search.dealt import shares
from optimizer.search.slices import GROUPS, linking_part
from optimizer.search.worker import Worker
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits

#: A mix that lacks more than this share of its cost in room that is bought at the dearest price is no answer yet.
LACKING = 1e-9


@dataclass(frozen=True)
class Asked:
    """How rounds are run: worker processes, groups into which answers are added up, smoothing of prices; they end at a
    gap (a share of the cost), after so many rounds, or after so many seconds.
    """

    workers: int
    seconds: float
    gap: float
    groups: int = GROUPS
    smoothing: Smoothing = SMOOTHED
    rounds: int = 10_000


@dataclass(frozen=True)
class Step:
    """How it stood after a round: wall seconds since the first, the best bound, and the cost of the mix (None while it
    lacks room).
    """

    number: int
    seconds: float
    bound: float
    cost: float | None

    @property
    def gap(self) -> float | None:
        """What lies between, as a share of the cost; None without a cost or with a bound of minus infinity."""
        if self.cost is None or not np.isfinite(self.bound):
            return None
        return (self.cost - self.bound) / max(abs(self.cost), 1.0)


@dataclass(frozen=True)
class Track:
    """All steps, and the wall seconds in which the workers made their programs."""

    making: float
    steps: tuple[Step, ...]

    def reached(self, gap: float) -> Step | None:
        """The first step with at most this gap."""
        return next((step for step in self.steps if step.gap is not None and step.gap <= gap), None)


def by_prices(scenario: Scenario, asked: Asked) -> Track:
    """Rounds of prices over the relaxation, the linking columns relaxed too."""
    begun = time.perf_counter()
    dealt = shares(scenario, asked.workers)
    dealt = [replace(share, groups=-(-asked.groups // len(dealt))) for share in dealt]
    crew = crew_of(Worker, dealt)
    try:
        facts = reduce(add, crew.call("facts"))
        linking = linking_part(scenario, facts)[2]
        making = time.perf_counter() - begun
        relaxed = replace(linking, form=linking.form.relaxed)
        return Track(making, _rounds(relaxed, crew, facts.fullest, asked))
    finally:
        crew.close()


def _rounds(linking: Linking, crew: Crew, fullest: np.ndarray, asked: Asked) -> tuple[Step, ...]:
    begun, steps = time.perf_counter(), list[Step]()
    limits = Limits(seconds=asked.seconds, threads=1)

    def follow(now: Round) -> bool:
        steps.append(_step(now, linking.form.offset, time.perf_counter() - begun))
        near = steps[-1].gap is not None and steps[-1].gap <= asked.gap
        return near or now.number >= asked.rounds or steps[-1].seconds > asked.seconds

    start = first_prices(linking, fullest, Highs(), limits)
    rounds(linking, crew, Highs(), limits, start, 0, follow, asked.smoothing)
    return tuple(steps)


def _step(now: Round, offset: float, seconds: float) -> Step:
    lacking = not np.isfinite(now.mix.cost) or now.mix.lacking > LACKING * max(abs(now.mix.cost), 1.0)
    return Step(now.number, seconds, float(now.bound), None if lacking else float(now.mix.cost + offset))


def as_one(scenario: Scenario, limits: Limits) -> dict[str, Any]:
    """The same relaxation as one program in HiGHS: cost and bound (None where the time was too short), seconds of
    making and of solving it.
    """
    phases = Phases()
    form: StandardForm = phases("formulate", _form, scenario)
    answer = phases("solve", Highs().solve, form, limits)
    times = phases.medians()
    bound = float(answer.bound) if np.isfinite(answer.bound) else None
    cost = float(answer.objective) if answer.x is not None else None
    return {"cost": cost, "bound": bound, "making": times["formulate"], "solving": times["solve"], "rounds": None}


def _form(scenario: Scenario) -> StandardForm:
    return formulate(connect(scenario)).without(STRENGTHENING).standard_form().relaxed


def plain(track: Track) -> dict[str, Any]:
    """A track as plain values: how it ended, and every step."""
    last = track.steps[-1]
    steps = [[step.number, round(step.seconds, 4), step.bound, step.cost] for step in track.steps]
    return {"cost": last.cost, "bound": last.bound if np.isfinite(last.bound) else None, "making": track.making,
            "solving": last.seconds, "rounds": last.number, "steps": _finite(steps)}  # fmt: skip


def _finite(steps: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The steps with None for numbers that JSON does not know."""
    return [[value if value is None or np.isfinite(value) else None for value in step] for step in steps]
