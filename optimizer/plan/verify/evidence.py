"""What the checks look at: a plan's tables, its scenario's facts, the ledger, and what counts as equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts, Ledger
from optimizer.plan.ledger.dated import attach, day_numbers
from optimizer.plan.ledger.ledger import LINES, shared_entries
from optimizer.plan.verify.finding import TOLD, Finding
from optimizer.plan.verify.totals import Totals

#: Units, m3 or kg that count as nothing.
NOTHING = 1e-4
#: What a whole number may be off.
WHOLE = 1e-5


@dataclass(frozen=True)
class Evidence:
    """A plan's tables (clean: known keys, numbers) beside what the ledger makes of them.

    A slice has the tables of some SKUs, and those that SKUs share are empty, unless it has all SKUs; at the end comes
    what is shared, with no SKU but with the `totals` of all slices. `skus`: all of the catalogue, in order. `tolerance`
    is relative to the size of what is compared.
    """

    tables: Mapping[str, pd.DataFrame]
    bound: float
    facts: Facts
    ledger: Ledger
    totals: Totals
    skus: pd.Index
    tolerance: float

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    @cached_property
    def costs(self) -> dict[str, float]:
        """Amount of each cost line as the ledger finds it, from the totals and from what SKUs share."""
        totals, events = self.totals, self.ledger.events
        shared = shared_entries(self.facts, events, totals.loaded, self["overflow"], totals.landed)
        found = self.totals.costs | {line: float(table["amount"].astype(float).sum()) for line, table in shared.items()}
        return {line: found[line] for line in LINES}

    @cached_property
    def departing(self) -> pd.DataFrame:
        """Day number of each departure: lane, period, day."""
        departures = self.facts.departures
        return departures[["lane", "period"]].assign(day=day_numbers(departures["departs_on"]))

    @cached_property
    def bracketed(self) -> pd.DataFrame:
        """Rows of `charged` with their bracket: `rate` (NaN if there is none) and `least`.

        `choice` tells whether the table has breaks or a minimum.
        """
        rows = self["charged"].merge(self.departing, on=["lane", "period"])
        keys = ["lane", "basis", "period"]
        wanted = rows[[*keys, "day"]].drop_duplicates()
        found = attach(wanted, self.facts.brackets, ["lane", "basis"], wanted["day"].to_numpy())
        found = found[[*keys, "from_quantity", "rate", "least"]]
        choice = found.groupby(keys).agg(count=("least", "size"), most=("least", "max")).reset_index()
        choice = choice.assign(choice=(choice["count"] > 1) | (choice["most"] > 0))[[*keys, "choice"]]
        rows = rows[rows["charged"] > NOTHING].merge(found, on=[*keys, "from_quantity"], how="left")
        return rows.merge(choice, on=keys, how="left")

    def departs_now(self, rows: pd.DataFrame) -> np.ndarray:
        """Rows (lane, period) of departures that leave within the commit window; all of them with one path."""
        if len(self.ledger.paths) == 1:
            return np.ones(len(rows), dtype=bool)
        until = self.facts.first + self.facts.scenario.settings.committed_days
        soon = self.departing[self.departing["day"] < until]
        leaving = pd.MultiIndex.from_frame(soon[["lane", "period"]].astype(object))
        return np.asarray(pd.MultiIndex.from_frame(rows[["lane", "period"]].astype(object)).isin(leaving))

    def exceeds(self, amount: Any, limit: Any) -> np.ndarray:
        """Where `amount` is above `limit` by more than the tolerance; NaN counts as above."""
        amount, limit = np.asarray(amount, dtype=float), np.asarray(limit, dtype=float)
        return ~(amount <= limit + NOTHING + self.tolerance * np.abs(limit))

    def differs(self, one: Any, other: Any) -> np.ndarray:
        """Where two amounts differ by more than the tolerance; NaN differs from everything."""
        return self.exceeds(one, other) | self.exceeds(other, one)


def tell(rule: str, rows: pd.DataFrame, sentence: str, by: Sequence[str] = ("row",)) -> list[Finding]:
    """One sentence for each row, its columns filled in; the first ones in words, the rest as a number.

    `by`: columns that the rows are in the order of, in any slice and in the whole; `row` is that of the plan's table.
    """
    if rows.empty:  # as it nearly always is, and a table costs more than all else here
        return [Finding(rule, 0)]
    told = [
        (tuple(row.get(name, 0) for name in by), f"{rule}: {sentence.format(**row)}.")
        for row in rows.head(TOLD).to_dict("records")
    ]
    return [Finding(rule, len(rows), tuple(told))]


def compared(one: pd.DataFrame, other: pd.DataFrame, keys: list[str], value: str = "units") -> pd.DataFrame:
    """Two tables side by side: the keys, `claimed` (of `one`) and `found` (of `other`), 0 where a row is missing."""
    left = one[[*keys, value]].astype(dict.fromkeys(keys, object)).rename(columns={value: "claimed"})
    right = other[[*keys, value]].astype(dict.fromkeys(keys, object)).rename(columns={value: "found"})
    return left.merge(right, on=keys, how="outer").fillna({"claimed": 0.0, "found": 0.0})
