"""What the SKUs that are not asked about do in a plan, as far as others feel it: what they load, hold and land."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.network.gather import gather
from optimizer.network.horizon import Horizon
from optimizer.network.network import Network
from optimizer.network.reachable import decided_on
from optimizer.network.shipments import supplier_costs
from optimizer.network.survey import Survey, survey
from optimizer.network.totals import Totals
from optimizer.plan.plan import Plan


@dataclass(frozen=True)
class Others:
    """Sums over the SKUs that stay as the plan has them, expected where they differ by sample path. `aboard`
    (sailings, 3): volume, weight and units of each departure; `ordered`, `value` (sailings,): units decided now, and
    their money at the supplier on the first day of the period; `held`, `landed` (L, T): m3 on hand at the end of a
    period, and received in it.
    """

    aboard: np.ndarray
    ordered: np.ndarray
    value: np.ndarray
    held: np.ndarray
    landed: np.ndarray

    def totals(self, net: Network) -> Totals:
        """The most that these SKUs and those of `net` can load, order, hold and receive together."""
        ordered = gather(net.supplier_orders, net.sailings, ["origin", "period"]) @ self.ordered
        held, landed = (float(volume.max(initial=0.0)) for volume in (self.held, self.landed))
        return net.own_totals + Totals(self.aboard, ordered, held, landed)

    def loads(self, net: Network) -> dict[str, np.ndarray]:
        """What they take of each linking row of a network's program, by constraint, as the row itself counts it."""
        volume, weight, _ = self.aboard.T
        boxed = net.loads["sailing"].drop_duplicates().to_numpy()
        charged, light = net.scales["sailing"].to_numpy(), net.scales[net.scales["divisor"].notna()]
        limited, measure = net.capacities["sailing"].to_numpy(), net.capacities["measure"].to_numpy()
        origins = gather(net.supplier_orders, net.sailings, ["origin", "period"])
        rooms, docks = (
            place[rows["location"].to_numpy(), rows["period"].to_numpy()]
            for place, rows in ((self.held, net.rooms), (self.landed, net.docks))
        )
        return {
            "supplier_minimum": origins @ self.value,
            "supplier_minimum_placed": origins @ self.ordered,
            "container_volume": volume[boxed],
            "container_payload": weight[boxed],
            "chargeable_weight": -np.where(net.scales["basis"].to_numpy() == 0, weight[charged], volume[charged]),
            "chargeable_volume": -1e6 / light["divisor"].to_numpy() * volume[light["sailing"].to_numpy()],
            "departure_used": volume[net.fees["sailing"].to_numpy()],
            "lane_capacity": self.aboard[limited, measure],
            "storage_capacity": rooms,
            "receiving_capacity": docks,
        }


def others(plan: Plan, mine: np.ndarray, beyond: Horizon) -> Others:
    """What all SKUs of a plan but `mine` (names) do in it."""
    ground = survey(plan.scenario, beyond=beyond)
    known = pd.DataFrame({"sku": ground.sku_index.get_indexer(mine)})
    ship, on_hand = (_coded(ground, plan[table], known) for table in ("ship", "on_hand"))
    sailing = _sailing(ground, ship)
    sizes = _sizes(ground, ship)
    aboard = np.zeros((len(ground.sailings), 3))
    np.add.at(aboard, sailing, sizes)
    now = _now(ground, ship, sailing)
    units, sku = ship["units"].to_numpy()[now], ship["sku"].to_numpy()[now]
    ordered = np.bincount(sailing[now], units, minlength=len(ground.sailings))
    held, landed = np.zeros((2, len(ground.locations), len(ground.scenario.calendar)))
    np.add.at(
        held, (on_hand["location"].to_numpy(), on_hand["period"].to_numpy()),
        on_hand["units"].to_numpy() * ground.goods.volume[on_hand["sku"].to_numpy()],
    )  # fmt: skip
    for one in ground.on_paths():
        landed += ground.weights[one.path] * _landed(one, _on_path(one, plan, ship[now], known), known)
    return Others(aboard, ordered, _values(ground, sailing[now], sku, units), held, landed)


