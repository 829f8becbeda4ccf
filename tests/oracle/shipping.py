"""Rules about shipments: whole cases, containers, what is charged, fees, limits, locks."""

from __future__ import annotations

from pulp import LpAffineExpression, lpSum

from optimizer.errors import OptimizerError
from tests.oracle.decisions import Decisions
from tests.oracle.keys import Keys
from tests.oracle.most import most_charged
from tests.oracle.rules import Rules
from tests.oracle.trade import Trade

#: A capacity of a lane, and the column of a SKU that counts against it.
CAPACITIES = (("capacity_m3", "unit_volume_m3"), ("capacity_kg", "unit_weight_kg"), ("capacity_units", None))


def aboard(trade: Trade, keys: Keys, x: Decisions, trip: tuple[str, int], column: str | None) -> LpAffineExpression:
    """All that leaves on a departure, in a measure of the SKU, or in units."""
    return lpSum(
        (trade.facts.skus[key[1]][column] if column else 1.0) * x.ship[key] for key in keys.aboard.get(trip, ())
    )


def whole_cases(trade: Trade, x: Decisions, rules: Rules) -> None:
    """Units shipped are whole multiples."""
    for key, cases in x.cases.items():
        rules.add("whole_cases", x.ship[key] == trade.multiple(*key[:2]) * cases)


def containers(trade: Trade, keys: Keys, x: Decisions, rules: Rules) -> None:
    """Goods aboard fit the containers of the departure by volume and by weight."""
    types = {row["container_type"]: row for row in trade.facts.rows["container_types"]}
    for (lane, period), tariff in trade.tariffs.items():
        if tariff.per_container:
            for block, column, room in (
                ("container_volume", "unit_volume_m3", "volume_m3"),
                ("container_payload", "unit_weight_kg", "payload_kg"),
            ):
                rooms = lpSum(types[kind][room] * x.containers[lane, kind, period] for kind in tariff.per_container)
                rules.add(block, aboard(trade, keys, x, (lane, period), column) <= rooms)


def chargeable_weight(trade: Trade, keys: Keys, x: Decisions, rules: Rules) -> None:
    """The carrier charges what is aboard, by weight or by volume."""
    for trip, tariff in trade.tariffs.items():
        weight = aboard(trade, keys, x, trip, "unit_weight_kg")
        volume = aboard(trade, keys, x, trip, "unit_volume_m3")
        for basis, brackets in tariff.brackets.items():
            charged = lpSum(x.charged[trip[0], basis, number, trip[1]] for number in range(len(brackets)))
            rules.add("chargeable_weight", charged >= (weight if basis == "kg" else volume))
            if basis == "kg" and tariff.divisor:
                rules.add("chargeable_volume", charged >= volume * (1e6 / tariff.divisor))


def weight_break(trade: Trade, keys: Keys, x: Decisions, rules: Rules, most: dict[str, float]) -> None:
    """A bracket in use is charged for its least quantity, one that is not for nothing; at most one is in use."""
    for (lane, period), tariff in trade.tariffs.items():
        for basis, brackets in tariff.brackets.items():
            if not tariff.switched(basis):
                continue
            full = most_charged(trade, keys, (lane, period), basis, most)
            used = [x.brackets[lane, basis, number, period] for number in range(len(brackets))]
            rules.add("one_bracket", lpSum(used) <= 1)
            for number, bracket in enumerate(brackets):
                charged = x.charged[lane, basis, number, period]
                rules.add("weight_break", charged >= bracket.least * used[number])
                rules.add("weight_break_used", charged <= max(full, bracket.least) * used[number])


def departure_used(keys: Keys, x: Decisions, rules: Rules, most: dict[str, float]) -> None:
    """Nothing leaves without its departure."""
    for trip, departs in x.departures.items():
        for key in keys.aboard.get(trip, ()):
            rules.add("departure_used", x.ship[key] <= most[key[1]] * departs)


def lane_capacity(trade: Trade, keys: Keys, x: Decisions, rules: Rules) -> None:
    """A departure takes no more than it can."""
    for trip in trade.trips:
        for capacity, column in CAPACITIES:
            room = trade.facts.lanes[trip[0]][capacity]
            if room is not None:
                rules.add("lane_capacity", aboard(trade, keys, x, trip, column) <= room)


def locks(trade: Trade, x: Decisions, rules: Rules) -> None:
    """At least and at most so many units leave."""
    for row in trade.facts.rows["locks"]:
        periods = trade.calendar.periods if row["date"] is None else [trade.calendar.period_of(row["date"])]
        locked = [key for period in periods if (key := (row["lane"], row["sku"], period)) in x.ship]
        if row["date"] is not None and row["least"] > 0 and not locked:
            raise OptimizerError(f"A lock asks for a shipment of {row['sku']} on {row['lane']} that there cannot be.")
        for key in locked:
            if row["least"] > 0:
                rules.add("lock_least", x.ship[key] >= row["least"])
            if row["most"] is not None:
                rules.add("lock_most", x.ship[key] <= row["most"])
