"""What a whole departure is charged for: containers, charged quantities, fees; and its limits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.shipments import in_containers
from optimizer.network.survey import Survey


def loads(ground: Survey) -> pd.DataFrame:
    """One row per departure and container type on offer: sailing, lane, period, container_type (position in its
    table), charge, handling, volume, payload.
    """
    types = ground.scenario["container_types"]
    places = {name: place for place, name in enumerate(types["container_type"])}
    rows = []
    for place, row, table in _tables(ground):
        if table.basis == "container":
            kind = places[table.container_type]
            boxed, day = (
                in_containers(ground, ground.lanes[row.lane], row.destination),
                ground.common.arrivals[:, place],
            )
            fee = (
                _mean(
                    ground,
                    ground.handling.rate(ground.locations[row.destination], "container", day, table.container_type),
                )
                if boxed
                else 0.0
            )
            rows.append(
                (
                    place,
                    row.lane,
                    row.period,
                    kind,
                    table.rate[0],
                    fee,
                    types["volume_m3"].iat[kind],
                    types["payload_kg"].iat[kind],
                )
            )
    return _frame(rows, ("sailing", "lane", "period", "container_type"), ("charge", "handling", "volume", "payload"))


def charges(ground: Survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Charged quantities: (scales, brackets).

    A scale is a departure and basis whose charge needs the quantity of the whole departure: sailing, lane, period,
    basis (0 kg, 1 m3), divisor (NaN: gross weight). A bracket is one rate of a scale: the scale's columns and scale,
    from_quantity, start, rate, stepped (0 or 1).
    """
    scales: list[tuple] = []
    brackets: list[tuple] = []
    for place, row, table in _tables(ground):
        if table.basis not in ("kg", "m3") or not (
            table.stepped or (table.basis == "kg" and not np.isnan(table.divisor))
        ):
            continue
        basis = ("kg", "m3").index(table.basis)
        for rate, start, listed in zip(table.rate, table.start, table.from_quantity, strict=True):
            brackets.append((len(scales), place, row.lane, row.period, basis, int(table.stepped), listed, start, rate))
        scales.append((place, row.lane, row.period, basis, table.divisor if table.basis == "kg" else np.nan))
    return (
        _frame(scales, ("sailing", "lane", "period", "basis"), ("divisor",)),
        _frame(
            brackets, ("scale", "sailing", "lane", "period", "basis", "stepped"), ("from_quantity", "start", "rate")
        ),
    )


def fees(ground: Survey) -> pd.DataFrame:
    """Departures with a fixed fee: sailing, lane, period, fee (freight by departure, and customs entry)."""
    fee = np.zeros(len(ground.sailings))
    for place, _, table in _tables(ground):
        if table.basis == "departure":
            fee[place] += table.rate[0]
    for place, row in enumerate(ground.sailings.itertuples()):
        if ground.territories[row.origin] != ground.territories[row.destination] and not row.duty_included:
            entries = [ground.duties.entry_fee(ground.territories[row.destination], day)
                       for day in ground.common.arrivals[:, place]]  # fmt: skip
            fee[place] += _mean(ground, entries)
    due = np.flatnonzero(fee > 0)
    return ground.sailings[["lane", "period"]].iloc[due].reset_index(drop=True).assign(sailing=due, fee=fee[due])


def capacities(ground: Survey) -> pd.DataFrame:
    """Limits of departures: sailing, measure (0 m3, 1 kg, 2 units), most."""
    parts = []
    for measure, column in enumerate(("capacity_m3", "capacity_kg", "capacity_units")):
        limited = np.flatnonzero(ground.sailings[column].notna())
        parts.append(
            pd.DataFrame({"sailing": limited, "measure": measure, "most": ground.sailings[column].to_numpy()[limited]})
        )
    return pd.concat(parts, ignore_index=True)


def _mean(ground: Survey, by_path) -> float:
    """What is expected of something that depends on the day of arrival, from what it is on each path."""
    return float(by_path[0]) if len(by_path) == 1 else float(ground.weights @ by_path)


def _tables(ground: Survey):
    for place, row in enumerate(ground.sailings.itertuples()):
        for table in ground.freight.tables(ground.lanes[row.lane], np.datetime64(row.departs_on, "D")):
            yield place, row, table


def _frame(rows: list[tuple], keys: tuple[str, ...], amounts: tuple[str, ...]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(keys + amounts)
    kinds = [np.int64] * len(keys) + [np.float64] * len(amounts)
    return pd.DataFrame(
        {name: np.array(values, dtype=kind) for name, values, kind in zip(keys + amounts, columns, kinds, strict=True)}
    )
