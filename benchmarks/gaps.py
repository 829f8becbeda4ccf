"""Gaps of plans on record: against their own bound, against the best one that anybody proved, of the mission cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.spec import Line

#: How far a plan may lie below a bound, as a share of its cost: the tolerances of solvers.
TOLERANCE = 1e-6


def gap(made: Line) -> float | None:
    """Plan less bound of a line; None where it lacks one of them."""
    measured = made.get("measured", {})
    plan, bound = measured.get("plan"), measured.get("bound")
    return None if plan is None or bound is None else plan - bound


def above_best(made: Line, lines: Sequence[Line]) -> float | None:
    """The plan of a line less the best bound that any of the lines proved for the same scenario."""
    plan, best = made.get("measured", {}).get("plan"), best_bound(made, lines)
    return None if plan is None or best is None else plan - best


def of_mission(amount: float | None, made: Line, lines: Sequence[Line]) -> float | None:
    """An amount as a share of the mission cost of this plan or of the best plan on record, whichever is less."""
    if amount is None:
        return None
    measured = made["measured"]
    planned = [one for one in _alike(made, lines) if one.get("plan") is not None]
    best = min(planned, key=lambda one: one["plan"])
    # A base is a mission cost or its floor, and the floor is the same for both.
    return amount / min(measured["gap_base"], best["gap_base"])


def best_bound(made: Line, lines: Sequence[Line]) -> float | None:
    """The best bound that any of the lines proved for the scenario of this one."""
    return max((one["bound"] for one in _alike(made, lines) if one.get("bound") is not None), default=None)


def faults(lines: Sequence[Line]) -> list[str]:
    """Plans that cost less than what was proven to be the least that any plan costs."""
    found = []
    for made in lines:
        plan, best = made.get("measured", {}).get("plan"), best_bound(made, lines)
        if plan is not None and best is not None and plan < best - TOLERANCE * (1 + abs(best)):
            where = f"{made['suite']}/{made['spec']} {made['size']}"
            found.append(f"{where}: {made['method']} has a plan of {plan}, below a proven bound of {best}")
    return found


def _alike(made: Line, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """What was measured of the very same scenario by the same version of the model."""
    same = ("spec", "size", "source")
    measured = [one["measured"] for one in lines if "measured" in one and all(one[key] == made[key] for key in same)]
    return [one for one in measured if one["scenario"] == made.get("measured", {}).get("scenario")]
