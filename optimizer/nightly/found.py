"""What was found in a run's plan, as rows of the store: its alerts."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from optimizer.nightly.record import plain
from optimizer.nightly.tables import FOUND, FOUND_COLUMNS
from optimizer.plan.alerts import told, urgent
from optimizer.report.briefing import Briefing

#: The dearest alerts of a plan that are kept; of all of them their number and sum by kind.
MOST_ALERTS = 10_000


def alert_rows(brief: Briefing, language: str) -> pd.DataFrame:
    """The alerts of a plan with their sentences, those first that cost most."""
    rows = brief.alerts.head(MOST_ALERTS)
    said = pd.DataFrame(told(rows, language), columns=["says", "do"], dtype=object)
    soon = rows.index.isin(urgent(rows, brief.until).index)
    return rows.assign(urgent=soon, says=said["says"], what_to_do=said["do"])[list(FOUND_COLUMNS["alerts"])]


def alert_sums(brief: Briefing) -> dict[str, Any]:
    """Number and money of all alerts of each kind, and how many of all are urgent, for the details of a run."""
    sums = {
        str(kind): {"count": len(mine), "money": round(float(mine["money"].sum()), 2)}
        for kind, mine in brief.alerts.groupby("kind", sort=False)
    }
    return {"alert_kinds": sums, "urgent": len(urgent(brief.alerts, brief.until))}


def alerts_of(connection: Connection, run: int) -> list[dict[str, Any]]:
    """The alerts of a run's plan as plain values, those first that cost most; what is empty is left out."""
    table = FOUND["alerts"]
    query = select(table).where(table.c.run == run).order_by(func.abs(table.c.money).desc(), table.c.says)
    return [
        {name: plain(value) for name, value in row.items() if name != "run" and value not in (None, "")}
        for row in connection.execute(query).mappings()
    ]
