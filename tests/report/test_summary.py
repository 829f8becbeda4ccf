"""What the summary says of a plan, against what is worked out by hand."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from optimizer.report.page import ACROSS, width
from optimizer.report.summary import MOST_DECIDED, MOST_ROWS, summary, written
from tests.plan.making import BASE
from tests.report.reporting import EVERYTHING, renamed, section, small, titles, told

SERVED_AT_HOME = {
    "deliver": [{"location": "E", "region": "US", "sku": "A", "period": week, "units": 14} for week in range(4)]
}
STOCK_IN_THE_EAST = [{"location": "E", "sku": "A", "units": 200}]


def words(table: list[str]) -> list[list[str]]:
    return [line.split() for line in table]


def test_the_departures_of_this_week_are_listed_with_what_they_carry_and_cost():
    # sea: 40 units of 2 kg are 80 kg, their 0.4 m3 at 4,000 cm3 a kg 100 kg: charged 100 kg at 1.5, the rate from 100.
    # fcl: 0.4 m3 in a box of 0.5 m3, for 60. What leaves on 8 June and later is next week's business.
    assert words(section(told(), "LEAVES THIS WEEK (2026-06-01 to 2026-06-07)")) == [
        ["Lane", "From", "To", "Departs", "Available", "Cases", "Units", "m3", "Containers", "Filled", "Charge"],
        ["sea", "SZ", "W", "2026-06-01", "2026-06-15", "4", "40", "0.4", "150"],
        ["fcl", "SZ", "W", "2026-06-03", "2026-06-23", "4", "40", "0.4", "1", "x", "box", "80.0%", "60"],
        ["Total", "8", "80", "0.8", "210"],
    ]


def test_columns_that_say_nothing_this_week_are_left_out():
    loose = small(None, {"ship": [{"lane": "sea", "sku": "A", "period": 0, "units": 10}]})
    assert "Containers" not in section(told(loose), "LEAVES THIS WEEK")[0]


def test_goods_that_come_in_no_cases_show_none():
    skus = [{key: value for key, value in row.items() if key != "case_pack"} for row in BASE["skus"]]
    shipped = {"lane": "sea", "sku": "A", "period": 0, "units": 10, "cases": np.nan}
    plan = small(None, {"ship": [shipped]}, skus=skus)
    plan = replace(plan, tables={**plan.tables, "ship": plan["ship"].assign(cases=np.nan)})
    assert words(section(told(plan), "LEAVES THIS WEEK"))[0][5:] == ["Units", "m3", "Charge"]


def test_an_order_is_due_its_production_days_before_it_leaves():
    # 60 units at 5 leave on Monday 8 June; the factory takes two days.
    assert words(section(told(), "ORDER THIS WEEK"))[1:] == [
        ["PO001", "F", "2026-06-06", "2026-06-08", "1", "3", "60", "300", "USD"]
    ]


def test_an_order_that_is_due_later_is_only_announced():
    later = small(None, {"ship": [{"lane": "buy", "sku": "A", "period": 2, "units": 30}]})
    assert section(told(later), "ORDER THIS WEEK") == [
        "  Nothing has to be ordered.",
        "  The next order is due on 2026-06-15, at F.",
    ]
    assert section(told(later), "LEAVES THIS WEEK") == [
        "  Nothing leaves.",
        "  The next departure is buy on 2026-06-15.",
    ]


def test_where_nothing_ever_happens_nothing_is_announced():
    nothing = told(small())
    assert section(nothing, "LEAVES THIS WEEK") == ["  Nothing leaves."]
    assert section(nothing, "ORDER THIS WEEK") == ["  Nothing has to be ordered."]


def test_a_week_lasts_until_the_next_plan():
    fortnight = small({"review_days": 14}, {"ship": [{"lane": "sea", "sku": "A", "period": 1, "units": 10}]})
    assert words(section(told(fortnight), "LEAVES THIS WEEK (2026-06-01 to 2026-06-14)"))[1][0] == "sea"


def test_cost_lines_stand_dearest_first_and_add_up_to_the_total():
    table = section(told(), "WHAT IT COSTS")
    amounts = [int(re.findall(r"-?[\d,]+(?![\d.,%])", line)[0].replace(",", "")) for line in table[1:]]
    assert amounts == [651, 300, 265, 178, 160, 60, 20, 17, 16, 1, -30, -513, 1125]
    assert sum(amounts[:-1]) == 1125
    assert [line.split()[-1] for line in table[-3:]] == ["-30", "-513", "1,125"], "only outlay has a share"


def test_the_shares_of_all_outlay_make_a_whole():
    costs = told().costs
    assert costs["share"].sum() == pytest.approx(1)
    assert costs.loc[costs["line"] == "purchase", "share"].item() == pytest.approx(300 / 1668.26)


def test_the_mission_cost_is_told_with_its_parts():
    # Freight: 265 and 60 for the first leg; last mile above the cheapest local way (E, 3 an order): 24 units from W at
    # 4, 4 units from SZ at 2 + 6 x 2 = 14, against 3: 24 + 44 = 68. Stockouts: 21 lost at 31, less goods at 5.
    head = summary(told()).split("\n\n")[1]
    assert "Mission cost   1,134  freight 393, rent 19, tariff 176, stockouts 546" in head
    assert sum(told().mission.values()) == pytest.approx(1133.66)


def test_the_demand_that_is_served_is_told_in_units_and_as_a_share():
    assert "Demand served  62.5%  35 of 56 units" in summary(told())


def test_what_is_short_is_told_with_its_loss_and_its_days():
    # 7 and 14 units are lost in the third and fourth week, 31 each: 40 x (1 - 0.15 - 0.1) + 1.
    assert titles(told())[3] == "SHORT: 21 units (37.5% of demand), 651 USD lost"
    assert words(section(told(), "SHORT"))[1:] == [["A", "US", "21", "37.5%", "651", "2026-06-15", "2026-06-28"]]


def test_what_is_idle_is_told_as_it_stands_when_the_first_period_ends():
    assert titles(told())[4] == "IDLE on 2026-06-07: 102 units, 510 USD of goods"
    assert words(section(told(), "IDLE"))[2:] == [
        ["SZ", "A", "96", "1.0", "480", "0", "96"],
        ["W", "A", "6", "0.1", "30", "5", "6"],
    ]


def test_full_stores_and_missed_targets_are_told_where_there_are_any():
    assert titles(told())[5] == "TOO FULL: 1 USD for space beyond the limits"
    assert titles(told())[6] == "BELOW TARGET: 19 units at worst, 20 USD of fees"
    assert [title.split()[0] for title in titles(told(small()))] == [
        "LEAVES", "ORDER", "WHAT", "SHORT:", "IDLE", "NEXT",
    ]  # fmt: skip


def test_where_nothing_is_short_or_idle_it_says_so():
    plenty = small(None, SERVED_AT_HOME, opening_stock=STOCK_IN_THE_EAST)
    assert "SHORT: nothing" in titles(told(plenty))
    # The east can be refilled within 7 days of transit and 7 of review, so two weeks of demand are no idle stock.
    scarce = small(
        None, {"deliver": SERVED_AT_HOME["deliver"][:3]}, opening_stock=[{**STOCK_IN_THE_EAST[0], "units": 42}]
    )
    assert "IDLE on 2026-06-07: nothing" in titles(told(scarce))


def test_without_demand_everything_is_served():
    none = small(demand=[{**row, "mean": 0} for row in BASE["demand"]])
    assert "Demand served  100.0%  0 of 0 units" in summary(told(none))


def test_a_list_is_short_and_says_how_much_more_there_is():
    codes = [f"S{place:02d}" for place in range(MOST_ROWS + 3)]
    many = {
        table: [{**row, "sku": code} for row in rows for code in codes]
        for table, rows in BASE.items()
        if "sku" in rows[0]
    }
    table = section(told(small(None, None, **many)), "SHORT")
    assert len(table) == 1 + MOST_ROWS + 1
    assert table[-1] == '  ... and 3 more (sheet "Short")'


def test_the_total_of_a_list_that_was_cut_is_that_of_all_and_stands_last():
    lanes = [f"sea{place:02d}" for place in range(MOST_DECIDED + 2)]
    tables = {
        "lanes": [*BASE["lanes"], *({**BASE["lanes"][1], "lane": lane} for lane in lanes)],
        "freight_rates": [*BASE["freight_rates"], *({**BASE["freight_rates"][1], "lane": lane} for lane in lanes)],
    }
    ship = [{"lane": lane, "sku": "A", "period": 0, "units": 3} for lane in lanes]
    table = section(told(small(None, {"ship": ship}, **tables)), "LEAVES THIS WEEK")
    assert len(table) == 1 + MOST_DECIDED + 2
    assert table[-2] == '  ... and 2 more (sheet "Departures")'
    assert table[-1].split()[:3] == ["Total", "6.6", "66"]


# The gap, in all cases.


@pytest.mark.parametrize(
    ("distance", "status", "says", "gap"),
    [
        (
            1.0,
            "optimal",
            "Within the gap asked for (0.5%).",
            "1  no plan can be cheaper by more; 0.09% of the mission cost",
        ),
        (
            1.0,
            "feasible",
            "Within the gap asked for (0.5%).",
            "1  no plan can be cheaper by more; 0.09% of the mission",
        ),
        (
            100.0,
            "feasible",
            "The best plan found in the time; the gap asked for (0.5%) was missed.",
            "100  no plan can be cheaper by more; 8.82% of the mission cost",
        ),
        (
            np.inf,
            "feasible",
            "The best plan found in the time; the gap asked for (0.5%) was missed.",
            "unknown  the search ended before it had proved how good the plan is",
        ),
        (
            100.0,
            "interrupted",
            "Stopped by hand: the best plan so far; the gap asked for (0.5%) was not reached.",
            "100  no plan can be cheaper by more; 8.82% of the mission cost",
        ),
        (
            -1e-9,
            "optimal",
            "Within the gap asked for (0.5%).",
            "0  no plan can be cheaper by more; 0.00% of the mission",
        ),
    ],
)
def test_the_summary_says_how_good_the_plan_is_proven_to_be(distance, status, says, gap):
    # The mission cost is 1,133.66.
    text = summary(told(bound=EVERYTHING.total_cost - distance, status=status))
    assert text.split("\n")[1] == says
    assert any(
        line.startswith("  Proven gap") and line.split("gap", 1)[1].strip().startswith(gap) for line in text.split("\n")
    )


def test_a_gap_against_the_floor_says_so():
    # All is served from the cheapest place for nothing more: the mission cost is 0, the floor 1 % of 56 x 40 x 0.75.
    plan = small(None, SERVED_AT_HOME, opening_stock=STOCK_IN_THE_EAST)
    text = summary(told(plan, bound=plan.total_cost - 4.2))
    assert "4  no plan can be cheaper by more; 25.00% of the floor (1 % of net revenue)" in text


# The page.


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_the_page(language):
    wild = "库存 SKU with a very long code, " * 9
    names = {"A": wild, "SZ": wild + "1", "W": wild + "2", "F": wild + "3", "sea": wild + "4", "buy": wild + "5"}
    tables = renamed(names)
    tables["skus"] = [{**row, "name": wild} for row in tables["skus"]]
    events = {
        "ship": [
            {"lane": names["sea"], "sku": wild, "period": 0, "units": 10},
            {"lane": names["buy"], "sku": wild, "period": 0, "units": 10},
        ]
    }
    text = summary(told(small({"name": wild}, events, **tables)), language)
    assert max(map(width, text.split("\n"))) <= ACROSS
    assert "SHORT" in text or "缺货" in text


def test_control_characters_do_not_reach_the_terminal():
    skus = [{**row, "name": "red\x1b[31m\x07\u202ename\nnext"} for row in BASE["skus"]]
    text = summary(told(small({"name": "shop\x1b[2J\x9b"}, skus=skus)))
    assert all(letter == "\n" or letter.isprintable() for letter in text)
    assert "red [31m  name next" in text


def test_the_columns_of_a_table_stand_under_each_other_whatever_the_alphabet():
    skus = [
        {**row, "sku": code, "name": name} for row in BASE["skus"] for code, name in (("A", "羽绒服"), ("B", "down"))
    ]
    twice = {
        table: [{**row, "sku": code} for row in BASE[table] for code in "AB"]
        for table in ("prices", "sourcing", "opening_stock", "demand")
    }
    head, *rows = section(told(small(None, None, skus=skus, **twice)), "SHORT")
    ends = {width(row[: row.index(" US ")]) for row in rows}
    assert ends == {head.index("Region") - 1}


def test_the_chinese_summary_says_the_same():
    text = summary(told(), "zh")
    assert text.startswith("small：2026-06-01 至 2026-06-28 的计划，金额单位 USD\n已达到要求的差距（0.5%）。")
    assert titles(told(), "zh") == [
        "本周发运（2026-06-01 至 2026-06-07）",
        "本周下单",
        "成本构成",
        "缺货：21 件（占需求 37.5%），损失 651 USD",
        "闲置（2026-06-07）：102 件，货值 510 USD",
        "爆仓：超出仓库能力的费用 1 USD",
        "低于库存目标：最多差 19 件，费用 20 USD",
        "下一步",
    ]
    for place in (2, 3, 4, 5, 6, 7, 8):  # all sections of tables
        english, chinese = (summary(told(), language).split("\n\n")[place] for language in ("en", "zh"))
        assert re.findall(r"[\d,.]*\d%?", chinese) == re.findall(r"[\d,.]*\d%?", english)


def test_where_the_plan_was_written_is_said():
    assert written("plans/shop").startswith("Written to plans/shop: plan.xlsx")
    assert written("plans/shop", "zh").startswith("已写入 plans/shop")
