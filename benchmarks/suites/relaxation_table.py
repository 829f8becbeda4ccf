"""The table of the suite `relaxation`."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.markdown import number, reason, seconds, table
from benchmarks.spec import Line

HEADER = ("by", "SKUs", "rounds", "make s", "solve s", "CPU s", "cost", "bound", "gap", "peak MiB")
#: So many SKUs shall be solved to this gap within these seconds.
TARGET_SKUS, TARGET_GAP, TARGET_SECONDS = 100_000, 1e-4, 60.0


def relaxation_table(lines: Sequence[Line]) -> str:
    """Every relaxation with the seconds to solve it, and the target."""
    rows = [_row(made) for made in lines]
    return f"{table(HEADER, rows)}\n\n{_target(lines)}"


def gap_of(measured: dict) -> float | None:
    """Cost less bound, as a share of the cost; None where one of them is missing."""
    cost, bound = measured.get("cost"), measured.get("bound")
    return None if cost is None or bound is None else (cost - bound) / max(abs(cost), 1.0)


def ten_thousandths(gap: float | None) -> str:
    """A small share as a percentage."""
    return number(None if gap is None else 100 * gap, 4) + ("" if gap is None else " %")


def _row(made: Line) -> list[str]:
    measured = made.get("measured", {})
    cost = measured.get("cost")
    return [
        made["method"],
        number(made["size"]),
        number(measured.get("rounds")),
        seconds(measured.get("making")),
        seconds(measured.get("solving")),
        seconds(measured.get("cpu")),
        reason(made) or (number(cost) if cost is not None else "not solved"),
        number(measured.get("bound")),
        ten_thousandths(gap_of(measured)),
        number(measured.get("held_mib") or made.get("peak_mib")),
    ]


def _target(lines: Sequence[Line]) -> str:
    what = f"- {TARGET_SKUS:,} SKUs to {100 * TARGET_GAP:g} % within {TARGET_SECONDS:g} s of solving: "
    found = [made["measured"] for made in lines
             if made["size"] == TARGET_SKUS and made["method"] == "prices" and "measured" in made]  # fmt: skip
    if not found:
        return f"{what}not measured."
    gap, took = gap_of(found[0]), found[0]["solving"]
    met = gap is not None and gap <= TARGET_GAP and took <= TARGET_SECONDS
    return f"{what}{ten_thousandths(gap)} in {seconds(took)} s: {'met' if met else 'missed'}."
