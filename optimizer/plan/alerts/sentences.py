"""What alerts say and ask for, in English and Chinese."""

from __future__ import annotations

#: What kinds of alerts are called.
TITLES: dict[str, tuple[str, str]] = {
    "out_of_reach": ("Stockout out of reach", "缺货且来不及补"),
    "late_arrival": ("Arrives too late", "到货太晚"),
    "overdue": ("Overdue", "逾期未到"),
    "half_empty": ("Container half empty", "货柜未装满"),
    "duty_change": ("Duty changes", "关税变动"),
    "rate_change": ("Rates change", "费率变动"),
    "ageing": ("Stock ages", "库龄升档"),
    "idle": ("Idle stock", "闲置库存"),
    "too_full": ("Too full", "爆仓"),
    "below_target": ("Below target", "低于库存目标"),
    "impatient": ("Customers who do not wait", "顾客不愿等"),
    "not_worth_it": ("Stockout left", "未补的缺货"),
}

#: What is the matter; what stands in braces is filled in.
SAYS: dict[str, tuple[str, str]] = {
    "out_of_reach": (
        "{sku} runs out in {region}: {units} units are lost from {day} to {until}, and no mode can bring more in time.",
        "{sku} 在 {region} 断货：{day} 至 {until} 损失 {units} 件，任何运输方式都来不及补货。",
    ),
    "impatient": (
        "{region} loses {units} units of {sku} from {day} to {until}: these customers do not wait as long as goods "
        "would take from the nearest place that can have them.",
        "{region} 自 {day} 至 {until} 少卖 {sku} {units} 件：最近的可备货地点送达太慢，这些顾客不愿等。",
    ),
    "late_arrival": (
        "{sku} under way to {location} arrives on {then}; {region} loses {units} of these units from {day} on.",
        "{sku} 在途货物 {then} 才到 {location}；{region} 自 {day} 起因此少卖 {units} 件。",
    ),
    "overdue": (
        "{units} units of {sku} should have reached {location} on {day}; the plan counts on them at once.",
        "{sku} 有 {units} 件应于 {day} 到达 {location}；计划假定它们马上到货。",
    ),
    "half_empty": (
        "{lane} leaves on {day} with its containers {share} full.",
        "{lane} {day} 开航，货柜仅装 {share}。",
    ),
    "duty_change_lane": (
        "Duty changes on {day} for {units} units on {lane}: {after} instead of {before}.",
        "{day} 起关税变动，涉及 {lane} 的 {units} 件：由 {before} 变为 {after}。",
    ),
    "duty_change_region": (
        "Duty on parcels to {region} changes on {day}, for {units} units: {after} instead of {before}.",
        "{day} 起寄往 {region} 的包裹关税变动，涉及 {units} 件：由 {before} 变为 {after}。",
    ),
    "rate_change_freight": (
        "New freight rates on {lane} from {day}: its departures cost {after} instead of {before}.",
        "{lane} 自 {day} 起执行新运价：航次费用由 {before} 变为 {after}。",
    ),
    "rate_change_handling": (
        "New handling rates from {day}: receiving what {lane} brings costs {after} instead of {before}.",
        "{day} 起入库费变动：{lane} 到货的操作费由 {before} 变为 {after}。",
    ),
    "rate_change_storage": (
        "New rent in {location} from {day}: what stands there costs {after} instead of {before}.",
        "{location} 自 {day} 起仓租变动：仓租由 {before} 变为 {after}。",
    ),
    "rate_change_exchange": (
        "The exchange rate changes on {day}: purchases from {location} cost {after} instead of {before}.",
        "{day} 起汇率变动：向 {location} 的采购由 {before} 变为 {after}。",
    ),
    "ageing": (
        "{units} units of {sku} in {location} enter a dearer tier of rent from {day} on{more}: {after} instead of "
        "{before} a m3 and day.",
        "{location} 的 {sku} 有 {units} 件自 {day} 起进入更贵的仓租档{more}：每方每天由 {before} 变为 {after}。",
    ),
    "idle": (
        "{units} units of {sku}, worth {after}, stand idle in {location}{tier}.",
        "{location} 的 {sku} 有 {units} 件闲置，货值 {after}{tier}。",
    ),
    "too_full": (
        "{location} has more than its limit ({basis}) from {day} to {until}.",
        "{location} 自 {day} 至 {until} 超出能力上限（{basis}）。",
    ),
    "below_target": (
        "{sku} in {location} is below its stock target from {day} to {until}.",
        "{location} 的 {sku} 自 {day} 至 {until} 低于库存目标。",
    ),
    "not_worth_it": (
        "{region} loses {units} units of {sku} from {day} to {until} though more could be had.",
        "{region} 自 {day} 至 {until} 少卖 {sku} {units} 件，虽然货源仍可补充。",
    ),
}

