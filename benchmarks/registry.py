"""Every suite and spec. A new spec is one more entry in the list of its suite."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from benchmarks.spec import Spec, Suite
from benchmarks.suites.ahead import AHEAD_SUITE
from benchmarks.suites.backtest import BACKTEST
from benchmarks.suites.build import BUILD
from benchmarks.suites.day import DAY
from benchmarks.suites.forecast import FORECAST
from benchmarks.suites.instances import INSTANCES
from benchmarks.suites.plan import PLAN
from benchmarks.suites.relaxation import RELAXATION
from benchmarks.suites.rounds import ROUNDS
from benchmarks.suites.sizes import SIZES
from benchmarks.suites.sweeps import SWEEPS
from benchmarks.suites.textbook import TEXTBOOK
from benchmarks.suites.unseen import UNSEEN
from benchmarks.suites.varying import VARYING
from benchmarks.suites.warm import WARM
from optimizer.errors import UsageError

SUITES = (
    BUILD, INSTANCES, PLAN, SIZES, SWEEPS, RELAXATION, ROUNDS, WARM, DAY, FORECAST, AHEAD_SUITE, BACKTEST, TEXTBOOK,
    UNSEEN, VARYING,
)  # fmt: skip


def suite(name: str) -> Suite:
    """The suite of that name."""
    return next(suite for suite in SUITES if suite.name == name)


def chosen(names: Iterable[str]) -> list[tuple[Suite, Spec]]:
    """The specs that `names` name (SUITE or SUITE/SPEC), in the order of the registry; all of them without names.

    Raises UsageError for a name that there is not.
    """
    wanted = list(names)
    known = [name for suite in SUITES for name in (suite.name, *(f"{suite.name}/{spec.name}" for spec in suite.specs))]
    for name in wanted:
        if name not in known:
            raise UsageError(_unknown(name, known))
    return [
        (suite, spec)
        for suite in SUITES
        for spec in suite.specs
        if not wanted or suite.name in wanted or f"{suite.name}/{spec.name}" in wanted
    ]


def _unknown(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return f"There is no benchmark called {name!r}.{hint} There are: {', '.join(known)}."
