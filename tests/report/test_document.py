"""The JSON document of a plan: everything that the summary says, as plain values."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from optimizer.errors import Problem
from optimizer.report.document import document
from optimizer.report.summary import summary
from tests.report.reporting import EVERYTHING, small, told


def numbers(value: object) -> set[str]:
    """Every number in a document, written as a summary writes it: whole, with a decimal, as a share."""
    if isinstance(value, dict | list):
        return set().union(*map(numbers, value.values() if isinstance(value, dict) else value))
    if isinstance(value, bool) or value is None or not isinstance(value, int | float):
        return set(re.findall(r"\d[\d,.]*%?", str(value)))
    forms = {f"{value:,.0f}", f"{value:,.1f}", f"{value:.1%}", f"{value:.2%}", f"{value:.0%}"}
    return {form.lstrip("-") for form in forms}


def texts(value: object) -> list[str]:
    """Every text in a document."""
    if isinstance(value, dict | list):
        return [text for part in (value.values() if isinstance(value, dict) else value) for text in texts(part)]
    return [value] if isinstance(value, str) else []


def test_every_number_of_the_summary_stands_in_the_document():
    said = document(told())
    known = numbers(said) | {str(place) for place in range(1, 10)}  # steps are numbered
    known |= {word for step in said["steps"] for word in re.findall(r"\d[\d,.]*%?", step)}
    found = set(re.findall(r"\d[\d,.]*%?", re.sub(r"\d{4}-\d\d-\d\d", "", summary(told()))))
    missing = {number.rstrip(".,") for number in found} - {number.rstrip(".,") for number in known}
    assert missing == set()


def test_every_date_and_code_of_the_summary_stands_in_the_document():
    said = json.dumps(document(told()))
    assert set(re.findall(r"\d{4}-\d\d-\d\d", summary(told()))) <= set(re.findall(r"\d{4}-\d\d-\d\d", said))
    assert {"sea", "fcl", "PO001", "F", "1 x box", "SZ", "W", "US"} <= set(texts(document(told())))


def test_the_document_tells_what_is_decided_this_week():
    said = document(told())
    assert said["week"] == {"first_day": "2026-06-01", "last_day": "2026-06-07"}
    assert [(row["departure"], row["lane"], row["charge"]) for row in said["leaving"]] == [
        ("D001", "sea", 150.0),
        ("D002", "fcl", 60.0),
    ]
    assert said["leaving_total"] == {"cases": 8.0, "units": 80.0, "volume_m3": 0.8, "charge": 210.0}
    assert said["containers_leaving"] == {"box": 1.0}
    assert said["ordering"][0]["order_on"] == "2026-06-06"


def test_the_document_announces_what_comes_after_this_week():
    later = document(told(small(None, {"ship": [{"lane": "buy", "sku": "A", "period": 2, "units": 30}]})))
    assert later["leaving"] == later["ordering"] == []
    assert later["next_departure"] == {"departure": "D001", "lane": "buy", "departs_on": "2026-06-15"}
    assert later["next_order"] == {"order": "PO001", "supplier": "F", "order_on": "2026-06-15"}
    nothing = document(told(small()))
    assert nothing["next_departure"] is None and nothing["next_order"] is None


def test_the_mission_cost_is_told_with_its_parts():
    assert document(told())["mission"] == {"freight": 393.0, "rent": 18.66, "tariff": 176.0, "stockout": 546.0}


def test_totals_are_those_of_all_rows():
    said = document(told())
    assert said["short_total"] == {"units": 21.0, "money": 651.0}
    assert said["idle_total"]["value"] == 510.0
    assert said["full_total"] == {"amount": 1.37}
    assert said["below_target_total"] == {"units": 19.0, "amount": 19.6}


@pytest.mark.parametrize("bound", [-np.inf, EVERYTHING.total_cost - 1])
def test_the_document_is_strict_json(bound):
    said = document(told(bound=bound))
    text = json.dumps(said, allow_nan=False)
    assert json.loads(text) == said
    assert (said["bound"] is None) == np.isinf(bound) == (said["gap"] is None)


def test_the_steps_are_in_the_language_of_the_report():
    assert document(told(), "zh")["steps"][0].startswith("下采购单：1 张")
    assert len(document(told())["steps"]) == len(document(told(), "zh")["steps"]) == 4


def test_doubts_are_told_as_tables_have_them():
    slip = Problem("skus", 0, "sku", "A", "a m3 of it would weigh 0.0002 kg", "Look at unit_volume_m3")
    said = document(replace(told(), doubts=[slip]))
    assert said["doubts"] == [slip.as_dict()]
    assert said["steps"][0].startswith("Look at the tables first: skus")


def test_a_gap_that_was_missed_is_told():
    said = document(told(bound=EVERYTHING.total_cost - 100))
    assert (said["within_gap"], said["gap_asked"], said["gap"]) == (False, 0.005, pytest.approx(100))
