"""Lines of results, made by hand."""

from __future__ import annotations

from typing import Any

from benchmarks.lines import line
from benchmarks.spec import Case

MACHINE = {
    "cpu": "A CPU", "cores": 2, "memory_gib": 8.0, "system": "Linux x86_64", "python": "3.11.7",
    "libraries": {"numpy": "2.4.0"}, "load": 0.1,
}  # fmt: skip
FIRST, LATER = "2026-01-05T08:00:00Z", "2026-01-06T08:00:00Z"


def about(run: str = FIRST, source: str = "abc") -> dict[str, Any]:
    """Circumstances of a run."""
    command = "python -m benchmarks run"
    return {"run": run, "command": command, "version": "1.0", "source": source, "machine": MACHINE}


def built(spec: str, size: int, method: str, nonzeros: int, seconds: float, run: str = FIRST) -> dict[str, Any]:
    """A line of the suite `build`."""
    phases = {"read": 0.1, "check": 0.2, "connect": 0.5, "formulate": 0.25, "assemble": 0.25}
    measured = {"rows": 10, "columns": 20, "nonzeros": nonzeros, "repeats": 3, "built": seconds, "seconds": phases}
    return line(Case("build", spec, size, method), about(run), {"measured": measured, "peak_mib": 100.0})


def planned(
    method: str, plan: float | None, bound: float | None, base: float = 1000.0, run: str = FIRST, **other: Any
) -> dict[str, Any]:
    """A line of the suite `plan`: a catalogue of 50 SKUs after 10 seconds."""
    measured = {"scenario": "s1", "plan": plan, "bound": bound, "gap_base": base, "seconds": {"solve": 10.0}, **other}
    return line(Case("plan", "catalogue", 50, method, 10), about(run), {"measured": measured, "peak_mib": 100.0})


def cells(table: str) -> list[list[str]]:
    """The cells of the first Markdown table, without its header."""
    rows = [row for row in table.splitlines() if row.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
