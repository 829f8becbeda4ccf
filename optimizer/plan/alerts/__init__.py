"""Alerts: what of a plan, or of the tables that it was made from, asks for somebody to look and act.

`alerts(ledger)` finds them, `urgent` those on which somebody must act soon; `told`, `as_text` and `as_dicts` say them
in English or Chinese.
"""

from optimizer.plan.alerts.find import alerts, urgent
from optimizer.plan.alerts.rows import COLUMNS, KINDS
from optimizer.plan.alerts.tell import as_dicts, as_text, between, phrases, title, told

__all__ = ["COLUMNS", "KINDS", "alerts", "as_dicts", "as_text", "between", "phrases", "title", "told", "urgent"]
