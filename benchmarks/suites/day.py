"""What a planner waits for on a working day: the nightly run, ten what-ifs, a report that opens; and killed nights."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from benchmarks import scenarios
from benchmarks.command import Ran, ran
from benchmarks.kills import kill_runs
from benchmarks.opening import opened
from benchmarks.planning import planned, stored
from benchmarks.spec import Case, LeftOut, Level, Spec, Step, Suite, at
from benchmarks.suites.day_table import day_table
from optimizer.errors import OptimizerError
from optimizer.nightly.record import runs
from optimizer.nightly.store import open_store
from tests.postgres_server import started

THREADS = 2
#: Ten changes that a planner of several markets asks about on one morning.
CHANGES = (
    *(f"freight_rates.rate *= {factor}" for factor in (1.1, 1.2, 1.3, 0.9)),
    *(f"duty_rates.rate *= {factor}" for factor in (1.2, 1.5)),
    *(f"lanes[mode={mode}].lead_time_days += {days}" for mode, days in (("sea", 7), ("air", 3))),
    *(f"scenario.capital_rate = {rate}" for rate in (0.2, 0.05)),
)

SPECS = (
    Spec(
        "nightly",
        "a night of several markets, from tables to a verified plan in the store",
        scenarios.sample("multi-market"),
        smoke=at(3, seconds=(1,)),
        run=at(300, seconds=(60,)),
        full=at(300, seconds=(60,)),
    ),
    Spec(
        "what-if",
        "ten changes of several markets, each planned anew beside the plan of the base",
        scenarios.sample("multi-market"),
        smoke=at(3, seconds=(5,)),
        run=at(300, seconds=(180,)),
        full=at(300, seconds=(180,)),
    ),
    Spec(
        "report",
        "the page of a large catalogue, written and opened",
        scenarios.catalogue,
        smoke=at(3, seconds=(1,)),
        run=at(10_000, seconds=(120,)),
        full=at(10_000, seconds=(120,)),
    ),
    Spec(
        "kills",
        "nights that are killed at any moment; the size is how many",
        scenarios.sample("small-seller"),
        smoke=at(1, seconds=(1,)),
        run=at(200, seconds=(2,)),
        full=at(200, seconds=(2,)),
        smaller=scenarios.sample("small-seller"),
    ),
)


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """The command, as anybody runs it; killed, on each kind of store."""
    return ("sqlite", "postgresql") if spec.name == "kills" else ("command",)


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """What the command of a spec took, from a folder of tables on disk, and what came of it."""
    with tempfile.TemporaryDirectory(prefix="day-") as name:
        folder = Path(name)
        if spec.name == "kills":
            return _killed(folder, case)
        facts = {"scenario": stored(spec.made(case.size, case.level), folder / "tables"), "threads": THREADS}
        return {**facts, **MEASURED[spec.name](folder, case)}


def _nightly(folder: Path, case: Case) -> dict[str, Any]:
    store = f"sqlite:///{folder / 'plans.db'}"
    done = _done("nightly", str(folder / "tables"), "--store", store, "--seconds", f"{case.seconds:g}",
                 "--threads", str(THREADS), "--when-stale", "warn")  # fmt: skip
    with open_store(store).reads() as connection:
        run = runs(connection)[0]
    return {**done.figures, "state": run.state, "plan": run.total_cost, "bound": run.bound, "gap_share": run.gap_share}


def _what_ifs(folder: Path, case: Case) -> dict[str, Any]:
    changes = CHANGES[:2] if case.level == "smoke" else CHANGES
    asked = [word for change in changes for word in ("--set", change)]
    done = _done("what-if", str(folder / "tables"), *asked, "--seconds", f"{case.seconds:g}",
                 "--threads", str(THREADS), "--csv", str(folder / "comparison.csv"))  # fmt: skip
    return {**done.figures, "asked": len(changes)}


def _report(folder: Path, case: Case) -> dict[str, Any]:
    planned(folder / "tables", folder / "plan", float(case.seconds or 0.0), THREADS, 0.0)
    done = _done("report", str(folder / "plan"), "--out", str(folder / "report"))
    page = folder / "report" / "report.html"
    return {**done.figures, "mb": page.stat().st_size / 1e6, **opened(page)}


def _done(*words: str) -> Ran:
    done = ran([sys.executable, "-m", "optimizer", *words, "--quiet"])
    if done.code:
        raise OptimizerError(f"optimizer {words[0]} ended with code {done.code}: {done.said}")
    return done


def _killed(folder: Path, case: Case) -> dict[str, Any]:
    """As many nights of the small sample as the size says, each killed, and what the store held afterwards."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(started()).database() if case.method == "postgresql" else ""
        except pytest.skip.Exception as gone:
            raise LeftOut(str(gone)) from gone
        tally = kill_runs(address or f"sqlite:///{folder / 'plans.db'}", int(case.size), 1, folder,
                          seconds=float(case.seconds or 2.0), say=lambda line: None)  # fmt: skip
    return {"kills": tally.kills, "completed": tally.completed, "kept_old": tally.kept_old, "kept_new": tally.kept_new,
            "wrong": len(tally.wrong)}  # fmt: skip


MEASURED: dict[str, Callable[[Path, Case], dict[str, Any]]] = {
    "nightly": _nightly, "what-if": _what_ifs, "report": _report,
}  # fmt: skip

DAY = Suite("day", "How long does a planner wait?", SPECS, methods, measure, day_table, around=7_200.0)
