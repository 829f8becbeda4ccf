"""Plans for several sample paths: each path keeps the rules, and the tables tell what is expected over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from optimizer.plan.ledger import Ledger
from optimizer.plan.ledger.decided import is_now
from optimizer.plan.ledger.expected import COVER, DELIVER, SHIP, Expected
from optimizer.plan.ledger.least import least_shortfall
from optimizer.plan.verify import keeping, keys, ordering, serving
from optimizer.plan.verify.evidence import Evidence, compared, tell
from optimizer.plan.verify.finding import Finding

Check = Callable[[Evidence], list[Finding]]

#: Checks of what is decided now alone: nothing later is whole.
OF_NOW = frozenset({ordering.whole_cases, ordering.minimum_order})
#: Checks of tables that no path has of its own: on a path its ledger would be held against itself.
OF_MEAN = frozenset({serving.first_in_first_out, keeping.stock_target})
#: Checks of keys, which look at the rows of all paths at once.
OF_KEYS = frozenset(keys.CHECKS)


@dataclass(frozen=True)
class Paths:
    """A slice of a plan over its paths: `ledger` is what is expected, `now` which rows of `ship` are decided now, and
    `numbers` those of the paths.
    """

    case: Evidence
    now: np.ndarray
    numbers: Sequence[int]

    def check(self, check: Check) -> list[Finding]:
        """What a check finds on the paths, or in what it is about."""
        if check in OF_KEYS:
            return check(self._everything())
        if check in OF_NOW:
            return check(replace(self.case, tables={**self.case.tables, "ship": self._rows_now()}))
        if check in OF_MEAN:
            return []  # `tables_tell_the_mean` looks at them
        found = []
        for number, path in self._paths:
            found += [_on_path(one, number) for one in check(path)]
        return found

    @cached_property
    def _paths(self) -> list[tuple[int, Evidence]]:
        """Each path by itself, with its number."""
        ledgers = [ledger for _, ledger in self.case.ledger.paths]
        return [(number, self._path(number, ledger)) for number, ledger in zip(self.numbers, ledgers, strict=True)]

    def _rows_now(self) -> pd.DataFrame:
        return self.case["ship"][self.now]

    def _later(self) -> pd.DataFrame:
        later = self.case["path_ship"].drop(columns="path")
        return pd.concat([self._rows_now(), later.assign(cases=np.nan)], ignore_index=True)

    def _everything(self) -> Evidence:
        """What is decided now, and the rows of all paths."""
        tables = {
            **self.case.tables,
            "ship": self._later(),
            "deliver": self.case["path_deliver"].drop(columns="path"),
            "end_cover": self.case["path_end_cover"].drop(columns="path"),
        }
        return replace(self.case, tables=tables)

    def _path(self, number: int, ledger: Ledger) -> Evidence:
        """One path by itself. Its tables say what moves; what follows from that is as its ledger finds it."""
        of_path = {
            name: table[table["path"] == number].drop(columns="path")
            for name in ("path_ship", "path_deliver", "path_end_cover")
            for table in [self.case[name]]
        }
        ship = pd.concat([self._rows_now(), of_path["path_ship"].assign(cases=np.nan)], ignore_index=True)
        tables = {
            **self.case.tables,
            "ship": ship,
            "deliver": of_path["path_deliver"],
            "end_cover": of_path["path_end_cover"],
            "on_hand": ledger.on_hand,
            "lost": ledger.lost,
        }
        return replace(self.case, tables=tables, facts=ledger.facts, ledger=ledger)


def over_paths(case: Evidence) -> Paths | None:
    """The paths of a slice whose ledger is `Expected`; None where it has one path alone."""
    if not isinstance(case.ledger, Expected):
        return None
    numbers = case.facts.scenario["paths"]["path"].tolist()
    return Paths(case, is_now(case.facts, case["ship"]), numbers)


def same_on_all_paths(case: Evidence) -> list[Finding]:
    """What falls due within the commit window is decided once, for all paths."""
    if "path_ship" not in case.tables:
        return []
    rows = case["path_ship"]
    sentence = "{units:g} units of {sku} on {lane} in period {period} are decided now, yet path {path} has its own"
    return tell("commit window", rows[is_now(case.facts, rows)], sentence)


def fits_on_every_path(case: Evidence) -> list[Finding]:
    """On no path does a SKU by itself take more of a departure than there is."""
    if "path_ship" not in case.tables:
        return []
    limits = case.facts.lanes[["capacity_m3", "capacity_kg", "capacity_units"]]
    rows = case["path_ship"].join(limits, on="lane").join(case.facts.goods[["volume", "weight"]], on="sku")
    found = []
    for limit, size in (("capacity_m3", rows["volume"]), ("capacity_kg", rows["weight"]), ("capacity_units", 1.0)):
        over = case.exceeds(rows["units"] * size, rows[limit].fillna(np.inf))
        sentence = "{units:g} units of {sku} are more than {lane} takes in period {period} on path {path}"
        found += tell("lane_capacity", rows[over], sentence)
    return found


def paths_are_known(case: Evidence) -> list[Finding]:
    """Rows of paths are of paths that the scenario has."""
    numbers, found = set(case.facts.scenario["paths"]["path"]), []
    for name in ("path_ship", "path_deliver", "path_end_cover"):
        if name in case.tables:
            rows = case[name]
            found += tell("paths", rows[~rows["path"].isin(numbers)].assign(table=name), "{table} names path {path:g}")
    return found


def tables_tell_the_mean(case: Evidence) -> list[Finding]:
    """Tables of what is expected are the weighted mean of the paths."""
    if "path_ship" not in case.tables:
        return []
    ledger = case.ledger
    short = pd.concat(
        [
            table.assign(units=weight * table["units"])
            for weight, one in ledger.paths
            for table in [least_shortfall(one.facts, one.events.demand, one.stock)]
        ],
        ignore_index=True,
    )
    named = {
        "ship": (SHIP, ledger.events.ship),
        "deliver": (DELIVER, ledger.events.deliver),
        "end_cover": (COVER, ledger.events.end_cover),
        "lost": (["region", "sku", "period"], ledger.lost),
        "target_shortfall": (
            ["location", "sku", "period"],
            short.groupby(["location", "sku", "period"])["units"].sum(),
        ),
    }
    found = []
    for name, (key, table) in named.items():
        rows = compared(case[name], table.reset_index(), key)
        rows = rows[case.differs(rows["claimed"], rows["found"])].assign(table=name)
        rows = rows.assign(place=[", ".join(map(str, row)) for row in rows[key].itertuples(index=False)])
        sentence = "{table} tells {claimed:g} units of {place}; the paths come to {found:g}"
        found += tell("expected over paths", rows, sentence, by=key)
    return [*found, *serving.stock_balance(case), *serving.first_in_first_out(case)]


CHECKS = (same_on_all_paths, fits_on_every_path, paths_are_known, tables_tell_the_mean)


def _on_path(finding: Finding, number: int) -> Finding:
    told = tuple((place, text.replace(":", f" on path {number}:", 1)) for place, text in finding.told)
    return replace(finding, told=told)
