"""All tables and settings of two scenarios compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pandas as pd

from optimizer.scenario.calendar import DAY
from optimizer.scenario.edits.edit import Edit
from optimizer.scenario.edits.rows import SILENT, row_edits
from optimizer.scenario.edits.totals import TOTALS, total_edits
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings import Settings

#: Tables that are drawn, so that their rows say nothing one by one.
DRAWN = ("paths", "path_demand", "path_delays")
#: Settings that belong to the run and not to the world.
OF_THE_RUN = ("name", "starts_on", "periods", "solve", "nightly", "language")


def edits(one: Scenario, other: Scenario, tables: tuple[str, ...] | None = None) -> dict[str, list[Edit]]:
    """What `other` says otherwise than `one`, by table ("settings": scenario.toml), the largest first; tables that
    say the same are left out. Notes, the order of rows, rounding and demand that is over make no difference.
    """
    found = {name: _ordered(_of_table(name, one, other)) for name in (SCHEMA if tables is None else tables)}
    if tables is None:
        found["settings"] = list(_of_settings(one.settings, other.settings))
    return {name: told for name, told in found.items() if told}


def _of_table(name: str, one: Scenario, other: Scenario) -> Iterator[Edit]:
    table = SCHEMA[name]
    before, after = (_still_to_come(name, scenario) for scenario in (one, other))
    kept = [column for column in before.columns if column not in SILENT]
    if before[kept].equals(after[kept]):
        return
    if name in DRAWN:
        if next(row_edits(table, before, after), None):
            yield Edit(name, "drawn", {}, "", float(len(before)), float(len(after)))
    elif name in TOTALS:
        yield from total_edits(table, before, after)
    else:
        yield from row_edits(table, before, after)


def _still_to_come(name: str, scenario: Scenario) -> pd.DataFrame:
    """The rows of a table; of demand what is not over on the first day."""
    rows = scenario[name]
    if name in ("demand", "path_demand"):
        units, days = "mean" if name == "demand" else "units", rows["days"].to_numpy()
        ends = rows["starts_on"].to_numpy().astype("datetime64[D]") + days * DAY
        left = np.clip((ends - np.datetime64(scenario.settings.starts_on, "D")) / DAY / days, 0.0, 1.0)
        rows = rows.assign(**{units: rows[units] * left})[left > 0]
    return rows.reset_index(drop=True)


def _of_settings(one: Settings, other: Settings) -> Iterator[Edit]:
    for field in fields(Settings):
        before, after = getattr(one, field.name), getattr(other, field.name)
        if field.name not in OF_THE_RUN and before != after:
            yield Edit("settings", "cell", {}, field.name, before, after)


def _ordered(found: Iterator[Edit]) -> list[Edit]:
    return sorted(found, key=lambda edit: -edit.size)
