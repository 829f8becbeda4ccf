"""Which night it is, whatever the clock does."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import text

from optimizer.nightly import nightly as nightly_module
from optimizer.nightly.night import night_at, tonight
from optimizer.nightly.store import open_store
from tests.nightly.conftest import ONE_STORE
from tests.nightly.test_nightly_run import listed

CHINA = dt.timezone(dt.timedelta(hours=8))


def at(day, hour, minute=0):
    return dt.datetime(2026, 6, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(("day", "hour"), [(1, 12), (1, 23), (2, 0), (2, 11)])
def test_a_night_lasts_from_noon_to_noon_and_is_named_by_its_morning(day, hour):
    assert night_at(at(day, hour)) == dt.date(2026, 6, 2)


def test_a_clock_that_goes_on_says_nothing():
    assert tonight(at(2, 2), dt.date(2026, 6, 1), at(1, 2)) == (dt.date(2026, 6, 2), None)
    assert tonight(at(2, 2), None, None) == (dt.date(2026, 6, 2), None)


def test_seconds_that_a_clock_is_set_back_are_not_worth_a_word():
    assert tonight(at(2, 2), dt.date(2026, 6, 2), at(2, 2) + dt.timedelta(seconds=30))[1] is None


def test_a_clock_set_back_past_noon_does_not_plan_the_night_before_again():
    night, said = tonight(at(1, 11, 30), dt.date(2026, 6, 2), at(1, 12, 30))
    assert night == dt.date(2026, 6, 2)
    assert said == (
        "The clock says 2026-06-01 11:30, and the store has seen 2026-06-01 12:30: it has gone back. The run counts to "
        "the night of 2026-06-02."
    )


def test_after_a_clock_that_was_years_ahead_the_clock_is_believed_and_that_is_said():
    night, said = tonight(at(1, 2), dt.date(2038, 1, 19), dt.datetime(2038, 1, 19, tzinfo=dt.UTC))
    assert night == dt.date(2026, 6, 1)
    assert "it has gone back, or was ahead then" in said and "--night" in said


def test_the_store_sees_that_the_clock_has_gone_back(ran, shop, store, first_night, monkeypatch):
    with open_store(store).writes() as connection:
        connection.execute(text("UPDATE optimizer_runs SET began_at = '2100-01-01 00:00:00.000000'"))
    done = ran("nightly", shop, "--store", store, "--quiet", "--stock-days", 36500)
    assert done.code == 0 and "it has gone back, or was ahead then" in done.err
    newest = listed(ran, store)[0]
    assert newest["in_force"] and any("gone back" in note for note in newest["notes"])


@ONE_STORE
def test_a_night_before_that_of_the_plan_in_force_is_noted(night):
    night(5)
    done = night(3)
    assert done.code == 0
    assert "The plan in force is that of the night of 2026-06-05; this one, of the night of 2026-06-03" in done.err


@ONE_STORE
def test_without_an_option_the_clock_says_which_night_it_is(ran, shop, store, monkeypatch):
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 6, 2, 23, 30, tzinfo=dt.UTC)

    monkeypatch.setattr(nightly_module.dt, "datetime", Clock)
    monkeypatch.setenv("TZ", "UTC")
    done = ran("nightly", shop, "--store", store, "--quiet")
    monkeypatch.undo()
    assert "(night of 2026-06-03)" in done.out, done
