"""Which duty row applies to goods that enter a customs territory."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.facts import Facts


def duty_terms(
    facts: Facts,
    kind: str,
    skus: np.ndarray,
    territory: np.ndarray,
    days: np.ndarray,
    parcel_value: np.ndarray | None = None,
) -> pd.DataFrame:
    """rate, per_item, per_entry for each SKU, territory and day number; NaN where no row applies.

    Amounts are in the scenario's currency. `parcel_value`: worth of a parcel, for rows with `from_value`.
    """
    rows = _in_order(facts, kind)
    goods = facts.goods.reindex(np.asarray(skus, dtype=object))
    made_in, codes = goods["origin_country"].to_numpy(dtype=object), goods["hs_code"].str.replace(".", "", regex=False)
    code_of, names = pd.factorize(codes)
    territory = np.asarray(territory, dtype=object)
    value = np.zeros(len(days)) if parcel_value is None else parcel_value
    rate_of = _exchange(facts, territory, days)
    chosen = np.full(len(days), -1)
    for place, row in enumerate(rows.itertuples()):
        named = np.array([str(name).startswith(row.prefix) for name in names], dtype=bool)
        match = (territory == row.customs_territory) & (days >= row.day) & named[code_of]
        match &= (made_in == row.origin_country) | (row.origin_country == "")
        chosen[match & (value >= row.from_value * rate_of - 1e-9)] = place
    return _terms(rows, chosen, rate_of)


def entry_fee(facts: Facts, territory: np.ndarray, days: np.ndarray) -> np.ndarray:
    """`per_entry` of the freight row for all goods of all origins, in the scenario's currency; 0 without such a row."""
    rows = _in_order(facts, "freight")
    rows = rows[(rows["prefix"] == "") & (rows["origin_country"] == "")]
    chosen = np.full(len(days), -1)
    for place, row in enumerate(rows.itertuples()):
        chosen[(territory == row.customs_territory) & (days >= row.day)] = place
    return np.nan_to_num(_terms(rows, chosen, _exchange(facts, territory, days))["per_entry"].to_numpy(), nan=0.0)


def _in_order(facts: Facts, kind: str) -> pd.DataFrame:
    """Rows of a kind, the weakest first: a later match wins."""
    table = facts.scenario["duty_rates"]
    rows = table[table["kind"] == kind]
    prefix = rows["hs_prefix"].str.replace(".", "", regex=False)
    rows = rows.assign(
        prefix=prefix, length=prefix.str.len(), named=rows["origin_country"] != "", day=day_numbers(rows["valid_from"])
    )
    return rows.sort_values(["length", "named", "day", "from_value"], kind="stable")


def _exchange(facts: Facts, territory: np.ndarray, days: np.ndarray) -> np.ndarray:
    countries = facts.scenario["countries"].drop_duplicates("customs_territory")
    currency = pd.Series(
        countries["currency"].to_numpy(dtype=object), index=countries["customs_territory"].to_numpy(dtype=object)
    )
    return facts.exchange(currency.reindex(territory).fillna("").to_numpy(dtype=object), days)


def _terms(rows: pd.DataFrame, chosen: np.ndarray, exchange: np.ndarray) -> pd.DataFrame:
    found = chosen >= 0
    terms = {}
    for name in ("rate", "per_item", "per_entry"):
        values = np.append(rows[name].to_numpy(dtype=float), np.nan)[chosen]
        terms[name] = np.where(found, values if name == "rate" else values * exchange, np.nan)
    return pd.DataFrame(terms)
