"""What a nightly run is asked for, whom it tells how it stands, and what it comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from optimizer.forecast.paths.sample import without_paths
from optimizer.nightly.record import Run
from optimizer.scenario.database_address import database_address, is_address, shown
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.solver import Progress


@dataclass(frozen=True)
class Request:
    """`source`: folder, workbook or address of a database; `night`: in place of the one that the clock says; `again`:
    plan although the night has a plan of the same input; `wait`: seconds for another run to end. `solve` and `fresh`:
    settings of the sections [solve] and [nightly] that come before those of the scenario. `notify`: a file that says
    where alerts are sent; `reasons`: seconds to find out why the plan differs from the last one.
    """

    source: str
    store: str
    night: dt.date | None = None
    again: bool = False
    wait: float = 5.0
    solver: str = "highs"
    method: str = "auto"
    cluster: str | None = None
    language: str | None = None
    notify: str | None = None
    reasons: float = 30.0
    solve: Mapping[str, Any] = field(default_factory=dict)
    fresh: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source_shown(self) -> str:
        """The source without a password."""
        return shown(database_address(self.source)) if is_address(self.source) else self.source

    def settled(self, scenario: Scenario) -> Scenario:
        """The scenario with the settings that were asked for."""
        settings, paths = scenario.settings, len(scenario["paths"])
        if self.solve.get("paths", paths) != paths:
            scenario = without_paths(scenario)  # other ones are drawn
        solve, fresh = replace(settings.solve, **self.solve), replace(settings.nightly, **self.fresh)
        return replace(scenario, settings=replace(settings, solve=solve, nightly=fresh))


class Listener(Protocol):
    """Hears how a run stands; `stop` is true once the search shall end with the best plan so far."""

    stop: bool

    def stage(self, name: str) -> None:
        """A stage begins."""

    def watch(self, progress: Progress) -> bool:
        """The search has moved on; true ends it."""

    def note(self, text: str) -> None:
        """Something that somebody should know, though the run goes on."""


@dataclass(frozen=True)
class Outcome:
    """The run whose plan is in force now, whether it was made by this command, and what was noted on the way."""

    run: Run
    made: bool
    notes: tuple[str, ...]
