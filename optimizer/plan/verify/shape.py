"""Are the plan's tables whole: columns, numbers, known keys, no row twice?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.cover import Cover
from optimizer.plan.plan import PLAN_TABLES
from optimizer.plan.verify.evidence import NOTHING, tell

#: Columns that hold amounts; all others are keys.
AMOUNTS = ("units", "cases", "containers", "charged", "volume_m3", "amount")
#: Keys that count something, from 0.
COUNTS = ("period", "bucket", "from_age_days")


def cleaned(tables: Mapping[str, pd.DataFrame], facts: Facts) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """The plan's tables with typed columns, and what is wrong with them; they can be used if nothing is."""
    clean, wrong = {}, []
    known = _known(facts)
    for name, columns in PLAN_TABLES.items():
        if name not in tables or set(columns) - set(tables[name].columns):
            wrong.append(f"tables: {name} must be there, with columns {', '.join(columns)}.")
            continue
        table = _typed(tables[name], columns)
        keys = [column for column in columns if column not in AMOUNTS]
        wrong += _amounts(name, table) + _keys(name, table, keys, known) + _twice(name, table, keys)
        clean[name] = table
    return (clean, wrong) if wrong else ({name: _whole(table) for name, table in clean.items()}, [])


def _typed(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    typed = {}
    for column in columns:
        if column in AMOUNTS or column in COUNTS or column == "from_quantity":
            typed[column] = pd.to_numeric(table[column], errors="coerce").astype(float)
        else:
            typed[column] = table[column].astype(object)
    return pd.DataFrame(typed).reset_index(drop=True)


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype({column: np.int64 for column in COUNTS if column in table.columns})


def _known(facts: Facts) -> dict[str, set]:
    return {
        "lane": set(facts.lanes.index),
        "sku": set(facts.goods.index),
        "location": set(facts.locations.index),
        "region": set(facts.regions.index),
        "basis": {"kg", "m3"},
        "kind": {"storage", "receiving"},
        "container_type": set(facts.scenario["container_types"]["container_type"]),
        "period": set(range(facts.periods)),
        "bucket": set(range(len(Cover(facts).edges) - 1)),
    }


def _amounts(name: str, table: pd.DataFrame) -> list[str]:
    wrong = []
    for column in [column for column in table.columns if column in AMOUNTS and column != "cases"]:
        values = table[column].to_numpy()
        bad = ~np.isfinite(values) | ((values < -NOTHING) & (name != "costs"))
        wrong += tell("numbers", _named(name, table[bad]), "{table} has " + column + " = {" + column + ":g} at {place}")
    return wrong


def _keys(name: str, table: pd.DataFrame, keys: list[str], known: dict[str, set]) -> list[str]:
    wrong = []
    for key in keys:
        if key in known:
            bad = ~table[key].isin(known[key])
        elif key in COUNTS or key == "from_quantity":
            bad = ~((table[key] >= 0) & np.isfinite(table[key]) & ((table[key] % 1 == 0) | (key == "from_quantity")))
        else:
            continue
        wrong += tell(
            "known keys", _named(name, table[bad]), "{table} names " + key + " {" + key + "!r}, which does not exist"
        )
    return wrong


def _twice(name: str, table: pd.DataFrame, keys: list[str]) -> list[str]:
    return tell(
        "no row twice", _named(name, table[table.duplicated(keys)]), "{table} has more than one row for {place}"
    )


def _named(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return rows
    keys = rows[[column for column in rows.columns if column not in AMOUNTS]]
    return rows.assign(table=name, place=[", ".join(map(str, row)) for row in keys.itertuples(index=False)])
