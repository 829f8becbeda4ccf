"""What a page shows of a plan, as columns: everything is computed downstairs, here it is only laid out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from optimizer.plan.ages import CLASSES, ages_at_end, ages_today
from optimizer.plan.alerts import KINDS, phrases, urgent
from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.ledger import LINES
from optimizer.plan.shares import costs_by_place, costs_by_sku, shipment_costs
from optimizer.report.briefing import Briefing
from optimizer.report.html.columns import by_period, days, numbers, places, texts

Columns = dict[str, Any]


def content(brief: Briefing) -> Columns:
    """All that the page needs to draw, as plain values for JSON. Rows refer to names by their place in `names`."""
    ledger, first = brief.ledger, brief.first
    calendar = ledger.facts.calendar
    return {
        "first": f"{first:%Y-%m-%d}",
        "starts": days(calendar.starts, first),
        "days": int(calendar.days.sum()),
        "review_days": (brief.until - first).days,
        "currency": brief.plan.scenario.settings.currency,
        "names": _names(brief),
        "served": _served(ledger),
        "stock": _stock(ledger),
        "demand": _wanted(ledger),
        "lost": _lost(ledger),
        "deliver": _delivered(ledger),
        "delivery_costs": _delivery_costs(ledger),
        "moves": _moves(brief),
        "receipts": _receipts(ledger),
        "departures": _departures(brief),
        "orders": _orders(brief),
        "order_lines": _order_lines(brief),
        "costs_by_sku": _costs_by_sku(ledger),
        "costs_by_place": _costs_by_place(ledger),
        "ages_today": _ages(ledger, ages_today(ledger)),
        "ages_at_end": _ages(ledger, ages_at_end(ledger)),
        "age_classes": list(CLASSES),
        "alerts": _alerts(brief),
    }


def _names(brief: Briefing) -> Columns:
    facts = brief.ledger.facts
    goods, lanes = facts.goods, facts.lanes
    return {
        "sku": texts(goods.index),
        "sku_name": texts(goods["name"]),
        "sku_volume": numbers(goods["volume"], 6),
        "sku_weight": numbers(goods["weight"], 4),
        "location": texts(facts.locations.index),
        "location_kind": texts(facts.locations["kind"]),
        "region": texts(facts.regions.index),
        "region_kind": texts(facts.regions["kind"]),
        "lane": texts(lanes.index),
        "lane_origin": places(lanes["origin"], facts.locations.index),
        "lane_destination": places(lanes["destination"], facts.locations.index),
        "lane_mode": texts(lanes["mode"]),
        "line": list(LINES),
        "kind": list(KINDS),
    }


def _served(ledger: Ledger) -> Columns:
    """Which locations serve which customers locally."""
    facts = ledger.facts
    lanes = facts.delivery_lanes
    lanes = lanes[lanes["local"] & (lanes["region_kind"] == "customers")]
    return {
        "location": places(lanes["location"], facts.locations.index),
        "region": places(lanes["region"], facts.regions.index),
    }


def _stock(ledger: Ledger) -> Columns:
    stock, facts = ledger.stock, ledger.facts
    place, sku = np.nonzero((stock.opening > 0) | (np.abs(stock.on_hand) > 1e-6).any(axis=2))
    return {
        "location": facts.locations.index.get_indexer(stock.locations)[place].tolist(),
        "sku": sku.tolist(),
        "opening": numbers(stock.opening[place, sku]),
        "units": numbers(stock.on_hand[place, sku]),
    }


def _wanted(ledger: Ledger) -> Columns:
    facts = ledger.facts
    keys, units = by_period(ledger.events.demand, ["region", "sku"], facts.periods)
    return {**_coded(ledger, keys), "units": units}


def _lost(ledger: Ledger) -> Columns:
    rows = ledger.entries["lost_sales"]
    return {
        **_coded(ledger, rows[["region", "sku"]]),
        "period": rows["period"].tolist(),
        "units": numbers(rows["units"]),
        "money": numbers(rows["amount"]),
    }


def _delivered(ledger: Ledger) -> Columns:
    keys, units = by_period(ledger.delivered, ["location", "region", "sku"], ledger.facts.periods)
    return {**_coded(ledger, keys), "units": units}


def _delivery_costs(ledger: Ledger) -> Columns:
    """Last mile and parcel duty by delivery lane, of all SKUs."""
    rows = pd.concat([ledger.entries[line] for line in ("last_mile", "parcel_duty")])
    keys, money = by_period(rows, ["location", "region"], ledger.facts.periods, "amount")
    return {**_coded(ledger, keys), "money": money}


def _moves(brief: Briefing) -> Columns:
    ledger = brief.ledger
    rows = shipment_costs(ledger)
    rows = rows.merge(brief.plan["ship"][["lane", "sku", "period", "cases"]], on=["lane", "sku", "period"])
    rows = rows.sort_values(["period", "lane", "sku"], kind="stable")
    return {
        **_coded(ledger, rows[["lane", "sku"]]),
        "period": rows["period"].tolist(),
        "lands": rows["arrival_period"].tolist(),
        **{name: numbers(rows[name]) for name in ("units", "cases")},
        **{name: numbers(rows[name], 3) for name in ("freight", "duty", "purchase")},
    }


def _receipts(ledger: Ledger) -> Columns:
    rows = ledger.events.receipts
    first = ledger.facts.first
    return {
        **_coded(ledger, rows[["location", "sku"]]),
        "day": (rows["day"] - first).astype(int).tolist(),
        "period": rows["period"].tolist(),
        "units": numbers(rows["units"]),
    }


def _departures(brief: Briefing) -> Columns:
    rows = brief.departures
    return {
        "departure": texts(rows["departure"]),
        **_coded(brief.ledger, rows[["lane"]]),
        "period": rows["period"].tolist(),
        **{name: days(rows[name], brief.first) for name in ("departs_on", "arrives_on")},
        "containers": texts(rows["containers"]),
        **{
            name: numbers(rows[name], 4 if name == "container_fill" else 2)
            for name in ("cases", "units", "volume_m3", "weight_kg", "container_fill", "charge")
        },
    }


def _orders(brief: Briefing) -> Columns:
    rows, places_of = brief.orders, brief.ledger.facts.locations.index
    return {
        "order": texts(rows["order"]),
        **{name: places(rows[name], places_of) for name in ("supplier", "destination")},
        **{name: days(rows[name], brief.first) for name in ("order_on", "departs_on", "arrives_on")},
        **{name: numbers(rows[name]) for name in ("skus", "cases", "units", "amount")},
        "currency": texts(rows["currency"]),
    }


def _order_lines(brief: Briefing) -> Columns:
    rows = brief.order_lines
    return {
        "order": places(rows["order"], pd.Index(brief.orders["order"], dtype=object)),
        **_coded(brief.ledger, rows[["sku"]]),
        "order_on": days(rows["order_on"], brief.first),
        "units": numbers(rows["units"]),
        "cases": numbers(rows["cases"]),
        "unit_cost": numbers(rows["unit_cost"], 4),
        "amount": numbers(rows["amount"]),
    }


def _costs_by_sku(ledger: Ledger) -> Columns:
    rows = costs_by_sku(ledger)
    line = places(rows["line"], pd.Index(LINES, dtype=object))
    return {"line": line, **_coded(ledger, rows[["sku"]]), "amount": numbers(rows["amount"], 4)}


def _costs_by_place(ledger: Ledger) -> Columns:
    rows = costs_by_place(ledger)
    return {
        "line": places(rows["line"], pd.Index(LINES, dtype=object)),
        **_coded(ledger, rows[["location"]]),
        "period": rows["period"].tolist(),
        "amount": numbers(rows["amount"], 6),
    }


def _ages(ledger: Ledger, rows: pd.DataFrame) -> Columns:
    return {
        **_coded(ledger, rows[["location", "sku"]]),
        "class": np.searchsorted(CLASSES, rows["from_age_days"]).tolist(),
        "units": numbers(rows["units"]),
    }


def _alerts(brief: Briefing) -> Columns:
    rows = brief.alerts
    said = pd.DataFrame(phrases(rows), columns=["says", "do"], dtype=object)
    near = rows.index.isin(urgent(rows, brief.until).index)
    return {
        "kind": places(rows["kind"], pd.Index(KINDS, dtype=object)),
        "says": texts(said["says"]),
        "do": texts(said["do"]),
        "urgent": near.astype(int).tolist(),
        **_coded(brief.ledger, rows[["sku", "location", "region", "lane"]]),
        "basis": texts(rows["basis"]),
        **{name: days(rows[name], brief.first) for name in ("day", "until", "act_by", "then")},
        **{name: numbers(rows[name], 4) for name in ("money", "units", "share", "before", "after")},
    }


def _coded(ledger: Ledger, keys: pd.DataFrame) -> Columns:
    """Columns of codes as places in their lists of names."""
    facts = ledger.facts
    known = {
        "sku": facts.goods.index,
        "location": facts.locations.index,
        "region": facts.regions.index,
        "lane": facts.lanes.index,
    }
    return {name: places(keys[name], known[name]) for name in keys.columns}
