"""What a search may use beside this process, and who hears what it leaves to the searches after it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from optimizer.decomposition.pool import Pool
from optimizer.search.stored_start import Start


def nobody(table: pd.DataFrame) -> None:
    """Nobody hears of a table."""


def logged(text: str) -> None:
    """A note where nobody listens to notes."""
    logging.getLogger(__name__).warning("%s", text)


@dataclass(frozen=True)
class Means:
    """`cluster`: address of a Dask cluster whose workers share the SKUs; `pool`: processes that several searches share,
    one after the other, where there is no cluster. `start`: what another plan has left. `keep`
    hears the table of prices (`search.stored`) of a search that uses prices, once they are known; `keep_skus` what each
    SKU costs in the plan and at least, both at these prices: sku, value, bound. `note` hears what somebody should know
    though there is a plan.
    """

    cluster: str | None = None
    start: Start | None = None
    keep: Callable[[pd.DataFrame], None] = nobody
    keep_skus: Callable[[pd.DataFrame], None] = nobody
    pool: Pool | None = field(default=None, kw_only=True)
    note: Callable[[str], None] = field(default=logged, kw_only=True)
