"""A what-if run from what the run before it has stored, beside the same run without."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks import scenarios
from benchmarks.changes import CHANGES
from benchmarks.gaps import faults
from benchmarks.planning import planned, stored
from benchmarks.spec import Case, LeftOut, Level, Spec, Step, Suite, at
from benchmarks.suites.warm_table import GAP, warm_table
from optimizer.cli.plan import plan as command

THREADS = 2
#: The option that names the plan folder of the run before.
START_FROM = "--start-from"


RUN = at(200, 1_000, seconds=(60,))
#: Changes that are run in full only are looked at beside the others with little time.
BRIEF = at(200, seconds=(20,))


def _spec(name: str, why: str, run: tuple[Step, ...] = BRIEF) -> Spec:
    full = RUN + at(10_000, seconds=(180,))
    return Spec(name, why, scenarios.catalogue, smoke=at(4, seconds=(1,)), run=run, full=full)


SPECS = (
    _spec("freight", "one rate a tenth higher: what a planner asks most often", RUN),
    _spec("lane", "one lane a week slower: shipments on it are too late, others take their place", RUN),
    _spec("duty", "a fifth more duty: costs change, prices of room hardly"),
    _spec("sea", "two weeks more at sea: other shipments are within reach, other rows bind"),
    _spec("demand", "a tenth more demand: every SKU's program changes"),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Both; a smoke does without the cold one, which is measured beside the warm one all the same."""
    return ("warm",) if level == "smoke" else ("cold", "warm")


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """The what-if run as a whole command: a cold one for all the seconds, a warm one, after a run of the tables as they
    were, until it has the gap that a cold one has in the end.
    """
    if case.method == "warm" and (gone := missing_option()):
        raise LeftOut(gone)
    base, seconds = spec.made(case.size, case.level), float(case.seconds or 0.0)
    with tempfile.TemporaryDirectory(prefix="warm-") as name:
        folder = Path(name)
        facts = {"scenario": stored(CHANGES[spec.name](base), folder / "changed"), "threads": THREADS}
        cold = planned(folder / "changed", folder / "cold", seconds, THREADS, 0.0)
        if case.method == "cold":
            return {**facts, **cold, "reached": cold["plan"] is not None}
        stored(base, folder / "tables")
        planned(folder / "tables", folder / "before", seconds, THREADS, 0.0)
        start = (START_FROM, str(folder / "before"))
        return {**facts, **planned(folder / "changed", folder / "plan", seconds, THREADS, _asked(cold), *start)}


def _asked(cold: dict[str, Any]) -> float:
    """The gap of a cold run, as a share of the mission cost; where it has no plan, what is asked of any."""
    return GAP if cold["plan"] is None else max(cold["gap"], 0.0) / cold["gap_base"]


def missing_option() -> str | None:
    """What to say where the command cannot start from a plan; None where it can."""
    if any(START_FROM in option.opts for option in command.params):
        return None
    return f"optimizer plan has no option {START_FROM}"


WARM = Suite(
    "warm", "How fast is a what-if run after the run before it?", SPECS, methods, measure, warm_table, faults=faults
)
