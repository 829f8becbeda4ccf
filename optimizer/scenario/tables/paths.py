"""Tables of sample paths: weighted futures of demand and of lead times, drawn by a plan or given by the user."""

from optimizer.scenario.columns import Column, Table

PATHS = Table(
    "paths",
    ("path",),
    "sample paths: futures that a plan prepares for; drawn where solve.paths asks for more than are here",
    "样本路径",
    (
        Column("path", "whole", "number of the path, from 1", "路径", least=1),
        Column("weight", "number", "how likely it is; all together 1", "权重", "share", above=0, most=1),
    ),
)

PATH_DEMAND = Table(
    "path_demand",
    ("path", "sku", "region", "starts_on"),
    "demand on each sample path; without rows all have the expected demand",
    "路径需求",
    (
        Column("path", "whole", "sample path", "路径", least=1),
        Column("sku", "key", "product", "SKU", references="skus"),
        Column("region", "key", "where", "销售区域", references="regions"),
        Column("starts_on", "date", "first day of the bucket", "开始日期"),
        Column("days", "whole", "length of the bucket", "天数", "days", 7.0, least=1),
        Column("units", "number", "units wanted in the bucket", "件数", "units", least=0),
    ),
)

PATH_DELAYS = Table(
    "path_delays",
    ("path", "lane", "departs_on"),
    "departures that are late on a sample path",
    "路径延误",
    (
        Column("path", "whole", "sample path", "路径", least=1),
        Column("lane", "key", "lane", "线路", references="lanes"),
        Column("departs_on", "date", "day of departure", "开航日"),
        Column("late_days", "whole", "days beyond the lead time", "晚到天数", "days", least=0),
    ),
)
