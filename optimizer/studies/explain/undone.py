"""What the plan leaves undone: demand unmet, targets missed, space overrun; what is to blame, and what cures it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from optimizer.algebra.standard_form import StandardForm
from optimizer.scenario.scenario import Scenario
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Limits
from optimizer.studies.explain.forms import together_at_most, without_rows
from optimizer.studies.explain.inquiry import Inquiry
from optimizer.studies.explain.otherwise import earlier, with_capacity, with_stock
from optimizer.studies.explain.part import Part
from optimizer.studies.explain.question import Asked
from optimizer.studies.explain.resolve import Found
from optimizer.studies.explain.rules import case_of, homes

#: A rule is to blame if without it at least this share is cured, and at least so many units.
SHARE, LEAST = 0.05, 0.5
#: Days of notice that are tried, the fewest first.
NOTICES = (7, 14, 28)
#: Rules that are let go one at a time, each by the rows that state it.
ROWS = {
    "patience": ("slow_delivery_share",),
    "minimum_order": ("minimum_order",),
    "supplier_minimum": ("supplier_minimum",),
    "storage_capacity": ("storage_capacity",),
    "receiving_capacity": ("receiving_capacity",),
}
#: Whole numbers that are let go one at a time, each by the family of columns.
WHOLE = {"whole_cases": "cases", "whole_containers": "containers", "fixed_fees": "departures"}


@dataclass(frozen=True)
class Cure:
    """What changes if a rule is let go, or something is given: `units` less undone, `saved` money as to the plan at its
    best, the price of what is given included, which is `price`. `names` fill its sentence in.
    """

    rule: str
    names: dict[str, object]
    units: float
    saved: float
    price: float = 0.0


@dataclass(frozen=True)
class Undone:
    """What is left undone: `what` ("lost", "target", "storage", "receiving"), `amount` (units, m3) and `money` of it in
    the plan; `least`: the least of it that any plan leaves, with the others held; `forced`: the cost of leaving no more
    than that. `cures`: what would leave less of it, the one that saves most first.
    """

    what: str
    amount: float
    money: float
    least: float
    forced: Found
    cures: list[Cure]

    @property
    def reachable(self) -> float:
        """How much less could be left undone as the rules stand."""
        return max(self.amount - self.least, 0.0)


#: Families of columns of what may be left undone, and the index set of each.
FAMILIES = {"lost": "wants", "target_shortfall": "targets", "storage_overflow": "rooms", "receiving_overflow": "docks"}


def undone(inquiry: Inquiry, asked: Asked) -> Iterator[Undone]:
    """What the plan leaves undone where the question points to."""
    for family, table in FAMILIES.items():
        columns = _columns(inquiry.part, asked, family, table)
        amount = inquiry.part.units(inquiry.part.x, columns)
        if amount > LEAST / 10:
            yield _of(inquiry, family, columns, amount)


def _columns(part: Part, asked: Asked, family: str, table: str) -> np.ndarray:
    """The columns of a family where the question points to."""
    rows, ground = getattr(part.net, table), part.net.ground
    if family == "lost" and asked.kind in ("demand", "delivery"):
        mine = rows["region"] == ground.regions.get_loc(asked.region)
    elif family != "lost" and asked.kind == "stock":
        mine = rows["location"] == ground.locations.get_loc(asked.location)
    else:
        return np.zeros(0, dtype=np.int64)
    if asked.period is not None:
        mine &= rows["period"] == asked.period
    return part.columns(family)[mine.to_numpy()]


def _of(inquiry: Inquiry, family: str, columns: np.ndarray, amount: float) -> Undone:
    part = inquiry.part
    money = float(part.form.cost[columns] @ part.x[columns])
    least = _least(part, columns)
    room = 1e-6 * (1 + amount)
    forced = inquiry.resolve(together_at_most(part.form, columns, part.likely[columns], least + room))
    cures = [cure for cure in _cures(inquiry, columns, amount) if cure.units >= max(SHARE * amount, LEAST)]
    return Undone(family, amount, money, least, forced, sorted(cures, key=lambda cure: -cure.saved))


def _least(part: Part, columns: np.ndarray) -> float:
    """The least that must be left undone, with whole things let go: no plan leaves less."""
    cost = np.zeros(len(part.form.cost))
    cost[columns] = part.likely[columns]
    answer = Highs().solve(replace(part.form.relaxed, cost=cost, offset=0.0), Limits(seconds=20.0, threads=1))
    return max(answer.bound, 0.0) if np.isfinite(answer.bound) else 0.0


def _cures(inquiry: Inquiry, columns: np.ndarray, amount: float) -> Iterator[Cure]:
    part = inquiry.part
    for rule, names in ROWS.items():
        if all(part.form.rows[name].stop > part.form.rows[name].start for name in names):
            yield _tried(inquiry, rule, without_rows(part.form, names), columns, amount)
    for rule, family in WHOLE.items():
        mine = part.columns(family)
        if len(mine):
            integer = part.form.integer.copy()
            integer[mine] = False
            yield _tried(inquiry, rule, replace(part.form, integer=integer), columns, amount)
    yield from _capacity(inquiry, columns, amount)
    yield from _given(inquiry, columns, amount)
    yield from _noticed(inquiry, columns, amount)


def _tried(inquiry: Inquiry, rule: str, form: StandardForm, columns: np.ndarray, amount: float) -> Cure:
    found = inquiry.resolve(form)
    if found.x is None:
        return Cure(rule, {}, 0.0, 0.0)
    return Cure(rule, {}, amount - inquiry.part.units(found.x, columns), -found.difference)


def _with(
    inquiry: Inquiry, rule: str, scenario: Scenario, columns: np.ndarray, amount: float, price: float = 0.0,
    **names: object,
) -> Cure:  # fmt: skip
    """What other tables cure, which have the same columns of what is undone, though not in the same places."""
    part, other = inquiry.part, inquiry.otherwise(scenario)
    found = inquiry.resolve(other.form, other)
    if found.x is None:
        return Cure(rule, names, 0.0, 0.0, price)
    family = next(name for name, where in part.form.columns.items() if where.start <= columns[0] < where.stop)
    same = other.form.columns[family].start + (columns - part.form.columns[family].start)
    return Cure(rule, names, amount - other.units(found.x, same), -found.difference - price, price)


def _capacity(inquiry: Inquiry, columns: np.ndarray, amount: float) -> Iterator[Cure]:
    """No limit of what departures take."""
    if len(inquiry.part.net.capacities):
        free = inquiry.scenario
        for column in ("capacity_m3", "capacity_kg", "capacity_units"):
            free = with_capacity(free, "", column, np.nan)
        yield _with(inquiry, "lane_capacity", free, columns, amount)


def _given(inquiry: Inquiry, columns: np.ndarray, amount: float) -> Iterator[Cure]:
    """As many units more at home now as are lost, in whole cases, bought at what they are worth."""
    part, sku = inquiry.part, str(inquiry.skus[0])
    units = float(np.ceil(amount / case_of(part) - 1e-6) * case_of(part))
    price = units * float(part.net.ground.goods.unit_value[0])
    for location in homes(part):
        more = with_stock(inquiry.scenario, sku, location, units)
        yield _with(inquiry, "home_stock", more, columns, amount, price, location=location, more=units)


def _noticed(inquiry: Inquiry, columns: np.ndarray, amount: float) -> Iterator[Cure]:
    """Everything decided some days earlier: the fewest days that help, if the most do."""
    enough = max(SHARE * amount, LEAST)
    most = _with(inquiry, "notice", earlier(inquiry.scenario, NOTICES[-1]), columns, amount, days=NOTICES[-1])
    if most.units < enough:
        return
    for days in NOTICES[:-1]:
        cure = _with(inquiry, "notice", earlier(inquiry.scenario, days), columns, amount, days=days)
        if cure.units >= enough:
            yield cure
            return
    yield most
