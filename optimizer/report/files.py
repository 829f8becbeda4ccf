"""The files of a report: a page for people, a workbook for warehouse and forwarder, alerts for programs."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

from optimizer.errors import StoreError
from optimizer.plan.alerts import as_dicts, urgent
from optimizer.report.briefing import Briefing
from optimizer.report.changes import Changes
from optimizer.report.html.write import write_page
from optimizer.report.workbook import write_workbook

PAGE, BOOK, ALERTS = "report.html", "plan.xlsx", "alerts.json"

#: The dearest alerts that `alerts.json` holds; of all others it holds their number and sum by kind.
MOST_ALERTS = 10_000

#: Raised when a key of `alerts.json` is renamed or removed.
SCHEMA_VERSION = 1


def write_files(
    brief: Briefing, folder: str | Path, language: str = "en", changes: Changes | None = None
) -> list[Path]:
    """Write the files of a report into a folder, which is made if it is not there, and return where they stand.
    `changes` are those since the plan before, which the page shows as well.

    Files of the same names are replaced once all new ones are complete; other files of the folder are left alone.
    Raises StoreError.
    """
    target = Path(folder)
    fresh = target / f".report.{os.getpid()}"
    try:
        target.mkdir(parents=True, exist_ok=True)
        fresh.mkdir(exist_ok=True)
        write_page(brief, fresh / PAGE, language, changes)
        write_workbook(brief, fresh / BOOK, language)
        _write_alerts(brief, fresh / ALERTS, language)
        for name in (PAGE, BOOK, ALERTS):
            os.replace(fresh / name, target / name)
    except OSError as error:
        raise StoreError(f"The report cannot be written to {folder}: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            shutil.rmtree(fresh, ignore_errors=True)
    return [target / name for name in (PAGE, BOOK, ALERTS)]


def _write_alerts(brief: Briefing, path: Path, language: str) -> None:
    document = {
        "schema_version": SCHEMA_VERSION,
        "scenario": brief.plan.scenario.settings.name,
        "currency": brief.plan.scenario.settings.currency,
        "kinds": _kinds(brief),
        "left_out": max(0, len(brief.alerts) - MOST_ALERTS),
        "alerts": as_dicts(brief.alerts.head(MOST_ALERTS), language),
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def _kinds(brief: Briefing) -> dict[str, dict[str, float]]:
    """Number, urgent ones and sum of money of all alerts of each kind."""
    rows, soon = brief.alerts, urgent(brief.alerts, brief.until).index
    return {
        str(kind): {
            "count": len(mine),
            "urgent": int(mine.index.isin(soon).sum()),
            "money": round(float(mine["money"].sum()), 2),
        }
        for kind, mine in rows.groupby("kind", sort=True)
    }
