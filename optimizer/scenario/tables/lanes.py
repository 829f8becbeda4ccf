"""Tables about the ways on which stock moves, and those on which it reaches customers."""

from optimizer.scenario.columns import Column, Table
from optimizer.scenario.tables.goods import CURRENCY, NOTE

LANES = Table(
    "lanes",
    ("lane",),
    "ways on which stock moves between places and stays ours",
    "线路",
    (
        Column("lane", "key", "code of the lane", "线路"),
        Column("origin", "key", "where it starts", "起点", references="locations"),
        Column("destination", "key", "where it ends", "终点", references="locations"),
        Column("mode", "text", "sea, fast-sea, rail, truck, air, express, fcl", "运输方式", optional=True),
        Column("lead_time_days", "whole", "days from dispatch until available for sale", "时效天数", "days", least=0),
        Column(
            "lead_time_p90_days",
            "whole",
            "lead time that nine of ten departures keep, for sample paths; empty: always on time",
            "90分位时效",
            "days",
            optional=True,
            least=0,
        ),
        Column(
            "sailing_weekdays", "text", "days of departure, such as 'Mon Thu'; empty: any day", "开航日", optional=True
        ),
        Column("every_weeks", "whole", "departs every n-th week", "每几周", "weeks", 1.0, least=1),
        Column(
            "sails_from",
            "date",
            "a date in a week with a departure, from which every_weeks counts; required where every_weeks is above 1",
            "起算日",
            optional=True,
        ),
        Column(
            "capacity_m3",
            "number",
            "volume that a departure takes; empty: no limit",
            "舱位m3",
            "m3",
            optional=True,
            least=0,
        ),
        Column(
            "capacity_kg",
            "number",
            "weight that a departure takes; empty: no limit",
            "舱位kg",
            "kg",
            optional=True,
            least=0,
        ),
        Column(
            "capacity_units",
            "number",
            "units that a departure takes; empty: no limit",
            "舱位件数",
            "units",
            optional=True,
            least=0,
        ),
        Column("duty_included", "flag", "DDP: the freight rate includes duty", "双清包税", "", False),
        NOTE,
    ),
    required=True,
)

CLOSURES = Table(
    "closures",
    ("lane", "location", "supplier", "from"),
    "holidays, closed borders",
    "停运",
    (
        Column("lane", "key", "lane without departures", "线路", optional=True, references="lanes"),
        Column(
            "location", "key", "place that neither sends nor receives", "仓库", optional=True, references="locations"
        ),
        Column(
            "supplier", "key", "supplier that neither makes nor sends", "供应商", optional=True, references="locations"
        ),
        Column("from", "date", "first day closed", "开始日期"),
        Column("until", "date", "last day closed", "结束日期"),
        NOTE,
    ),
)

DELIVERY_LANES = Table(
    "delivery_lanes",
    ("location", "region"),
    "from where a region is served",
    "配送线路",
    (
        Column("location", "key", "where the goods leave", "仓库", references="locations"),
        Column("region", "key", "who receives them", "销售区域", references="regions"),
        Column(
            "kind",
            "choice",
            "local, or across a customs border as a parcel; empty: told from the countries",
            "类型",
            choices=("local", "cross_border"),
            optional=True,
        ),
        Column("delivery_days", "whole", "days until the customer has them", "配送天数", "days", least=0),
        Column("per_order", "number", "cost of an order, whatever its weight", "每单费用", "money", 0.0, least=0),
        Column("per_kg", "number", "cost of a kg", "每kg费用", "money/kg", 0.0, least=0),
        Column(
            "volumetric_divisor",
            "number",
            "cm3 that count as a kg; empty: gross weight only",
            "计泡系数",
            "cm3/kg",
            optional=True,
            above=0,
        ),
        Column("duty_included", "flag", "the cost includes parcel duty", "包税", "", False),
        CURRENCY,
        NOTE,
    ),
    required=True,
)

DELIVERY_PATIENCE = Table(
    "delivery_patience",
    ("region", "days"),
    "how long customers accept to wait",
    "客户时效耐心",
    (
        Column("region", "key", "whose customers", "销售区域", references="regions"),
        Column("days", "whole", "days until delivery", "天数", "days", least=0),
        Column("share", "number", "share of customers who accept that many days", "接受比例", "share", least=0, most=1),
        NOTE,
    ),
)

LOCKS = Table(
    "locks",
    ("lane", "sku", "date"),
    "least and most units of a shipment: firm orders, bans",
    "锁定",
    (
        Column("lane", "key", "on which lane", "线路", references="lanes"),
        Column("sku", "key", "product", "SKU", references="skus"),
        Column("date", "date", "a date in the period of departure; empty: every departure", "日期", optional=True),
        Column("least", "number", "at least so many units leave", "至少", "units", 0.0, least=0),
        Column(
            "most", "number", "at most so many units leave; empty: no limit", "至多", "units", optional=True, least=0
        ),
        NOTE,
    ),
)

LAST_PLAN = Table(
    "last_plan",
    ("lane", "sku", "departs_on"),
    "what the plan before this one ships, from which changes cost (change_rate)",
    "上次计划",
    (
        Column("lane", "key", "on which lane", "线路", references="lanes"),
        Column("sku", "key", "product", "SKU", references="skus"),
        Column("departs_on", "date", "a date in the period of departure", "开航日期"),
        Column("units", "number", "units that it ships", "件数", "units", least=0),
        NOTE,
    ),
)
