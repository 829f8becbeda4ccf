"""Two plans of the same seller compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.plan.diff.lines import side_by_side, still_to_come, within_both
from optimizer.plan.diff.moves import LEAST, moves
from optimizer.plan.ledger import Ledger

#: Every kind of change of a line, in the order of reports.
KINDS = ("new", "gone", "more", "less", "earlier", "later", "other_mode", "other_warehouse", "other_source")


@dataclass(frozen=True)
class Diff:
    """What the new plan has otherwise than the old one.

    `lines`: kind, sku, units, money (purchase, freight, handling and duty of the units after less before), lane_before,
    departs_before, period_before, lane, departs_on, period (of the new calendar, -1: none), place (destination); the
    dearest first. `costs`: line, before, after. `lost`: region, sku, before, after (units lost in days of both), money
    (what they cost after less before); the dearest first. `same`: lines that both have alike; `done`: units that were
    decided since; `beyond`: units that the new plan ships after the old one's end, or that one of both, for several
    sample paths, has not settled yet.
    """

    lines: pd.DataFrame
    costs: pd.DataFrame
    lost: pd.DataFrame
    same: int
    done: float
    beyond: float

    @property
    def counts(self) -> dict[str, int]:
        """Changed lines by kind; kinds without any are left out."""
        found = self.lines["kind"].value_counts()
        return {kind: int(found[kind]) for kind in KINDS if kind in found}


def diff(old: Ledger, new: Ledger) -> Diff:
    """Compare the ledgers of two plans: `old` of the last night, `new` of tonight."""
    before, done = still_to_come(old, new)
    after, beyond = within_both(old, new)
    both = side_by_side(before, after)
    found = moves(both)
    found = found.assign(departs_before=_dates(found["day_before"]), departs_on=_dates(found["day"]))
    order = found.assign(size=-found["money"].abs()).sort_values(["size", "sku", "kind"], kind="stable").index
    found = found.drop(columns=["day_before", "day"]).loc[order].reset_index(drop=True)
    same = int(((both["after"] - both["before"]).abs() <= LEAST).sum())
    return Diff(found, _costs(old, new), _lost(old, new), same, done, beyond)


def _costs(old: Ledger, new: Ledger) -> pd.DataFrame:
    lines = [line for line in new.costs if abs(old.costs[line]) + abs(new.costs[line]) > 0.005]
    before, after = ([float(ledger.costs[line]) for line in lines] for ledger in (old, new))
    return pd.DataFrame({"line": lines, "before": before, "after": after})


def _lost(old: Ledger, new: Ledger) -> pd.DataFrame:
    """Units lost by region and SKU, and their money, in the days that both plans speak of."""
    keys, first, end = ["region", "sku"], new.facts.first, min(old.facts.end, new.facts.end)
    parts = []
    for name, ledger in (("before", old), ("after", new)):
        rows, starts, days = ledger.entries["lost_sales"], ledger.facts.starts, ledger.facts.calendar.days
        inside = np.clip(np.minimum(starts + days, end) - np.maximum(starts, first), 0, None) / days
        shares = inside[rows["period"].to_numpy(dtype=np.int64)]
        rows = rows.assign(**{name: rows["units"] * shares, f"money_{name}": rows["amount"] * shares})
        parts.append(rows.astype(dict.fromkeys(keys, object)).groupby(keys)[[name, f"money_{name}"]].sum())
    both = pd.concat(parts, axis=1).fillna(0.0).reset_index()
    both = both.assign(money=both["money_after"] - both["money_before"])[[*keys, "before", "after", "money"]]
    changed = both[(both["after"] - both["before"]).abs() > 0.05]
    order = changed["money"].abs().sort_values(ascending=False, kind="stable").index
    return changed.loc[order].reset_index(drop=True)


def _dates(days: pd.Series) -> np.ndarray:
    known = np.asarray(days, dtype=np.int64)
    dates = known.astype("datetime64[D]").astype("datetime64[ns]")
    return np.where(known >= 0, dates, np.datetime64("NaT", "ns"))
