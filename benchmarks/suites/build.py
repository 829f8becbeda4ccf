"""How fast a model is built: arrays by our formulation beside the same model as loops in PuLP."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks import scenarios
from benchmarks.phases import Phases, repeats
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.build_table import build_table
from optimizer.formulation.formulate import formulate
from optimizer.network.network import connect
from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.write import write
from optimizer.solve import check

#: Most repeats of a build, and the seconds after which no further one begins.
REPEATS = {"arrays": (7, 60.0), "loops": (3, 120.0)}
#: Loops take minutes for larger catalogues, and are left out there.
LOOPS_UP_TO = {"smoke": 10, "run": 300, "full": 1000}

SPECS = (
    Spec(
        "skus",
        "the size of the catalogue; loops over the same catalogues beside it",
        scenarios.catalogue,
        smoke=at(5),
        run=at(50, 100, 300, 1000),
        full=at(50, 100, 300, 1000, 3000),
    ),
    Spec(
        "warehouses",
        "100 SKUs: each warehouse overseas adds lanes, stock and transfers to all others",
        scenarios.warehouses,
        smoke=at(1),
        run=at(2, 4, 8),
        full=at(1, 2, 3, 4, 6, 8),
    ),
    Spec(
        "weeks",
        "100 SKUs: each week adds departures and stock",
        scenarios.weeks,
        smoke=at(4),
        run=at(8, 16, 32),
        full=at(8, 16, 32, 52),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Arrays always, loops over catalogues that they can do in the time."""
    yield "arrays"
    if spec.name == "skus" and int(step.size) <= LOOPS_UP_TO[level]:
        yield "loops"


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """Sizes of the model, and median seconds to build it."""
    scenario = spec.scenario(case.size)
    most, seconds = (1, 0.0) if case.level == "smoke" else REPEATS[case.method]
    if case.method == "loops":
        return _loops(scenario, most, seconds)
    with tempfile.TemporaryDirectory(prefix="scenario-") as folder:
        write(scenario, Path(folder) / "scenario")
        return _arrays(Path(folder) / "scenario", most, seconds)


def _arrays(folder: Path, most: int, seconds: float) -> dict[str, Any]:
    phases = Phases()
    for _ in repeats(most, seconds):
        scenario = phases("read", read, folder)
        if found := phases("check", check, scenario):
            raise ValueError(f"the generated scenario has problems: {found[0]}")
        net = phases("connect", connect, scenario)
        program = phases("formulate", formulate, net)
        form = phases("assemble", program.standard_form)
    rows, columns = form.matrix.shape
    built = phases.together("connect", "formulate", "assemble")
    size = {"rows": rows, "columns": columns, "nonzeros": int(form.matrix.nnz)}
    return {**size, "repeats": len(built), "seconds": phases.medians(), **_spread(built)}


def _loops(scenario: Scenario, most: int, seconds: float) -> dict[str, Any]:
    from tests.oracle.oracle import oracle

    phases = Phases()
    for _ in repeats(most, seconds):
        problem = phases("formulate", oracle, scenario)
    rows = problem.constraints.values()
    size = {"rows": len(rows), "columns": problem.numVariables(), "nonzeros": sum(len(row) for row in rows)}
    built = phases.seconds["formulate"]
    return {**size, "repeats": len(built), "seconds": phases.medians(), **_spread(built)}


def _spread(built: list[float]) -> dict[str, float]:
    return {"built": statistics.median(built), "built_least": min(built), "built_most": max(built)}


BUILD = Suite("build", "How fast is a model built?", SPECS, methods, measure, build_table)
