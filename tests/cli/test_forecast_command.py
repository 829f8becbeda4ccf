"""`optimizer forecast`: what it prints, what it writes, and that the written scenario can be planned."""

from __future__ import annotations

import re

import numpy as np
import pytest

from optimizer.cli.forecast_words import PHRASES
from optimizer.scenario.read import read
from optimizer.scenario.write import write
from tests.forecast.histories import many, shop, weekly


@pytest.fixture
def sold(tmp_path):
    """A folder with the sales of twelve products over a year, and of one that is new."""
    rows = many(np.random.default_rng(1), 12, 52, 9.0)
    skus = [{"sku": f"S{place:03d}"} for place in range(12)] + [{"sku": "NEW"}]
    stock = [{"location": "west", "sku": sku["sku"], "units": 50} for sku in skus]
    write(shop(rows, skus=skus, opening_stock=stock), tmp_path / "shop")
    return tmp_path / "shop"


def test_it_prints_the_largest_pairs_the_manner_and_what_was_odd(ran, sold):
    done = ran("forecast", sold, "--quiet")
    assert (done.code, done.err) == (0, "")
    first = "toy: demand of 13 pairs of SKU and region, 2026-06-01 to 2026-06-21, learnt from 52 weeks of sales"
    assert done.out.splitlines()[0] == first
    assert "3 more" in done.out and "HOW THEY ARE FORECAST" in done.out
    assert "skus, sku = 'NEW': no sales yet" in done.out
    assert "CALIBRATION" not in done.out


def test_it_speaks_chinese(ran, sold):
    asked = ran("forecast", sold, "--language", "zh", "--calibrate")
    assert asked.code == 0
    assert asked.out.splitlines()[0].startswith("toy：2026-06-01 至 2026-06-21 的需求，共 13 个 SKU 与区域组合")
    for heading in ("计划期内的预计件数", "预测方式", "无季节", "校准", "异常情况及处理"):
        assert heading in asked.out
    assert "skus, sku = 'NEW'：尚无销售：按 demand 所填预测" in asked.out
    assert not re.search(r"Expected|Speed|expected", asked.out)


def test_every_phrase_has_the_same_blanks_in_both_languages():
    for english, chinese in PHRASES.values():
        assert set(re.findall(r"{(\w+)", english)) == set(re.findall(r"{(\w+)", chinese))


def test_it_judges_itself_on_request(ran, sold):
    done = ran("forecast", sold, "--calibrate", "--json").document
    kept = {one["speed"]: one for one in done["calibration"]}
    assert 0.7 < kept["all"]["coverage"][1] < 0.9
    assert kept["all"]["loss"] < kept["all"]["naive"]
    assert "CALIBRATION: how often such intervals held" in ran("forecast", sold, "--calibrate").out


def test_a_history_that_is_too_short_to_judge_is_said(ran, tmp_path):
    write(shop(weekly([4.0] * 5)), tmp_path / "shop")
    assert "the history is too short to judge a forecast by it" in ran("forecast", tmp_path / "shop", "--calibrate").out


def test_the_written_scenario_holds_the_distribution_and_can_be_planned(ran, sold, tmp_path):
    done = ran("forecast", sold, "--out", tmp_path / "told")
    assert done.code == 0 and done.out.endswith(f"Plan it with: optimizer plan {tmp_path / 'told'}\n")
    demand = read(tmp_path / "told")["demand"]
    assert len(demand) == 13 * 3
    assert (demand["q05"] <= demand["q50"]).all() and (demand["q50"] <= demand["q95"]).all()
    assert ran("plan", tmp_path / "told", "--quiet").code == 0
    assert ran("forecast", tmp_path / "told", "--out", tmp_path / "told").code == 2
    assert ran("forecast", sold, "--out", tmp_path / "told", "--replace").code == 0


def test_input_that_is_wrong_is_refused_before_anything_is_written(ran, sold, tmp_path):
    text = (sold / "sales.csv").read_text("utf-8-sig").splitlines()
    (sold / "sales.csv").write_text("\n".join([*text, text[-1]]), "utf-8")
    done = ran("forecast", sold, "--out", tmp_path / "told")
    assert done.code == 3 and "another row has the same sku, region, date" in done.err
    assert not (tmp_path / "told").exists()


def test_demand_that_the_user_tells_is_shown_as_it_is(ran, shop):
    done = ran("forecast", shop)
    assert "as the table demand tells it" in done.out
    assert "HOW THEY ARE FORECAST" not in done.out


def test_events_ahead_are_shown_with_what_they_make_of_a_usual_day(ran, tmp_path):
    rows = weekly([10.0] * 20 + [30.0] + [10.0] * 39)
    events = [
        {"event": "Prime Day", "from": "2025-08-25", "until": "2025-08-31"},
        {"event": "Prime Day", "from": "2026-06-08", "until": "2026-06-14"},
        {"event": "11.11", "from": "2026-06-01", "until": "2026-06-03", "uplift": 2.5},
    ]
    write(shop(rows, events=events), tmp_path / "shop")
    done = ran("forecast", tmp_path / "shop")
    assert "EVENTS AHEAD" in done.out and re.search(r"Prime Day +2026-06-08 +2026-06-14 +one time before +1 ", done.out)
    assert re.search(r"11\.11 +2026-06-01 +2026-06-03 +its uplift +1 +2\.50", done.out)
    found = ran("forecast", tmp_path / "shop", "--json").document
    assert [one["event"] for one in found["events"]] == ["11.11", "Prime Day"]
    assert found["expected_units"][1] > 1.3 * found["expected_units"][2]
    assert set(found["common"]) == {"all", "category", "region", "sku"}
