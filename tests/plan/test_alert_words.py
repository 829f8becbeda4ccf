"""What alerts say, in both languages."""

from __future__ import annotations

import json
import re
from itertools import product

import pandas as pd
import pytest

from optimizer.plan.alerts import KINDS, alerts, as_dicts, as_text, title, told
from optimizer.plan.alerts.rows import rows_of
from optimizer.plan.alerts.sentences import DO, PARTS, SAYS, TITLES
from optimizer.plan.ledger import account
from tests.plan.spoiling import right

FULL = dict(  # noqa: C408
    money=[1234.5], day=["2026-06-01"], until=["2026-06-14"], act_by=["2026-06-03"], then=["2026-06-15"], sku=["A"],
    location=["W"], region=["US"], lane=["sea"], units=[1500.0], share=[0.2], before=[10.0], after=[20.0],
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_told_and_says_what_to_do(kind: str, language: str):
    bases = ("freight", "handling", "storage", "exchange") if kind == "rate_change" else ("storage",)
    for basis, empty in product(bases, ((), ("then", "act_by"), ("lane",))):
        given = {name: value for name, value in FULL.items() if name not in empty}
        ((says, do),) = told(rows_of(kind, **given, basis=[basis]), language)
        assert says and do and not set("{}") & set(says + do)
        assert bool(re.search("[\u4e00-\u9fff]", says)) == (language == "zh")
    assert title(kind, language)


def test_the_sentences_say_the_numbers():
    ((says, do),) = told(rows_of("out_of_reach", **FULL))
    assert says == (
        "A runs out in US: 1,500 units are lost from 2026-06-01 to 2026-06-14, and no mode can bring more in time."
    )
    assert do == "Slow the sale down (price, advertising) until 2026-06-15, when more can be there."
    ((says, _),) = told(rows_of("half_empty", **FULL), "zh")
    assert says == "sea 2026-06-01 开航，货柜仅装 20%。"


@pytest.mark.parametrize(
    ("units", "shown"), [(4.0, "4"), (4.0 - 1e-9, "4"), (4.0 + 1e-9, "4"), (3.96, "4.0"), (4.5, "4.5"), (14.6, "15")]
)
def test_few_units_are_told_to_a_tenth_where_they_are_no_whole_number(units: float, shown: str):
    """The last figure that a solver leaves is no tenth."""
    ((says, _),) = told(rows_of("out_of_reach", **{**FULL, "units": [units]}))
    assert f"in US: {shown} units are lost" in says


def test_a_change_asks_to_ship_before_or_after():
    (dearer,) = told(rows_of("duty_change", **FULL))
    (cheaper,) = told(rows_of("duty_change", **{**FULL, "money": [-5.0]}))
    (taken,) = told(rows_of("duty_change", **{name: value for name, value in FULL.items() if name != "act_by"}))
    assert dearer[1].startswith("Ship before: what leaves by 2026-06-03")
    assert cheaper[1].startswith("Ship after")
    assert taken[1].startswith("Nothing enters before it")


def test_braces_in_a_name_stay_what_they_are():
    ((says, _),) = told(rows_of("overdue", **{**FULL, "sku": ["{money} {0} {"]}))
    assert "1,500 units of {money} {0} { should have reached W" in says


def test_alerts_are_strict_json_without_what_is_empty():
    rows = alerts(account(right()))
    said = as_dicts(rows)
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    assert len(said) == len(rows)
    assert all("" not in row.values() and row["says"] and row["do"] for row in said)


def test_the_text_has_a_head_for_each_kind_and_counts_what_it_leaves_out():
    rows = pd.concat([rows_of("overdue", **FULL)] * 3 + [rows_of("idle", **FULL)], ignore_index=True)
    lines = as_text(rows, "USD", most=2).split("\n")
    assert lines[0] == "Overdue: 3, 3,704 USD"
    assert lines[3].strip() == "... and 1 more"
    assert lines[4] == "Idle stock: 1, 1,234 USD"
    assert as_text(rows[:0], "USD") == "No alerts." and as_text(rows[:0], "USD", "zh") == "无预警。"


def test_between_two_sentences_stands_what_each_language_asks_for():
    rows = rows_of("overdue", **FULL)
    for language, apart in (("en", ". "), ("zh", "。")):
        says, do = told(rows, language)[0]
        assert as_text(rows, "USD", language).split("\n")[1].endswith(f"{says[:-1]}{apart}{do}")


def test_every_sentence_has_both_languages_with_the_same_blanks():
    for table in (TITLES, SAYS, DO, PARTS):
        for name, (english, chinese) in table.items():
            assert set(re.findall(r"\{(\w+)", english)) == set(re.findall(r"\{(\w+)", chinese)), name
    assert list(TITLES) == list(KINDS)
