"""Are the plan's tables whole: columns, numbers, known keys, no row twice?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts
from optimizer.plan.plan import PATH_TABLES, PLAN_TABLES
from optimizer.plan.verify.evidence import NOTHING, tell
from optimizer.plan.verify.finding import Finding, said

#: Columns that hold amounts; all others are keys.
AMOUNTS = ("units", "cases", "containers", "charged", "volume_m3", "amount")
#: Keys that count something, from 0.
COUNTS = ("path", "period", "bucket", "from_age_days")


def missing_columns(tables: Mapping[str, pd.DataFrame], named: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    """Tables that are not there or not whole, a finding for each table that a plan must have, with its columns."""
    found = []
    for name, columns in named.items():
        bare = name not in tables or set(columns) - set(tables[name].columns)
        text = f"tables: {name} must be there, with columns {', '.join(columns)}."
        found.append(said("tables", [text] if bare else []))
    return found


def cleaned(
    tables: Mapping[str, pd.DataFrame], facts: Facts, buckets: int
) -> tuple[dict[str, pd.DataFrame], dict[str, list[Finding]]]:
    """Tables of a plan with typed columns and their `row` in the plan, and by table what is wrong with them.

    They can be used if nothing is. `facts`: of their SKUs; `buckets`: how many there are of demand after the horizon.
    """
    clean, wrong = {}, {}
    known = _known(facts, buckets)
    for name, table in tables.items():
        columns = (PLAN_TABLES | PATH_TABLES)[name]
        clean[name] = _typed(table, columns)
        keys = [column for column in columns if column not in AMOUNTS]
        wrong[name] = [
            *_amounts(name, clean[name]), *_keys(name, clean[name], keys, known), *_twice(name, clean[name], keys)
        ]  # fmt: skip
    if any(finding.count for found in wrong.values() for finding in found):
        return {}, wrong
    return {name: _whole(table) for name, table in clean.items()}, wrong


def _typed(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    typed: dict[str, Any] = {"row": table.index}
    for column in columns:
        if column in AMOUNTS or column in COUNTS or column == "from_quantity":
            typed[column] = pd.to_numeric(table[column], errors="coerce").astype(float).to_numpy()
        else:
            typed[column] = table[column].astype(object).to_numpy()
    return pd.DataFrame(typed)


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype({column: np.int64 for column in COUNTS if column in table.columns})


def _known(facts: Facts, buckets: int) -> dict[str, set]:
    return {
        "lane": set(facts.lanes.index),
        "sku": set(facts.goods.index),
        "location": set(facts.locations.index),
        "region": set(facts.regions.index),
        "basis": {"kg", "m3"},
        "kind": {"storage", "receiving"},
        "container_type": set(facts.scenario["container_types"]["container_type"]),
        "period": set(range(facts.periods)),
        "bucket": set(range(buckets)),
    }


def _amounts(name: str, table: pd.DataFrame) -> list[Finding]:
    wrong: list[Finding] = []
    for column in [column for column in table.columns if column in AMOUNTS and column != "cases"]:
        values = table[column].to_numpy()
        bad = ~np.isfinite(values) | ((values < -NOTHING) & (name != "costs"))
        wrong += _tell("numbers", name, table, bad, "{table} has " + column + " = {" + column + ":g} at {place}")
    return wrong


def _keys(name: str, table: pd.DataFrame, keys: list[str], known: dict[str, set]) -> list[Finding]:
    wrong: list[Finding] = []
    for key in keys:
        if key in known:
            bad = ~table[key].isin(known[key]).to_numpy()
        elif key in COUNTS or key == "from_quantity":
            values = table[key].to_numpy()
            bad = ~((values >= 0) & np.isfinite(values) & ((key == "from_quantity") | (np.floor(values) == values)))
        else:
            continue
        wrong += _tell(
            "known keys", name, table, bad, "{table} names " + key + " {" + key + "!r}, which does not exist"
        )
    return wrong


def _twice(name: str, table: pd.DataFrame, keys: list[str]) -> list[Finding]:
    twice = table.duplicated(keys).to_numpy()
    return _tell("no row twice", name, table, twice, "{table} has more than one row for {place}")


def _tell(rule: str, name: str, table: pd.DataFrame, bad: np.ndarray, sentence: str) -> list[Finding]:
    """The rows of a table that are bad, each with its place in words."""
    return tell(rule, _named(name, table[bad]), sentence) if bad.any() else [Finding(rule, 0)]


def _named(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    keys = rows[[column for column in rows.columns if column != "row" and column not in AMOUNTS]]
    return rows.assign(table=name, place=[", ".join(map(str, row)) for row in keys.itertuples(index=False)])