def _sizes(ground: Survey, ship: pd.DataFrame) -> np.ndarray:
    """Volume, weight and units of shipments, (rows, 3)."""
    units, sku = ship["units"].to_numpy(), ship["sku"].to_numpy()
    return np.stack([units * ground.goods.volume[sku], units * ground.goods.weight[sku], units], axis=1)


def _now(ground: Survey, ship: pd.DataFrame, sailing: np.ndarray) -> np.ndarray:
    """Which shipments are decided now, the same on all paths."""
    if len(ground.weights) == 1:
        return np.ones(len(ship), dtype=bool)
    return decided_on(ground)[sailing, ship["sku"].to_numpy()] < ground.committed_until


def _on_path(ground: Survey, plan: Plan, now: pd.DataFrame, mine: pd.DataFrame) -> pd.DataFrame:
    """What is shipped if a path comes true."""
    if len(ground.weights) == 1:
        return now
    number = ground.scenario["paths"]["path"].iat[ground.path]
    later = plan["path_ship"]
    return pd.concat([now, _coded(ground, later[later["path"] == number], mine)])


def _coded(ground: Survey, table: pd.DataFrame, mine: pd.DataFrame) -> pd.DataFrame:
    """A plan table with codes in place of names, without the SKUs `mine`."""
    names = {"lane": ground.lanes, "location": ground.locations, "sku": ground.sku_index}
    coded = table.assign(**{key: index.get_indexer(table[key]) for key, index in names.items() if key in table})
    return coded[~coded["sku"].isin(mine["sku"])]


def _sailing(ground: Survey, ship: pd.DataFrame) -> np.ndarray:
    """The departure of each shipment."""
    place = np.full((len(ground.lanes), len(ground.scenario.calendar)), -1)
    place[ground.sailings["lane"], ground.sailings["period"]] = np.arange(len(ground.sailings))
    return place[ship["lane"].to_numpy(), ship["period"].to_numpy()]


def _landed(ground: Survey, ship: pd.DataFrame, mine: pd.DataFrame) -> np.ndarray:
    """What arrives within the horizon on a path, in m3, (L, T): shipments, and goods that the past has sent."""
    landed = np.zeros((len(ground.locations), len(ground.scenario.calendar)))
    trips = ground.sailings.iloc[_sailing(ground, ship)]
    coming = ground.receipts[~ground.receipts["sku"].isin(mine["sku"])]
    parts = (
        (trips["destination"].to_numpy(), trips["arrival"].to_numpy(), _sizes(ground, ship)[:, 0]),
        (coming["location"].to_numpy(), coming["period"].to_numpy(),
         coming["units"].to_numpy() * ground.goods.volume[coming["sku"].to_numpy()]),
    )  # fmt: skip
    for location, period, size in parts:
        inside = period < landed.shape[1]
        np.add.at(landed, (location[inside], period[inside]), size[inside])
    return landed


def _values(ground: Survey, sailing: np.ndarray, sku: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Value of what leaves suppliers aboard each departure, at the first day of its period, (sailings,)."""
    value, trips = np.zeros(len(ground.sailings)), ground.sailings
    bought = np.flatnonzero((ground.kinds == "supplier")[trips["origin"].to_numpy()])
    rows = np.flatnonzero(np.isin(sailing, bought))
    order = rows[np.argsort(sailing[rows], kind="stable")]
    for trip, mine in zip(*_runs(sailing[order], order), strict=True):
        day = ground.scenario.calendar.starts[trips["period"].iat[trip]]
        value[trip] = supplier_costs(ground, trips["origin"].iat[trip], day)[sku[mine]] @ units[mine]
    return value


def _runs(sorted_codes: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    codes, first = np.unique(sorted_codes, return_index=True)
    return codes, np.split(rows, first[1:]) if len(codes) else []
