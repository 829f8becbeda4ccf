"""Dated tables that change within the time that a plan speaks of, and what they were before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.facts import COMMON

#: A day after everything.
NEVER = 10**7


def changes(facts: Facts, table: str, keys: Sequence[str], last: int) -> Iterator[tuple[int, int, Facts]]:
    """Each day after the first until `last` on which rows of a table take the place of others with equal keys.

    Yields the day number, that of the next change (`NEVER` if there is none), and the facts without the rows of that
    day: what would hold if nothing changed. Rows that take nobody's place stay.
    """
    rows = facts.scenario[table]
    days = day_numbers(rows["valid_from"])
    first = rows.assign(day=days).groupby(list(keys))["day"].transform("min").to_numpy()
    replaces = days > np.maximum(first, facts.first)
    ahead = np.unique(days[replaces & (days <= last)])
    for day, until in zip(ahead, np.append(ahead, NEVER)[1:], strict=True):
        yield int(day), int(until), _without(facts, table, replaces & (days == day))


def _without(facts: Facts, table: str, gone: np.ndarray) -> Facts:
    before = Facts(facts.scenario.with_tables(**{table: facts.scenario[table][~gone]}))
    before.__dict__.update({name: getattr(facts, name) for name in (*COMMON, "offers", "goods", "prices")})
    return before
