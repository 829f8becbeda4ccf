"""Values of keys, of the type of the values even where there are no keys."""

from __future__ import annotations

import numpy as np
import pandas as pd


def look_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """The value (of a series indexed by code) of each key, with the index of `keys`; NaN where it is unknown."""
    codes, names = pd.factorize(keys, use_na_sentinel=False)  # each name once: millions of rows have few of them
    return pd.Series(values.reindex(np.asarray(names, dtype=object)).to_numpy()[codes], index=keys.index)
