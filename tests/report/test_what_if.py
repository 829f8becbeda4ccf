"""What-ifs side by side: what is proven of differences, as text, as a table, as a page."""

from __future__ import annotations

import base64
import gzip
import json
import math
import re

import pytest

from optimizer.report.page import ACROSS, width
from optimizer.report.what_if.comparison import Answered, Comparison, difference, series
from optimizer.report.what_if.document import document, table
from optimizer.report.what_if.figures import Figure, Figures
from optimizer.report.what_if.html import page
from optimizer.report.what_if.text import text
from tests.report.browser import Visit, chromium


def plan(cost, bound, mission=100.0, purchase=10.0, sea=1.0):
    key = {"total_cost": cost, "mission_cost": mission, "gap": cost - bound, "gap_share": (cost - bound) / mission,
           "fill_rate": 0.9, "lost": 5.0, "mismatch": 0.01, "days_of_cover": 20.0, "direct_mail": 0.0}  # fmt: skip
    values = [Figure("key", name, "money", value) for name, value in key.items()]
    values += [Figure("line", "purchase", "money", purchase), Figure("mode", "sea", "share", sea)]
    return Figures(tuple(values), bound, "feasible", 3.0)


def answered(name, figures, **more):
    return Answered((name, more.pop("zh", "")), ("", ""), ("demand.mean *= 2",), figures, **more)


def comparison(*answers, base=None, asked=None):
    return Comparison("shop", "USD", ("2026-01-05", "2026-03-29"), base or plan(1000, 990), answers,
                      asked or len(answers))  # fmt: skip


@pytest.mark.parametrize(
    "cost, bound, least, most, certain",
    [
        (1100, 1080, 80, 110, True),  # dearer: no plan of the what-if is as cheap as the base's
        (1015, 995, -5, 25, False),  # the base may be as dear, if the what-if's bound is its optimum
        (985, 970, -30, -5, True),  # cheaper than anything that the base can be
        (995, 970, -30, 5, False),
        (1000, 990, -10, 10, False),
    ],
)
def test_the_difference_of_the_best_plans_lies_between_bound_and_plan(cost, bound, least, most, certain):
    one = difference(plan(1000, 990), plan(cost, bound))
    assert (one.found, one.least, one.most, one.certain) == (cost - 1000, least, most, certain)


def test_without_a_bound_nothing_is_certain():
    one = difference(plan(1000, -math.inf), plan(2000, -math.inf))
    assert not one.certain
    shown = text(comparison(answered("dear", plan(2000, -math.inf)), base=plan(1000, -math.inf)))
    assert "unknown" in shown and "~ +1,000" in shown


def test_a_difference_below_the_gaps_is_marked_and_told():
    shown = text(comparison(answered("noise", plan(1015, 995)), answered("dear", plan(1100, 1080))))
    assert "~ +15" in shown and "~ Smaller than the gaps" in shown and "~ +100" not in shown
    assert "~ Smaller" not in text(comparison(answered("dear", plan(1100, 1080))))


def test_many_what_ifs_stand_in_blocks_on_the_page():
    names = [f"a rather long name of a what-if, number {place}" for place in range(20)]
    many = [answered(name, plan(1000 + 10 * place, 990)) for place, name in enumerate(names)]
    for language in ("en", "zh"):
        shown = text(comparison(*many), language)
        assert max(map(width, shown.split("\n"))) <= ACROSS
    assert len(re.findall(r"^  Total cost ", shown := text(comparison(*many)), flags=re.MULTILINE)) == 4, shown


def test_a_what_if_without_a_plan_and_one_that_was_not_reached_are_told():
    shown = text(comparison(answered("stuck", None, message="nothing fits"), asked=3))
    assert "no plan" in shown and "stuck: nothing fits" in shown
    assert "Stopped by hand: 1 of 3 what-ifs were planned." in shown


def test_a_mode_that_the_base_has_not_is_a_row_all_the_same():
    other = Figures((*plan(1000, 990).values, Figure("mode", "air", "share", 0.25)), 990, "optimal", 1.0)
    shown = text(comparison(answered("fly", other)))
    assert re.search(r"air +0.0% +25.0%", shown)
    shown = text(comparison(answered("fly", other)), "zh")
    assert re.search(r"空运 +0.0% +25.0%", shown) and "海运" in shown
    assert document(comparison(answered("fly", other)))["what_ifs"][0]["differences"]["mode"]["air"] == 0.25


