"""What it is worth to know of events: forecasts of the weeks in which they were held, with and without the table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.forecast.calibration import Judged, judge, origins
from optimizer.forecast.uplift import lift
from optimizer.forecast.weeks import WEEK, Weeks
from optimizer.scenario.calendar import DAY

#: The weeks without any event, among the names of events.
USUAL = "none"


def in_events(history: Weeks) -> list[dict[str, Any]]:
    """By event, and for the weeks without any: forecasts judged, mean uplift, and with the table and without it the
    pinball loss by unit sold and the share within the central interval of 80 %.
    """
    found, told = lift(history), history.events
    if found is None or told is None:
        return []
    share = told.share(history.starts, history.starts + WEEK * DAY)
    held = {name: share[told.name == name].any(axis=0) for name in told.names}
    held[USUAL] = ~np.any(list(held.values()), axis=0)
    weeks = origins(history.sold.shape[1])
    judged = [[judge(known, week) for week in weeks] for known in (history, replace(history, events=None))]
    rows = []
    for name, when in held.items():
        uplift = float(found.uplift[told.name == name].mean()) if name != USUAL else 1.0
        with_table, without = (_seen(made, weeks, when) for made in judged)
        rows.append({"event": name, "uplift": uplift, "forecasts": with_table["forecasts"], "with": with_table,
                     "without": without})  # fmt: skip
    return [row for row in rows if row["forecasts"]]


def _seen(judged: list[Judged], weeks: list[int], when: np.ndarray) -> dict[str, float]:
    """Loss and coverage of the judged weeks in which something was so."""
    loss, units, within, count = 0.0, 0.0, 0, 0
    for made, week in zip(judged, weeks, strict=True):
        cells = made.known & when[week : week + made.known.shape[1]]
        loss += float(made.loss[cells].sum())
        units += float(made.units[cells].sum())
        within += int((np.abs(made.grade[cells] - 0.5) <= 0.4).sum())
        count += int(cells.sum())
    return {"forecasts": count, "loss": loss / max(units, 1e-9), "coverage": within / max(count, 1)}
