"""What tonight takes over from the plan in force: shipments of the next days are held, and changes have a price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from optimizer import solve
from optimizer.errors import Refused
from optimizer.forecast.paths import with_delays
from optimizer.nightly.words import sentence
from optimizer.plan.fence import fence, with_locks
from optimizer.scenario.scenario import Scenario

#: Shipments that are named where the last plan cannot be held.
MOST_NAMED = 3


def priced(scenario: Scenario, shipped: pd.DataFrame) -> Scenario:
    """The scenario with what the plan in force ships as its `last_plan`, where `change_rate` says that changes cost
    something. A `last_plan` of its own comes before it; lanes and SKUs that are gone are left out.
    """
    if scenario.settings.change_rate <= 0 or len(scenario["last_plan"]):
        return scenario
    known = shipped["lane"].isin(scenario["lanes"]["lane"]) & shipped["sku"].isin(scenario["skus"]["sku"])
    rows = shipped[known & (shipped["units"] > 0)]
    rows = rows.astype({"lane": object, "sku": object}).groupby(["lane", "sku", "departs_on"], as_index=False)
    table = rows["units"].sum().assign(note="")
    empty = scenario["last_plan"]
    return scenario.with_tables(last_plan=table[list(empty.columns)].astype(empty.dtypes.to_dict()))


def held(scenario: Scenario, shipped: pd.DataFrame, note: Callable[[str], None], language: str = "en") -> Scenario:
    """The scenario with what the plan in force ships within `frozen_days` as locks; what cannot be held is noted, in a
    language.

    Raises Refused.
    """
    if not scenario.settings.frozen_days:
        return scenario
    if problems := solve.check(scenario):
        raise Refused(problems)
    found = fence(with_delays(scenario), shipped)
    for text in _lacking(found.lacking, language):
        note(text)
    kept = _possible(scenario, found.locks)
    gone = found.locks.drop(index=kept.index)
    if len(gone):
        note(sentence("not_held", language, count=len(gone), named=_named(gone, language)))
    return with_locks(scenario, kept)


def _possible(scenario: Scenario, locks: pd.DataFrame) -> pd.DataFrame:
    """Those of the locks that a plan can keep. A check names the first rows that break a rule and counts the others,
    and looks for some rules only where no other one is broken: so this looks again until nothing is wrong.
    """
    own = len(scenario["locks"])
    while wrong := [one for one in solve.check(with_locks(scenario, locks)) if one.table == "locks"]:
        places = {one.row - 2 - own for one in wrong} & set(range(len(locks)))
        locks = locks.drop(index=locks.index[sorted(places)]) if places else locks.iloc[:0]
    return locks


def unfenced(scenario: Scenario) -> Scenario:
    """The scenario without its fence."""
    return replace(scenario, settings=replace(scenario.settings, frozen_days=0))


def _lacking(rows: pd.DataFrame, language: str) -> list[str]:
    if rows.empty:
        return []
    first = rows[["held", "units", "sku", "lane"]].head(MOST_NAMED).to_dict("records")
    told = ", ".join(sentence("lacking_line", language, **row) for row in first)  # type: ignore[misc]
    return [sentence("lacking", language, told=told, more=_more(len(rows), language))]


def _named(locks: pd.DataFrame, language: str) -> str:
    told = [f"{row.sku} on {row.lane}, {row.date:%Y-%m-%d}" for row in locks.head(MOST_NAMED).itertuples()]
    return "; ".join(told) + _more(len(locks), language)


def _more(count: int, language: str) -> str:
    return sentence("and_more", language, count=count - MOST_NAMED) if count > MOST_NAMED else ""
