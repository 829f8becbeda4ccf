"""The rules that bind a line, and what a little more of each is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from optimizer.algebra.standard_form import StandardForm
from optimizer.search.stored import usable
from optimizer.solvers.highs import Highs
from optimizer.solvers.solver import Answer, Limits
from optimizer.studies.explain.forms import raised
from optimizer.studies.explain.inquiry import Inquiry
from optimizer.studies.explain.otherwise import earlier, with_capacity, with_stock
from optimizer.studies.explain.part import Part

#: Money that counts as nothing.
CENT = 0.005
#: Less than this of a limit is none left.
TIGHT = 1e-6
#: Weeks that are tried for the worth of a unit in a place, those of the highest duals.
TRIED = 3
#: Days of a decision that comes earlier.
NOTICE_DAYS = 7


@dataclass(frozen=True)
class Worth:
    """What one more of something is worth: `money` is saved by `amount` (of `unit`) more, for the SKUs that are asked
    about while the others stay as the plan has them; less than nothing is a cost. `how`: "solved" again with so much
    more, or the "shadow" price of the linear program around the plan with its whole decisions held. `price`: what the
    search paid for one more for all SKUs together, NaN where that is not known. `open`: it was not found out in time
    what it is worth: no more than `most`.
    """

    rule: str
    names: dict[str, object]
    unit: str
    amount: float
    money: float
    how: str = "solved"
    price: float = field(default=np.nan)
    most: float = field(default=np.nan)
    open: bool = False

    @property
    def each(self) -> float:
        """Money of one more."""
        return self.money / self.amount


def binding(inquiry: Inquiry, places: list[int], sailing: int | None, prices: pd.DataFrame) -> list[Worth]:
    """What more is worth: of stock and of notice, of room and docks at `places` (codes), of what the departure takes;
    limits with room to spare are left out, and so is what is worth nothing. Of a single SKU's stock only: what a unit
    is worth differs from SKU to SKU.
    """
    found = [*_stock(inquiry), *_arrived(inquiry, places)] if len(inquiry.skus) == 1 else []
    found += [*_notice(inquiry), *_room(inquiry, places, prices)]
    if sailing is not None:
        found += [*_capacity(inquiry, sailing, prices), *_aboard(inquiry, sailing, prices)]
        found += [*_containers(inquiry, sailing)]
    told = [_opened(worth, 2 * inquiry.resolve.enough) for worth in found]
    return [worth for worth in told if worth.open or (np.isfinite(worth.money) and abs(worth.money) > CENT)]


def _opened(worth: Worth, enough: float) -> Worth:
    """The same, open where nothing was found though it could be worth more than a re-solve goes on for."""
    return replace(worth, open=not worth.money > CENT and worth.most > max(worth.money, 0.0) + enough + CENT)


def _stock(inquiry: Inquiry) -> Iterator[Worth]:
    """One more case at home now."""
    sku, units = str(inquiry.skus[0]), case_of(inquiry.part)
    for location in homes(inquiry.part):
        saved = inquiry.saved_with(with_stock(inquiry.scenario, sku, location, units))
        yield Worth("home_stock", {"location": location}, "units", units, saved.money, most=saved.most)


def homes(part: Part) -> list[str]:
    """The domestic locations."""
    ground = part.net.ground
    return [str(ground.locations[place]) for place in np.flatnonzero(ground.kinds == "domestic")]


def case_of(part: Part) -> float:
    """The units of a case; 1 where any quantity goes."""
    return float(np.nan_to_num(part.net.ground.goods.case_pack[0], nan=1.0))


def _notice(inquiry: Inquiry) -> Iterator[Worth]:
    saved = inquiry.saved_with(earlier(inquiry.scenario, NOTICE_DAYS))
    yield Worth("notice", {"days": NOTICE_DAYS}, "days", NOTICE_DAYS, saved.money, most=saved.most)


def _arrived(inquiry: Inquiry, places: list[int]) -> Iterator[Worth]:
    """One more unit in a place, in the week in which it is worth most."""
    net, rows = inquiry.part.net, inquiry.part.form.rows["stock_balance"]
    around = held_whole(inquiry.part.form, inquiry.resolve.reference)
    answer = _linear(around)
    if answer.row_duals is None:
        return
    stock = net.stock.assign(worth=answer.row_duals[rows])
    for place in places:
        if net.ground.kinds[place] == "domestic":
            continue
        here = stock[stock["location"] == place].groupby("period")["worth"].sum()  # a unit more on every path
        here = here[here > TIGHT].sort_values(ascending=False, kind="stable")
        # Where stock is just enough the dual says what one less would cost: one more is solved for.
        for period in here.index[:TRIED]:
            of_period = np.flatnonzero((stock["location"] == place) & (stock["period"] == period))
            saved = answer.objective - _linear(raised(around, rows.start + of_period, -1.0)).objective
            if saved > TIGHT:
                day = net.ground.scenario.calendar.starts[int(period)]
                yield Worth(
                    "stock", {"location": net.ground.locations[place], "day": day}, "units", 1.0, saved, "shadow"
                )
                break


def held_whole(form: StandardForm, x: np.ndarray, but: Sequence[int] | np.ndarray = ()) -> StandardForm:
    """The linear program around an answer, with every whole decision as it has it; columns of `but` are free."""
    held = form.integer.copy()
    held[np.asarray(but, dtype=np.int64)] = False
    lower, upper = (np.where(held, np.round(x), side) for side in (form.lower, form.upper))
    return replace(form.relaxed, lower=lower, upper=upper)


def _linear(form: StandardForm) -> Answer:
    return Highs().solve(form, Limits(seconds=20.0, threads=1))


def _room(inquiry: Inquiry, places: list[int], prices: pd.DataFrame) -> Iterator[Worth]:
    """One more m3 of room, and of what docks take in a period, where they are full."""
    part, ground = inquiry.part, inquiry.part.net.ground
    for rule, table in (("storage_capacity", part.net.rooms), ("receiving_capacity", part.net.docks)):
        rows = part.form.rows[rule]
        full = _tight(part)[rows]
        for place in places:
            mine = (table["location"] == place).to_numpy()
            if (full & mine).any():
                saved = inquiry.saved(raised(part.form, rows.start + np.flatnonzero(mine), 1.0))
                name = ground.locations[place]
                price = _price(prices, rule, location=name)
                yield Worth(rule, {"location": name}, "m3", 1.0, saved.money, price=price, most=saved.most)


def _capacity(inquiry: Inquiry, sailing: int, prices: pd.DataFrame) -> Iterator[Worth]:
    """One more m3, kg or unit on each departure of a lane that is full on the one that is asked about."""
    part, net = inquiry.part, inquiry.part.net
    rows = part.form.rows["lane_capacity"]
    for place in np.flatnonzero(_tight(part)[rows] & (net.capacities["sailing"] == sailing).to_numpy()):
        unit = ("m3", "kg", "units")[int(net.capacities["measure"].iat[place])]
        lane = net.ground.lanes[int(net.sailings["lane"].iat[sailing])]
        day = net.sailings["departs_on"].to_numpy()[sailing].astype("datetime64[D]")
        saved = inquiry.saved_with(with_capacity(inquiry.scenario, lane, f"capacity_{unit}", 1.0))
        price = _price(prices, "lane_capacity", lane=lane, measure=unit, period_of=(net, day))
        yield Worth("lane_capacity", {"lane": lane, "day": day}, unit, 1.0, saved.money, price=price, most=saved.most)


def _aboard(inquiry: Inquiry, sailing: int, prices: pd.DataFrame) -> Iterator[Worth]:
    """One more m3 and kg in the containers of a departure that are full, with nothing whole changed but cases."""
    part, net = inquiry.part, inquiry.part.net
    boxed = net.loads["sailing"].drop_duplicates().to_numpy()
    lane = str(net.ground.lanes[int(net.sailings["lane"].iat[sailing])])
    day = net.sailings["departs_on"].to_numpy()[sailing].astype("datetime64[D]")
    for place in np.flatnonzero(boxed == sailing):
        for rule, unit in (("container_volume", "m3"), ("container_payload", "kg")):
            row = np.array([part.form.rows[rule].start + place])
            around = held_whole(part.form, inquiry.resolve.reference, but=part.columns("cases"))
            more = raised(around, row, 1.0)
            saved = _linear(around).objective - _linear(more).objective
            if saved > TIGHT:
                price = _price(prices, rule, lane=lane, period_of=(net, day))
                yield Worth(rule, {"lane": lane, "day": day}, unit, 1.0, saved, "shadow", price)


def _containers(inquiry: Inquiry, sailing: int) -> Iterator[Worth]:
    """One more container on a departure, and one less where there is one: what it costs or saves all in all."""
    part, net = inquiry.part, inquiry.part.net
    columns = part.columns("containers")
    types = net.ground.scenario["container_types"]["container_type"]
    for place in np.flatnonzero((net.loads["sailing"] == sailing).to_numpy()):
        booked, column = round(float(part.x[columns[place]])), columns[place]
        names = {
            "container_type": types.iat[int(net.loads["container_type"].iat[place])],
            "lane": net.ground.lanes[int(net.loads["lane"].iat[place])],
            "day": net.sailings["departs_on"].to_numpy()[sailing].astype("datetime64[D]"),
            "charge": float(part.form.cost[column]), "booked": booked,
        }  # fmt: skip
        for rule, count in (("container", booked + 1), ("container_less", booked - 1)):
            if count < 0:
                continue
            lower, upper = part.form.lower.copy(), part.form.upper.copy()
            lower[column], upper[column] = (count, max(upper[column], count)) if count > booked else (0, count)
            saved = inquiry.saved(replace(part.form, lower=lower, upper=upper))
            yield Worth(rule, names, "containers", 1.0, saved.money, most=saved.most)


def _tight(part: Part) -> np.ndarray:
    """Rows (m,) true that the plan leaves no room in above, overflow that is paid for included."""
    return part.form.matrix @ part.x >= part.form.row_upper - TIGHT


def _price(
    prices: pd.DataFrame, rule: str, lane: str = "", location: str = "", measure: str = "", period_of: tuple = ()
) -> float:
    """The price at which a row was searched, summed over the periods of a place; NaN where nothing is known of it."""
    known = usable(prices)
    mine = known[(known["constraint"] == rule) & (known["lane"] == lane) & (known["location"] == location)]
    mine = mine[mine["measure"] == measure]
    if period_of:
        net, day = period_of
        calendar = net.ground.scenario.calendar
        start = calendar.starts[calendar.period_of(np.array([day]))[0]]
        mine = mine[mine["starts_on"].to_numpy().astype("datetime64[D]") == start]
    return float(np.abs(mine["price"]).sum()) if len(mine) else np.nan
