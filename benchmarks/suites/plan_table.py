"""The table of the suite `plan`, and whether its lines contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.markdown import number, reason, seconds, share, table
from benchmarks.spec import Line

HEADER = (
    "scenario", "by", "SKUs", "after s", "plan", "bound", "gap", "gap of mission cost", "to best bound",
    "search s", "peak MiB",
)  # fmt: skip
#: How far a plan may lie below a bound, as a share of its cost: the tolerances of solvers.
TOLERANCE = 1e-6


def plan_table(lines: Sequence[Line]) -> str:
    """Every plan beside its bound; gaps in money and as a share of the mission cost of the best plan on record."""
    rows = [_row(made, lines) for made in lines if "left_out" not in made]
    absent = sorted({f"- {made['method']} is {reason(made)}" for made in lines if "left_out" in made})
    return "\n".join([table(HEADER, rows, texts=2), *(["", *absent] if absent else [])])


def faults(lines: Sequence[Line]) -> list[str]:
    """Plans that cost less than what was proven to be the least that any plan costs."""
    found = []
    for made in lines:
        plan, best = made.get("measured", {}).get("plan"), _best_bound(made, lines)
        if plan is not None and best is not None and plan < best - TOLERANCE * (1 + abs(best)):
            where = f"{made['suite']}/{made['spec']} {made['size']}"
            found.append(f"{where}: {made['method']} has a plan of {plan}, below a proven bound of {best}")
    return found


def _row(made: Line, lines: Sequence[Line]) -> list[str]:
    measured = made.get("measured", {})
    head = [made["spec"], made["method"], str(made["size"]), number(made["seconds"])]
    plan, bound = measured.get("plan"), measured.get("bound")
    gap = None if plan is None or bound is None else plan - bound
    return [
        *head,
        reason(made) or (number(plan) if plan is not None else "none"),
        number(bound),
        number(gap),
        share(_of_mission(gap, made, lines)),
        share(_of_mission(None if plan is None else _above_best(plan, made, lines), made, lines)),
        seconds(measured.get("seconds", {}).get("solve")),
        number(made.get("peak_mib")),
    ]


def _above_best(plan: float, made: Line, lines: Sequence[Line]) -> float | None:
    best = _best_bound(made, lines)
    return None if best is None else plan - best


def _of_mission(amount: float | None, made: Line, lines: Sequence[Line]) -> float | None:
    """An amount as a share of the mission cost of this plan or of the best plan on record, whichever is less."""
    if amount is None:
        return None
    measured = made["measured"]
    planned = [one for one in _alike(made, lines) if one.get("plan") is not None]
    best = min(planned, key=lambda one: one["plan"])
    # A base is a mission cost or its floor, and the floor is the same for both.
    return amount / min(measured["gap_base"], best["gap_base"])


def _best_bound(made: Line, lines: Sequence[Line]) -> float | None:
    return max((one["bound"] for one in _alike(made, lines) if one.get("bound") is not None), default=None)


def _alike(made: Line, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """What was measured of the very same scenario by the same version of the model."""
    same = ("spec", "size", "source")
    measured = [one["measured"] for one in lines if "measured" in one and all(one[key] == made[key] for key in same)]
    return [one for one in measured if one["scenario"] == made.get("measured", {}).get("scenario")]
