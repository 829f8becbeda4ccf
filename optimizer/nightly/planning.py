"""Making tonight's plan, warm from last night's, and keeping it."""

from __future__ import annotations

import math
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from optimizer.errors import OptimizerError, StoreError
from optimizer.nightly.after import plan_after
from optimizer.nightly.carry import unfenced
from optimizer.nightly.clock import Clock
from optimizer.nightly.folder import start_from
from optimizer.nightly.found import alert_rows, alert_sums
from optimizer.nightly.keep import complete
from optimizer.nightly.plan_files import write_plan_files
from optimizer.nightly.record import Run
from optimizer.nightly.request import Listener, Request
from optimizer.nightly.store import Store
from optimizer.nightly.words import run_named, sentence
from optimizer.plan.manifest import versions
from optimizer.plan.plan import Plan, plan_tables
from optimizer.report.briefing import Briefing, brief
from optimizer.scenario.scenario import Scenario
from optimizer.search.means import Means
from optimizer.search.stored_start import Start

#: Seconds between the tries to keep a plan in a store that does not take it.
TRIES = (2.0, 5.0, 15.0, 30.0)


@dataclass(frozen=True)
class Work:
    """A run at work: what it was asked, its number in the store, its input, a folder for its files, who hears of it,
    and the time.
    """

    asked: Request
    store: Store
    number: int
    scenario: Scenario
    input: str
    place: Path
    listener: Listener
    note: Callable[[str], None]
    notes: list[str]
    clock: Clock

    @property
    def language(self) -> str:
        """Language of what is written for people."""
        return self.asked.language or self.scenario.settings.language


def keep_plan(work: Work, before: Run | None) -> Plan:
    """Plan, write the plan's folder, and put it in force in one transaction; returns the plan."""
    asked, kept = work.asked, dict[str, Any]()
    start = None if before is None else _start(work, before)
    keep = (partial(kept.__setitem__, name) for name in ("prices", "skus"))
    means = Means(asked.cluster, start, *keep, note=work.note)
    made = _made(work, means)
    told = brief(replace(made, status="interrupted") if _cut_short(work, made) else made, work.language)
    work.listener.stage("write")
    began = time.monotonic()
    folder = work.place / "plan"
    write_plan_files(told, folder, work.language, kept)
    seconds = {**made.seconds, "write": time.monotonic() - began}
    if said := work.clock.jumped(work.language):
        work.note(said)
    values = _values(work, told, seconds, before.run if before is not None and start is not None else None)
    rows = {name: told.plan[name] for name in plan_tables(told.plan.scenario)}
    tables = {**rows, **told.views, "alerts": alert_rows(told, work.language)}
    work.listener.stage("store")
    _until_kept(work, folder, lambda: complete(work.store, work.number, folder, tables, values))
    return told.plan


def _made(work: Work, means: Means) -> Plan:
    """The plan, with what the plan in force ships held within the fence and priced after it; should the fence leave no
    plan at all, one without it.
    """
    scenario = work.scenario
    options: dict[str, Any] = {"solver": work.asked.solver, "method": work.asked.method, "means": means,
                               "watch": work.listener.watch, "stage": work.listener.stage}  # fmt: skip
    if means.start is None and scenario.settings.frozen_days and not len(scenario["locks"]):
        work.note(sentence("fence_unused", work.language))
        scenario = unfenced(scenario)
    return plan_after(scenario, means.start, work.note, work.language, **options)


def _start(work: Work, before: Run) -> Start | None:
    """What last night's plan leaves; without it the search takes longer, and nothing else."""
    try:
        return start_from(work.store, before.run, work.place)
    except OptimizerError as error:
        work.note(sentence("cold", work.language, run=run_named(before, work.language), reason=error))
        return None


def _cut_short(work: Work, made: Plan) -> bool:
    return work.listener.stop and made.status != "optimal"


def _values(work: Work, told: Briefing, seconds: dict[str, float], started_from: int | None) -> dict[str, Any]:
    """The figures of a run."""
    plan, settings = told.plan, told.plan.scenario.settings
    measures = told.measures.as_dict()
    options = {"solver": plan.solver, "method": work.asked.method, "seconds": settings.solve.seconds,
               "gap": settings.solve.gap, "threads": settings.solve.threads, "seed": settings.solve.seed,
               "paths": settings.solve.paths}  # fmt: skip
    details = {"options": options, "seconds": {name: round(taken, 3) for name, taken in seconds.items()},
               "versions": versions(), "measures": measures, "within_gap": told.within_gap, "problems": [],
               "notes": list(work.notes), "language": work.language, "to_send": bool(work.asked.notify),
               **alert_sums(told)}  # fmt: skip
    return {"scenario": settings.name, "input": work.input, "started_from": started_from, "status": plan.status,
            "starts_on": settings.starts_on, "currency": settings.currency, "total_cost": plan.total_cost,
            "mission_cost": measures["mission_cost"], "bound": plan.bound if math.isfinite(plan.bound) else None,
            "gap": measures["gap"], "gap_share": measures["gap_share"], "details": details,
            "ended_at": work.clock()}  # fmt: skip


def _until_kept(work: Work, folder: Path, keep: Callable[[], None]) -> None:
    """Try until the store takes the plan; where it never does, the folder stays, and the error says where."""
    for pause in (*TRIES, None):
        try:
            keep()
            return
        except StoreError as error:
            if pause is None:
                raise StoreError(f"{error} The plan itself is safe: it stands in {_rescued(folder)}.") from error
            work.note(sentence("another_try", work.language, reason=error, pause=pause))
            time.sleep(pause)


def _rescued(folder: Path) -> Path:
    place = Path(tempfile.mkdtemp(prefix="optimizer-plan-not-stored-"))
    return Path(shutil.move(folder, place / "plan"))
