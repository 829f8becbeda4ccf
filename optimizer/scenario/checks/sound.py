"""Tables of which some cannot be trusted: a rule that looks at one of those ends without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings import Settings


class Spoilt(Exception):
    """A rule looked at a table or setting that is broken; what is wrong with it has been reported already."""


class SoundTables(dict[str, pd.DataFrame]):
    """The tables of a scenario; those that are spoilt raise Spoilt."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], spoilt: set[str]) -> None:
        super().__init__(tables)
        self._spoilt = spoilt

    def __getitem__(self, table: str) -> pd.DataFrame:
        if table in self._spoilt:
            raise Spoilt(table)
        return super().__getitem__(table)


class NoSettings:
    """Stands for settings that could not be read."""

    def __getattr__(self, name: str) -> object:
        raise Spoilt(name)


def sound(settings: Settings | None, tables: Mapping[str, pd.DataFrame], spoilt: set[str]) -> Scenario:
    """A scenario in which a look at a spoilt table or at missing settings raises Spoilt."""
    return Scenario(settings or NoSettings(), SoundTables(tables, spoilt))  # type: ignore[arg-type]


def unspoilt(check: Callable[[Scenario], Iterator[Problem]], scenario: Scenario) -> Iterator[Problem]:
    """What a rule reports, as far as it comes without a look at something spoilt."""
    try:
        yield from check(scenario)
    except Spoilt:
        return
