"""The verdict on a plan: every rule that it breaks, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add

import pandas as pd

from optimizer.plan.ledger import Facts, Ledger, planned, play
from optimizer.plan.ledger.cover import Cover
from optimizer.plan.ledger.events import nothing
from optimizer.plan.ledger.expected import expected, facts_of
from optimizer.plan.ledger.slices import AT_ONCE, Slice, dealt
from optimizer.plan.plan import PATH_TABLES, Plan, plan_tables
from optimizer.plan.verify import ending, keeping, keys, money, ordering, paths, serving, shipping
from optimizer.plan.verify.evidence import Evidence
from optimizer.plan.verify.finding import Finding, all_together
from optimizer.plan.verify.shape import cleaned, missing_columns
from optimizer.plan.verify.totals import Totals, totals

#: Every check, in the order in which violations are told.
CHECKS = (
    *keys.CHECKS,
    *serving.CHECKS,
    *ordering.CHECKS,
    *shipping.CHECKS,
    *keeping.CHECKS,
    *ending.CHECKS,
    *paths.CHECKS,
    *money.CHECKS,
)

#: Checks of what SKUs come to together; all others look at each SKU, or at a row of a table, by itself.
OF_TOTALS = frozenset({ordering.supplier_minimum, *shipping.CHECKS, keeping.capacity, *money.CHECKS})


def verify(plan: Plan, tolerance: float = 1e-6, at_once: int = AT_ONCE) -> tuple[str, ...]:
    """Every rule that a plan breaks and every cost line that does not add up; empty for a plan to be trusted.

    `tolerance` is relative: to the amounts compared, and for money to the sum of all cost lines (at least a cent).
    A plan whose tables cannot be read (missing columns, unknown keys, no numbers) is told so, and nothing else.
    The plan is looked at slice by slice, `at_once` SKUs together, so that memory is set by the slice; the verdict does
    not depend on it.
    """
    return _Witness(plan, tolerance, at_once).verdict()


class _Witness:
    """Looks at one slice after the other, then at what they come to."""

    def __init__(self, plan: Plan, tolerance: float, at_once: int) -> None:
        self._plan, self._tolerance, self._at_once = plan, tolerance, at_once
        self._facts = facts_of(plan.scenario)
        self._buckets = len(Cover(self._facts).edges) - 1
        self._names = plan_tables(plan.scenario)
        self._missing = missing_columns(plan.tables, self._names)
        self._shapes: dict[str, list[list[Finding]]] = {name: [] for name in self._names}
        self._found: list[list[list[Finding]]] = [[] for _ in CHECKS]
        self._totals: list[Totals] = []

    def verdict(self) -> tuple[str, ...]:
        """Looks at everything."""
        whole = {name for name, gone in zip(self._names, self._missing, strict=True) if not gone.count}
        there = {name: self._plan[name] for name in self._names if name in whole}
        shared = {name: table.reset_index(drop=True) for name, table in there.items() if "sku" not in table.columns}
        parts = dealt({name: there[name] for name in there if name not in shared}, self._facts, self._at_once)
        # Where one slice has all SKUs, what they share is looked at beside them, and nothing is left for the end.
        at_once = len(self._facts.goods.index) <= self._at_once
        if at_once:
            self._look_at(next(parts), shared)
        for part in parts:
            self._look_at(part)
        if not at_once:
            self._look_at_shared(shared)
        if self._spoilt():
            return tuple(self._shape_sentences())
        return tuple(sentence for found in self._found for sentence in all_together(found))

    def _look_at(self, part: Slice, shared: Mapping[str, pd.DataFrame] | None = None) -> None:
        """The checks of a slice; with what SKUs share where it has all of them, those of totals as well."""
        tables = self._clean(part.facts, {**part.tables, **(shared or {})})
        if not self._spoilt():
            empty = {name: nothing(name).assign(row=0) for name in self._names if name not in tables}
            ledger = self._ledger(part.facts, tables | empty)
            self._totals.append(totals(ledger))
            self._check(part.facts, tables | empty, ledger, of_totals=shared is not None)

    def _look_at_shared(self, shared: Mapping[str, pd.DataFrame]) -> None:
        nobody = self._facts.only([])
        tables = self._clean(nobody, shared)
        if not self._spoilt():
            tables |= {name: nothing(name).assign(row=0) for name in self._names if name not in tables}
            ledger = self._ledger(nobody, tables)
            self._totals = [reduce(add, self._totals, totals(ledger))]
            self._check(nobody, tables, ledger, of_totals=True)

    def _check(self, facts: Facts, tables: dict[str, pd.DataFrame], ledger: Ledger, *, of_totals: bool) -> None:
        """A slice has nothing to say of totals; the end has no SKUs, but what they share may be wrong by itself."""
        case = Evidence(
            tables, self._plan.bound, facts, ledger, self._totals[-1], self._facts.goods.index, self._tolerance
        )
        over_paths = paths.over_paths(case)
        for check, found in zip(CHECKS, self._found, strict=True):
            if of_totals or check not in OF_TOTALS:
                by_path = over_paths is not None and check not in OF_TOTALS and check not in paths.CHECKS
                found.append(over_paths.check(check) if over_paths and by_path else check(case))

    def _ledger(self, facts: Facts, tables: dict[str, pd.DataFrame]) -> Ledger:
        plan = self._plan
        if set(PATH_TABLES) <= set(self._names):
            return expected(facts, tables)
        return play(facts, planned(Plan(facts.scenario, tables, plan.bound, plan.status, plan.solver), facts))

    def _clean(self, facts: Facts, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        clean, wrong = cleaned(tables, facts, self._buckets)
        for name, found in wrong.items():
            self._shapes[name].append(found)
        return clean

    def _spoilt(self) -> bool:
        of_shapes = (one.count for parts in self._shapes.values() for found in parts for one in found)
        return any(gone.count for gone in self._missing) or any(of_shapes)

    def _shape_sentences(self) -> list[str]:
        told = []
        for name, gone in zip(self._names, self._missing, strict=True):
            told += gone.sentences() + all_together(self._shapes[name])
        return told
