"""What can go wrong, each with the exit code that the command line returns for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the input: where it stands, which rule it breaks and what cures it.

    `row` is the line of the file or sheet as a spreadsheet counts it (the header is row 1); 0 where no single row
    is to blame.
    """

    table: str
    row: int
    column: str
    value: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where(f' row {self.row}')}: {self.rule}. {self.remedy}."

    def where(self, row: str) -> str:
        """Table, row, column and value; `row` says the row where one is to blame, in the reader's language."""
        place = self.table + (row if self.row else "") + (f", {self.column}" if self.column else "")
        return place + (f" = {self.value!r}" if self.value else "")

    def as_dict(self) -> dict[str, str | int]:
        """The problem as plain values, for JSON."""
        return asdict(self)


class OptimizerError(Exception):
    """An error that a person can act on; its text says what to do. `details`: more of it for programs, by name."""

    exit_code = 1
    details: Mapping[str, object] = MappingProxyType({})


class UsageError(OptimizerError):
    """The request itself cannot be carried out: a solver that is not installed, an option that does not exist."""

    exit_code = 2


class Refused(OptimizerError):
    """The input breaks rules; `problems` lists every one of them."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"The input was refused: {count} problem{'s' if count != 1 else ''}.")
        _note_first(self, self.problems)


class NoPlan(OptimizerError):
    """Nothing satisfies the rules, or nothing was found within the limits."""

    exit_code = 4


class Impossible(NoPlan):
    """Nothing satisfies the rules, however long one looks."""


class WorkersLost(NoPlan):
    """Workers died, or memory ran out, so often that what they were asked for is not known; a plan that was found
    before still stands.
    """


class Held(OptimizerError):
    """Another run is at work on the same store."""

    exit_code = 7


class PlanBroken(OptimizerError):
    """The plan breaks a rule or its costs do not add up; `violations` lists where."""

    exit_code = 8

    def __init__(self, violations: Iterable[str]) -> None:
        self.violations = tuple(violations)
        count = len(self.violations)
        super().__init__(f"The plan breaks {count} rule{'s' if count != 1 else ''}.")
        _note_first(self, self.violations)


class StoreError(OptimizerError):
    """A file, folder or database cannot be read or written: away, read-only, full."""

    exit_code = 9


def _note_first(error: OptimizerError, details: tuple[object, ...]) -> None:
    """Let a traceback show the first few details; the command line prints them all."""
    for detail in details[:5]:
        error.add_note(str(detail))
