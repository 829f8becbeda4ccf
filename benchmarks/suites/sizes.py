"""The whole command over catalogues of 50 to 100,000 SKUs at its bars, beside solvers alone on the same program."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks import scenarios
from benchmarks.alone import alone
from benchmarks.gaps import faults
from benchmarks.planning import planned, stored
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.speeds import speeds_of
from benchmarks.suites.sizes_table import NEAR, sizes_table
from optimizer.scenario.read import read
from optimizer.solvers.solver import Limits

THREADS = 2
#: The gap that each command is asked for: as small as it can, or near enough.
COMMANDS = {"auto": 0.0, "near": NEAR}
#: Solvers that get the whole program at once, and the largest catalogue whose program they are given.
ALONE_UP_TO = {"highs": 1000, "cbc": 200, "scip": 200}
#: Share of the wall time that the search is told to take, by the most SKUs for which it is so; the rest goes to
#: starting up, reading, checking, verifying and writing.
SEARCH = ((50, 0.85), (200, 0.8), (10_000, 0.66), (100_000, 0.55))

SPECS = (
    Spec(
        "catalogue",
        "from the hard small catalogues to the large ones: whole cases, containers, tight storage, least orders",
        scenarios.catalogue,
        smoke=at(4, seconds=(1,)),
        run=at(50, 200, 1_000, seconds=(60,)),
        full=at(50, 200, 1_000, seconds=(60,)) + at(10_000, seconds=(180,)) + at(100_000, seconds=(1_200,)),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Both commands, and the solvers that can state the program in the time."""
    yield from COMMANDS
    yield from (name for name, most in ALONE_UP_TO.items() if int(step.size) <= most)


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """Plan, bound, wall and CPU time, memory and seconds by stage, from tables on disk."""
    with tempfile.TemporaryDirectory(prefix="sizes-") as folder:
        tables, out = Path(folder) / "tables", Path(folder) / "plan"
        facts = {"scenario": stored(spec.made(case.size, case.level), tables), "threads": THREADS}
        if case.method not in COMMANDS:
            return {**facts, **_alone(tables, case)}
        within = search_seconds(int(case.size), float(case.seconds or 0.0))
        found = planned(tables, out, within, THREADS, COMMANDS[case.method])
        return {**facts, **found, "search_seconds": within, "speeds": speeds_of(tables, out)}


def search_seconds(skus: int, wall: float) -> float:
    """Seconds of search for which the whole command ends within its wall time."""
    return wall * next((share for most, share in SEARCH if skus <= most), SEARCH[-1][1])


def _alone(tables: Path, case: Case) -> dict[str, Any]:
    begun, used = time.perf_counter(), time.process_time()
    limits = Limits(seconds=float(case.seconds or 0.0), threads=THREADS)
    found = alone(read(tables), case.method, limits)
    return {**found, "wall": time.perf_counter() - begun, "cpu": time.process_time() - used}


SIZES = Suite(
    "sizes",
    "What does the whole command reach, from 50 to 100,000 SKUs?",
    SPECS,
    methods,
    measure,
    sizes_table,
    faults=faults,
)
