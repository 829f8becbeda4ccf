"""What the stock that is left is worth: matched as well as can be to the demand after the replay, for every policy
alike.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import optimize, sparse

from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.events import nothing


def best_cover(ledger: Ledger) -> pd.DataFrame:
    """The plan table `end_cover` that gives what `ledger` leaves its greatest worth, exactly (a linear program)."""
    keys = _keys(ledger)
    if ledger.facts.scenario.settings.end_stock == "zero" or keys.empty:
        return nothing("end_cover")
    stock, demand = _stock_rows(ledger, keys), _demand_rows(ledger, keys)
    found = optimize.linprog(
        -keys["gain"].to_numpy(), sparse.vstack([stock[0], demand[0]]), np.concatenate([stock[1], demand[1]]),
        method="highs",
    )  # fmt: skip
    if found.status != 0:
        raise RuntimeError(f"the worth of what is left was not found: {found.message}")
    rows = keys.assign(units=found.x)[["location", "region", "sku", "bucket", "units"]]
    return rows[rows["units"] > 1e-9].reset_index(drop=True)


def _keys(ledger: Ledger) -> pd.DataFrame:
    """location, region, sku, bucket, gain: where stock that is left is worth more for demand that it can reach."""
    cover, left = ledger.cover, ledger.left
    held = left[left["units"] > 1e-9][["location", "sku"]].drop_duplicates()
    rows = held.merge(cover.demand, on="sku")
    place, region = cover.places.get_indexer(rows["location"]), cover.customers.get_indexer(rows["region"])
    bucket = rows["bucket"].to_numpy(dtype=np.int64)
    rows = rows[cover.edges[bucket + 1] > ledger.facts.end + cover.reach[place, region]]
    if rows.empty:
        return rows.assign(gain=0.0)
    plain = cover.unmatched[cover.places.get_indexer(rows["location"]), cover.skus.get_indexer(rows["sku"])]
    rows = rows.assign(gain=cover.worth(rows) - plain)
    return rows[rows["gain"] > 1e-9].reset_index(drop=True)


def _stock_rows(ledger: Ledger, keys: pd.DataFrame) -> tuple[sparse.csr_matrix, np.ndarray]:
    """What covers demand up to a bucket is left, or lands before the bucket ends."""
    pair, names = pd.MultiIndex.from_frame(keys[["location", "sku"]]).factorize()
    left, bucket, ends = ledger.left, keys["bucket"].to_numpy(dtype=np.int64), ledger.cover.edges[1:]
    code = names.get_indexer(pd.MultiIndex.from_frame(left[["location", "sku"]].astype(object)))
    blocks, limits = [], []
    for number, end in enumerate(ends):
        used = bucket <= number
        blocks.append(
            sparse.csr_matrix((np.ones(used.sum()), (pair[used], np.flatnonzero(used))), (len(names), len(keys)))
        )
        there = (code >= 0) & (left["day"] < end).to_numpy()
        limits.append(np.bincount(code[there], left["units"].to_numpy()[there], minlength=len(names)))
    return sparse.vstack(blocks), np.maximum(np.concatenate(limits), 0.0)


def _demand_rows(ledger: Ledger, keys: pd.DataFrame) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Demand of a bucket is covered once."""
    code, names = pd.MultiIndex.from_frame(keys[["region", "sku", "bucket"]]).factorize()
    wanted = ledger.cover.demand.set_index(["region", "sku", "bucket"])["units"].reindex(names)
    matrix = sparse.csr_matrix((np.ones(len(keys)), (code, np.arange(len(keys)))), (len(names), len(keys)))
    return matrix, wanted.to_numpy(dtype=float)
