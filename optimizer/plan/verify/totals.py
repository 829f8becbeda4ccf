"""What SKUs have in common, added up over slices of a catalogue: loads of departures, orders, volumes, money."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.decided import is_now
from optimizer.plan.ledger.least import received_volume, standing_volume
from optimizer.plan.ledger.ledger import own_entries
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.ledger.voyages import aboard


@dataclass(frozen=True)
class Totals:
    """Sums over SKUs. `loaded`: what is aboard each departure, as `voyages.aboard` tells it, `landed` by the day of
    arrival on each path (the same table with one path); `ordered`: units that are decided now and their value by
    supplier and period; `standing`, `arriving`: m3 in each store (stores, periods); `costs`: the cost lines that each
    SKU has for itself.
    """

    loaded: pd.DataFrame
    landed: pd.DataFrame
    ordered: pd.DataFrame
    standing: np.ndarray
    arriving: np.ndarray
    costs: dict[str, float]

    def __add__(self, other: Totals) -> Totals:
        loaded = aboard(pd.concat([self.loaded, other.loaded]))
        as_planned = self.landed is self.loaded and other.landed is other.loaded
        return Totals(
            loaded,
            loaded if as_planned else aboard(pd.concat([self.landed, other.landed])),
            _by_order(pd.concat([self.ordered, other.ordered])),
            self.standing + other.standing,
            self.arriving + other.arriving,
            {line: amount + other.costs[line] for line, amount in self.costs.items()},
        )


def totals(ledger: Ledger) -> Totals:
    """What the SKUs of a ledger come to."""
    entries = own_entries(ledger)
    return Totals(
        ledger.loaded,
        ledger.landed,
        _by_order(_purchases(ledger)),
        standing_volume(ledger.facts, ledger.stock),
        np.sum([weight * received_volume(one.facts, one.events, one.shipped) for weight, one in ledger.paths], axis=0),
        {line: float(np.asarray(table["amount"], dtype=float).sum()) for line, table in entries.items()},
    )


def _purchases(ledger: Ledger) -> pd.DataFrame:
    """What leaves suppliers, at its price on the first day of the period; with several paths what is decided now."""
    facts, ship = ledger.facts, ledger.events.ship
    ship = ship if len(ledger.paths) == 1 else ship[is_now(facts, ship)]
    rows = ship.assign(supplier=look_up(ship["lane"], facts.lanes["origin"]))
    rows = rows.merge(facts.offers[["supplier", "sku", "unit_cost", "currency"]], on=["supplier", "sku"])
    price = rows["unit_cost"] * facts.exchange(rows["currency"], facts.starts[rows["period"]])
    return rows.assign(value=rows["units"] * price)


def _by_order(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby(["supplier", "period"])[["units", "value"]].sum().reset_index()
