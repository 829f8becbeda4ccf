"""One difficulty swept at a time: 200 SKUs, our search beside HiGHS alone on the same program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from benchmarks import difficulties
from benchmarks.difficulties import Difficulty, small, usual
from benchmarks.gaps import faults
from benchmarks.spec import Level, Spec, Step, Suite, at
from benchmarks.suites.plan import measure
from benchmarks.suites.plan_table import plan_table

#: Seconds of each search in `run` and in `run --full`.
SHORT, LONG = 15, 60


def _sweep(name: str, why: str, difficulty: Difficulty, few: Sequence[str], all_of_them: Sequence[str]) -> Spec:
    return Spec(
        name,
        why,
        usual(difficulty),
        smoke=at(few[0], seconds=(1,)),
        run=at(*few, seconds=(SHORT,)),
        full=at(*all_of_them, seconds=(LONG,)),
        smaller=small(difficulty),
    )


SPECS = (
    _sweep(
        "containers",
        "room aboard: weekly volume of a destination as a share of the container room of a sailing",
        difficulties.containers,
        ("0.5", "2"),
        ("0.25", "0.5", "1", "2", "4"),
    ),
    _sweep(
        "storage",
        "room in warehouses: what six weeks of demand take as a share of the room there is",
        difficulties.storage,
        ("0.35", "1.4"),
        ("0.35", "0.7", "1.4", "2.8", "5.6"),
    ),
    _sweep(
        "cases",
        "slow and fast movers: median demand of a SKU in cases a week",
        difficulties.cases,
        ("0.3", "6"),
        ("0.3", "0.75", "1.5", "6", "24"),
    ),
    _sweep(
        "least-orders",
        "least orders of SKUs and suppliers, in multiples of the default catalogue's",
        difficulties.least_orders,
        ("0", "4"),
        ("0", "1", "2", "4", "8"),
    ),
    _sweep(
        "warehouses",
        "each warehouse overseas adds lanes, stock, containers and transfers",
        difficulties.warehouses,
        ("2", "8"),
        ("1", "2", "4", "6", "8"),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """Both, side by side."""
    return ("search", "highs")


SWEEPS = Suite(
    "sweeps",
    "What makes it hard?",
    SPECS,
    methods,
    measure,
    partial(plan_table, names=("sweep", "difficulty")),
    faults=faults,
)
