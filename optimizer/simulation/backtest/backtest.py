"""The back-test: every policy on every block of SKUs with every draw of delays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.scenario.scenario import Scenario
from optimizer.simulation.backtest.bench import Bench, Setup, Task, wants_tuning
from optimizer.simulation.backtest.blocks import side_by_side
from optimizer.simulation.backtest.hands import dealt
from optimizer.simulation.backtest.kept import Kept
from optimizer.simulation.backtest.request import Request
from optimizer.simulation.backtest.run import Key, Run
from optimizer.simulation.backtest.stretch import Stretch, stretch

#: Hears how many runs are done, and of how many.
Told = Callable[[int, int, str], None]
#: Marks the entries of `Kept` that hold how a policy is tuned.
TUNED = " tuned"


@dataclass(frozen=True)
class Backtest:
    """All runs; `first`: first day of the replay; `tuned`: how each policy is tuned on each block, by (policy, block);
    `guessed`: the share of the units of each block that was guessed for days out of stock.
    """

    request: Request
    blocks: tuple[Scenario, ...]
    first: dt.date
    runs: tuple[Run, ...]
    tuned: Mapping[tuple[str, int], Mapping[str, Any]]
    guessed: tuple[float, ...]


def backtest(
    blocks: Sequence[Scenario],
    request: Request,
    kept: Kept | None = None,
    workers: int = 1,
    told: Told = lambda done, of, what: None,
) -> Backtest:
    """Every run that is not kept yet is made, and kept as soon as it is.

    Whatever ends it early, what is kept is taken up by the next call. Raises Refused where a history is too short,
    before anything is begun.
    """
    setup = Setup(side_by_side(blocks), request)
    stretches = [_fitting(block, request) for block in setup.blocks]
    tuned = _tuned(setup, kept, workers, told)
    tasks = [Task(key, tuned.get((key.policy, key.block), {})) for key in request.keys(len(blocks))]
    done = _through(setup, tasks, kept, workers, told)
    return _whole(setup, stretches, done, tuned)


def standing(blocks: Sequence[Scenario], request: Request, kept: Kept) -> Backtest:
    """What is kept of a back-test so far; nothing is made."""
    setup = Setup(side_by_side(blocks), request)
    runs = [run for key in request.keys(len(blocks)) if (run := kept.find(key)) is not None]
    found = [kept.find(_kept_as(task)) for task in _tunings(setup)]
    tuned = {_of(run): run.figures for run in found if run is not None}
    return _whole(setup, [_fitting(block, request) for block in setup.blocks], runs, tuned)


def _whole(
    setup: Setup, stretches: Sequence[Stretch], runs: Sequence[Run], tuned: Mapping[tuple[str, int], Mapping[str, Any]]
) -> Backtest:
    guessed = tuple(found.guessed for found in stretches)
    first = stretches[0].scenario.settings.starts_on
    return Backtest(setup.request, setup.blocks, first, tuple(runs), tuned, guessed)


def _fitting(block: Scenario, request: Request) -> Stretch:
    """The stretch of the replay. Raises Refused where there are too few weeks for it, or for tuning before it."""
    found = stretch(block, request.weeks, request.after)
    if request.tuning_weeks and any(map(wants_tuning, request.policies)):
        stretch(found.scenario, request.tuning_weeks)
    return found


def _tuned(setup: Setup, kept: Kept | None, workers: int, told: Told) -> dict[tuple[str, int], Mapping[str, Any]]:
    runs = _through(setup, _tunings(setup), kept, workers, told)
    return {_of(run): run.figures for run in runs}


def _tunings(setup: Setup) -> list[Task]:
    """What is to be tuned: each rule on each block."""
    request = setup.request
    if not request.tuning_weeks:
        return []
    names = [name for name in request.policies if wants_tuning(name)]
    return [Task(Key(name, block, request.seed), None) for block in range(len(setup.blocks)) for name in names]


def _of(run: Run) -> tuple[str, int]:
    """Policy and block that a kept tuning is of."""
    return run.key.policy.removesuffix(TUNED), run.key.block


def _through(setup: Setup, tasks: Sequence[Task], kept: Kept | None, workers: int, told: Told) -> list[Run]:
    """The runs of the tasks in their order: those that are kept, and the others made."""
    found = {task.key: kept.find(_kept_as(task)) if kept else None for task in tasks}
    missing = [task for task in tasks if found[task.key] is None]
    done = len(tasks) - len(missing)
    for task, figures in dealt(Bench, setup, "do", missing, workers):
        run = Run(_kept_as(task), figures)
        if kept:
            kept.keep(run)
        found[task.key], done = run, done + 1
        told(done, len(tasks), str(task))
    return [made for task in tasks if (made := found[task.key]) is not None]


def _kept_as(task: Task) -> Key:
    key = task.key
    return key if task.tuned is not None else Key(key.policy + TUNED, key.block, key.seed)
