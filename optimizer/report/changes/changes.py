"""What a report tells of two plans compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from optimizer.plan.diff import Cause, Diff, Why
from optimizer.plan.plan import Plan


@dataclass(frozen=True)
class Changes:
    """A diff of two plans and why there is one. `names`: what the old and the new plan are called, None where they go
    by their dates alone.
    """

    old: Plan
    new: Plan
    diff: Diff
    why: Why = field(default_factory=Why)
    names: tuple[str, str] | None = None

    @property
    def parts(self) -> pd.DataFrame | None:
        """The reasons in money, as `Why.parts` has them."""
        return self.why.parts

    @property
    def lines(self) -> pd.DataFrame:
        """The lines of the diff with `reason` and `reason_level` ("" where none is known)."""
        return _with_causes(self.diff.lines, self.why.lines)

    @property
    def lost(self) -> pd.DataFrame:
        """The lost sales of the diff with `reason` and `reason_level` ("" where none is known)."""
        return _with_causes(self.diff.lost, self.why.lost)


def _with_causes(rows: pd.DataFrame, causes: Sequence[Cause]) -> pd.DataFrame:
    told = causes or [Cause("")] * len(rows)
    columns = {"reason": [cause.reason for cause in told], "reason_level": [cause.level for cause in told]}
    return rows.assign(**{name: pd.Series(values, index=rows.index, dtype=object) for name, values in columns.items()})
