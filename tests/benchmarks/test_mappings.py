"""Real histories as sellers: what is known before the replay decides what is in them, and nothing after it."""

import numpy as np
import pandas as pd
import pytest

from benchmarks import mappings
from benchmarks.histories import histories_missing
from benchmarks.mappings import NAMES, Real, mapped, parameters
from optimizer.simulation.backtest.stretch import stretch
from optimizer.solve import check

real = pytest.mark.skipif(histories_missing() is not None, reason=str(histories_missing()))
FIRST, WEEKS = pd.Timestamp("2024-01-01"), 90


@pytest.fixture
def history(monkeypatch):
    """Four parts, sold in two regions in 90 weeks; the second half can be changed."""

    def made(later: float = 1.0) -> None:
        sku, region, week = (values.ravel() for values in np.indices((4, 2, WEEKS)))
        units = (10.0 * (4 - sku) + week % 3) * np.where(week >= WEEKS - 34, later, 1.0)
        weekly = pd.DataFrame(
            {"sku": np.char.add("P", sku.astype(str)), "region": np.array(["US-West-temu", "US-East-temu"])[region],
             "week": FIRST + week * pd.Timedelta(weeks=1), "units": units, "price": 8.0}
        )  # fmt: skip
        real = Real(weekly.drop(columns="price"), mappings._sold_before("spare-parts", weekly))
        monkeypatch.setattr(mappings, "_real", lambda name: real)

    return made


def problems(scenario):
    return [problem for problem in check(scenario) if problem.column != "lead_time_p90_days"]


def test_a_seller_can_be_planned_now_and_on_the_first_day_of_the_replay(history):
    history()
    seller, told = mapped("spare-parts", 0, 2), parameters("spare-parts")
    begin = stretch(seller, told["weeks"], told["after"]).scenario
    assert problems(seller) == [] and problems(begin) == []
    assert begin.settings.starts_on == (FIRST + (WEEKS - 34) * pd.Timedelta(weeks=1)).date()


def test_mappings_fix_histories_and_sellers_but_nothing_of_a_policy():
    known = {"seed", "warehouses", "channels", "suppliers", "modes", "horizon", "weeks", "after", "tuning_weeks",
             "skus", "first_week", "regions"}  # fmt: skip
    assert all(set(parameters(name)) <= known for name in NAMES)


def test_best_sellers_are_dealt_out_to_the_blocks_in_turn(history):
    history()
    assert [mapped("spare-parts", block, 2)["skus"]["sku"].tolist() for block in (0, 1)] == [["P0", "P2"], ["P1", "P3"]]
    assert mapped("spare-parts", 1, 2, skus=1)["skus"]["sku"].tolist() == ["P1"]


def test_nothing_but_the_sales_depends_on_what_is_sold_in_the_replay(history):
    history()
    usual = mapped("spare-parts", 0, 2)
    history(later=7.0)
    other = mapped("spare-parts", 0, 2)
    changed = [name for name in usual.tables if not usual[name].equals(other[name])]
    assert changed == ["sales"]


def test_every_lane_says_what_nine_of_ten_departures_keep(history):
    history()
    lanes = mapped("spare-parts", 0, 2)["lanes"]
    assert (lanes["lead_time_p90_days"] > lanes["lead_time_days"]).all()


def test_units_are_split_among_regions_without_losing_one():
    told = {"warehouses": ["US-W", "US-E"], "channels": ["temu-semi", "own shop"]}
    weekly = pd.DataFrame({"sku": ["A", "B"], "week": [FIRST, FIRST], "units": [1000.0, 7.0]})
    found = mappings._split(weekly, told, np.random.default_rng(1))
    assert found.groupby("sku")["units"].sum().to_dict() == {"A": 1000.0, "B": 7.0}
    assert found["region"].nunique() == 3 and (found["units"] == np.round(found["units"])).all()


def test_the_parameters_leave_weeks_to_learn_and_to_tune_in_every_history():
    for name, weeks in (("online-retail", 52), ("favorita", 171), ("spare-parts", 148)):
        told = parameters(name)
        assert weeks - told["weeks"] - told["after"] - told["tuning_weeks"] >= 13


@real
@pytest.mark.parametrize("name", NAMES)
def test_the_real_histories_are_sellers_that_can_be_planned(name):
    told = parameters(name)
    seller = mapped(name, 1, 3, skus=4)
    made = stretch(seller, told["weeks"], told["after"])
    before = stretch(made.scenario, told["tuning_weeks"])
    for scenario in (seller, made.scenario, before.scenario):
        assert problems(scenario) == []
    assert made.demand["week"].max() < told["weeks"] + told["after"] and made.guessed == 0
    assert (made.demand["units"] == made.demand["units"].round()).all()


def _invoices(cancelled: float = 0.0) -> pd.DataFrame:
    """Ten units a week to one customer in 40 weeks, and to another in the last, when so many of the first are
    cancelled.
    """
    days = [FIRST + pd.Timedelta(weeks=week) for week in range(40)] + [FIRST + pd.Timedelta(weeks=39, days=6)] * 2
    units = [10.0] * 41 + [-cancelled or 10.0]
    return pd.DataFrame(
        {"InvoiceNo": range(42), "StockCode": "12345", "Description": "mug", "Quantity": units, "InvoiceDate": days,
         "UnitPrice": 2.0, "CustomerID": [1.0] * 40 + [2.0, 1.0], "Country": "United Kingdom"}
    )  # fmt: skip


def _before_the_replay(monkeypatch, lines: pd.DataFrame) -> float:
    monkeypatch.setattr(mappings, "real_data", lambda: None)
    monkeypatch.setattr(mappings, "read_transactions", lambda place: lines)
    weekly = mappings._online_retail().weekly
    told = parameters("online-retail")
    before = weekly["week"] < FIRST + pd.Timedelta(weeks=40 - told["weeks"] - told["after"])
    return float(weekly.loc[before, "units"].sum())


def test_what_is_cancelled_in_the_replay_was_sold_before_it(monkeypatch):
    """300 units cancelled in the last week are more than all that the replay sells."""
    usual, cancelled = (_before_the_replay(monkeypatch, _invoices(units)) for units in (0.0, 300.0))
    assert usual == cancelled == 14 * 10.0


def test_what_is_first_sold_in_the_replay_has_the_price_of_elsewhere_before_it(history, monkeypatch):
    """Sold at 8 in the west before, and in the east from the replay on, at 100."""
    history()
    weekly = mappings._real("spare-parts").weekly
    start = FIRST + (WEEKS - 34) * pd.Timedelta(weeks=1)
    east = weekly["region"] == "US-East-temu"
    weekly = weekly[~east | (weekly["week"] >= start)].assign(revenue=lambda table: 8.0 * table["units"])
    weekly["revenue"] = weekly["revenue"].where(weekly["region"] != "US-East-temu", 100.0 * weekly["units"])
    made = Real(weekly, mappings._real("spare-parts").products)
    monkeypatch.setattr(mappings, "_real", lambda name: made)
    prices = mapped("spare-parts", 0, 2)["prices"]
    east = prices[(prices["region"] == "US-East-temu") & prices["sku"].str.startswith("P")]
    assert len(east) == 2 and (east["price"] == 8.0).all()
