"""A first plan from the linear program: shipments in whole multiples, in the order of time, from what is there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.network import Network

#: Shares of a multiple below this are noise of the linear program.
NOISE = 1e-6
_RANK = {"supplier": 0, "domestic": 1, "overseas": 2, "marketplace": 2}


def rounded(net: Network, value: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Whole values for every integer family, from values in which containers and orders are whole already. Those of
    departures after the commit window stay as they are.

    With them fixed the rest of the program stays feasible: nothing leaves a place that is not there, and no departure
    takes more than its limits and its containers. What a departure does not take is carried over to the next one of
    its lane.
    """
    units = _shipped_units(net, value)
    picked = net.cased
    return {
        "cases": np.clip(
            np.round(units[picked["shipment"]] / picked["multiple"].to_numpy()), picked["least"], picked["most"]
        ),
        "containers": np.where(net.now[net.loads["sailing"]], _containers(net, units), np.round(value["containers"])),
        "brackets": _brackets(net, units),
        "departures": _departures(net, units, value),
        "orders_placed": _ordered(net.sku_orders, net.shipments, units, ["origin", "sku", "period"]),
        "supplier_orders": _ordered(net.supplier_orders, net.shipments, units, ["origin", "period"]),
    }


def _shipped_units(net: Network, value: dict[str, np.ndarray]) -> np.ndarray:
    """Units of each shipment, departure by departure."""
    now = (net.shipments["committed"] == 1).to_numpy()
    table, calendar, wished = net.shipments[now], net.ground.scenario.calendar, value["ship"][now]
    units = np.zeros(len(net.shipments))
    paths, known = len(net.weights), net.stock
    stock = np.zeros((paths, len(net.ground.locations), len(net.ground.skus), len(calendar) + 1))
    np.add.at(
        stock, (known["path"], known["location"], known["sku"], known["period"]), known["opening"] + known["receipts"]
    )
    owed = np.zeros((len(net.ground.lanes), len(net.ground.skus)))
    rank = np.array([_RANK[kind] for kind in net.ground.kinds])[net.sailings["origin"]]
    limits = _limits(net, value["containers"])
    rows_of = table.groupby("sailing").indices
    for sailing in np.lexsort((rank, net.sailings["period"])):
        if sailing in rows_of:
            rows = rows_of[sailing]
            found = _departure(net, sailing, table.iloc[rows], wished[rows], stock, owed, limits[sailing])
            units[np.flatnonzero(now)[rows]] = found
    return units


def _limits(net: Network, containers: np.ndarray) -> np.ndarray:
    """Most volume, weight and units aboard each departure, (sailings, 3); inf without a limit. Containers set none
    where they are not known yet (NaN).
    """
    limits = net.sailings[["capacity_m3", "capacity_kg", "capacity_units"]].fillna(np.inf).to_numpy(copy=True)
    boxed = np.unique(net.loads["sailing"])
    for column, room in enumerate(("volume", "payload")):
        booked = np.bincount(net.loads["sailing"], np.round(containers) * net.loads[room], minlength=len(limits))
        limits[boxed, column] = np.fmin(limits[boxed, column], booked[boxed])
    return limits


def _departure(
    net: Network,
    sailing: int,
    rows: pd.DataFrame,
    wished: np.ndarray,
    stock: np.ndarray,
    owed: np.ndarray,
    limits: np.ndarray,
) -> np.ndarray:
    """Units of one departure; takes them from `stock` (P, L, K, T + 1; units that become available by period on each
    path, of which the least counts) and updates what each lane owes."""
    trip = net.sailings.iloc[sailing]
    sku, bought = rows["sku"].to_numpy(), net.ground.kinds[trip["origin"]] == "supplier"
    multiple = np.nan_to_num(rows["multiple"].to_numpy(), nan=NOISE)
    target = wished + owed[trip["lane"], sku]
    steps = np.ceil(target / multiple - NOISE) if bought else np.floor(target / multiple + 0.5)
    most = rows["most"].to_numpy()
    if not bought:
        most = np.minimum(most, stock[:, trip["origin"], sku, : trip["period"] + 1].sum(axis=2).min(axis=0))
    least = np.ceil(rows["least"].to_numpy() / multiple - NOISE)
    steps = np.maximum(np.minimum(np.maximum(steps, 0), np.floor(most / multiple + NOISE)), least)
    steps = _within(steps, least, target, multiple, rows, limits)
    units = _least_orders(net, trip, rows, steps * multiple, target, multiple) if bought else steps * multiple
    if not bought:
        stock[:, trip["origin"], sku, trip["period"]] -= units
    for path, sailings in enumerate(net.ground.common.sailings):
        stock[path, trip["destination"], sku, sailings["arrival"].iat[sailing]] += units
    owed[trip["lane"], sku] = target - units
    return units


