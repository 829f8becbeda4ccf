"""The page: what its data says equals the plan's tables, and no name in them can do anything but be shown."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
import pytest

from optimizer.plan.alerts import told as sentences
from optimizer.report.briefing import Briefing
from optimizer.report.html.columns import by_period, days, numbers, places
from optimizer.report.html.content import content
from optimizer.report.html.labels import LABELS, labels
from optimizer.report.html.write import SCRIPTS, page
from tests.report.reporting import by_sea, renamed, small, told

HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}}${1}'\"&"


class Read(HTMLParser):
    """The tags of a page, and the texts of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.texts: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._open == "script" and self.scripts:
            self.scripts[-1] += data
        else:
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def data_of(briefing: Briefing, language: str = "en") -> dict[str, Any]:
    """The data of a page, unpacked."""
    return json.loads(gzip.decompress(base64.b64decode(Read(page(briefing, language)).scripts[0])))


def test_the_page_loads_nothing_and_runs_nothing_but_its_own_scripts():
    read = Read(page(told()))
    assert not [
        tag for tag, attributes in read.tags if {"src", "href", "srcset", "action"} & set(attributes) and tag != "a"
    ]
    assert [attributes["href"] for tag, attributes in read.tags if tag == "a"] == ["#leaving"]
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]
    (policy,) = [attributes["content"] for _, attributes in read.tags if "http-equiv" in attributes]
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in read.scripts[1:]]
    assert len(hashes) == 2
    assert f"script-src {' '.join(f'{chr(39)}sha256-{one}{chr(39)}' for one in hashes)};" in str(policy)
    assert str(policy).startswith("default-src 'none'") and "unsafe-eval" not in str(policy)


