"""Which containers, departures and orders a first plan books, from the relaxed program."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.gather import gather
from optimizer.network.network import Network

#: Families of whole numbers that are not cases.
STRUCTURE = ("containers", "brackets", "departures", "orders_placed", "supplier_orders")
#: A thing is booked once this share of it is wanted; a supplier's least order already earlier, for it can be filled up.
ENOUGH, ENOUGH_TO_ORDER = 0.5, 0.2
#: The share of a container that is not booked again for what an earlier plan ships in it.
AS_GOOD_AS_EMPTY = 0.3


def structure(net: Network, value: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Whole values for containers, departures and orders, from the values of the relaxed program.

    Shares of a container, a fee or a least order are saved up along a lane until half of one is wanted; what is not
    booked must find another way when the rest is solved again. What locks force is always booked.
    """
    forced = net.shipments["least"].to_numpy()
    containers = np.maximum(booked_containers(net, value["containers"]), _carrying(net, forced))
    suppliers = _supplier_orders(net, value["ship"])
    skus = _sku_orders(net, value["ship"], suppliers)
    orders = pd.concat([net.supplier_orders[suppliers > 0], net.sku_orders[skus > 0]])[["origin", "period"]]
    return {
        "containers": containers,
        "departures": np.maximum(_departures(net, value, containers), _taking(net, orders)),
        "supplier_orders": suppliers,
        "orders_placed": skus,
    }


def nothing(net: Network) -> dict[str, np.ndarray]:
    """Whole values with which only what locks force is booked: a plan of its own where no other fits together."""
    lengths = {"containers": len(net.loads), "charged": len(net.brackets), "ship": len(net.shipments)}
    return structure(net, {name: np.zeros(length) for name, length in lengths.items()})


def booked_containers(net: Network, wanted: np.ndarray) -> np.ndarray:
    """Containers booked of each lane and type, in the order of time."""
    saved = pd.Series(wanted).groupby([net.loads["lane"].to_numpy(), net.loads["container_type"].to_numpy()]).cumsum()
    whole = np.floor(saved + ENOUGH)
    before = whole.groupby([net.loads["lane"].to_numpy(), net.loads["container_type"].to_numpy()]).shift(fill_value=0.0)
    return (whole - before).to_numpy()


def containers_again(net: Network, units: np.ndarray) -> np.ndarray:
    """Containers of the first type of each departure for the units (shipments,) of an earlier plan; one less where the
    last would be as good as empty.
    """
    return np.floor(_filled(net, units) + 1 - AS_GOOD_AS_EMPTY)


def _carrying(net: Network, units: np.ndarray) -> np.ndarray:
    """Containers of the first type of each departure that carry the units."""
    return np.ceil(_filled(net, units) - 1e-9)


def _filled(net: Network, units: np.ndarray) -> np.ndarray:
    """How many containers of the first type of each departure the units fill, 0 for other types."""
    volume, weight = (net.aboard @ (units * net.shipments[name].to_numpy()) for name in ("volume", "weight"))
    sailing = net.loads["sailing"].to_numpy()
    filled = np.maximum(volume[sailing] / net.loads["volume"], weight[sailing] / net.loads["payload"])
    return np.where(net.loads["sailing"].duplicated(), 0.0, filled)


def _departures(net: Network, value: dict[str, np.ndarray], containers: np.ndarray) -> np.ndarray:
    """1 where a fee is paid: with a container, or once the other freight aboard is worth half of the fee."""
    sailing = net.fees["sailing"].to_numpy()
    boxes = np.bincount(net.loads["sailing"], containers, minlength=len(net.sailings))[sailing]
    boxed = net.fees["sailing"].isin(net.loads["sailing"]).to_numpy()
    freight = net.aboard @ (net.shipments["freight"] * value["ship"]).to_numpy()
    freight += np.bincount(
        net.brackets["sailing"], net.brackets["rate"] * value["charged"], minlength=len(net.sailings)
    )
    paid = _saved_up(net.fees["lane"].to_numpy(), freight[sailing], ENOUGH * net.fees["fee"].to_numpy())
    forced = (net.aboard @ net.shipments["least"].to_numpy())[sailing] > 0
    return (np.where(boxed, boxes > 0, paid) | forced).astype(float)


def _taking(net: Network, orders: pd.DataFrame) -> np.ndarray:
    """1 where a fee is paid for what is ordered: an order that must leave needs a departure."""
    ends = net.sailings.loc[net.fees["sailing"], ["origin", "period"]].reset_index(drop=True)
    return ends.merge(orders.drop_duplicates().assign(taken=1.0), how="left")["taken"].fillna(0.0).to_numpy()


def _supplier_orders(net: Network, ship: np.ndarray) -> np.ndarray:
    """1 where a supplier is ordered from now; what is ordered later, on some path, needs no least order."""
    orders = net.supplier_orders
    value = net.ordered @ (net.shipments["value"].to_numpy() * ship)
    forced = net.ordered @ net.shipments["least"].to_numpy() > 0
    return (_saved_up(orders["origin"].to_numpy(), value, ENOUGH * orders["least"].to_numpy()) | forced).astype(float)


def booked_orders(net: Network, value: np.ndarray) -> np.ndarray:
    """1 where a supplier's least order is placed, from the value that is wanted of each (supplier orders,)."""
    enough = ENOUGH_TO_ORDER * net.supplier_orders["least"].to_numpy()
    return _saved_up(net.supplier_orders["origin"].to_numpy(), value, enough).astype(float)


def _sku_orders(net: Network, ship: np.ndarray, suppliers: np.ndarray) -> np.ndarray:
    """1 where a SKU with a least order is ordered, only in periods in which its supplier is ordered from."""
    orders = net.sku_orders
    ordered = gather(orders, net.shipments, ["origin", "sku", "period", "committed"])
    units, forced = ordered @ ship, ordered @ net.shipments["least"].to_numpy() > 0
    closed = net.supplier_orders.assign(closed=suppliers == 0)
    shut = orders.merge(closed, on=["origin", "period"], how="left")["closed"].eq(True).to_numpy()
    chain = orders.groupby(["origin", "sku"]).ngroup().to_numpy()
    least = np.where(shut, np.inf, ENOUGH * orders["moq"].to_numpy())
    return (_saved_up(chain, units, least) | forced).astype(float)


def _saved_up(chain: np.ndarray, amount: np.ndarray, enough: np.ndarray) -> np.ndarray:
    """For rows in the order of time in each chain: true where the amounts since the last true one reach `enough`."""
    saved: dict[int, float] = {}
    booked = np.zeros(len(chain), dtype=bool)
    for place, (name, more, least) in enumerate(zip(chain.tolist(), amount.tolist(), enough.tolist(), strict=True)):
        total = saved.get(name, 0.0) + more
        booked[place] = total >= least and total > 1e-6
        saved[name] = 0.0 if booked[place] else total
    return booked