#: What to do.
DO: dict[str, tuple[str, str]] = {
    "out_of_reach": (
        "Slow the sale down (price, advertising) until {then}, when more can be there.",
        "在 {then} 补货可到之前，放慢销售（提价、减少广告）。",
    ),
    "out_of_reach_never": (
        "Slow the sale down (price, advertising); nothing can be there before the end of the plan.",
        "放慢销售（提价、减少广告）；计划期内无法补货。",
    ),
    "impatient": (
        "Hold {sku} nearer to them, or offer a quicker delivery, where that is worth it.",
        "若划算，把 {sku} 备在离他们更近的仓，或提供更快的配送。",
    ),
    "late_arrival": ("Ask the forwarder for a quicker way.", "请货代加急。"),
    "overdue": (
        "Ask the forwarder where they are, and correct in_transit.",
        "向货代查询货物位置，并更正 in_transit 表。",
    ),
    "half_empty": (
        "Add goods, take a smaller container or LCL, or wait for {then}.",
        "加货、换小柜或拼箱，或等 {then} 的航次。",
    ),
    "half_empty_last": (
        "Add goods, or take a smaller container or LCL.",
        "加货，或换小柜、拼箱。",
    ),
    "duty_change_dearer": (
        "Ship before: what leaves by {act_by} still enters at the old rates.",
        "提前发货：{act_by} 及之前开航的仍按旧税率入关。",
    ),
    "duty_change_cheaper": (
        "Ship after: leave out of the departures until {act_by} what can wait.",
        "推后发货：可以等的货不要装 {act_by} 及之前的航次。",
    ),
    "change_taken": ("Nothing enters before it; the plan counts with it.", "已无法赶在此前；计划已计入。"),
    "rate_change_place_dearer": (
        "Agree on a longer validity, or bring forward what can be: the last day at the old rates is {act_by}.",
        "商定延长有效期，或把可以提前的提前：旧费率最后一天是 {act_by}。",
    ),
    "rate_change_place_cheaper": (
        "Let wait what can wait: the last day at the old rates is {act_by}.",
        "可以等的先等：旧费率最后一天是 {act_by}。",
    ),
    "rate_change_dearer": (
        "The last departure at the old rates is on {act_by}: book more of it, or agree on a longer validity.",
        "旧运价的最后一班是 {act_by}：多订舱位，或商定延长有效期。",
    ),
    "rate_change_cheaper": (
        "The last departure at the old rates is on {act_by}: let wait what can wait.",
        "旧运价的最后一班是 {act_by}：可以等的货先不发。",
    ),
    "ageing": (
        "Sell or move it before: price, clearance, transfer.",
        "在此之前卖掉或移走：促销、清仓、调拨。",
    ),
    "idle": (
        "Sell it elsewhere, or clear it where keeping costs more than it brings.",
        "转到其他区域销售；若持有成本高于所得，则清仓。",
    ),
    "too_full": (
        "Agree on more space, or delay what arrives.",
        "商定更多库容，或推迟到货。",
    ),
    "below_target": (
        "Send more in time, or accept the fee.",
        "及时补货，或接受费用。",
    ),
    "not_worth_it": (
        "Serving it costs more than it brings, or a limit forbids it. What it would take: "
        "optimizer explain PLAN --sku {sku} --region {region}",
        "满足它的成本高于收入，或受限制所阻。所需办法见：optimizer explain PLAN --sku {sku} --region {region}",
    ),
}

#: Parts of sentences, and terms.
PARTS: dict[str, tuple[str, str]] = {
    "tier": ("; dearer rent from {then}", "；{then} 起仓租升档"),
    "ageing_more": (", and more until {until}", "，至 {until} 仍陆续增加"),
    "storage": ("storage", "库容"),
    "receiving": ("receiving", "收货"),
    "costs": ("{money} {currency}", "{money} {currency}"),
    "by": ("by {act_by}", "{act_by} 前"),
    "none": ("No alerts.", "无预警。"),
    "more": ("... and {count} more", "……另有 {count} 条"),
    "head": ("{title}: {count}, {money} {currency}", "{title}：{count} 条，{money} {currency}"),
}
