"""What arrives where and when: goods under way, and what the plan sends."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger

#: Columns, in order. `lane`, `origin` and `departs_on` are empty for goods that were under way at the start.
ARRIVALS = ("location", "arrives_on", "sku", "units", "volume_m3", "lane", "origin", "departs_on")


def arrivals(ledger: Ledger) -> pd.DataFrame:
    """Everything that arrives at a location which holds stock, by location and day, also beyond the end."""
    coming, sent = ledger.events.receipts, ledger.shipped
    under_way = pd.DataFrame(
        {
            "location": coming["location"], "arrives_on": _dates(coming["day"]), "sku": coming["sku"],
            "units": coming["units"], "lane": "", "origin": "",
            "departs_on": np.full(len(coming), np.datetime64("NaT", "ns")),
        }
    )  # fmt: skip
    planned = pd.DataFrame(
        {
            "location": sent["destination"], "arrives_on": _dates(sent["arrives"]), "sku": sent["sku"],
            "units": sent["units"], "lane": sent["lane"], "origin": sent["origin"], "departs_on": _dates(sent["day"]),
        }
    )  # fmt: skip
    parts = [part for part in (under_way, planned) if len(part)] or [planned]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.assign(volume_m3=rows["units"] * rows["sku"].map(ledger.facts.goods["volume"]).astype(float))
    return rows.sort_values(["location", "arrives_on", "sku", "lane"], kind="stable")[list(ARRIVALS)].reset_index(
        drop=True
    )


def _dates(days: pd.Series) -> np.ndarray:
    return np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[ns]")
