"""The SKUs of a slice as compiled answers read them, from the index sets of a network."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.cover import landing_bucket
from optimizer.network.gather import position
from optimizer.network.network import Network
from optimizer.pricing.relaxed_arrays import Routes, Stocks, plain
from optimizer.pricing.relaxed_routes import places

_SMALL = np.int16


def stocks(net: Network, routes: Routes, lots: np.ndarray) -> Stocks:
    """The arrays of a network's SKUs; `lots`: row of `lot_aged` of each opening lot."""
    goods, settings, place = net.ground.goods, net.ground.scenario.settings, places(net.ground)
    cleared = np.ascontiguousarray(_cleared(net)[place >= 0].T)
    return plain(Stocks(
        volume=goods.volume, weight=goods.weight, capital=settings.capital_rate / 365 * goods.unit_value,
        most=net.most_units, cleared=cleared, **_ships(net, routes), **_deliveries(net), **_covers(net, place),
        **_sources(net, place, lots), **_targets(net, place),
    ))  # fmt: skip


def supported(net: Network, routes: Routes) -> np.ndarray:
    """The SKUs whose block has nothing that compiled answers lack, (K,).

    They lack forced shipments, shipments between places of ours that arrive in their own period, least orders above
    what can be ordered, stock targets where rent grows with age, and changes of what the last plan ships.
    """
    count, ships = len(net.ground.skus), net.shipments
    instant = (routes.origin >= 0) & (routes.arrival == routes.period)
    forced = (ships["least"] > 0) | instant[ships["sailing"]]
    small = net.sku_orders[net.sku_orders["most"] < net.sku_orders["moq"]]
    ageing = net.targets.merge(net.ageing[["location", "sku"]].drop_duplicates(), on=["location", "sku"])
    lacking = np.concatenate([ships["sku"][forced], small["sku"], ageing["sku"], net.last.kept["sku"]])
    return np.bincount(lacking.astype(np.int64), minlength=count) == 0


def _cleared(net: Network) -> np.ndarray:
    """Worth of a unit left at each location, (L, K); nothing where the end of the horizon has no value."""
    return net.cover.cleared * (net.ground.scenario.settings.end_stock != "zero")


def _starts(sku: pd.Series | np.ndarray, count: int) -> np.ndarray:
    """Where the rows of each SKU start, (K + 1,), when they are in the order of the SKUs."""
    return np.concatenate([[0], np.cumsum(np.bincount(np.asarray(sku, dtype=np.int64), minlength=count))])


def _ships(net: Network, routes: Routes) -> dict[str, np.ndarray]:
    ships, count = net.shipments, len(net.ground.skus)
    sailing, sku = ships["sailing"].to_numpy(), ships["sku"].to_numpy()
    cost = sum(ships[name].to_numpy() for name in ("purchase", "freight", "duty", "handling", "capital"))
    cost = cost + net.last.price
    late = routes.arrival[sailing] == len(net.ground.scenario.calendar)
    cost = cost - np.where(late, _cleared(net)[ships["destination"], sku], 0.0)
    steps = np.full(len(ships), np.inf)
    steps[net.cased["shipment"]] = net.cased["multiple"] * net.cased["most"]
    bought = routes.origin[sailing] < 0
    order = np.lexsort((routes.origin[sailing], routes.period[sailing], ~bought, sku))
    bought = bought[order]
    return {
        "ship_start": _starts(sku, count), "ship_sailing": sailing[order].astype(_SMALL), "ship_cost": cost[order],
        "ship_most": _not_above(np.minimum(ships["most"].to_numpy(), steps)[order]),
        "buy_start": _starts(sku[order][bought], count), "buy_value": ships["value"].to_numpy()[order][bought],
    }  # fmt: skip


def _not_above(amounts: np.ndarray) -> np.ndarray:
    """The amounts in single precision, rounded down."""
    small = amounts.astype(np.float32)
    return np.where(small > amounts, np.nextafter(small, np.float32(0)), small)


