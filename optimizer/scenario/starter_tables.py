"""The tables of the starter scenario, as CSV; all figures are illustrative, modelled on 2025-26 price lists."""

TABLES: dict[str, str] = {
    "countries": """\
country,customs_territory,currency,note
CN,CN,CNY,home
US,US,USD,
""",
    "locations": """\
location,name,kind,country,storage_volume_m3,receiving_m3_per_day,overflow_per_m3_day,receiving_overflow_per_m3,currency,note
FACTORY,义乌工厂 Yiwu factory,supplier,CN,,,,,,never runs dry
CN-SZ,深圳仓 Shenzhen,domestic,CN,200,,0.8,,,
US-W,美西仓 Los Angeles,overseas,US,60,20,1.5,12,USD,above 60 m3 each m3 costs 1.5 USD a day
""",
    "regions": """\
region,name,kind,country,channel,return_rate,platform_fee_rate,note
US-temu,Temu US,customers,US,temu-semi,0.05,0.08,
US-clearance,清仓 clearance,clearance,US,,,,takes any quantity at a low price
""",
    "skus": """\
sku,name,category,hs_code,origin_country,units_per_order,unit_weight_kg,unit_volume_m3,case_pack,declared_value,goodwill,note
MUG-01,马克杯 mug,kitchen,6912.00,CN,1.2,0.42,0.0018,36,,0.5,
LAMP-02,台灯 desk lamp,home,9405.20,CN,1,0.95,0.0065,12,,1,
BAG-03,收纳袋 storage bag,home,6307.90,CN,1.6,0.16,0.0006,60,,0.3,
""",
    "prices": """\
sku,region,price,currency,note
MUG-01,US-temu,12.9,USD,
LAMP-02,US-temu,24.5,USD,
BAG-03,US-temu,7.9,USD,
MUG-01,US-clearance,1,USD,below what it costs to get there
LAMP-02,US-clearance,3,USD,
BAG-03,US-clearance,0.4,USD,
""",
    "sourcing": """\
sku,supplier,unit_cost,moq,order_multiple,production_days,currency,note
MUG-01,FACTORY,11.5,144,36,7,CNY,at least 144 pieces if any
LAMP-02,FACTORY,36,60,12,10,CNY,
BAG-03,FACTORY,5.2,300,60,5,CNY,
""",
    "suppliers": """\
supplier,minimum_order_value,currency,note
FACTORY,2000,CNY,least value of an order over all products
""",
    "lanes": """\
lane,origin,destination,mode,lead_time_days,sailing_weekdays,every_weeks,sails_from,capacity_m3,duty_included,note
purchase,FACTORY,CN-SZ,truck,2,,,,,,ordered production_days before it departs
sea,CN-SZ,US-W,sea,28,Wed,1,,,false,weekly groupage by sea
air,CN-SZ,US-W,air,8,Tue Fri,,,5,true,duty is in the rate (DDP)
""",
    "freight_rates": """\
lane,basis,container_type,from_quantity,valid_from,rate,currency,volumetric_divisor,minimum_charge,note
purchase,m3,,,,60,CNY,,,
sea,kg,,0,,9.8,CNY,6000,,dearer below 100 kg
sea,kg,,100,,7.2,CNY,6000,,
sea,departure,,,,350,CNY,,,export declaration
air,kg,,,,50,CNY,6000,500,
""",
    "delivery_lanes": """\
location,region,kind,delivery_days,per_order,per_kg,volumetric_divisor,duty_included,currency,note
US-W,US-temu,local,4,4.2,0.6,,,USD,from the warehouse near the customer
CN-SZ,US-temu,cross_border,11,20,58,8000,false,CNY,direct mail (直邮)
US-W,US-clearance,local,5,0.5,0.2,,,USD,
""",
    "delivery_patience": """\
region,days,share,note
US-temu,5,1,everybody accepts 5 days
US-temu,12,0.6,six of ten accept 12 days
""",
    "storage_rates": """\
location,from_age_days,valid_from,per_m3_day,currency,note
CN-SZ,0,,0.9,CNY,
US-W,0,,0,USD,30 free days
US-W,31,,0.5,USD,
US-W,61,,1,USD,
US-W,91,,1.5,USD,
US-W,181,,3,USD,
""",
    "handling_rates": """\
location,basis,container_type,valid_from,rate,currency,note
US-W,case,,,1.25,USD,loose cartons
""",
    "duty_rates": """\
origin_country,customs_territory,hs_prefix,kind,from_value,valid_from,rate,per_item,per_entry,note
CN,US,,freight,,,0.2,,,all goods without a longer prefix
CN,US,6912,freight,,,0.298,,,
CN,US,6307,freight,,,0.27,,,
CN,US,,parcel,,,0.54,,,small-parcel exemption has ended
""",
    "exchange_rates": """\
currency,valid_from,rate,note
CNY,,0.14,USD for one CNY
""",
    "opening_stock": """\
location,sku,received_on,units,note
CN-SZ,MUG-01,2025-12-10,288,
CN-SZ,BAG-03,2025-12-20,300,
US-W,MUG-01,2025-11-03,90,
US-W,LAMP-02,2025-08-15,260,ageing: sells slower than planned
""",
    "in_transit": """\
destination,sku,arrives_on,units,note
US-W,BAG-03,2026-01-16,480,on the sea since December
""",
}
#: Units a week and the share by which they grow or fall each week.
DEMAND: dict[str, tuple[float, float]] = {"MUG-01": (62.0, 0.01), "LAMP-02": (14.0, -0.01), "BAG-03": (110.0, 0.02)}
WEEKS = 12
