"""The table of plans after some seconds, of the suites `plan` and `sweeps`."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.gaps import above_best, gap, of_mission
from benchmarks.markdown import number, reason, seconds, share, table
from benchmarks.spec import Line

COLUMNS = ("after s", "plan", "bound", "gap", "gap of mission cost", "to best bound", "search s", "peak MiB")


def plan_table(lines: Sequence[Line], names: tuple[str, str] = ("scenario", "SKUs")) -> str:
    """Every plan beside its bound; gaps in money and as a share of the mission cost of the best plan on record.

    `names`: what the specs and their sizes are.
    """
    rows = [_row(made, lines) for made in lines if "left_out" not in made]
    header = (names[0], "by", names[1], *COLUMNS)
    return "\n".join([table(header, rows, texts=2), *absent(lines)])


def absent(lines: Sequence[Line]) -> list[str]:
    """What was left out, and why, as a list below a table."""
    found = sorted({f"- {made['method']} is {reason(made)}" for made in lines if "left_out" in made})
    return ["", *found] if found else []


def _row(made: Line, lines: Sequence[Line]) -> list[str]:
    measured = made.get("measured", {})
    plan = measured.get("plan")
    return [
        made["spec"],
        made["method"],
        str(made["size"]),
        number(made["seconds"]),
        reason(made) or (number(plan) if plan is not None else "none"),
        number(measured.get("bound")),
        number(gap(made)),
        share(of_mission(gap(made), made, lines)),
        share(of_mission(above_best(made, lines), made, lines)),
        seconds(measured.get("seconds", {}).get("solve")),
        number(made.get("peak_mib")),
    ]
