"""Tables about where stock can be, where customers are, and which customs territory a country belongs to."""

from optimizer.scenario.columns import Column, Table
from optimizer.scenario.tables.goods import CURRENCY, NOTE

COUNTRIES = Table(
    "countries",
    ("country",),
    "countries and their customs territories",
    "国家",
    (
        Column("country", "key", "country code", "国家"),
        Column("customs_territory", "key", "territory that levies duty on entry; the EU is one", "关税区"),
        Column(
            "currency",
            "key",
            "currency in which the territory's duty table states amounts; empty: the scenario's",
            "币种",
            optional=True,
        ),
        NOTE,
    ),
    required=True,
)

LOCATIONS = Table(
    "locations",
    ("location",),
    "places that hold our stock, and suppliers",
    "仓库",
    (
        Column("location", "key", "code of the place", "仓库"),
        Column("name", "text", "name for people", "名称", optional=True),
        Column(
            "kind",
            "choice",
            "what it is; a supplier never runs dry",
            "类型",
            choices=("supplier", "domestic", "overseas", "marketplace"),
        ),
        Column("country", "key", "country where it stands", "国家", references="countries"),
        Column(
            "storage_volume_m3",
            "number",
            "volume that it can hold; empty: no limit",
            "库容m3",
            "m3",
            optional=True,
            least=0,
        ),
        Column(
            "receiving_m3_per_day",
            "number",
            "volume that it can receive in a day; empty: no limit",
            "日收货能力m3",
            "m3/day",
            optional=True,
            least=0,
        ),
        Column(
            "overflow_per_m3_day",
            "number",
            "price of holding more than storage_volume_m3",
            "超库容费",
            "money/m3/day",
            optional=True,
            least=0,
        ),
        Column(
            "receiving_overflow_per_m3",
            "number",
            "price of receiving more than receiving_m3_per_day",
            "超收货能力费",
            "money/m3",
            optional=True,
            least=0,
        ),
        CURRENCY,
        NOTE,
    ),
    required=True,
)

REGIONS = Table(
    "regions",
    ("region",),
    "where customers are: country or zone and sales channel",
    "销售区域",
    (
        Column("region", "key", "code of the region", "销售区域"),
        Column("name", "text", "name for people", "名称", optional=True),
        Column(
            "kind",
            "choice",
            "customers have demand; clearance and disposal take any quantity",
            "类型",
            "",
            "customers",
            choices=("customers", "clearance", "disposal"),
        ),
        Column("country", "key", "country where the goods are delivered", "国家", references="countries"),
        Column("channel", "text", "sales channel: temu-full, temu-semi, amazon, own shop", "渠道", optional=True),
        Column("return_rate", "number", "share of sales that comes back", "退货率", "share", 0.0, least=0, most=1),
        Column(
            "platform_fee_rate",
            "number",
            "share of the price that the platform keeps",
            "平台费率",
            "share",
            0.0,
            least=0,
            most=1,
        ),
        Column(
            "settlement_delay_days",
            "whole",
            "days from delivery until the platform pays",
            "回款天数",
            "days",
            optional=True,
            least=0,
            used=False,
        ),
        NOTE,
    ),
    required=True,
)

STOCK_TARGETS = Table(
    "stock_targets",
    ("location", "sku"),
    "stock that a platform or a contract asks for",
    "库存目标",
    (
        Column("location", "key", "where", "仓库", references="locations"),
        Column("sku", "key", "product", "SKU", references="skus"),
        Column("least_units", "number", "least units on hand", "最低件数", "units", 0.0, least=0),
        Column(
            "cover_days",
            "number",
            "days of the demand that the location serves locally",
            "可售天数",
            "days",
            0.0,
            least=0,
        ),
        Column(
            "price_per_unit_day", "number", "price of each unit short, per day", "缺口日单价", "money/unit/day", least=0
        ),
        CURRENCY,
        NOTE,
    ),
)
