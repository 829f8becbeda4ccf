"""A line that cannot be says why."""

from __future__ import annotations

from typing import Any

import pytest

from optimizer.studies.explain.possible import obstacle
from tests.formulation.toys import BASE, Row
from tests.studies.explaining import inquired, made

EAST: Row = {"location": "east", "kind": "overseas", "country": "US"}
FACTORY: dict[str, Any] = {
    "locations": [*BASE["locations"], {"location": "factory", "kind": "supplier", "country": "CN"}],
    "lanes": [*BASE["lanes"], {**BASE["lanes"][0], "lane": "buy", "origin": "factory", "destination": "home"}],
}
SEA = BASE["lanes"][0]


def why(question: dict[str, str], **changes: Any) -> tuple[str, dict[str, object]]:
    """The obstacle of a line, and what fills its sentence in."""
    inquiry, line = inquired(made(**changes), **question)
    found = obstacle(inquiry.part.net, line)
    assert found is not None
    return found.reason, found.names


def test_a_day_outside_the_plan():
    assert why({"lane": "sea", "date": "2026-05-31"})[0] == "before"
    reason, names = why({"lane": "sea", "date": "2026-06-22"})
    assert (reason, str(names["day"])) == ("beyond", "2026-06-21")


def test_a_lane_that_does_not_sail_then_names_its_nearest_departure():
    lanes = [{**SEA, "sailing_weekdays": "mon", "every_weeks": 2, "sails_from": "2026-06-01"}]
    reason, names = why({"lane": "sea", "date": "2026-06-09"}, lanes=lanes)
    assert (reason, str(names["next"])) == ("no_departure", "2026-06-01")


def test_a_closed_place_is_named():
    closures = [{"location": "home", "from": "2026-06-08", "until": "2026-06-14"}]
    reason, names = why({"lane": "sea", "date": "2026-06-09"}, closures=closures)
    assert (reason, names["closed"]) == ("closed", "home")


def test_an_order_that_comes_too_late_says_by_when_it_was_due():
    sourcing = [{"sku": "A", "supplier": "factory", "unit_cost": 5, "production_days": 10}]
    reason, names = why({"lane": "buy", "date": "2026-06-08"}, sourcing=sourcing, **FACTORY)
    assert (reason, str(names["day"]), names["days"]) == ("too_late", "2026-05-29", 3)


def test_a_supplier_that_does_not_make_it():
    assert why({"lane": "buy"}, **FACTORY)[0] == "not_made"


def test_stock_that_is_not_there_yet():
    coming = [{"destination": "home", "sku": "A", "units": 10, "arrives_on": "2026-06-08"}]
    reason, names = why({"lane": "sea", "date": "2026-06-01"}, opening_stock=[], in_transit=coming)
    assert (reason, str(names["day"])) == ("not_there", "2026-06-08")
    assert why({"lane": "sea"}, opening_stock=[])[0] == "never_there"


def test_locks_and_frozen_days():
    locks = [{"lane": "sea", "sku": "A", "date": "2026-06-01", "least": 0, "most": 0}]
    assert why({"lane": "sea", "date": "2026-06-01"}, locks=locks)[0] == "locked"
    assert why({"lane": "sea", "date": "2026-06-01"}, frozen_days=7)[0] == "frozen"


def test_a_place_from_which_nobody_is_served():
    places = {
        "locations": [*BASE["locations"], EAST],
        "lanes": [SEA, {**SEA, "lane": "to-east", "destination": "east"}],
    }
    assert why({"lane": "to-east", "date": "2026-06-01"}, **places)[0] == "no_use"
    assert why({"location": "east"}, **places)[0] == "no_use"
    assert why({"location": "east"}, locations=places["locations"])[0] == "no_lane_to"
    assert why({"location": "east", "region": "W"}, **places)[0] == "not_served"


def test_customers_who_do_not_wait_and_who_want_nothing():
    patience = [{"region": "W", "days": 2, "share": 1.0}]
    assert why({"region": "W"}, delivery_patience=patience)[0] == "too_slow"
    assert why({"region": "W", "date": "2026-06-01"})[0] == "no_demand"


@pytest.mark.parametrize("question", [{"lane": "sea"}, {"location": "west"}, {"region": "W"}])
def test_what_can_be_has_no_obstacle(question: dict[str, str]):
    inquiry, line = inquired(made(), **question)
    assert obstacle(inquiry.part.net, line) is None
