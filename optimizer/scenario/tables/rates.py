"""Tables of what things cost: freight, rent, handling, duty, exchange."""

from optimizer.scenario.columns import Column, Table
from optimizer.scenario.tables.goods import CURRENCY, NOTE

VALID_FROM = Column(
    "valid_from", "date", "first day on which the row holds; empty: always has", "生效日期", optional=True
)

FREIGHT_RATES = Table(
    "freight_rates",
    ("lane", "basis", "container_type", "from_quantity", "valid_from"),
    "what a lane costs",
    "运费",
    (
        Column("lane", "key", "on which lane", "线路", references="lanes"),
        Column(
            "basis",
            "choice",
            "what is charged: kg, m3, case, container or each departure",
            "计费方式",
            choices=("kg", "m3", "case", "container", "departure"),
        ),
        Column("container_type", "key", "for basis container", "柜型", optional=True, references="container_types"),
        Column(
            "from_quantity",
            "number",
            "rate holds from this many kg or m3 on a departure",
            "起始数量",
            "kg or m3",
            0.0,
            least=0,
        ),
        VALID_FROM,
        Column("rate", "number", "money for each kg, m3, case, container or departure", "费率", "money", least=0),
        CURRENCY,
        Column(
            "volumetric_divisor",
            "number",
            "cm3 that count as a kg; empty: gross weight only",
            "计泡系数",
            "cm3/kg",
            optional=True,
            above=0,
        ),
        Column(
            "minimum_charge",
            "number",
            "least charge of a departure, for basis kg or m3",
            "最低收费",
            "money",
            0.0,
            least=0,
        ),
        NOTE,
    ),
    required=True,
)

CONTAINER_TYPES = Table(
    "container_types",
    ("container_type",),
    "containers",
    "柜型",
    (
        Column("container_type", "key", "20GP, 40GP, 40HQ", "柜型"),
        Column("volume_m3", "number", "volume that can be loaded", "可装体积m3", "m3", above=0),
        Column("payload_kg", "number", "weight that can be loaded", "可装重量kg", "kg", above=0),
        NOTE,
    ),
)

STORAGE_RATES = Table(
    "storage_rates",
    ("location", "from_age_days", "valid_from"),
    "rent by age of stock",
    "仓租",
    (
        Column("location", "key", "where", "仓库", references="locations"),
        Column(
            "from_age_days", "whole", "rate holds for units of this age and older", "起始库龄", "days", 0.0, least=0
        ),
        VALID_FROM,
        Column("per_m3_day", "number", "rent of a m3 for a day; 0 for free days", "每方每天", "money/m3/day", least=0),
        CURRENCY,
        NOTE,
    ),
)

HANDLING_RATES = Table(
    "handling_rates",
    ("location", "basis", "container_type", "valid_from"),
    "receiving goods",
    "入库费",
    (
        Column("location", "key", "where goods are received", "仓库", references="locations"),
        Column(
            "basis",
            "choice",
            "case or m3 for loose goods, container for goods in containers",
            "计费方式",
            choices=("case", "m3", "container"),
        ),
        Column(
            "container_type",
            "key",
            "for basis container; empty: any type",
            "柜型",
            optional=True,
            references="container_types",
        ),
        VALID_FROM,
        Column("rate", "number", "money for each case, m3 or container", "费率", "money", least=0),
        CURRENCY,
        NOTE,
    ),
)

DUTY_RATES = Table(
    "duty_rates",
    ("origin_country", "customs_territory", "hs_prefix", "kind", "from_value", "valid_from"),
    "customs duty, dated",
    "关税",
    (
        Column(
            "origin_country",
            "key",
            "where the goods were made; empty: anywhere",
            "原产国",
            optional=True,
            references="countries",
        ),
        Column("customs_territory", "key", "which territory they enter", "关税区"),
        Column("hs_prefix", "key", "first digits of the HS code; empty: all goods", "海关编码前缀", optional=True),
        Column("kind", "choice", "freight or parcel", "类型", choices=("freight", "parcel")),
        Column("from_value", "number", "rate holds for parcels worth this or more", "起始货值", "money", 0.0, least=0),
        VALID_FROM,
        Column("rate", "number", "share of the declared value", "税率", "share", 0.0, least=0),
        Column(
            "per_item", "number", "amount on each unit, in the territory's currency", "每件税额", "money", 0.0, least=0
        ),
        Column(
            "per_entry",
            "number",
            "amount on each parcel, or on each departure (then hs_prefix and origin_country "
            "are empty), in the territory's currency",
            "每票税额",
            "money",
            0.0,
            least=0,
        ),
        NOTE,
    ),
)

EXCHANGE_RATES = Table(
    "exchange_rates",
    ("currency", "valid_from"),
    "money of the scenario for one unit",
    "汇率",
    (
        Column("currency", "key", "foreign currency", "币种"),
        VALID_FROM,
        Column("rate", "number", "how much of the scenario's currency one unit buys", "汇率", "money", above=0),
        NOTE,
    ),
)
