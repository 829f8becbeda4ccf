"""What the last plan decided for the next days, as locks of tonight's scenario: the frozen fence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.decided import decided
from optimizer.plan.ledger.look_up import look_up
from optimizer.scenario.departures import delayed
from optimizer.scenario.scenario import Scenario

KEYS = ["lane", "sku", "period"]


@dataclass(frozen=True)
class Fence:
    """`locks`: rows for the table of locks, each of a shipment that is held. `lacking`: those of the last plan of which
    less is held than it ships (lane, sku, period, units, held): the stock for them is not there, or they are no whole
    cases any more.
    """

    locks: pd.DataFrame
    lacking: pd.DataFrame


def fence(scenario: Scenario, shipped: pd.DataFrame) -> Fence:
    """What is held of a last plan that ships `shipped` (lane, sku, departs_on, units) within `frozen_days`.

    A lock of the scenario itself comes before it, and so does what the calendar and the suppliers still allow: a
    shipment whose lane does not depart, or whose decision is past, is not held. Where ships are late on sample paths,
    what they bring is there once it is on every path.
    """
    facts = Facts(scenario)
    rows = _due(facts, shipped)
    rows = rows.assign(held=_there(facts, rows))
    lacking = rows[rows["held"] < rows["units"] - 1e-6]
    kept = rows[rows["held"] > 0]
    days = facts.departures.set_index(["lane", "period"])["departs_on"]
    dates = days.reindex(pd.MultiIndex.from_frame(kept[["lane", "period"]])).to_numpy().astype("datetime64[ns]")
    locks = pd.DataFrame({"lane": kept["lane"].to_numpy(object), "sku": kept["sku"].to_numpy(object), "date": dates,
                          "least": kept["held"].to_numpy(), "most": kept["held"].to_numpy(),
                          "note": np.full(len(kept), "last plan", dtype=object)})  # fmt: skip
    return Fence(locks, lacking[[*KEYS, "units", "held"]].reset_index(drop=True))


def with_locks(scenario: Scenario, locks: pd.DataFrame) -> Scenario:
    """The scenario with more locks, after its own."""
    own = scenario["locks"]
    more = locks.reindex(columns=own.columns)
    texts = {name: more[name].fillna("") for name in own.columns if own[name].dtype == object}
    both = pd.concat([own, more.assign(**texts).astype(own.dtypes.to_dict())], ignore_index=True) if len(more) else own
    return scenario.with_tables(locks=both)


def _due(facts: Facts, shipped: pd.DataFrame) -> pd.DataFrame:
    """Shipments to hold: keys, units, origin, destination, arrival period, and the step (0: any quantity)."""
    scenario, locks = facts.scenario, facts.scenario["locks"]
    known = shipped["lane"].isin(facts.lanes.index) & shipped["sku"].isin(facts.goods.index)
    rows = shipped[known & (shipped["units"] > 0)].astype({"lane": object, "sku": object})
    period = facts.calendar.period_of(rows["departs_on"].to_numpy())
    rows = rows.assign(period=period)[(period >= 0) & (period < facts.periods)]
    rows = decided(facts, rows.groupby(KEYS, as_index=False)["units"].sum())
    until = facts.first + scenario.settings.frozen_days
    made = ~rows["supplier"].isin(facts.suppliers) | rows["production_days"].notna()
    rows = rows[made & (rows["decided"] >= facts.first) & (rows["decided"] < until)]
    dated = locks["date"].notna().to_numpy()
    named = set(zip(locks["lane"], locks["sku"], np.where(dated, facts.calendar.period_of(locks["date"]), -1),
                    strict=True))  # fmt: skip
    free = [not {(lane, sku, period), (lane, sku, -1)} & named
            for lane, sku, period in zip(rows["lane"], rows["sku"], rows["period"], strict=True)]  # fmt: skip
    rows = rows[np.array(free, dtype=bool)]
    arrival = _arrivals(facts)
    offers = facts.offers.rename(columns={"supplier": "origin"})[["sku", "origin", "order_multiple"]]
    rows = rows.join(facts.lanes[["origin", "destination"]], on="lane").merge(arrival, on=["lane", "period"])
    rows = rows.merge(offers, on=["sku", "origin"], how="left")
    pack = look_up(rows["sku"], scenario["skus"].set_index("sku")["case_pack"])
    step = rows["order_multiple"].fillna(pack.astype(float)).fillna(0.0).to_numpy()
    return rows.assign(step=step).sort_values("period", kind="stable")


def _arrivals(facts: Facts) -> pd.DataFrame:
    """The period in which what a departure carries is there, on every sample path: lane, period, arrival_period."""
    planned, paths = facts.departures, facts.scenario["paths"]["path"]
    late = [delayed(facts.scenario, int(number))["arrival_period"].to_numpy() for number in paths]
    latest = np.max([planned["arrival_period"].to_numpy(), *late], axis=0)
    return planned[["lane", "period"]].assign(arrival_period=latest)


def _there(facts: Facts, rows: pd.DataFrame) -> np.ndarray:
    """Units of each shipment for which the stock is there, in whole steps; earlier departures come first."""
    coming: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for table, place in ((facts.scenario["opening_stock"], None), (facts.receipts, "period")):
        periods = table[place] if place else np.zeros(len(table), dtype=int)
        for location, sku, period, units in zip(table["location"], table["sku"], periods, table["units"], strict=True):
            coming[location, sku].append((int(period), float(units)))
    for lane, sku, date, least in facts.scenario["locks"][["lane", "sku", "date", "least"]].itertuples(index=False):
        if least > 0 and not pd.isna(date):
            coming[facts.lanes.at[lane, "origin"], sku].append((0, -float(least)))
    suppliers, held = set(facts.suppliers), np.zeros(len(rows))
    for number, row in enumerate(rows.itertuples()):
        units = _whole(row.units, row.step)
        if row.origin not in suppliers:
            here = sum(part for period, part in coming[row.origin, row.sku] if period <= row.period)
            units = min(units, _whole(max(here, 0.0), row.step))
            coming[row.origin, row.sku].append((0, -units))
        held[number] = units
        coming[row.destination, row.sku].append((int(row.arrival_period), units))
    return held


def _whole(units: float, step: float) -> float:
    """The units in whole steps; those of goods that move in any quantity (no step) as they are."""
    return float(np.floor(units / step + 1e-6) * step) if step > 0 else float(units)
