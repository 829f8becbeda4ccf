"""Which duty rate decides: prefix, origin, day, value, in that order."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.rates.delivery import parcel_duty
from optimizer.rates.duty import Duties, Duty
from optimizer.rates.exchange import Exchange
from optimizer.rates.goods import Goods, goods
from tests.formulation.toys import BASE, Row, toy


def looked_up(rows: list[Row], day: str = "2026-06-01", kind: str = "freight", **sku: object) -> Duty:
    """Duty of one SKU (HS 6109.10, made in CN, declared at 5) that enters the US."""
    duties, stock = made(rows, **sku)
    return duties.on(stock, "US", kind, np.datetime64(day))


def made(
    rows: list[Row], countries: list[Row] | None = None, exchange: list[Row] | None = None, **sku: object
) -> tuple[Duties, Goods]:
    scenario = toy(
        skus=[{"sku": "A", "hs_code": "6109.10", **sku}],
        duty_rates=[{"customs_territory": "US", "kind": "freight", "rate": 0.0, **row} for row in rows],
        countries=countries or BASE["countries"],
        exchange_rates=exchange or [],
    )
    known = Exchange(scenario)
    return Duties(scenario, known), goods(scenario, np.array(["A"], dtype=object), known)


GENERAL = {"rate": 0.1}
PREFIX = {"rate": 0.2, "hs_prefix": "61"}
LONGER = {"rate": 0.3, "hs_prefix": "6109.1"}
ORIGIN = {"rate": 0.4, "origin_country": "CN"}
PREFIX_ORIGIN = {"rate": 0.5, "hs_prefix": "61", "origin_country": "CN"}
LATER = {"rate": 0.6, "valid_from": "2026-06-01"}
FUTURE = {"rate": 0.7, "valid_from": "2026-06-02", "hs_prefix": "610910"}


@pytest.mark.parametrize(
    ("rows", "rate"),
    [
        ([GENERAL], 0.1),
        ([PREFIX, GENERAL], 0.2),
        ([PREFIX, LONGER, GENERAL], 0.3),  # dots do not count for the length
        ([ORIGIN, GENERAL], 0.4),
        ([PREFIX, ORIGIN], 0.2),  # the longer prefix comes before the origin
        ([PREFIX_ORIGIN, PREFIX], 0.5),
        ([LONGER, PREFIX_ORIGIN], 0.3),
        ([LATER, GENERAL], 0.6),
        ([LATER, ORIGIN], 0.4),  # the origin comes before the day
        ([LATER, PREFIX], 0.2),
        ([FUTURE, GENERAL], 0.1),
    ],
)
def test_precedence_is_prefix_origin_day(rows, rate):
    for order in (rows, rows[::-1]):
        assert looked_up(order).rate.tolist() == [rate]


def test_a_rate_holds_from_its_first_day_on():
    rows = [GENERAL, FUTURE]
    assert looked_up(rows, "2026-06-01").rate.tolist() == [0.1]
    assert looked_up(rows, "2026-06-02").rate.tolist() == [0.7]


@pytest.mark.parametrize(
    "row",
    [
        {"rate": 0.1, "hs_prefix": "62"},
        {"rate": 0.1, "hs_prefix": "610910001"},
        {"rate": 0.1, "origin_country": "US"},
        {"rate": 0.1, "customs_territory": "CN"},
        {"rate": 0.1, "kind": "parcel"},
        {"rate": 0.1, "valid_from": "2026-06-02"},
    ],
)
def test_where_no_row_fits_no_rate_is_known(row):
    assert np.isnan(looked_up([row]).rate).all()


def test_goods_without_a_code_pay_the_rate_of_all_goods():
    assert looked_up([PREFIX, GENERAL], hs_code="").rate.tolist() == [0.1]


def test_origin_is_where_goods_were_made_and_not_whence_they_come():
    rows = [{"rate": 0.1, "origin_country": "CN"}, {"rate": 0.3, "origin_country": "US"}]
    assert looked_up(rows).rate.tolist() == [0.1]
    assert looked_up(rows, origin_country="US").rate.tolist() == [0.3]


THRESHOLD = [
    {"kind": "parcel", "rate": 0.0},
    {"kind": "parcel", "rate": 0.2, "from_value": 10},
    {"kind": "parcel", "rate": 0.5, "from_value": 40},
]


@pytest.mark.parametrize(("units", "rate"), [(1, 0.0), (1.99, 0.0), (2, 0.2), (7.9, 0.2), (8, 0.5)])
def test_a_parcel_pays_the_rate_of_its_value(units, rate):
    assert looked_up(THRESHOLD, kind="parcel", units_per_order=units).rate.tolist() == [rate]  # 5 a unit


def test_a_longer_prefix_beats_a_higher_threshold():
    rows = [*THRESHOLD, {"kind": "parcel", "rate": 0.9, "hs_prefix": "61"}]
    assert looked_up(rows, kind="parcel", units_per_order=20).rate.tolist() == [0.9]


def test_a_later_day_beats_a_higher_threshold():
    rows = [*THRESHOLD, {"kind": "parcel", "rate": 0.9, "valid_from": "2026-06-01"}]
    assert looked_up(rows, kind="parcel", units_per_order=20).rate.tolist() == [0.9]


def test_amounts_and_thresholds_are_in_the_currency_of_the_territory():
    countries = [BASE["countries"][0], {**BASE["countries"][1], "currency": "EUR"}]
    exchange = [{"currency": "EUR", "rate": 2.0}, {"currency": "EUR", "rate": 3.0, "valid_from": "2026-06-05"}]
    rows = [
        {"kind": "parcel", "rate": 0.1, "per_item": 1, "per_entry": 4},
        {"kind": "parcel", "rate": 0.3, "per_item": 2, "per_entry": 5, "from_value": 5},
    ]
    duties, stock = made(rows, countries, exchange, units_per_order=2)  # a parcel is worth 10: 5 euros, later 3.33
    first = duties.on(stock, "US", "parcel", np.datetime64("2026-06-01"))
    later = duties.on(stock, "US", "parcel", np.datetime64("2026-06-05"))
    assert [part.item() for part in (first.rate, first.per_item, first.per_entry)] == [0.3, 4, 10]
    assert [part.item() for part in (later.rate, later.per_item, later.per_entry)] == [0.1, 3, 12]
    # Of a unit: 0.3 x 5 + 4 + 10 / 2 and 0.1 x 5 + 3 + 12 / 2.
    days = np.array(["2026-06-01", "2026-06-05"], dtype="datetime64[D]")
    assert parcel_duty(stock, "US", days, duties).tolist() == [[10.5, 9.5]]


def test_the_entry_fee_is_that_of_the_latest_row_for_all_goods():
    rows = [
        {"per_entry": 7},
        {"per_entry": 8, "valid_from": "2026-06-05"},
        {"per_entry": 90, "hs_prefix": "61"},
        {"per_entry": 91, "origin_country": "CN"},
        {"per_entry": 92, "kind": "parcel"},
    ]
    duties, _ = made(rows)
    days = ("2026-06-04", "2026-06-05")
    assert [duties.entry_fee("US", np.datetime64(day)) for day in days] == [7, 8]
    assert made([PREFIX])[0].entry_fee("US", np.datetime64("2026-06-01")) == 0


def test_many_skus_are_looked_up_as_one_by_one():
    random = np.random.default_rng(5)
    codes = ["610910", "610990", "620111", "850440", ""]
    skus = [
        {
            "sku": f"S{number}",
            "hs_code": codes[random.integers(5)],
            "origin_country": ("CN", "US")[random.integers(2)],
            "declared_value": float(random.integers(1, 40)),
        }
        for number in range(40)
    ]
    rows = [
        {
            "customs_territory": "US",
            "kind": "parcel",
            "rate": number / 100,
            "hs_prefix": ("", "61", "6109", "85")[number % 4],
            "origin_country": ("", "CN")[number // 4 % 2],
            "from_value": (0.0, 12.0)[number // 8 % 2],
        }
        for number in range(16)
    ]
    scenario = toy(skus=skus, duty_rates=rows)
    exchange = Exchange(scenario)
    day = np.datetime64("2026-06-01")
    names = scenario["skus"]["sku"].to_numpy(dtype=object)
    together = Duties(scenario, exchange).on(goods(scenario, names, exchange), "US", "parcel", day).rate
    alone = [
        Duties(scenario, exchange).on(goods(scenario, names[[place]], exchange), "US", "parcel", day).rate.item()
        for place in range(40)
    ]
    assert together.tolist() == alone
