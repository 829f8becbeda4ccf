"""What tells one input from another: a checksum of all that the tables and settings say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings_write import settings_toml


def fingerprint(scenario: Scenario) -> str:
    """SHA-256 of settings and tables as they were read: the same for a folder, a workbook and a database that say the
    same in the same order, whatever their format; options of the command are no part of it.
    """
    total = hashlib.sha256(settings_toml(scenario.settings).encode())
    for name in sorted(scenario.tables):
        table = scenario[name]
        for column in table.columns:
            total.update(f"\n{name}.{column} {len(table)}\n".encode())
            for part in _bytes(table[column]):
                total.update(part)
    return total.hexdigest()


def _bytes(values: pd.Series) -> Iterator[bytes]:
    """A column as bytes: numbers, dates and flags as they are, of texts each once and which of them stands where."""
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "fiMb":
        plain = values.to_numpy()
        if plain.dtype.kind == "f":  # there are many ways to write that nothing is there
            plain = np.where(np.isnan(plain), np.nan, plain)
        yield np.ascontiguousarray(plain).tobytes()
        return
    places, distinct = pd.factorize(values.to_numpy(dtype=object), use_na_sentinel=False)
    yield "\0".join(map(str, distinct)).encode()
    yield places.astype(np.int64).tobytes()
