"""The page in a real browser: filters are chosen as a person does, and numbers compared with the plan's tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from optimizer.plan.alerts import told as sentences
from optimizer.plan.alerts import urgent
from optimizer.report.briefing import Briefing, brief
from optimizer.report.html.labels import labels
from optimizer.report.html.write import write_page
from optimizer.report.values import money, units
from tests.report.browser import Visit, chromium
from tests.report.shops import CODES, large, shop

HOSTILE = ("</script><img src=x onerror=alert(1)>", "<svg onload=alert(2)>{{7*7}}", "{b|x}${alert(3)}'\"&")
ONE, TWO, THREE = CODES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return brief(shop())


@pytest.fixture(scope="module")
def files(briefing: Briefing, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for language in ("en", "zh"):
        write_page(briefing, folder / f"{language}.html", language)
    return {language: folder / f"{language}.html" for language in ("en", "zh")}


@pytest.fixture
def visit(browser: Any, files: dict[str, Path]) -> Iterator[Callable[..., Visit]]:
    """Opens a page; in the end it has said no error, and has asked the network for nothing."""
    opened: list[Visit] = []

    def go(language: str = "en", file: Path | None = None) -> Visit:
        opened.append(Visit(browser, file or files[language]))
        return opened[-1]

    yield go
    for page in opened:
        assert page.errors == []
        assert [url for url in page.asked if not url.startswith("file:")] == []
        page.tab.close()


both = pytest.mark.parametrize("language", ["en", "zh"])


@both
def test_the_key_figures_are_those_of_the_plan(visit, briefing: Briefing, language: str):
    figures = visit(language).tab.locator(".figures dd:not(.note)").all_inner_texts()
    assert figures[:2] == [money(briefing.measures.mission_cost), money(briefing.measures.total_cost)]
    assert figures[3] == f"{briefing.measures.fill_rate:.1%}"


@both
def test_what_leaves_and_what_is_ordered_this_week_comes_first(visit, briefing: Briefing, language: str):
    page, say = visit(language), labels(language)
    leaving = briefing.leaving
    assert page.column("leaving", say["departure"]) == leaving["departure"].tolist()
    assert page.totals("leaving")[say["units"]] == units(leaving["units"].sum())
    assert page.totals("leaving")[say["charge"]] == money(leaving["charge"].sum())
    ordering = briefing.ordering
    assert page.column("ordering", say["order"]) == ordering["order"].tolist()
    assert page.column("ordering", say["amount"]) == [f"{amount:,.2f}" for amount in ordering["amount"]]
    assert set(page.column("ordering", say["currency"])) == {"CNY"}


@both
def test_a_sku_is_chosen_by_typing_and_every_section_tells_of_it_alone(visit, briefing: Briefing, language: str):
    page, plan, say = visit(language), briefing.plan, labels(language)
    page.choose(sku=TWO)
    shipped = plan["ship"][plan["ship"]["sku"] == TWO]
    assert set(page.column("lines", "SKU")) == {TWO}
    assert page.totals("lines")[say["units"]] == units(shipped["units"].sum())
    assert page.totals("lines")[say["cases"]] == units(shipped["cases"].sum())
    lost = plan["lost"][plan["lost"]["sku"] == TWO]
    assert page.totals("short")[say["units"]] == units(lost["units"].sum())
    standing = plan["on_hand"][(plan["on_hand"]["sku"] == TWO) & (plan["on_hand"]["period"] == 3)]
    assert units(standing["units"].sum()) in page.text("#stock-told")
    assert {tuple(row[:3:2]) for row in page.rows("cells")} >= {(TWO, "SZ"), (TWO, "W")}
    assert page.text("#choice") == TWO
    page.tab.click("#reset")
    assert set(page.column("lines", "SKU")) == set(CODES)


def test_a_sku_is_found_by_a_part_of_its_name(visit):
    page = visit()
    page.choose(sku="red sh")
    assert page.text("#choice") == ONE and page.tab.input_value("#sku") == ONE
    page.choose(sku="nothing of that kind")
    assert page.tab.get_attribute("#sku", "aria-invalid") == "true"
    assert page.text("#unknown") == labels("en")["unknown_sku"]
    assert page.text("#choice") == ONE, "what is shown stays"


@both
def test_a_warehouse_and_a_week_choose_its_stock_its_departures_and_its_costs(visit, briefing: Briefing, language: str):
    page, plan, say = visit(language), briefing.plan, labels(language)
    page.choose(place="W", week=1)
    ship, lanes = plan["ship"], briefing.ledger.facts.lanes
    touching = lanes.index[(lanes["origin"] == "W") | (lanes["destination"] == "W")]
    rows = ship[ship["lane"].isin(touching) & (ship["period"] == 1)]
    assert len(rows) and page.totals("lines")[say["units"]] == units(rows["units"].sum())
    on_hand = plan["on_hand"]
    standing = on_hand[(on_hand["location"] == "W") & (on_hand["period"] == 1)]["units"].sum()
    heads = page.heads("cells") if page.rows("cells") else []
    assert page.totals("cells")[heads[4]] == units(standing) and "06-14" in heads[4]
    rent = briefing.ledger.entries["storage_rent"]
    rent = rent[(rent["location"] == "W") & (rent["period"] == 1)]["amount"].sum()
    page.see("#costs-chart")
    page.tab.click("#costs summary")
    told = dict(page.rows("costs"))
    name = "storage rent" if language == "en" else "仓租"
    assert told[name] == f"{rent:,.2f}"


@both
def test_costs_add_up_to_the_plan_and_those_of_skus_to_the_whole(visit, briefing: Briefing, language: str):
    page, say = visit(language), labels(language)
    page.see("#costs-chart")
    page.tab.click("#costs summary")
    assert page.totals("costs")[say["amount"]] == f"{briefing.plan.total_cost:,.2f}"
    whole = 0.0
    for sku in CODES:
        page.choose(sku=sku)
        whole += float(page.totals("costs")[say["amount"]].replace(",", ""))
    overflow = briefing.plan.costs["overflow_rent"]
    assert whole == pytest.approx(briefing.plan.total_cost - overflow, abs=0.05)


@both
def test_flows_carry_what_the_plan_moves(visit, briefing: Briefing, language: str):
    page, say = visit(language), labels(language)
    ways = page.column("flows", say["way"])
    moved = dict(zip(ways, page.column("flows", say["units"]), strict=True))
    by_lane = briefing.plan["ship"].groupby("lane")["units"].sum()
    assert {lane: moved[lane] for lane in by_lane.index} == {lane: units(count) for lane, count in by_lane.items()}
    assert moved["W → OUT"] == "6"
    assert page.tab.locator("#flows-chart svg path").count() > len(ways)
    page.tab.check("input[name=flow][value=money]")
    goods = page.column("flows", say["purchase"])
    assert sum(float(text.replace(",", "")) for text in goods if text) == pytest.approx(
        briefing.plan.costs["purchase"], abs=2
    )


def test_a_click_on_a_warehouse_of_the_diagram_shows_it_alone(visit):
    page = visit()
    page.see("#flows-chart")
    label = page.tab.locator("#flows-chart svg text", has_text=re.compile("^W$")).bounding_box()
    page.tab.mouse.click(label["x"] + label["width"] / 2, label["y"] + label["height"] + 14)
    assert page.text("#choice") == "W"


@both
def test_alerts_say_what_python_says_and_are_filtered_by_kind(visit, briefing: Briefing, language: str):
    page, say, rows = visit(language), labels(language), briefing.alerts
    told = sentences(rows, language)
    assert page.column("alerts", say["matter"]) == [says for says, _ in told]
    assert page.column("alerts", say["what_to_do"]) == [do for _, do in told]
    assert page.column("alerts", say["costs_money"]) == [money(amount) for amount in rows["money"]]
    assert str(len(urgent(rows, briefing.until))) in page.text("#worst-told")
    chips = page.tab.locator("#kinds .chip")
    chips.nth(1).click()
    kind = chips.nth(1).inner_text().rsplit(" ", 1)
    assert page.column("alerts", say["kind"]) == [kind[0]] * int(kind[1])


@both
def test_containers_ages_and_stockouts_stand_in_their_tables(visit, briefing: Briefing, language: str):
    page, say = visit(language), labels(language)
    assert page.column("containers", say["containers"]) == ["1 x box"]
    assert page.column("containers", say["filled"]) == ["40.0%"]
    page.see("#ages-chart")
    page.tab.click("#ages summary")
    ages = page.column("ages", labels(language)["today_stock"])
    assert ages == ["500", "0", "500", "40", "0", "0"], "40 units of 15 January are 137 days old on 1 June"
    assert page.totals("short")[say["loss"]] == money(briefing.plan.costs["lost_sales"])


def test_names_that_would_run_are_only_shown(visit, tmp_path: Path):
    write_page(brief(shop(HOSTILE, HOSTILE)), tmp_path / "hostile.html")
    page = visit(file=tmp_path / "hostile.html")
    for section in ("leaving", "lines", "short", "alerts", "flows"):
        page.rows(section)
    assert set(page.column("lines", "SKU")) == set(HOSTILE)
    for sku in HOSTILE:
        page.choose(sku=sku)
        assert page.text("#choice") == sku
        for chart in ("stock", "flows", "costs"):
            box = page.see(f"#{chart}-chart").bounding_box()
            for share in (0.3, 0.5, 0.7):
                page.tab.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.6)
                page.tab.wait_for_timeout(60)
    assert page.tab.locator("img, body script ~ svg").count() == 0


def test_the_page_is_used_by_keyboard_and_told_to_screen_readers(visit):
    page = visit()
    reached = []
    for _ in range(6):
        page.tab.keyboard.press("Tab")
        reached.append(page.tab.evaluate("document.activeElement.id || document.activeElement.className"))
    assert reached[:4] == ["skip", "sku", "place", "week"]
    page.see("#lines-table")
    page.tab.focus("#lines-table th:last-child button")
    page.tab.keyboard.press("Enter")
    assert page.tab.get_attribute("#lines-table th:last-child", "aria-sort") == "descending"
    amounts = [float(row[-1].replace(",", "") or 0) for row in page.rows("lines")]
    assert amounts == sorted(amounts, reverse=True)
    for chart in ("stock", "flows", "costs", "ages"):
        page.see(f"#{chart}-chart")
        assert len(page.tab.get_attribute(f"#{chart}-chart", "aria-label")) > 10
    assert page.tab.locator("table caption").count() >= 8
    assert page.tab.eval_on_selector_all("section", "all => all.every(one => one.hasAttribute('aria-labelledby'))")


def test_paper_holds_every_section(visit, tmp_path: Path):
    page = visit()
    page.tab.pdf(path=tmp_path / "plan.pdf")
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
    # Printing has drawn what nobody has scrolled to.
    assert page.tab.locator("#lines-table tbody tr").count() > 0
    assert page.tab.locator("#flows-chart svg").count() == 1


def test_a_narrow_window_has_no_scroll_bar_of_its_own(visit):
    page = visit()
    page.tab.set_viewport_size({"width": 400, "height": 800})
    page.rows("alerts")
    assert page.tab.evaluate("document.documentElement.scrollWidth <= 400")


def test_ten_thousand_skus_open_within_five_seconds_and_below_20_mb(browser: Any, tmp_path: Path):
    # Counted is the time that the page's thread works, since a clock on the wall also counts other programs.
    plan = large(10_000)
    write_page(brief(plan), tmp_path / "large.html")
    assert (tmp_path / "large.html").stat().st_size < 20_000_000
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    tab.goto((tmp_path / "large.html").as_uri())
    tab.wait_for_selector("#leaving-table tbody tr", timeout=120_000)
    worked = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}["TaskDuration"]
    assert worked < 5
    lost = pd.to_numeric(plan["lost"]["units"]).sum()
    tab.locator("#stock").scroll_into_view_if_needed()
    tab.wait_for_selector("#cells-table tbody tr", timeout=60_000)
    assert units(lost) in tab.inner_text("#stock-told")
