"""What the checks look at: a plan's tables, its scenario's facts, the ledger, and what counts as equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts, Ledger

#: Units, m3 or kg that count as nothing.
NOTHING = 1e-4
#: What a whole number may be off.
WHOLE = 1e-5
#: Violations of one rule that are told one by one.
TOLD = 10


@dataclass(frozen=True)
class Evidence:
    """A plan's tables (clean: known keys, numbers) beside what the ledger makes of them.

    `tolerance` is relative to the size of what is compared.
    """

    tables: Mapping[str, pd.DataFrame]
    bound: float
    facts: Facts
    ledger: Ledger
    tolerance: float

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    def exceeds(self, amount: Any, limit: Any) -> np.ndarray:
        """Where `amount` is above `limit` by more than the tolerance; NaN counts as above."""
        amount, limit = np.asarray(amount, dtype=float), np.asarray(limit, dtype=float)
        return ~(amount <= limit + NOTHING + self.tolerance * np.abs(limit))

    def differs(self, one: Any, other: Any) -> np.ndarray:
        """Where two amounts differ by more than the tolerance; NaN differs from everything."""
        return self.exceeds(one, other) | self.exceeds(other, one)


def tell(rule: str, rows: pd.DataFrame, sentence: str) -> list[str]:
    """One sentence for each row, its columns filled in; the first ones in words, the rest as a number."""
    if rows.empty:
        return []
    told = [f"{rule}: {sentence.format(**row)}." for row in rows.head(TOLD).to_dict("records")]
    return told + ([f"{rule}: and {len(rows) - TOLD} more."] if len(rows) > TOLD else [])


def compared(one: pd.DataFrame, other: pd.DataFrame, keys: list[str], value: str = "units") -> pd.DataFrame:
    """Two tables side by side: the keys, `claimed` (of `one`) and `found` (of `other`), 0 where a row is missing."""
    left = one[[*keys, value]].astype(dict.fromkeys(keys, object)).rename(columns={value: "claimed"})
    right = other[[*keys, value]].astype(dict.fromkeys(keys, object)).rename(columns={value: "found"})
    return left.merge(right, on=keys, how="outer").fillna({"claimed": 0.0, "found": 0.0})
