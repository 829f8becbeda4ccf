"""The table of the suite `instances`."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.markdown import number, reason, seconds, share, table
from benchmarks.spec import Line

HEADER = (
    "family", "instance", "published optimum", "plan", "bound", "plan above optimum", "bound below optimum",
    "proven", "within s", "took s", "peak MiB",
)  # fmt: skip


def instances_table(lines: Sequence[Line]) -> str:
    """Every instance with its published optimum, our plan and bound, and the seconds from tables to verified plan."""
    return table(HEADER, [_row(made) for made in lines], texts=2)


def _row(made: Line) -> list[str]:
    measured = made.get("measured", {})
    optimum, plan, bound = (measured.get(name) for name in ("published", "plan", "bound"))
    proven = reason(made) or ("yes" if measured["status"] == "optimal" else "no")
    return [
        str(made["spec"]),
        str(made["size"]),
        number(optimum, 2),
        number(plan, 2),
        number(bound, 2),
        share(_off(plan, optimum)),
        share(_off(optimum, bound, optimum)),
        proven,
        number(made["seconds"]),
        seconds(sum(measured["seconds"].values()) if measured else None),
        number(made.get("peak_mib")),
    ]


def _off(value: float | None, lower: float | None, base: float | None = None) -> float | None:
    """How far a value lies above a lower one, as a share of the base."""
    if value is None or lower is None:
        return None
    off = (value - lower) / (base or lower)
    return 0.0 if abs(off) < 5e-7 else off
