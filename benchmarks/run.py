"""Runs measurements one after the other, those of a smoke side by side, and keeps their lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.lines import append, line
from benchmarks.machine import circumstances, cores
from benchmarks.markdown import reason
from benchmarks.process import in_own_process
from benchmarks.spec import Case, Level, Line, Spec, Suite
from optimizer.errors import UsageError


@dataclass
class Outcome:
    """The lines of a run, and all that went wrong, in sentences."""

    lines: list[Line] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def run(
    chosen: Sequence[tuple[Suite, Spec]], level: Level, command: str, say: Callable[[str], None], results: Path | None,
    sizes: Collection[str] = (), methods: Collection[str] = (),
) -> Outcome:  # fmt: skip
    """Measure every case of the chosen specs, or those of some sizes and methods; append each line to `results` as it
    is made, if that is given. The cases of a smoke, whose figures nobody keeps, are measured side by side, one on each
    core. Raises UsageError for a size or a method that no case has.
    """
    about, outcome = circumstances(command), Outcome()
    _refuse_unknown(chosen, level, sizes, methods)
    absent = {suite.name: gone for suite, _ in chosen if (gone := suite.missing())}
    for name, gone in absent.items():
        say(f"{name} is left out: {gone}.")
    cases = [
        (suite, case)
        for suite, spec in chosen
        if suite.name not in absent
        for case in suite.cases(spec, level)
        if (not sizes or str(case.size) in sizes) and (not methods or case.method in methods)
    ]
    if (sizes or methods) and not cases and len(absent) < len({suite.name for suite, _ in chosen}):
        raise UsageError("No case has such a size and such a method together.")
    beside = cores() if level == "smoke" else 1
    for case, made in _lines(cases, partial(_measured, about=about, say=say), beside):
        outcome.lines.append(made)
        if results is not None:
            append(results, made)
        if "failed" in made:
            outcome.wrong.append(f"{case}: {made['failed']}")
    for suite in {suite.name: suite for suite, _ in chosen}.values():
        mine = [made for made in outcome.lines if made["suite"] == suite.name]
        outcome.wrong += suite.faults(mine)
    return outcome


def _refuse_unknown(
    chosen: Sequence[tuple[Suite, Spec]], level: Level, sizes: Collection[str], methods: Collection[str]
) -> None:  # fmt: skip
    cases = [case for suite, spec in chosen for case in suite.cases(spec, level)]
    for what, asked, known in (
        ("size", sizes, dict.fromkeys(str(case.size) for case in cases)),
        ("method", methods, dict.fromkeys(case.method for case in cases)),
    ):
        for name in asked:
            if name not in known:
                raise UsageError(f"No case has the {what} {name!r} here. There are: {', '.join(known)}.")


def _lines(
    cases: Sequence[tuple[Suite, Case]], measured: Callable[[Suite, Case], Line], beside: int
) -> Iterator[tuple[Case, Line]]:
    """Each case with its line, in order, so many of them measured side by side."""
    if beside == 1:
        yield from ((case, measured(suite, case)) for suite, case in cases)
        return
    pool = ThreadPoolExecutor(beside)
    try:
        suites, each = zip(*cases, strict=True) if cases else ((), ())
        yield from zip(each, pool.map(measured, suites, each), strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _measured(suite: Suite, case: Case, about: dict[str, Any], say: Callable[[str], None]) -> Line:
    begun = time.monotonic()
    made = line(case, about, in_own_process(case, suite.around))
    say(f"{case}: {reason(made) or 'done'} ({time.monotonic() - begun:.1f} s in all)")
    return made
