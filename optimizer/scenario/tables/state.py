"""Tables about today's stock, what is on its way, and what customers want."""

from optimizer.scenario.columns import Column, Table
from optimizer.scenario.tables.goods import NOTE

OPENING_STOCK = Table(
    "opening_stock",
    ("location", "sku", "received_on"),
    "stock on hand, by lot",
    "期初库存",
    (
        Column("location", "key", "where", "仓库", references="locations"),
        Column("sku", "key", "product", "SKU", references="skus"),
        Column(
            "received_on",
            "date",
            "day of receipt, from which age counts; empty: the first day",
            "入库日期",
            optional=True,
        ),
        Column("units", "number", "units on hand", "件数", "units", least=0),
        Column(
            "counted_on",
            "date",
            "day as of which the stock is known, for the nightly run; empty: the first day",
            "盘点日期",
            optional=True,
        ),
        NOTE,
    ),
)

IN_TRANSIT = Table(
    "in_transit",
    ("destination", "sku", "arrives_on"),
    "goods that the past has sent",
    "在途",
    (
        Column("destination", "key", "where they arrive", "目的仓", references="locations"),
        Column("sku", "key", "product", "SKU", references="skus"),
        Column("arrives_on", "date", "day on which they can be sold", "到仓日期"),
        Column("units", "number", "units under way", "件数", "units", least=0),
        NOTE,
    ),
)

DEMAND = Table(
    "demand",
    ("sku", "region", "starts_on"),
    "expected demand",
    "需求",
    (
        Column("sku", "key", "product", "SKU", references="skus"),
        Column("region", "key", "where", "销售区域", references="regions"),
        Column("starts_on", "date", "first day of the bucket", "开始日期"),
        Column("days", "whole", "length of the bucket", "天数", "days", 7.0, least=1),
        Column("mean", "number", "expected units in the bucket", "均值", "units", least=0),
        Column(
            "spread",
            "number",
            "standard deviation of the units in the bucket",
            "标准差",
            "units",
            optional=True,
            least=0,
        ),
        Column("q05", "number", "units that are exceeded 19 times of 20", "5分位", "units", optional=True, least=0),
        Column("q10", "number", "units that are exceeded nine times of ten", "10分位", "units", optional=True, least=0),
        Column(
            "q25", "number", "units that are exceeded three times of four", "25分位", "units", optional=True, least=0
        ),
        Column("q50", "number", "units that are exceeded every second time", "50分位", "units", optional=True, least=0),
        Column(
            "q75", "number", "units that are exceeded once in four times", "75分位", "units", optional=True, least=0
        ),
        Column("q90", "number", "units that are exceeded once in ten times", "90分位", "units", optional=True, least=0),
        Column("q95", "number", "units that are exceeded once in 20 times", "95分位", "units", optional=True, least=0),
        NOTE,
    ),
)

EVENTS = Table(
    "events",
    ("event", "from", "category", "region", "channel"),
    "times at which demand is out of the usual, past and coming",
    "活动",
    (
        Column(
            "event", "key", "its name, the same each year, such as 'Prime Day', '11.11', 'Chinese New Year'", "活动名称"
        ),
        Column("from", "date", "first day", "开始日期"),
        Column("until", "date", "last day", "结束日期"),
        Column("category", "key", "the category of products that it moves; empty: all", "类目", optional=True),
        Column(
            "region", "key", "the region that it moves; empty: all", "销售区域", optional=True, references="regions"
        ),
        Column("channel", "key", "the sales channel that it moves; empty: all", "渠道", optional=True),
        Column(
            "uplift",
            "number",
            "demand of its days as a multiple of usual ones; empty: as the same event in sales tells",
            "需求倍数",
            optional=True,
            least=0,
            most=100,
        ),
        NOTE,
    ),
)

SALES = Table(
    "sales",
    ("sku", "region", "date"),
    "history of sales",
    "销售历史",
    (
        Column("sku", "key", "product", "SKU", references="skus"),
        Column("region", "key", "where", "销售区域", references="regions"),
        Column("date", "date", "first day of the bucket", "日期"),
        Column("days", "whole", "length of the bucket", "天数", "days", 1.0, least=1),
        Column(
            "units", "number", "units sold; negative: came back, and is taken from the sales before", "销量", "units"
        ),
        Column(
            "in_stock", "flag", "false: the product was out of stock, so that demand is not known", "有货", "", True
        ),
        NOTE,
    ),
)
