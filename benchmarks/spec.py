"""What a benchmark is: specs say which scenarios of which sizes, a suite says what is measured of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from optimizer.scenario.scenario import Scenario

#: How much is run: every spec at its smallest size; in minutes; in an hour or more.
Level = Literal["smoke", "run", "full"]
#: A number of SKUs, of warehouses, ..., or the name of an instance.
Size = int | str
#: One JSON line of results.
Line = Mapping[str, Any]


class LeftOut(Exception):
    """A measurement that cannot be made here; its text says why."""


@dataclass(frozen=True)
class Step:
    """A size, and the wall seconds of a search, where there is one."""

    size: Size
    seconds: float | None = None


def at(*sizes: Size, seconds: Sequence[float | None] = (None,)) -> tuple[Step, ...]:
    """Every size with every limit."""
    return tuple(Step(size, limit) for size in sizes for limit in seconds)


@dataclass(frozen=True)
class Spec:
    """Scenarios that differ in one thing, their `size`; `why` they are measured; which sizes at which level.

    `smaller`: the scenario of a size in a smoke, where `size` is not what makes it small.
    """

    name: str
    why: str
    scenario: Callable[[Any], Scenario]
    smoke: tuple[Step, ...]
    run: tuple[Step, ...]
    full: tuple[Step, ...]
    smaller: Callable[[Any], Scenario] | None = None

    def made(self, size: Size, level: Level) -> Scenario:
        """The scenario of a size, as it is measured at a level."""
        return self.smaller(size) if level == "smoke" and self.smaller else self.scenario(size)

    def steps(self, level: Level) -> tuple[Step, ...]:
        """The sizes and limits of a level."""
        return {"smoke": self.smoke, "run": self.run, "full": self.full}[level]


@dataclass(frozen=True)
class Case:
    """One measurement: a scenario of a size, by one method, within some seconds where it searches; and at which level
    it was asked for.
    """

    suite: str
    spec: str
    size: Size
    method: str
    seconds: float | None = None
    level: Level = "run"

    def __str__(self) -> str:
        within = "" if self.seconds is None else f", {self.seconds:g} s"
        return f"{self.suite}/{self.spec} {self.size}: {self.method}{within}"


def nothing_missing() -> str | None:
    """The suite needs nothing that might not be there."""
    return None


def no_faults(lines: Sequence[Line]) -> list[str]:
    """Lines that cannot contradict each other."""
    return []


@dataclass(frozen=True)
class Suite:
    """A question and what answers it.

    `methods`: by which methods a step of a spec is measured at a level. `measure`: measures a case, in a process of its
    own, and returns plain values; raises LeftOut. `table`: the answer in Markdown, from the newest lines.
    `missing`: why the suite cannot run here, None where it can. `faults`: how lines contradict each other. `around`:
    seconds that a case may take beside its search.
    """

    name: str
    question: str
    specs: tuple[Spec, ...]
    methods: Callable[[Spec, Step, Level], Iterable[str]]
    measure: Callable[[Spec, Case], dict[str, Any]]
    table: Callable[[Sequence[Line]], str]
    missing: Callable[[], str | None] = nothing_missing
    faults: Callable[[Sequence[Line]], list[str]] = no_faults
    around: float = 900.0

    def cases(self, spec: Spec, level: Level) -> list[Case]:
        """The measurements of a spec at a level."""
        return [
            Case(self.name, spec.name, step.size, method, step.seconds, level)
            for step in spec.steps(level)
            for method in self.methods(spec, step, level)
        ]

    def spec(self, name: str) -> Spec:
        """The spec of that name."""
        return next(spec for spec in self.specs if spec.name == name)
