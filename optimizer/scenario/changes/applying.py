"""A scenario as it is after a what-if."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.changes.adding import rows_added
from optimizer.scenario.changes.cells import changed, wrong
from optimizer.scenario.changes.change import Addition, Change, Removal, WhatIf
from optimizer.scenario.changes.grammar import SETTINGS, Unreadable
from optimizer.scenario.changes.selecting import rows_of
from optimizer.scenario.changes.settings import settings_after
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA

#: Tells every rule that a scenario breaks.
Check = Callable[[Scenario], list[Problem]]


@dataclass
class _Cells:
    """Which cells changes have touched, and which of them were set to a value."""

    touched: dict[tuple[str, str], dict[object, Change]]

    def touch(self, change: Change, labels: pd.Index) -> None:
        """Note a change. Raises Unreadable where a cell is set that another change touches, unless to the same."""
        before = self.touched.setdefault((change.selector.table, change.column), {})
        for label in labels:
            other = before.setdefault(label, change)
            same = (other.operation, other.word) == (change.operation, change.word)
            if other is not change and "=" in (other.operation, change.operation) and not same:
                rule = f"it contradicts another change of the same cell: {other.text}"
                raise wrong(change, rule, "Keep one of them, or choose other rows")


def applied(what_if: WhatIf, scenario: Scenario, check: Check) -> tuple[Scenario | None, list[Problem]]:
    """The changed scenario, or None and all that is wrong: with the changes, or with what they leave, by `check`.

    Rows keep their labels until the check has told the rows of the base by them.
    """
    problems: list[Problem] = []
    cells = _Cells({})
    first_new = {name: (int(table.index.max()) + 1 if len(table) else 0) for name, table in scenario.tables.items()}
    made = scenario
    for step in _steps(what_if, cells, first_new):
        try:
            made = step(made)
        except Unreadable as error:
            problems.append(error.problem)
    if problems:
        return None, problems
    if found := check(made):
        return None, [_of(problem, what_if, first_new) for problem in found]
    return made.with_tables(**{name: table.reset_index(drop=True) for name, table in made.tables.items()}), []


def _steps(what_if: WhatIf, cells: _Cells, first_new: dict[str, int]) -> Iterator[Callable[[Scenario], Scenario]]:
    yield from (partial(_without, removal) for removal in what_if.removals)
    yield from (partial(_with, change, cells) for change in what_if.changes)
    yield from (partial(_more, addition, first_new) for addition in what_if.additions)


def _without(removal: Removal, scenario: Scenario) -> Scenario:
    rows, table = rows_of(removal.selector, scenario, removal.text, removal.place), removal.selector.table
    return scenario.with_tables(**{table: scenario[table][~rows]})


def _with(change: Change, cells: _Cells, scenario: Scenario) -> Scenario:
    if change.selector.table == SETTINGS:
        cells.touch(change, pd.Index([0]))
        return replace(scenario, settings=settings_after(change, scenario.settings))
    table, column = scenario[change.selector.table], SCHEMA[change.selector.table].by_name[change.column]
    if not column.used:
        raise wrong(change, f"the model does not use {column.name} yet", "Change something else")
    rows = rows_of(change.selector, scenario, change.text, change.place)
    cells.touch(change, table.index[rows])
    now = table[column.name].copy()
    now[rows] = changed(change, column, now[rows])
    return scenario.with_tables(**{change.selector.table: table.assign(**{column.name: now})})


def _more(addition: Addition, first_new: dict[str, int], scenario: Scenario) -> Scenario:
    rows, table = rows_added(addition, scenario), addition.table
    there = scenario[table]
    start = max(first_new[table], int(there.index.max()) + 1 if len(there) else 0)
    rows = rows.set_axis(pd.RangeIndex(start, start + len(rows)))
    return scenario.with_tables(**{table: pd.concat([there, rows]) if len(there) else rows})


def _of(problem: Problem, what_if: WhatIf, first_new: dict[str, int]) -> Problem:
    """A problem of the changed scenario, with the what-if and the change that may be to blame."""
    added = problem.row >= 2 and problem.row - 2 >= first_new.get(problem.table, problem.row)
    row = problem.row - 1 - first_new[problem.table] if added else problem.row
    name = f"what-if {what_if.name!r}, {'added ' if added else ''}{problem.table}"
    to_blame = [change.text for change in what_if.changes
                if (change.selector.table, change.column) == (problem.table, problem.column)]  # fmt: skip
    remedy = f"{problem.remedy}; see {'; '.join(to_blame[:2])}" if to_blame else problem.remedy
    return replace(problem, table=name, row=row, remedy=remedy)
