"""The table of the suite `rounds`."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.markdown import NONE, reason, seconds, table
from benchmarks.relaxed import Step, Track
from benchmarks.spec import Line
from benchmarks.suites.relaxation_table import gap_of, ten_thousandths

#: Gaps, as a share of the cost, that the table tells rounds and seconds to.
GAPS = (1e-3, 1e-4, 1e-5)
#: The spec without anything shared, and the most rounds that it may take.
NOTHING_SHARED, FEW = "nothing-shared", 3
_REACHED = tuple(f"{what} to {100 * gap:g} %" for gap in GAPS for what in ("rounds", "s"))
HEADER = ("catalogue", "prices", "groups", "SKUs", *_REACHED, "gap at the end")


def rounds_table(lines: Sequence[Line]) -> str:
    """Rounds and wall seconds until the gap was so small, for every smoothing and number of groups; and whether few are
    enough where nothing is shared.
    """
    return f"{table(HEADER, [_row(made) for made in lines], texts=2)}\n\n{_few(lines)}"


def _few(lines: Sequence[Line]) -> str:
    what = f"- Where no linking row binds, rounds until {100 * GAPS[-1]:g} %: "
    alone = [made for made in lines if made["spec"] == NOTHING_SHARED and "measured" in made]
    if not alone:
        return f"{what}not measured."
    found = [track(made["measured"]).reached(GAPS[-1]) for made in alone]
    most = None if None in found else max(step.number for step in found if step is not None)
    told = "never reached" if most is None else f"at most {most}"
    met = most is not None and most <= FEW
    return f"{what}{told}, wanted at most {FEW}: {'met' if met else 'missed'}."


def track(measured: dict) -> Track:
    """The steps of a line."""
    steps = (Step(*step) for step in measured["steps"])
    finite = (Step(one.number, one.seconds, float("-inf") if one.bound is None else one.bound, one.cost)
              for one in steps)  # fmt: skip
    return Track(measured["making"], tuple(finite))


def _row(made: Line) -> list[str]:
    name, groups = made["method"].split()
    head = [made["spec"], name, groups, str(made["size"])]
    if "measured" not in made:
        return [*head, str(reason(made)), *[NONE] * (len(HEADER) - len(head) - 1)]
    found = [track(made["measured"]).reached(gap) for gap in GAPS]
    cells = [cell for step in found for cell in _reached(step)]
    return [*head, *cells, ten_thousandths(gap_of(made["measured"]))]


def _reached(step: Step | None) -> tuple[str, str]:
    return (NONE, NONE) if step is None else (str(step.number), seconds(step.seconds))
