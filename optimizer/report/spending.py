"""What a plan costs by line, and how its mission cost divides."""

from __future__ import annotations

import pandas as pd

from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.look_up import look_up
from optimizer.plan.measures import Measures

FREIGHT = ("first_leg_freight", "container_charges", "departure_fees", "inbound_handling")
RENT = ("storage_rent", "overflow_rent")
TARIFF = ("duty", "parcel_duty")

#: Less is rounding.
LEAST_MONEY = 0.005


def cost_lines(measures: Measures) -> pd.DataFrame:
    """Every cost line with something in it, the dearest first, credits last: line, amount, share of all outlay."""
    lines = pd.Series(dict(measures.costs), dtype=float)
    outlay = lines[lines > 0].sum()
    lines = lines[lines.abs() >= LEAST_MONEY].sort_values(ascending=False, kind="stable")
    share = lines.where(lines > 0) / outlay if outlay > 0 else lines * float("nan")
    return pd.DataFrame({"line": lines.index, "amount": lines.to_numpy(), "share": share.to_numpy()})


def mission_parts(ledger: Ledger, measures: Measures) -> dict[str, float]:
    """Mission cost as freight (dearer last mile included), rent, tariff and stockout."""
    parts = {
        "rent": sum(measures.costs.get(line, 0.0) for line in RENT),
        "tariff": sum(measures.costs.get(line, 0.0) for line in TARIFF),
        "stockout": measures.costs.get("lost_sales", 0.0) - goods_not_bought(ledger),
    }
    return {"freight": measures.mission_cost - sum(parts.values()), **parts}


def goods_not_bought(ledger: Ledger) -> float:
    """What the goods of lost sales would have cost."""
    return float((ledger.lost["units"] * look_up(ledger.lost["sku"], ledger.facts.goods["value"])).sum())
