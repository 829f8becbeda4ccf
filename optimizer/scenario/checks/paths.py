"""Rules about sample paths."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.departures import departures
from optimizer.scenario.rows import SHOWN, in_rows
from optimizer.scenario.scenario import Scenario

#: What the weights of all paths may be off 1.
ROUNDING = 1e-6


def check_path_weights(scenario: Scenario) -> Iterator[Problem]:
    """The weights of all paths add up to 1."""
    paths = scenario["paths"]
    total = float(paths["weight"].sum())
    if len(paths) and abs(total - 1.0) > ROUNDING:
        rule = f"the weights of all paths add up to {total:.6g}, not to 1"
        yield Problem("paths", 0, "weight", f"{total:.6g}", rule, "Divide each weight by their sum")


def check_paths_are_asked_for(scenario: Scenario) -> Iterator[Problem]:
    """The number of paths that are given is the one that is asked for."""
    count, asked = len(scenario["paths"]), scenario.settings.solve.paths
    if count and count != asked:
        rule = f"solve.paths asks for {asked} sample paths, but the table has {count}"
        yield Problem(
            "paths", 0, "path", "", rule, f"Write paths = {count}, or remove the tables of paths to draw anew"
        )


def check_paths_known(scenario: Scenario) -> Iterator[Problem]:
    """Demand and delays name paths of the table of paths."""
    known = scenario["paths"]["path"]
    for table in ("path_demand", "path_delays"):
        frame = scenario[table]
        wrong = ~frame["path"].isin(known)
        yield from in_rows(table, frame, wrong, "path", "there is no such path in paths", "Add it to paths, or correct")


def check_paths_reach_end(scenario: Scenario) -> Iterator[Problem]:
    """Where paths tell of demand, each of them does, up to the end of the horizon."""
    frame = scenario["path_demand"]
    if not len(frame):
        return
    last = frame["starts_on"].to_numpy().astype("datetime64[D]") + frame["days"].to_numpy() * np.timedelta64(1, "D")
    for path in scenario["paths"]["path"]:
        mine = last[(frame["path"] == path).to_numpy()]
        if not len(mine) or mine.max() < scenario.calendar.end:
            rule = f"path {path} tells of no demand, or not up to the last day of the horizon"
            yield Problem("path_demand", 0, "path", str(path), rule, "Add its demand, or plan fewer periods")


def check_paths_tell_of_equal_pairs(scenario: Scenario) -> Iterator[Problem]:
    """Where paths tell of demand, each of them does for every SKU and region that `demand` or another path names: what
    is not told would be none.
    """
    frame = scenario["path_demand"]
    if not len(frame):
        return
    pair = ["sku", "region"]
    wanted = pd.concat([scenario["demand"][pair], frame[pair]]).drop_duplicates()
    every = wanted.merge(scenario["paths"][["path"]], how="cross")
    told = every.merge(frame[["path", *pair]].drop_duplicates().assign(told=True), on=["path", *pair], how="left")
    missing = told[told["told"].isna()].sort_values(["path", *pair], kind="stable")
    for path, sku, region in missing[["path", *pair]].head(SHOWN).itertuples(index=False):
        rule = f"path {path} tells of no demand of {sku} in {region}, which demand or another path names"
        yield Problem("path_demand", 0, "sku", sku, rule, "Add its rows, with 0 units where nothing is wanted")
    if len(missing) > SHOWN:
        rule = f"the same of {len(missing) - SHOWN} more SKUs and regions"
        yield Problem("path_demand", 0, "sku", "", rule, "Add their rows, with 0 units where nothing is wanted")


def check_delays_of_departures(scenario: Scenario) -> Iterator[Problem]:
    """What is late departs on that day."""
    frame = scenario["path_delays"]
    if not len(frame):
        return
    exists = departures(scenario)[["lane", "departs_on"]].drop_duplicates().assign(departs=True)
    wrong = frame[["lane", "departs_on"]].merge(exists, on=["lane", "departs_on"], how="left")["departs"].isna()
    rule = "the lane has no departure that is dated by this day (the first sailing day of a period)"
    yield from in_rows("path_delays", frame, wrong.to_numpy(), "departs_on", rule, "Correct the day, or remove the row")
