"""What an explanation says of what is not known: no plan, no bound, no time; in text, and in valid JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.search.stored import PRICE_COLUMNS
from optimizer.studies.explain.document import document
from optimizer.studies.explain.explain import explained
from optimizer.studies.explain.inquiry import Inquiry, Saved
from optimizer.studies.explain.text import text
from tests.studies.explaining import inquired, made, told

NOTHING = pd.DataFrame(columns=list(PRICE_COLUMNS))


def valid(explanation):
    """The explanation in both languages, and as JSON that every program reads."""
    said = [text(explanation, language) for language in ("en", "zh")]
    assert all("inf" not in one and "nan" not in one and "?" not in one for one in said), said
    return said[0], json.loads(json.dumps(document(explanation), allow_nan=False))


def test_a_line_without_which_no_plan_keeps_the_rules_is_needed():
    lock = [{"lane": "sea", "sku": "A", "date": "2026-06-01", "least": 10, "most": 10}]
    said, found = valid(told(made(locks=lock), lane="sea", date="2026-06-01"))
    assert "No plan keeps all the rules without it." in said
    assert found["ways"][0]["status"] == "infeasible" and found["ways"][0]["difference"] is None


def test_what_more_is_worth_is_said_to_be_unknown_where_it_was_not_found_out(monkeypatch):
    plan = made()
    monkeypatch.setattr(Inquiry, "saved_with", lambda *_: Saved(0.0, 500.0))
    said, found = valid(told(plan, lane="sea", date="2026-06-01"))
    assert "No limit binds here" not in said
    assert "Not found out in the time, more --seconds tell it: what 7 days more notice would be worth." in said
    open_ones = {worth["rule"]: worth["money"] for worth in found["worth"] if worth["how"] == "not found out"}
    assert open_ones == {"home_stock": None, "notice": None}


@pytest.mark.parametrize("name", ["saved", "saved_with"])
def test_what_cannot_be_is_worth_nothing(monkeypatch, name):
    plan = made()
    known = [worth["rule"] for worth in document(told(plan, lane="sea", date="2026-06-01"))["worth"]]
    monkeypatch.setattr(Inquiry, name, lambda *_: Saved(-np.inf, -np.inf))
    _, found = valid(told(plan, lane="sea", date="2026-06-01"))
    assert [worth["rule"] for worth in found["worth"]] == [
        rule for rule in known if name == "saved" or rule not in ("home_stock", "notice")
    ]


def test_a_plan_without_a_bound_has_no_gap():
    plan = made()
    inquiry, mine = inquired(plan, lane="sea", date="2026-06-01")
    _, found = valid(explained(replace(plan, bound=-np.inf), inquiry, mine, NOTHING))
    assert found["gap"] is None
    worse = replace(explained(replace(plan, bound=-np.inf), inquiry, mine, NOTHING), spare=5.0)
    assert "its gap is not known" in valid(worse)[0]


def test_where_the_plan_itself_could_not_be_solved_again_only_the_least_difference_is_proven():
    plan = made()
    inquiry, mine = inquired(plan, lane="sea", date="2026-06-01")
    loose = replace(inquiry, resolve=replace(inquiry.resolve, above=np.inf))
    said, found = valid(explained(plan, loose, mine, NOTHING))
    assert " at least; more --seconds" in said
    assert found["ways"][0]["proven_most"] is None
