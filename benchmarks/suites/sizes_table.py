"""The tables of the suite `sizes`: every command and solver, the bars, how costs grow, where the gap sits."""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.gaps import above_best, gap, of_mission
from benchmarks.markdown import NONE, number, reason, seconds, share, table
from benchmarks.spec import Line
from benchmarks.suites.bars import BARS, kept_bar
from benchmarks.suites.plan_table import absent

#: The gap at which the command `near` ends: one that catalogues of 200 to 10,000 SKUs came to, so that times can
#: be compared.
NEAR = 0.08
NAMES = {"auto": "`optimizer plan`", "near": f"`optimizer plan --gap {NEAR:g}`"}
HEADER = (
    "by", "SKUs", "within s", "wall s", "CPU s", "plan", "bound", "gap of mission cost", "to best bound", "peak MiB",
    "check s", "formulate s", "solve s", "verify s", "read, write s",
)  # fmt: skip
STAGES = ("check", "formulate", "solve", "verify")
#: Between these sizes costs are compared.
GROWTH = ((1_000, 10_000), (10_000, 100_000), (1_000, 100_000))
#: Cost may grow with the size to the power of this.
MOST_GROWTH = 1.1


def sizes_table(lines: Sequence[Line]) -> str:
    """All figures, then bar by bar whether it is kept, the growth of costs, and gaps by speed of mover."""
    rows = [_row(made, lines) for made in lines if "left_out" not in made]
    bars = [kept_bar(skus, lines) for skus in BARS]
    parts = [table(HEADER, rows), "\n".join(absent(lines)).strip(), "\n".join(bars), _growths(lines), _speeds(lines)]
    return "\n\n".join(part for part in parts if part)


def _row(made: Line, lines: Sequence[Line]) -> list[str]:
    measured = made.get("measured", {})
    times, plan = measured.get("seconds", {}), measured.get("plan")
    around = measured["wall"] - sum(times.values()) if times else None
    return [
        NAMES.get(made["method"], made["method"]),
        number(made["size"]),
        number(made["seconds"]),
        seconds(measured.get("wall")),
        seconds(measured.get("cpu")),
        reason(made) or (number(plan) if plan is not None else "none"),
        number(measured.get("bound")),
        share(of_mission(gap(made), made, lines)),
        share(of_mission(above_best(made, lines), made, lines)),
        number(measured.get("peak_mib", made.get("peak_mib"))),
        *(seconds(times.get(stage)) for stage in STAGES),
        seconds(around),
    ]


def _growths(lines: Sequence[Line]) -> str:
    near = {int(made["size"]): made for made in lines if _is_near(made, lines)}
    near |= {int(made["size"]): made for made in lines if made["method"] == "near" and "measured" in made}
    return "\n".join(_growth(near, *ends, lines) for ends in GROWTH)


def _is_near(made: Line, lines: Sequence[Line]) -> bool:
    """Whether a line tells at most what it takes to come to the gap `NEAR`: a plain command that came there does."""
    apart = of_mission(gap(made), made, lines) if made["method"] == "auto" and "measured" in made else None
    return apart is not None and apart <= NEAR


def _growth(near: dict[int, Line], small: int, large: int, lines: Sequence[Line]) -> str:
    what = f"- From {small:,} to {large:,} SKUs, to a gap of {share(NEAR)}: "
    if small not in near or large not in near:
        return f"{what}not measured."
    ends = near[small], near[large]
    if missed := [made["size"] for made in ends if made["method"] == "near" and not made["measured"]["reached"]]:
        return f"{what}no exponent, for the gap was not reached with {missed[0]:,} SKUs."
    less, more = (made["measured"] for made in ends)
    wall, cpu = (exponent(small, less[name], large, more[name]) for name in ("wall", "cpu"))
    met = "met" if cpu <= MOST_GROWTH else "missed"
    apart = " and ".join(share(of_mission(gap(made), made, lines)) for made in ends)
    alike = "" if ends[0].get("source") == ends[1].get("source") else "; by different versions of the source"
    alike += "".join(f"; {made['size']:,} SKUs by the plain command" for made in ends if made["method"] == "auto")
    return (
        f"{what}CPU time grows as n^{cpu:.2f}, wall time as n^{wall:.2f} (ended at {apart}{alike}), wanted at most "
        f"n^{MOST_GROWTH:g}: {met}."
    )


def exponent(small: int, less: float, large: int, more: float) -> float:
    """The power of the size with which a cost grows from `less` at a small size to `more` at a large one."""
    return math.log(more / less) / math.log(large / small)


def _speeds(lines: Sequence[Line]) -> str:
    told = [made for made in lines if made["method"] == "auto" and made.get("measured", {}).get("speeds")]
    if not told:
        return ""
    header = ("cases a week", "SKUs in all", "SKUs", "share of demand value", "gap", "gap of mission cost")
    return table(header, [row for made in told for row in _speed_rows(made, lines)])


def _speed_rows(made: Line, lines: Sequence[Line]) -> list[list[str]]:
    return [
        [
            one["cases_a_week"],
            number(made["size"]),
            number(one["skus"]),
            share(one["demand_share"]),
            number(one["gap"]),
            share(of_mission(one["gap"], made, lines)) if made["measured"].get("gap_base") else NONE,
        ]
        for one in made["measured"]["speeds"]
    ]