def _within(
    steps: np.ndarray,
    least: np.ndarray,
    target: np.ndarray,
    multiple: np.ndarray,
    rows: pd.DataFrame,
    limits: np.ndarray,
) -> np.ndarray:
    """The steps without those that do not fit aboard: first the ones that were rounded up furthest."""
    sizes = np.stack([rows["volume"].to_numpy(), rows["weight"].to_numpy(), np.ones(len(rows))]) * multiple
    while (sizes @ steps > limits * (1 + 1e-9) + NOISE).any():
        spare = np.where(steps > least, steps - target / multiple, -np.inf)
        worst = int(np.argmax(spare))
        if not np.isfinite(spare[worst]):
            break
        steps[worst] -= 1
    return steps


def _least_orders(
    net: Network, trip: pd.Series, rows: pd.DataFrame, units: np.ndarray, target: np.ndarray, multiple: np.ndarray
) -> np.ndarray:
    """Orders raised to the least order of the SKU, or put off; then to the supplier's least value, or put off."""
    moq = np.nan_to_num(net.ground.sourcing("moq")[trip["origin"], rows["sku"].to_numpy()])
    raised = np.ceil(moq / multiple - NOISE) * multiple
    short = (units > 0) & (units < moq)
    units = np.where(short, np.where((target >= 0.5 * moq) & (raised <= rows["most"]), raised, 0.0), units)
    terms = net.supplier_orders
    least = terms.loc[(terms["origin"] == trip["origin"]) & (terms["period"] == trip["period"]), "least"].max()
    price = rows["purchase"].to_numpy()
    value = float(price @ units)
    if not least > value or value == 0:
        return units
    top = int(np.argmax(price * units))
    steps = np.ceil((least - value) / (price[top] * multiple[top]))
    more = units[top] + steps * multiple[top]
    if value < 0.5 * least or more > rows["most"].iat[top]:
        return np.zeros(len(units))
    units[top] = more
    return units


def _containers(net: Network, units: np.ndarray) -> np.ndarray:
    """Of each departure the one type that carries all that is aboard for the least money."""
    volume, weight = (net.aboard @ (units * net.shipments[name].to_numpy()) for name in ("volume", "weight"))
    loads = net.loads
    sailing = loads["sailing"].to_numpy()
    needed = np.ceil(
        np.maximum(volume[sailing] / loads["volume"], weight[sailing] / loads["payload"]) - NOISE
    ).to_numpy()
    price = needed * (loads["charge"] + loads["handling"]).to_numpy()
    best = pd.Series(price).groupby(sailing).transform("idxmin").to_numpy() if len(loads) else np.zeros(0)
    return np.where(best == np.arange(len(loads)), np.maximum(needed, 0.0), 0.0)


def _brackets(net: Network, units: np.ndarray) -> np.ndarray:
    """Of each departure the bracket that costs least; the highest of several, for one before another that is no dearer
    is charged for what lies below the start of that only.
    """
    volume, weight = (net.aboard @ (units * net.shipments[name].to_numpy()) for name in ("volume", "weight"))
    scale = net.scales.iloc[net.brackets["scale"].to_numpy()].reset_index(drop=True)
    sailing = scale["sailing"].to_numpy()
    quantity = np.where(
        scale["basis"] == 0, np.fmax(weight[sailing], volume[sailing] * 1e6 / scale["divisor"]), volume[sailing]
    )
    cost = net.brackets["rate"].to_numpy() * np.maximum(quantity, net.brackets["start"].to_numpy())
    one, place = net.brackets["scale"].to_numpy(), np.arange(len(cost))
    order = np.lexsort((-place, cost, one))
    best = np.zeros(len(cost), dtype=bool)
    best[order[np.flatnonzero(np.diff(one[order], prepend=-1))]] = True
    used = best & (quantity > NOISE)
    return used[net.brackets["stepped"].to_numpy() == 1].astype(float)


def _departures(net: Network, units: np.ndarray, value: dict[str, np.ndarray]) -> np.ndarray:
    """1 where a fee is paid: for what is aboard now, and later where the linear program pays any of it."""
    sailing = net.fees["sailing"].to_numpy()
    used = (net.aboard @ units > 0)[sailing]
    later = value.get("departures", np.ones(len(sailing))) > NOISE
    return np.where(net.now[sailing], used, used | later).astype(float)


def _ordered(orders: pd.DataFrame, shipments: pd.DataFrame, units: np.ndarray, key: list[str]) -> np.ndarray:
    placed = shipments.loc[units > 0, key].drop_duplicates().assign(placed=1.0)
    return orders[key].merge(placed, on=key, how="left")["placed"].fillna(0.0).to_numpy()