def test_containers_that_are_not_there_are_not_empty_ones():
    def with_fill(figures, fill):
        return Figures((*figures.values, Figure("container", "container_fill", "share", fill)), 990, "optimal", 1.0)

    none, half = with_fill(plan(1000, 990), math.nan), with_fill(plan(1000, 990), 0.5)
    rows = table(comparison(answered("boxes", half), base=none)).set_index("figure")
    assert rows.loc["container_fill", "value"] == 0.5
    assert math.isnan(rows.loc["container_fill", "base"]) and math.isnan(rows.loc["container_fill", "difference"])
    assert "container_fill" not in set(table(comparison(answered("none", none), base=none))["figure"])


def test_the_table_has_a_row_for_each_figure_of_each_plan():
    rows = table(comparison(answered("dear", plan(1100, 1080, purchase=12)), answered("stuck", None)))
    assert set(rows["what_if"]) == {"dear"} and len(rows) == 11
    row = rows[(rows["group"] == "line") & (rows["figure"] == "purchase")].iloc[0]
    assert (row["value"], row["base"], row["difference"]) == (12, 10, 2)


def test_the_document_has_no_number_that_json_lacks():
    said = document(comparison(answered("dear", plan(1100, -math.inf))))
    assert json.loads(json.dumps(said, allow_nan=False))["what_ifs"][0]["difference"]["at_least"] is None


def test_the_steps_of_a_sweep_stand_in_order():
    steps = [answered(f"x {at}", plan(1000 + at, 990), sweep="x =", at=at) for at in (2.0, 0.0, 1.0)]
    ((target, found),) = series(comparison(*steps, answered("alone", plan(1, 1), sweep="y =", at=1.0)))
    assert target == "x =" and [one.at for one in found] == [0, 1, 2]


#: Steps of a sweep, whose names differ in their last letters only.
STEPS = [answered(f"lanes[mode=air,origin=CN-S].lead_time_days = {days}", plan(1000 + days, 990)) for days in (6, 9)]


@pytest.mark.parametrize("days", ["= 6", "= 9"])
def test_the_steps_of_a_sweep_can_be_told_apart_in_the_table_and_in_the_bars(days):
    table_of_totals, bars = text(comparison(*STEPS)).split("CHANGE OF TOTAL COST")
    bars = bars.split("WHAT IS ASKED")[0]
    assert re.search(rf"^  \d .*…\S* {days} ", table_of_totals, flags=re.MULTILINE), table_of_totals
    assert re.search(rf"^  \d .*…\S* {days} ", bars, flags=re.MULTILINE), bars


def data_of(html):
    packed = re.search(r'<script id="data" type="application/octet-stream">(.*?)</script>', html)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


EVIL = "<script>alert('x')</script>"


def test_the_page_holds_all_and_runs_nothing_that_somebody_has_written():
    html = page(comparison(answered(EVIL, plan(1100, 1080)), answered("b", plan(900, 800), zh="乙")))
    assert EVIL not in html and 'http-equiv="Content-Security-Policy" content="default-src \'none\'' in html
    assert not re.search(r'(src|href)="http', html)
    drawn = data_of(html)
    assert drawn["names"] == ["base", f"1 {EVIL}", "2 b"]
    assert drawn["differences"] == [[100, 80, 110], [-100, -200, -90]]
    assert drawn["line"] == {"purchase": [10, 10, 10]}
    assert "乙" in page(comparison(answered("b", plan(900, 800), zh="乙")), "zh")


def test_the_same_comparison_is_the_same_page():
    one = comparison(answered("b", plan(900, 800)))
    assert page(one) == page(one)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_browser_draws_every_chart_without_asking_for_anything(tmp_path, language):
    steps = [answered(f"x {at}", plan(1000 + at, 990), sweep="x =", at=at) for at in (0.0, 1.0)]
    file = tmp_path / "comparison.html"
    file.write_text(page(comparison(answered(EVIL, plan(1100, 1080)), *steps), language), encoding="utf-8")
    with chromium() as browser:
        visit = Visit(browser, file)
        assert visit.errors == []
        assert visit.asked == [file.resolve().as_uri()]
        for name in ("difference", "sweep-0", "line", "mode"):
            assert visit.tab.locator(f"#{name} svg path").count() > 3, name
        assert visit.tab.locator("#totals tbody tr").count() == 4


@pytest.mark.slow
def test_the_charts_show_the_values_of_a_sweep_however_long_their_names_are(tmp_path):
    file = tmp_path / "comparison.html"
    file.write_text(page(comparison(*STEPS)), encoding="utf-8")
    with chromium() as browser:
        drawn = Visit(browser, file).tab.locator("#difference svg").inner_html()
    assert "…].lead_time_days = 6<" in drawn and "…].lead_time_days = 9<" in drawn
