"""The comparison of direct mail with a plan: on a few SKUs, and its rules on the tables of the sample."""

import pandas as pd
import pytest

from optimizer.scenario.generator import Spec, generate
from optimizer.scenario.generator.samples import COMMITTED
from optimizer.solve import check, plan
from optimizer.solvers.solver import Limits
from scenarios.direct_mail import (
    SERVE_ALL,
    account,
    as_text,
    by_direct_mail,
    comparison,
    opening_value,
    without_parcel_duty,
)

SPEC = Spec(skus=3, seed=4, overseas=1, suppliers=1, weeks=6, modes=2, channels=("temu-semi",), containers=False)
LEAST = Limits(seconds=20.0)


@pytest.fixture(scope="module")
def scenario():
    return generate(SPEC)


@pytest.fixture(scope="module")
def table(scenario):
    return comparison(scenario, 20.0)


@pytest.fixture(scope="module")
def sample():
    return COMMITTED["temu-migration"]()


def test_direct_mail_knows_no_stock_lane_or_delivery_overseas(sample):
    mailed = by_direct_mail(sample)
    assert check(mailed) == []
    assert set(mailed["lanes"]["destination"]) == {"CN-S"} and set(mailed["delivery_lanes"]["location"]) == {"CN-S"}
    assert set(mailed["opening_stock"]["location"]) == {"CN-S"} and not len(mailed["in_transit"])
    assert set(mailed["freight_rates"]["lane"]) == set(mailed["lanes"]["lane"])


def test_direct_mail_keeps_the_stock_at_home_and_all_that_is_not_about_places(sample):
    mailed = by_direct_mail(sample)
    home = sample["opening_stock"].query("location == 'CN-S'").reset_index(drop=True)
    pd.testing.assert_frame_equal(mailed["opening_stock"], home)
    for name in ("demand", "prices", "sourcing", "delivery_patience", "duty_rates"):
        pd.testing.assert_frame_equal(mailed[name], sample[name])


def test_the_rates_of_parcels_alone_are_lifted(sample):
    free = without_parcel_duty(sample)["duty_rates"]
    parcels = free["kind"] == "parcel"
    assert (free.loc[parcels, ["rate", "per_item", "per_entry"]] == 0).all(axis=None)
    pd.testing.assert_frame_equal(free[~parcels], sample["duty_rates"][~parcels])


def test_all_who_wait_are_served_by_mail(scenario):
    """Patience lets 55 % of the customers wait for 11 days; with stock for all of them none of these is lost."""
    home = scenario["opening_stock"].iloc[:3].assign(location="CN-S", sku=scenario["skus"]["sku"], units=1e5)
    made = plan(by_direct_mail(scenario.with_tables(opening_stock=home)), limits=LEAST, gap=1e-4)
    assert account(made, scenario)["share served"] == pytest.approx(0.55)


def test_goodwill_that_makes_every_parcel_worth_it_is_not_charged(scenario):
    mailed = by_direct_mail(scenario)
    made = plan(mailed, limits=LEAST, gap=1e-4)
    charged, lost = account(made, scenario), made["lost"]["units"].sum()
    served = made["deliver"][made["deliver"]["region"].str.startswith("US-")]
    units = served["units"].sum()
    assert charged["lost_sales"] == pytest.approx((made.costs["lost_sales"] - SERVE_ALL * lost) / units)
    assert account(made, mailed)["lost_sales"] == pytest.approx(made.costs["lost_sales"] / units)


def test_the_lines_sum_to_the_total_without_lost_sales(table):
    lines = table.index.difference(["total", "lost_sales", "share served", "delivery days"])
    assert table.loc[lines].sum().to_numpy() == pytest.approx(table.loc["total"].to_numpy())


def test_the_parcel_duty_raises_the_parcel_duty_alone(table):
    before, after = table["mail, no parcel duty"], table["mail, parcel duty"]
    assert before["parcel_duty"] == 0 and after["parcel_duty"] > 0.5
    assert after["total"] - before["total"] == pytest.approx(after["parcel_duty"], rel=0.02)
    assert after["share served"] == pytest.approx(before["share served"])


def test_parcels_take_eleven_days_and_local_stock_three_to_five(table):
    assert table.loc["delivery days", "mail, parcel duty"] == 11
    assert 3 <= table.loc["delivery days", "plan"] < 11


def test_opening_stock_is_charged_at_what_it_costs_to_have_it_there(scenario):
    """Ten units at home: their price, 60 CNY a m3 by truck and 1 CNY a case for receiving, at 0.141 US$ a CNY."""
    goods = scenario["skus"].iloc[0]
    one = scenario["opening_stock"].iloc[:1].assign(location="CN-S", sku=goods["sku"], units=10.0)
    alone = scenario.with_tables(opening_stock=one, in_transit=scenario["in_transit"].iloc[:0])
    source = scenario["sourcing"].query(f"sku == '{goods['sku']}'").iloc[0]
    landed = source["unit_cost"] + 60 * goods["unit_volume_m3"] + 1.0 / goods["case_pack"]
    assert opening_value(alone) == pytest.approx(10 * landed * 0.141)


def test_the_text_states_each_line_and_the_total_against_mail_with_the_duty(table):
    text = as_text(table)
    rows = dict(line.strip("| ").split(" | ", 1) for line in text.splitlines() if "---" not in line)
    assert rows["share served"].count("%") == 3 and "lost sales" in rows
    assert rows["against mail with parcel duty"].split(" | ")[1] == "+0%"
    assert rows["total"].split(" | ")[1] == f"{table.loc['total', 'mail, parcel duty']:.2f}"
