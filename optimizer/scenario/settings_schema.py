"""The keys of `scenario.toml`: the source of its checks and its documentation."""

from __future__ import annotations

from optimizer.scenario.columns import Column
from optimizer.scenario.languages import LANGUAGES

SETTINGS: tuple[Column, ...] = (
    Column("name", "text", "name of the scenario", "名称"),
    Column("currency", "key", "currency of all results", "币种"),
    Column("starts_on", "date", "first day of the horizon", "开始日期"),
    Column("periods", "text", 'lengths of the periods, such as ["14 x 1d", "14 x 7d"] or [7, 7, 7]', "周期"),
    Column("review_days", "whole", "days between two plans", "复核天数", "days", 7, least=1, most=366),
    Column(
        "commit_days",
        "whole",
        "decisions due within so many days, and before the next plan, are the same on all sample paths; 366: all are",
        "承诺天数",
        "days",
        366,
        least=0,
        most=366,
    ),
    Column(
        "frozen_days",
        "whole",
        "decisions that fall due within so many days are fixed to the locks",
        "冻结天数",
        "days",
        0,
        least=0,
        most=366,
    ),
    Column(
        "change_rate",
        "number",
        "what each unit more or less than in last_plan costs, as a share of its value",
        "变更成本率",
        "share",
        0.0,
        least=0,
        most=5,
    ),
    Column(
        "change_days",
        "whole",
        "changes of last_plan cost something on departures within so many days",
        "变更计价天数",
        "days",
        28,
        least=1,
        most=366,
    ),
    Column(
        "capital_rate",
        "number",
        "yearly cost of capital on stock on hand and in transit",
        "资金年利率",
        "share",
        0.0,
        least=0,
        most=5,
    ),
    Column(
        "end_stock",
        "choice",
        "what is left at the end is worth what its later demand is worth, or nothing",
        "期末库存",
        "",
        "matched",
        choices=("matched", "zero"),
    ),
    Column(
        "rent_on",
        "choice",
        "rent is paid on stock at the end of a period, or also on half of the deliveries",
        "仓租计费",
        "",
        "end",
        choices=("end", "end_and_half_deliveries"),
    ),
    Column("language", "choice", "language of reports", "语言", "", "en", choices=LANGUAGES),
)

SOLVE: tuple[Column, ...] = (
    Column("gap", "number", "stop at this share of the mission cost", "差距", "share", 0.005, least=0, most=1),
    Column("seconds", "number", "stop after this wall time", "秒数", "seconds", 120.0, above=0, most=604_800),
    Column("threads", "whole", "threads of the solver", "线程", "", 2, least=1, most=1024),
    Column("seed", "whole", "seed of everything random", "随机种子", "", 1, least=0, most=2**31 - 1),
    Column(
        "paths",
        "whole",
        "sample paths of demand and lead times; 1: a plan for what is expected",
        "样本路径",
        "",
        1,
        least=1,
        most=1000,
    ),
)

NIGHTLY: tuple[Column, ...] = (
    Column(
        "stock_days_old",
        "whole",
        "most days between the day as of which stock is known and the night",
        "库存最旧天数",
        "days",
        2,
        least=0,
        most=36_500,
    ),
    Column(
        "sales_days_old",
        "whole",
        "most days between the last day of sales and the night",
        "销售最旧天数",
        "days",
        7,
        least=0,
        most=36_500,
    ),
    Column(
        "when_stale",
        "choice",
        "older tables are refused, or planned with a warning",
        "数据过旧时",
        "",
        "refuse",
        choices=("refuse", "warn"),
    ),
)