def _deliveries(net: Network) -> dict[str, np.ndarray]:
    rows, count, wants = net.deliveries, len(net.ground.skus), net.wants.sort_values("sku", kind="stable")
    table, start = net.ground.scenario["delivery_lanes"], _starts(wants["sku"], count)
    lanes = pd.DataFrame({"location": net.ground.locations.get_indexer(table["location"]),
                          "region": net.ground.regions.get_indexer(table["region"])})  # fmt: skip
    cost = sum(rows[name].to_numpy() for name in ("last_mile", "purchase", "parcel_duty", "clearance"))
    if net.ground.scenario.settings.rent_on == "end_and_half_deliveries":
        cost = cost + net.picks.T @ net.stock["rent"].to_numpy() / 2
    want = position(wants, rows, ["path", "region", "sku", "period"])
    want = np.where(rows["customers"].to_numpy(dtype=bool), want - start[rows["sku"]], -1)
    order = np.argsort(rows["sku"].to_numpy(), kind="stable")
    return {
        "deliver_start": _starts(rows["sku"], count),
        "deliver_lane": position(lanes, rows, ["location", "region"])[order].astype(_SMALL),
        "deliver_period": rows["period"].to_numpy()[order].astype(_SMALL), "deliver_want": want[order].astype(_SMALL),
        "deliver_cost": cost[order], "want_start": start, "want_region": wants["region"].to_numpy().astype(_SMALL),
        "want_units": wants["units"].to_numpy(), "want_lost": wants["lost"].to_numpy(),
    }  # fmt: skip


def _covers(net: Network, place: np.ndarray) -> dict[str, np.ndarray]:
    count = len(net.ground.skus)
    cells, keys = (table.sort_values("sku", kind="stable") for table in (net.cover.demand, net.cover.keys))
    start = _starts(cells["sku"], count)
    cell = position(cells, keys, ["path", "region", "sku", "bucket"]) - start[keys["sku"]]
    return {
        "cover_start": _starts(keys["sku"], count), "cover_place": place[keys["location"]].astype(_SMALL),
        "cover_cell": cell.astype(_SMALL), "cover_bucket": keys["bucket"].to_numpy().astype(_SMALL),
        "cover_gain": keys["gain"].to_numpy(), "cell_start": start, "cell_units": cells["units"].to_numpy(),
    }  # fmt: skip


def _sources(net: Network, place: np.ndarray, lots: np.ndarray) -> dict[str, np.ndarray]:
    """Opening lots and goods in transit; those alike in all but units are one."""
    ground, periods, buckets = net.ground, len(net.ground.scenario.calendar), len(net.ground.bucket_ends)
    opening = ground.lots[["location", "sku", "units"]].assign(time=0, lot=lots)
    coming = ground.receipts[["location", "sku", "units"]].assign(lot=-1)
    bucket = landing_bucket(ground, ground.receipts["lands_on"].to_numpy())
    late = ground.receipts["period"].to_numpy() == periods
    coming["time"] = np.where(late, periods + 1 + bucket, ground.receipts["period"])
    coming = coming[~late | (bucket < buckets)]
    table = pd.concat([opening, coming], ignore_index=True)
    table = table.groupby(["sku", "location", "time", "lot"], as_index=False)["units"].sum()
    return {
        "source_start": _starts(table["sku"], len(ground.skus)),
        "source_place": place[table["location"]].astype(_SMALL), "source_time": table["time"].to_numpy().astype(_SMALL),
        "source_lot": table["lot"].to_numpy().astype(np.int32), "source_units": table["units"].to_numpy(np.float64),
    }  # fmt: skip


def _targets(net: Network, place: np.ndarray) -> dict[str, np.ndarray]:
    table = net.targets.sort_values("sku", kind="stable")
    return {
        "target_start": _starts(table["sku"], len(net.ground.skus)),
        "target_place": place[table["location"]].astype(_SMALL),
        "target_period": table["period"].to_numpy().astype(_SMALL),
        "target_least": table["least"].to_numpy(np.float64), "target_price": table["price"].to_numpy(np.float64),
    }  # fmt: skip
