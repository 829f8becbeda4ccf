"""What is odd in the past and in the weeks that are replayed, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from optimizer.errors import Problem
from optimizer.forecast.remarks import remarks as forecast_remarks
from optimizer.scenario.languages import LANGUAGES
from optimizer.simulation.world import World

#: Of each remark the rule and the remedy, in English and in Chinese; what stands in braces is filled in.
SENTENCES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "unknown_before": (
        (
            "{count:,} products are wanted in regions where the past tells nothing of them",
            "Every policy learns of them as they sell; add what was sold before, if there is any",
        ),
        ("有 {count:,} 个商品在某些区域有需求，但此前没有任何记录", "各策略只能边卖边了解；如有更早的销售，请补充"),
    ),
    "never_sold": (
        (
            "{count:,} products are in stock of which nothing was ever sold",
            "Rules leave them where they stand, a plan may clear them; add their sales, if there are any",
        ),
        ("有 {count:,} 个商品有库存但从未售出", "规则会让它们留在原处，计划可能清仓；如有销售记录，请补充"),
    ),
    "nothing_wanted": (
        (
            "nothing is wanted in any week, so there is nothing to compare policies by",
            "Replay weeks in which something was sold",
        ),
        ("所有周都没有需求，无法比较各策略", "请回测有销售的周"),
    ),
}

#: A remark: its sentence, table, row, column and value, and what fills the blanks of the sentence.
Found = tuple[str, str, int, str, str, dict[str, Any]]


def remarks(world: World, language: str = "en") -> list[Problem]:
    """Everything of that kind, one remark for each kind, with an example; what the forecast says of the past first."""
    place, looks = LANGUAGES.index(language), (unknown_before, never_sold, nothing_wanted)
    found = forecast_remarks(world.scenario, language)
    for sentence, table, row, column, value, filled in (one for look in looks for one in look(world)):
        rule, remedy = (text.format(**filled) for text in SENTENCES[sentence][place])
        found.append(Problem(table, row, column, value, rule, remedy))
    return found


def unknown_before(world: World) -> Iterator[Found]:
    """Pairs that are wanted in the replay, of which neither sales nor demand tell anything before."""
    wanted = world.demand.loc[world.demand["units"] > 0, ["sku", "region"]].drop_duplicates()
    new = wanted[~_pairs(wanted).isin(_pairs(_told(world)))]
    for row in new.head(1).itertuples():
        yield "unknown_before", "sales", 0, "sku", f"{row.sku} in {row.region}", {"count": len(new)}


def never_sold(world: World) -> Iterator[Found]:
    """SKUs in stock that neither sales nor demand tell of."""
    stock = world.scenario["opening_stock"]
    idle = stock.loc[(stock["units"] > 0) & ~stock["sku"].isin(_told(world)["sku"])]
    for row in idle.head(1).itertuples():
        yield "never_sold", "opening_stock", int(row.Index) + 2, "sku", str(row.sku), {"count": idle["sku"].nunique()}


def nothing_wanted(world: World) -> Iterator[Found]:
    """Weeks in which nobody wants anything at all."""
    if not (world.demand["units"] > 0).any():
        yield "nothing_wanted", "demand", 0, "units", "0", {}


def _told(world: World) -> pd.DataFrame:
    """SKUs and regions of which the past, or the table of demand, tells more than nothing."""
    sales, demand = world.scenario["sales"], world.scenario["demand"]
    rows = [sales.loc[sales["units"] > 0, ["sku", "region"]], demand.loc[demand["mean"] > 0, ["sku", "region"]]]
    return pd.concat(rows).drop_duplicates()


def _pairs(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows.astype(object))
