"""How old stock is: units by age class, today and at the end of the plan."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger

#: Days from which a class of age counts.
CLASSES = (0, 31, 61, 91, 181, 366)


def ages_today(ledger: Ledger) -> pd.DataFrame:
    """Stock on hand before the first period by age on the first day: location, sku, from_age_days, units."""
    lots = ledger.stock.lots[ledger.stock.lots["units"] > 0]
    age = np.maximum(ledger.facts.first - lots["day"].to_numpy(), 0)
    classes = np.asarray(CLASSES)[np.searchsorted(CLASSES, age, side="right") - 1]
    rows = pd.DataFrame(
        {
            "location": ledger.stock.locations.to_numpy(dtype=object)[lots["location"]],
            "sku": ledger.stock.skus.to_numpy(dtype=object)[lots["sku"]],
            "from_age_days": classes,
            "units": lots["units"].to_numpy(),
        }
    )
    return rows.groupby(["location", "sku", "from_age_days"], as_index=False)["units"].sum()


def ages_at_end(ledger: Ledger) -> pd.DataFrame:
    """Stock on hand at the end of the last period by age then: location, sku, from_age_days, units."""
    stock, last = ledger.stock, ledger.facts.periods - 1
    found = []
    for place, location in enumerate(stock.locations):
        older = np.array([stock.aged(place, last, age) for age in CLASSES[1:]])
        whole = np.vstack([np.maximum(stock.on_hand[place, :, last], 0.0), older])
        units = whole - np.vstack([older, np.zeros(len(stock.skus))])
        which, sku = np.nonzero(units > 1e-6)
        found.append(
            pd.DataFrame(
                {
                    "location": location,
                    "sku": stock.skus.to_numpy(dtype=object)[sku],
                    "from_age_days": np.asarray(CLASSES)[which],
                    "units": units[which, sku],
                }
            )
        )
    return pd.concat(found, ignore_index=True) if found else ages_today(ledger).iloc[:0]
