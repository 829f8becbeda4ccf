"""From invoice lines to sales: the rules of cleaning, each on a few lines made by hand."""

import pandas as pd
import pytest

from optimizer.scenario.generator.samples.online_retail.history import history, whole_weeks
from tests.scenario_generator.invoices import lines

#: The Mondays of 2011 on which the weeks of these lines begin; the first and the last day of the file stand around
#: them.
FIRST, LAST = ("0", "99999", 1, "2011-01-03"), ("9", "99999", 1, "2011-01-23 18:00")
WEEKS = pd.to_datetime(["2011-01-03", "2011-01-10", "2011-01-17"])


def sold(*rows, until=None):
    """Units by SKU and week of the rows, without those that only mark the ends of the file."""
    kept = history(lines(FIRST, *rows, LAST), until)
    kept = kept[kept["sku"] != "99999"]
    return kept.groupby(["sku", "week"])["units"].sum().to_dict()


def test_sales_are_counted_in_the_week_that_begins_on_monday():
    assert sold(("1", "20001", 3, "2011-01-09 23:00"), ("2", "20001", 4, "2011-01-10 00:10")) == {
        ("20001", WEEKS[0]): 3,
        ("20001", WEEKS[1]): 4,
    }


def test_a_cancelled_order_takes_back_the_sale_in_the_week_of_the_sale():
    found = sold(("1", "20001", 80995, "2011-01-05 09:15"), ("C2", "20001", -80995, "2011-01-17 09:27"))
    assert found == {}


def test_a_cancellation_takes_from_the_latest_earlier_sale_first():
    found = sold(
        ("1", "20001", 10, "2011-01-04"),
        ("2", "20001", 6, "2011-01-11"),
        ("C3", "20001", -8, "2011-01-12"),
        ("4", "20001", 5, "2011-01-18"),
    )
    assert found == {("20001", WEEKS[0]): 8, ("20001", WEEKS[2]): 5}


def test_a_cancellation_leaves_other_customers_countries_and_products_alone():
    found = sold(
        ("1", "20001", 10, "2011-01-04", 2.0, 7.0),
        ("2", "20001", 10, "2011-01-04", 2.0, 8.0, "France"),
        ("3", "20002", 10, "2011-01-04", 2.0, 8.0),
        ("C4", "20001", -10, "2011-01-12", 2.0, 8.0),
    )
    assert found == {("20001", WEEKS[0]): 20, ("20002", WEEKS[0]): 10}


def test_what_was_sold_before_the_history_may_be_cancelled_in_it():
    assert sold(("C1", "20001", -5, "2011-01-04"), ("2", "20001", 3, "2011-01-05")) == {("20001", WEEKS[0]): 3}


def test_sales_without_a_customer_are_cancelled_within_their_country():
    nobody = float("nan")
    found = sold(("1", "20001", 5, "2011-01-04", 2.0, nobody), ("C2", "20001", -2, "2011-01-12", 2.0, nobody))
    assert found == {("20001", WEEKS[0]): 3}


def test_codes_that_differ_in_letter_case_are_one_product():
    found = sold(("1", "85123a", 2, "2011-01-04"), ("2", "85123A", 3, "2011-01-05"))
    assert found == {("85123A", WEEKS[0]): 5}


def test_a_code_in_small_letters_can_be_cancelled_in_capitals():
    assert sold(("1", "85123a", 2, "2011-01-04"), ("C2", "85123A", -2, "2011-01-05")) == {}


@pytest.mark.parametrize("code", ["POST", "DOT", "M", "BANK CHARGES", "gift_0001_20", "AMAZONFEE", "C2", "2000", "S"])
def test_codes_that_are_no_products_are_dropped(code):
    assert sold(("1", code, 5, "2011-01-04")) == {}


def test_lines_without_a_price_are_no_sales():
    assert sold(("1", "20001", 5, "2011-01-04", 0.0), ("2", "20001", -9600, "2011-01-05", 0.0)) == {}


def test_the_weeks_that_the_file_does_not_cover_whole_are_dropped():
    wednesday, monday = ("1", "20001", 5, "2011-01-05"), ("2", "20001", 6, "2011-01-10")
    friday = ("3", "20001", 7, "2011-01-21")
    kept = history(lines(wednesday, monday, friday))
    assert kept[["week", "units"]].values.tolist() == [[WEEKS[1], 6]]


@pytest.mark.parametrize(
    ("first", "last", "start", "end"),
    [
        ("2011-01-03 08:00", "2011-01-09 17:00", "2011-01-03", "2011-01-10"),
        ("2011-01-04 08:00", "2011-01-16 17:00", "2011-01-10", "2011-01-17"),
        ("2011-01-09 08:00", "2011-01-22 17:00", "2011-01-10", "2011-01-17"),
    ],
)
def test_whole_weeks_run_from_monday_to_sunday(first, last, start, end):
    assert whole_weeks(pd.Timestamp(first), pd.Timestamp(last)) == (pd.Timestamp(start), pd.Timestamp(end))


def test_a_cut_off_within_a_week_leaves_that_week_out():
    rows = ("1", "20001", 5, "2011-01-04"), ("2", "20001", 6, "2011-01-11")
    assert sold(*rows, until=pd.Timestamp("2011-01-13")) == {("20001", WEEKS[0]): 5}


def test_nothing_after_the_cut_off_is_known_not_even_a_cancellation():
    rows = ("1", "20001", 5, "2011-01-04"), ("2", "20001", 6, "2011-01-11"), ("C3", "20001", -5, "2011-01-12")
    assert sold(*rows, until=WEEKS[1]) == {("20001", WEEKS[0]): 5}
    assert sold(*rows) == {("20001", WEEKS[0]): 5, ("20001", WEEKS[1]): 1}