def test_modes_are_called_by_their_names_in_chinese_alone():
    assert set(data_of(by_sea())["names"]["lane_mode"]) == {"sea"}
    assert set(data_of(by_sea(), "zh")["names"]["lane_mode"]) == {"海运"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_names_are_only_shown(language: str):
    tables = renamed({"A": HOSTILE, "W": HOSTILE + "W", "sea": HOSTILE + "sea", "US": HOSTILE})
    tables["skus"] = [
        {**row, "name": HOSTILE, "origin_country": HOSTILE if row["sku"] == "US" else "CN"} for row in tables["skus"]
    ]
    events = {"ship": [{"lane": HOSTILE + "sea", "sku": HOSTILE, "period": 0, "units": 10}]}
    briefing = told(small({"name": HOSTILE}, events, **tables))
    plain, hostile = Read(page(told(), language)), Read(page(briefing, language))
    kinds = [tag for tag, _ in hostile.tags]
    assert "img" not in kinds and kinds.count("script") == 3
    assert set(kinds) <= {tag for tag, _ in plain.tags} | {"li"}
    assert HOSTILE in data_of(briefing, language)["names"]["sku"]
    assert not any("49" in text for text in hostile.texts if HOSTILE[:9] in text), "no name is a template"


def test_no_script_puts_a_text_into_the_page_as_html():
    own = "\n".join(files("optimizer.report.html").joinpath(f"{name}.js").read_text() for name in SCRIPTS)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(", own)


def test_the_chart_library_is_the_one_that_was_published():
    # npm pack echarts@6.1.0: package/dist/echarts.min.js, Apache License 2.0.
    library = files("optimizer.report.html").joinpath("vendor/echarts.min.js").read_bytes()
    assert hashlib.sha256(library).hexdigest() == "b66b25aeb4df84e33199dc21694014d336d222cbd9deb0e5a7c14bd6aa0d0fd0"
    assert b"</script" not in library and b"\r" not in library
    licence = files("optimizer.report.html").joinpath("vendor/LICENSE").read_text()
    assert "Apache License" in licence


def _light(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_text_has_the_contrast_that_is_asked_for():
    # WCAG 2.2: 4.5 to 1 between a text and its ground, 3 to 1 for the border of a control.
    style = files("optimizer.report.html").joinpath("page.css").read_text()
    colours = dict(re.findall(r"--(\w+): (#\w+)", style))
    border = re.search(r"border: 1px solid (#\w+); border-radius: 6px", style)[1]
    for ground in (colours["ground"], colours["card"]):
        for name, least in (("ink", 4.5), ("quiet", 4.5), ("accent", 4.5), ("bad", 4.5), (border, 3.0)):
            dark, bright = sorted((_light(colours.get(name, name)), _light(ground)))
            assert (bright + 0.05) / (dark + 0.05) >= least, (name, ground)


def test_both_languages_have_every_label_with_the_same_blanks():
    for name, both in LABELS.items():
        assert all(both), name
        assert len({frozenset(re.findall(r"\{(\w+)\}", text)) for text in both}) == 1, name


def test_every_label_that_the_scripts_ask_for_exists():
    own = "\n".join(files("optimizer.report.html").joinpath(f"{name}.js").read_text() for name in SCRIPTS)
    template = files("optimizer.report.html").joinpath("page.html.jinja").read_text()
    asked = set(re.findall(r'\bsay\("(\w+)"', own)) | set(re.findall(r"say\.(\w+)", template))
    assert asked - set(labels("en")) == set()
    assert len(asked) > 70


# ---- the data against the plan's tables


def unfolded(columns: dict[str, Any], names: dict[str, Any], keys: list[str]) -> pd.DataFrame:
    """A table of the page with codes in place of their places."""
    lists = {key: [names[key][place] if place >= 0 else "" for place in columns[key]] for key in keys}
    return pd.DataFrame({**{name: values for name, values in columns.items() if name not in keys}, **lists})


def test_stock_demand_and_losses_are_those_of_the_plan():
    data, briefing = data_of(told()), told()
    plan, ledger = briefing.plan, briefing.ledger
    periods = ledger.facts.periods
    stock = np.array(data["stock"]["units"]).reshape(-1, periods)
    assert stock.sum() == pytest.approx(plan["on_hand"]["units"].sum())
    by_place = pd.Series(
        stock.sum(axis=1), index=[data["names"]["location"][place] for place in data["stock"]["location"]]
    )
    expected = plan["on_hand"].groupby("location")["units"].sum()
    assert by_place.groupby(level=0).sum()[expected.index].to_dict() == pytest.approx(expected.to_dict())
    assert sum(data["demand"]["units"]) == pytest.approx(ledger.events.demand["units"].sum())
    assert sum(data["deliver"]["units"]) == pytest.approx(plan["deliver"]["units"].sum())
    assert sum(data["lost"]["units"]) == pytest.approx(plan["lost"]["units"].sum())
    assert sum(data["lost"]["money"]) == pytest.approx(plan.costs["lost_sales"])


def test_shipments_are_those_of_the_plan_with_their_costs():
    data, plan = data_of(told()), told().plan
    moves = unfolded(data["moves"], data["names"], ["lane", "sku"])
    keys = ["lane", "sku", "period"]
    both = moves.merge(plan["ship"], on=keys, suffixes=("", "_plan"))
    assert len(both) == len(moves) == len(plan["ship"])
    assert (both["units"] == both["units_plan"]).all() and (both["cases"] == both["cases_plan"]).all()
    shared = ("first_leg_freight", "container_charges", "departure_fees", "inbound_handling")
    assert moves["freight"].sum() == pytest.approx(sum(plan.costs[line] for line in shared), abs=0.05)
    assert moves["duty"].sum() == pytest.approx(plan.costs["duty"], abs=0.05)
    assert moves["purchase"].sum() == pytest.approx(plan.costs["purchase"], abs=0.05)


@pytest.mark.parametrize("table", ["costs_by_sku", "costs_by_place"])
def test_costs_add_up_to_the_plan(table: str):
    data, plan = data_of(told()), told().plan
    rows = unfolded(data[table], data["names"], ["line"])
    lines = rows.groupby("line")["amount"].sum()
    assert {line: lines.get(line, 0.0) for line in plan.costs} == {
        line: pytest.approx(amount, abs=0.01) for line, amount in plan.costs.items()
    }


def test_alerts_come_with_the_sentences_that_python_says():
    data, briefing = data_of(told()), told()
    alerts = data["alerts"]
    assert alerts["money"] == pytest.approx(briefing.alerts["money"].round(4).tolist())
    assert len(alerts["says"]) == len(sentences(briefing.alerts))
    assert set(alerts["says"]) <= set(data["says"]) and set(alerts["do"]) <= set(data["does"])
    assert sum(alerts["urgent"]) > 0


def test_every_table_of_the_page_has_columns_of_equal_length():
    data = content(told())
    periods = len(data["starts"])
    for name in ("stock", "demand", "deliver", "lost", "moves", "receipts", "departures", "orders", "order_lines",
                 "costs_by_sku", "costs_by_place", "ages_today", "ages_at_end", "alerts"):  # fmt: skip
        flat = ("units",) if name in ("stock", "demand", "deliver") else ()
        lengths = {len(column) / (periods if key in flat else 1) for key, column in data[name].items()}
        assert len(lengths) == 1, name


def test_a_plan_that_does_nothing_has_a_page():
    read = Read(page(told(small())))
    assert "small: plan from 2026-06-01 to 2026-06-28, money in USD" in read.texts


# ---- columns


def test_numbers_are_short_and_missing_ones_are_null():
    assert json.dumps(numbers([1.0, 2.34567, np.nan, -0.00001, 1e6])) == "[1, 2.3457, null, 0, 1000000]"


def test_days_count_from_the_first_one():
    first = pd.Timestamp("2026-06-01")
    assert days(pd.to_datetime(pd.Series(["2026-06-01", "2026-05-30", None])), first) == [0, -2, None]
    assert days(np.array(["2026-06-08"], dtype="datetime64[D]"), first) == [7]


def test_codes_become_places_and_none_becomes_minus_one():
    assert places(["b", "", "a"], pd.Index(["a", "b"], dtype=object)) == [1, -1, 0]


def test_rows_are_spread_over_periods():
    rows = pd.DataFrame({"sku": ["b", "a", "b"], "period": [1, 0, 1], "units": [1.0, 2.0, 3.0]})
    keys, units = by_period(rows, ["sku"], 2)
    assert keys["sku"].tolist() == ["a", "b"] and units == [2, 0, 0, 4]
