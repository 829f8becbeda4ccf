"""The linear relaxation, the base of all: by prices, beside HiGHS on the same program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks import scenarios
from benchmarks.command import cpu_seconds
from benchmarks.family import watched
from benchmarks.relaxed import Asked, as_one, by_prices, plain
from benchmarks.spec import Case, Level, Line, Spec, Step, Suite, at
from benchmarks.suites.relaxation_table import relaxation_table
from optimizer.solvers.solver import Limits

WORKERS = 2
#: The gap, as a share of the relaxation's cost, at which the rounds end.
GAP = 1e-4
#: The largest relaxation that is given to HiGHS as one program at each level.
AS_ONE_UP_TO = {"smoke": 10, "run": 200, "full": 1000}
#: How far a bound may lie above the optimum, as a share of it: the tolerances of solvers.
TOLERANCE = 1e-6

SPECS = (
    Spec(
        "catalogue",
        "the size of the catalogue: no whole cases, least orders or whole containers",
        scenarios.catalogue,
        smoke=at(4, seconds=(5,)),
        run=at(200, 1_000, seconds=(300,)),
        full=at(200, 1_000, 10_000, 100_000, seconds=(600,)),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Prices always, HiGHS where it can do it in the time."""
    yield "prices"
    if int(step.size) <= AS_ONE_UP_TO[level]:
        yield "highs"


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """Cost and bound of the relaxation, seconds of making and of solving it."""
    scenario, seconds = spec.made(case.size, case.level), float(case.seconds or 0.0)
    before = cpu_seconds()
    with watched() as peak:
        if case.method == "highs":
            found = as_one(scenario, Limits(seconds=seconds, threads=WORKERS))
        else:
            found = plain(by_prices(scenario, Asked(WORKERS, seconds, GAP)))
    return {**found, "workers": WORKERS, "cpu": cpu_seconds() - before, "held_mib": peak.mib}


def faults(lines: Sequence[Line]) -> list[str]:
    """Bounds by prices above the optimum that HiGHS found, and costs below it."""
    optima = {(made["spec"], made["size"]): made["measured"]["cost"] for made in lines
              if made["method"] == "highs" and "measured" in made}  # fmt: skip
    found = []
    for made in lines:
        optimum = optima.get((made["spec"], made["size"]))
        if made["method"] != "prices" or optimum is None or "measured" not in made:
            continue
        bound, cost = made["measured"]["bound"], made["measured"]["cost"]
        slack = TOLERANCE * (1 + abs(optimum))
        if (bound is not None and bound > optimum + slack) or (cost is not None and cost < optimum - slack):
            found.append(f"relaxation/{made['spec']} {made['size']}: bound {bound} and cost {cost} do not enclose the "
                         f"optimum {optimum}")  # fmt: skip
    return found


RELAXATION = Suite(
    "relaxation",
    "How fast is the linear relaxation?",
    SPECS,
    methods,
    measure,
    relaxation_table,
    faults=faults,
)
