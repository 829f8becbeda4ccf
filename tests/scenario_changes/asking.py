"""What-ifs about a sample that is small enough to look through."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from optimizer.errors import Problem
from optimizer.scenario.changes.applying import applied
from optimizer.scenario.changes.change import Place, WhatIf
from optimizer.scenario.changes.question import Question, what_ifs
from optimizer.scenario.check import problems
from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario

HERE = Path(__file__).parents[2] / "scenarios"


@cache
def base() -> Scenario:
    """Twelve SKUs, one warehouse at home, one in the west of the US."""
    return read(HERE / "small-seller")


def asked(**said) -> tuple[list[WhatIf], list[Problem]]:
    """What-ifs of a question, and what is wrong with them."""
    wrong: list[Problem] = []
    return what_ifs(Question(said, lambda key, text: Place("here", 7)), wrong), wrong


def after(*changes: str, **said) -> Scenario:
    """The sample after changes that must be sound."""
    made, wrong = tried(*changes, **said)
    assert made is not None and not wrong, wrong
    return made


def tried(*changes: str, **said) -> tuple[Scenario | None, list[Problem]]:
    """The sample after changes, or what is wrong with them."""
    found, wrong = asked(**({"changes": list(changes)} if changes else {}), **said)
    return (None, wrong) if wrong else applied(found[0], base(), lambda made: list(problems(made)))


def refusal(*changes: str, **said) -> str:
    """The one thing that is wrong with changes, as people read it."""
    made, wrong = tried(*changes, **said)
    assert made is None and len(wrong) == 1, wrong
    return str(wrong[0])
