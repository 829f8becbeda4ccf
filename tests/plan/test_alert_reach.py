"""Whether what alerts call out of reach is: no plan of any world sells where goods cannot be yet."""

from __future__ import annotations

import pytest

from optimizer import solve
from optimizer.plan.alerts.reach import earliest
from tests.plan.making import keep
from tests.properties.worlds import FEATURES, World

MOVING = tuple(feature for feature in FEATURES if feature not in ("locks", "moq", "supplier_minimum", "capacity"))


@pytest.mark.parametrize("seed", range(6))
def test_without_stock_no_plan_delivers_before_the_first_goods_can_be_there(seed: int):
    what = World(seed, frozenset(MOVING)).scenario()
    bare = what.with_tables(**{table: what[table].iloc[:0] for table in ("opening_stock", "in_transit", "locks")})
    ledger = keep(bare)
    first, facts = earliest(ledger), ledger.facts
    sent = solve.plan(bare)["deliver"]
    stores = sent[sent["location"].isin(facts.stores)]
    place, sku = facts.locations.index.get_indexer(stores["location"]), facts.goods.index.get_indexer(stores["sku"])
    assert (stores["period"].to_numpy() >= first[place, sku]).all()
    assert (first[facts.locations.index.get_indexer(facts.stores)] > 0).any(), "something takes time"
