"""Whether what alerts call out of reach is: no plan of any world sells where goods cannot be yet."""

from __future__ import annotations

import pytest

from optimizer import solve
from optimizer.plan.alerts.reach import earliest
from optimizer.plan.alerts.stockouts import split
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


@pytest.mark.parametrize("seed", range(8))
def test_no_plan_sells_what_is_out_of_reach_of_the_stock_that_there_is(seed: int):
    what = World(seed, frozenset(MOVING)).scenario()
    idle = split(keep(what))
    lost = solve.plan(what)["lost"].groupby(["sku", "region", "period"])["units"].sum()
    rows = idle.set_index(["sku", "region", "period"])
    sold = rows["units"] - lost.reindex(rows.index).fillna(0.0)
    # Which sale the stock goes to is for the plan to say: the SKU's sales together are bounded.
    most = (rows["units"] - rows["out"]).groupby("sku").sum()
    assert (sold.groupby("sku").sum() <= most + 1e-4).all()
