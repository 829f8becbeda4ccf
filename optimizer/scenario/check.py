"""All rules that a scenario's tables must keep, and the list of those that they break."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.checks.columns import IDENTITY, VALUES, Checked
from optimizer.scenario.checks.shape import check_shape
from optimizer.scenario.checks.sound import sound, unspoilt
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA, TABLES

Bad = Mapping[str, Mapping[str, np.ndarray]]

#: Rules between rows and between tables.
CHECKS: tuple[Callable[[Scenario], Iterator[Problem]], ...] = ()


def problems(scenario: Scenario, bad: Bad | None = None, spoilt: frozenset[str] = frozenset()) -> list[Problem]:
    """Every rule that the tables break, with rows as in a file (the label in the index + 2).

    `spoilt` names tables that could not be read at all, `bad` tells by table and column which cells could not be
    read. Rules pass over those, and a rule between tables is left out where one of its tables is not sound, so that
    one mistake is reported once.
    """
    if wrong := list(check_shape(scenario)):
        return wrong
    bad = bad or {}
    unsound = set(spoilt) | {name for name, columns in bad.items() if any(cells.any() for cells in columns.values())}
    known = {table.name: _known(scenario, table.name, bad, spoilt) for table in TABLES}
    found: list[Problem] = []
    for table in TABLES:
        checked = Checked(table, scenario[table.name], bad.get(table.name, {}), known)
        broken = [problem for check in IDENTITY for problem in check(checked)]
        unsound |= {table.name} if broken else set()
        found += broken
        found += [problem for check in VALUES for problem in check(checked)]
    guarded = sound(scenario, unsound)
    return found + [problem for check in CHECKS for problem in unspoilt(check, guarded)]


def _known(scenario: Scenario, table: str, bad: Bad, spoilt: frozenset[str]) -> pd.Series | None:
    """The keys of a table with a single key column; None where they cannot be trusted."""
    key = SCHEMA[table].key
    doubtful = table in spoilt or len(key) > 1 or bad.get(table, {}).get(key[0], np.zeros(1, dtype=bool)).any()
    return None if doubtful else scenario[table][key[0]]
