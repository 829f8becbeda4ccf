"""Amounts of a plan table, placed in the rows of an index set."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.gather import position


def filled(rows: pd.DataFrame, table: pd.DataFrame, keys: list[str], amount: str) -> np.ndarray:
    """The amount that a table tells of each row, 0 where it tells none."""
    found, whole = np.zeros(len(rows)), table.astype({key: np.int64 for key in keys if key != "from_quantity"})
    if "from_quantity" in keys:
        breaks = np.unique(np.concatenate([rows["from_quantity"].to_numpy(), table["from_quantity"].to_numpy()]))
        rows, whole = (
            part.assign(from_quantity=np.searchsorted(breaks, part["from_quantity"].to_numpy()))
            for part in (rows, whole)
        )
    place = position(rows.astype(dict.fromkeys(keys, np.int64)), whole, keys)
    np.add.at(found, place[place >= 0], whole[amount].to_numpy()[place >= 0])
    return found
