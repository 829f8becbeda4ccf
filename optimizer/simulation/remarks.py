"""What is odd in the past and in the weeks that are replayed, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from optimizer.errors import Problem
from optimizer.forecast.remarks import remarks as forecast_remarks
from optimizer.simulation.world import World


def remarks(world: World) -> list[Problem]:
    """Everything of that kind, one remark for each kind, with an example; what the forecast says of the past first."""
    looks = (unknown_before, never_sold, nothing_wanted)
    return [*forecast_remarks(world.scenario), *(remark for look in looks for remark in look(world))]


def unknown_before(world: World) -> Iterator[Problem]:
    """Pairs that are wanted in the replay, of which neither sales nor demand tell anything before."""
    wanted = world.demand.loc[world.demand["units"] > 0, ["sku", "region"]].drop_duplicates()
    new = wanted[~_pairs(wanted).isin(_pairs(_told(world)))]
    for row in new.head(1).itertuples():
        rule = f"{len(new):,} products are wanted in regions where the past tells nothing of them"
        remedy = "Every policy learns of them as they sell; add what was sold before, if there is any"
        yield Problem("sales", 0, "sku", f"{row.sku} in {row.region}", rule, remedy)


def never_sold(world: World) -> Iterator[Problem]:
    """SKUs in stock that neither sales nor demand tell of."""
    stock = world.scenario["opening_stock"]
    idle = stock.loc[(stock["units"] > 0) & ~stock["sku"].isin(_told(world)["sku"])]
    for row in idle.head(1).itertuples():
        rule = f"{idle['sku'].nunique():,} products are in stock of which nothing was ever sold"
        remedy = "Rules leave them where they stand, a plan may clear them; add their sales, if there are any"
        yield Problem("opening_stock", int(row.Index) + 2, "sku", str(row.sku), rule, remedy)


def nothing_wanted(world: World) -> Iterator[Problem]:
    """Weeks in which nobody wants anything at all."""
    if not (world.demand["units"] > 0).any():
        yield Problem(
            "demand", 0, "units", "0", "nothing is wanted in any week, so there is nothing to compare policies by",
            "Replay weeks in which something was sold",
        )  # fmt: skip


def _told(world: World) -> pd.DataFrame:
    """SKUs and regions of which the past, or the table of demand, tells more than nothing."""
    sales, demand = world.scenario["sales"], world.scenario["demand"]
    rows = [sales.loc[sales["units"] > 0, ["sku", "region"]], demand.loc[demand["mean"] > 0, ["sku", "region"]]]
    return pd.concat(rows).drop_duplicates()


def _pairs(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows.astype(object))
