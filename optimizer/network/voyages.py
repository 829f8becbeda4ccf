"""Shipments over all sample paths: what is decided now is one shipment on all of them, what comes later one on each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
import pandas as pd

#: What of a shipment depends on the path on which it arrives.
DATED = ("purchase", "freight", "duty", "handling", "capital")
#: What of a shipment a voyage tells again.
ENDS = ("sailing", "sku", "period", "origin", "destination")


def over_paths(
    tables: Sequence[pd.DataFrame], committed: np.ndarray, weights: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The shipments that are legal on each path (`shipments.shipments`, one table a path) as one index set, and their
    voyages. `committed` (sailings, K): what falls due within the commit window.

    Shipments have three columns more: path (0 where it is one on all), committed (1 or 0), chance (weight of its path,
    1 where it is one on all). A committed one is legal where it is on every path; its costs are those expected. Voyages
    are what becomes of a shipment on a path: shipment (position), path, arrival, what `ENDS` names, and share (of the
    shipment's chance).
    """
    if len(tables) == 1:
        alone = tables[0].assign(path=0, committed=1, chance=1.0)
        place = np.arange(len(alone))
        return alone, alone[[*ENDS, "path", "arrival"]].assign(shipment=place, share=1.0)
    now = [committed[table["sailing"], table["sku"]] for table in tables]
    joint = _joint([table[mine] for table, mine in zip(tables, now, strict=True)], committed.shape[1])
    later = [table[~mine].assign(path=path) for path, (table, mine) in enumerate(zip(tables, now, strict=True))]
    first = _expected(joint, weights).assign(path=0, committed=1, chance=1.0)
    rest = pd.concat(later, ignore_index=True)
    rest = rest.assign(committed=0, chance=weights[rest["path"]])
    shipments = pd.concat([first, rest[first.columns]], ignore_index=True)
    parts = [
        table[[*ENDS, "arrival"]].assign(path=path, shipment=np.arange(len(table)), share=weights[path])
        for path, table in enumerate(joint)
    ]
    own = rest[[*ENDS, "arrival", "path"]].assign(shipment=len(first) + np.arange(len(rest)), share=1.0)
    return shipments, pd.concat([*parts, own], ignore_index=True)


def _joint(tables: Sequence[pd.DataFrame], skus: int) -> list[pd.DataFrame]:
    """The rows of each path whose sailing and SKU every path has: on none may goods be too late at the origin."""
    keys = [table["sailing"].to_numpy() * skus + table["sku"].to_numpy() for table in tables]
    everywhere = reduce(np.intersect1d, keys)
    return [table[np.isin(key, everywhere)].reset_index(drop=True) for table, key in zip(tables, keys, strict=True)]


def _expected(tables: Sequence[pd.DataFrame], weights: np.ndarray) -> pd.DataFrame:
    """One row for equal rows of all paths: its expected costs, and the most that is of use on any path."""
    costs = {name: sum(weight * table[name] for weight, table in zip(weights, tables, strict=True)) for name in DATED}
    return tables[0].assign(**costs, most=np.max([table["most"] for table in tables], axis=0))
