"""A catalogue dealt out to blocks of SKUs, so that a back-test has more than one draw of demand to judge by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from optimizer.errors import UsageError
from optimizer.scenario.generator.typed import joined, typed
from optimizer.scenario.scenario import Scenario

ONE_DAY = pd.Timedelta(days=1)
#: Limits that all SKUs share, of which each block has its share: table -> columns.
SHARED = {
    "locations": ("storage_volume_m3", "receiving_m3_per_day"),
    "lanes": ("capacity_m3", "capacity_kg", "capacity_units"),
    "suppliers": ("minimum_order_value",),
}


def blocks_of(scenario: Scenario, count: int) -> list[Scenario]:
    """So many scenarios: SKUs are dealt out in turn, those that sell most first; limits by the volume that was sold.

    Raises UsageError where there are fewer SKUs than blocks.
    """
    skus = scenario["skus"]
    if count > len(skus):
        raise UsageError(f"--blocks {count}: there are {len(skus)} SKUs; a block needs at least one.")
    if count == 1:
        return [scenario]
    sold = scenario["sales"].groupby("sku")["units"].sum().reindex(skus["sku"]).fillna(0.0).to_numpy()
    order = np.argsort(-sold, kind="stable")
    volume = np.maximum(sold, 0.0) * skus["unit_volume_m3"].to_numpy()
    total = float(volume.sum())
    made = []
    for block in range(count):
        mine = np.sort(order[block::count])
        share = float(volume[mine].sum()) / total if total > 0 else 1.0 / count
        made.append(_with_share(scenario.only(skus["sku"].iloc[mine]), share))
    return made


def side_by_side(blocks: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The blocks with sales that begin and end on the same days, so that all replay the same weeks: one that did not
    sell on the first or last day of the others has a row that says so.
    """
    tables = [block["sales"] for block in blocks if len(block["sales"])]
    if not tables:
        return tuple(blocks)
    first = min(table["date"].min() for table in tables)
    last = max((table["date"] + pd.to_timedelta(table["days"], unit="D")).max() for table in tables) - ONE_DAY
    return tuple(_from_to(block, first, last) for block in blocks)


def _from_to(block: Scenario, first: pd.Timestamp, last: pd.Timestamp) -> Scenario:
    sales, regions = block["sales"], block["regions"]
    customers = regions.loc[regions["kind"] == "customers", "region"]
    sku, region = sales[["sku", "region"]].iloc[0] if len(sales) else (block["skus"]["sku"].iloc[0], customers.iloc[0])
    days = [day for day in (first, last) if not _told(sales, day)]
    if not days:
        return block
    rows = typed("sales", {"sku": [sku] * len(days), "region": region, "date": days, "days": 1, "units": 0.0})
    return block.with_tables(sales=joined("sales", sales, rows))


def _told(sales: pd.DataFrame, day: pd.Timestamp) -> bool:
    ends = sales["date"] + pd.to_timedelta(sales["days"], unit="D")
    return bool(((sales["date"] <= day) & (ends > day)).any())


def _with_share(scenario: Scenario, share: float) -> Scenario:
    """The scenario with a share of the limits that its SKUs shared with others."""
    tables: dict[str, pd.DataFrame] = {}
    for name, columns in SHARED.items():
        table = scenario[name]
        tables[name] = table.assign(**{column: table[column] * share for column in columns})
    return scenario.with_tables(**tables)
