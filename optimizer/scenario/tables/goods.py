"""Tables about what is sold, for how much, and who makes it."""

from optimizer.scenario.columns import Column, Table

NOTE = Column("note", "text", "free text for people; never read by the model", "备注", optional=True)
CURRENCY = Column(
    "currency", "key", "currency of the amounts in this row; empty: the scenario's", "币种", optional=True
)

SKUS = Table(
    "skus",
    ("sku",),
    "what is sold",
    "商品",
    (
        Column("sku", "key", "the seller's code of the product", "SKU"),
        Column("name", "text", "name for people", "品名", optional=True),
        Column("category", "key", "product group", "品类", optional=True),
        Column("hs_code", "key", "customs tariff number, digits, with or without dots", "海关编码", optional=True),
        Column("origin_country", "key", "country where the goods were made", "原产国", references="countries"),
        Column("units_per_order", "number", "units in an average customer order", "每单件数", "units", 1.0, above=0),
        Column("unit_weight_kg", "number", "gross weight of one unit", "单件重量kg", "kg", above=0),
        Column("unit_volume_m3", "number", "volume of one unit, packed", "单件体积m3", "m3", above=0),
        Column(
            "case_pack",
            "whole",
            "units in a carton; empty: any quantity may be shipped",
            "装箱数",
            "units",
            optional=True,
            least=1,
        ),
        Column(
            "declared_value",
            "number",
            "customs value of one unit in the scenario's currency; empty: the cheapest unit_cost",
            "申报价值",
            "money",
            optional=True,
            least=0,
        ),
        Column(
            "goodwill",
            "number",
            "cost of a lost unit beyond the revenue forgone, in the scenario's currency",
            "缺货商誉损失",
            "money",
            0.0,
            least=0,
        ),
        NOTE,
    ),
    required=True,
)

PRICES = Table(
    "prices",
    ("sku", "region"),
    "what a unit sells for in a region",
    "售价",
    (
        Column("sku", "key", "product", "SKU", references="skus"),
        Column("region", "key", "where it is sold", "销售区域", references="regions"),
        Column("price", "number", "price of a unit; negative: what disposal of a unit costs", "售价", "money"),
        CURRENCY,
        NOTE,
    ),
    required=True,
)

SOURCING = Table(
    "sourcing",
    ("sku", "supplier"),
    "which supplier makes a product, on which terms",
    "采购",
    (
        Column("sku", "key", "product", "SKU", references="skus"),
        Column("supplier", "key", "a location of kind supplier", "供应商", references="locations"),
        Column("unit_cost", "number", "purchase price of a unit", "采购单价", "money", least=0),
        Column("moq", "number", "least units in an order, if any are ordered", "最小起订量", "units", 0.0, least=0),
        Column(
            "order_multiple",
            "whole",
            "orders are whole multiples of this; empty: case_pack",
            "订货倍数",
            "units",
            optional=True,
            least=1,
        ),
        Column(
            "production_days",
            "whole",
            "days from order until the goods can leave the supplier",
            "生产天数",
            "days",
            0.0,
            least=0,
        ),
        CURRENCY,
        NOTE,
    ),
)

SUPPLIERS = Table(
    "suppliers",
    ("supplier",),
    "terms of a supplier over all products",
    "供应商条款",
    (
        Column("supplier", "key", "a location of kind supplier", "供应商", references="locations"),
        Column(
            "minimum_order_value",
            "number",
            "least value of an order over all products",
            "最低订单金额",
            "money",
            0.0,
            least=0,
        ),
        Column(
            "deposit_rate",
            "number",
            "share paid with the order",
            "定金比例",
            optional=True,
            least=0,
            most=1,
            used=False,
        ),
        Column(
            "balance_days",
            "whole",
            "days from dispatch until the rest is paid",
            "尾款天数",
            "days",
            optional=True,
            least=0,
            used=False,
        ),
        CURRENCY,
        NOTE,
    ),
)
