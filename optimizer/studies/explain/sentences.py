"""What explanations say of rules that bind and of what is left undone, in English and Chinese."""

from __future__ import annotations

#: What more of something is worth.
RULES: dict[str, tuple[str, str]] = {
    "home_stock": (
        "{amount} more units in {location} now would be worth {money} ({each} a unit).",
        "{location} 现在多 {amount} 件，价值 {money}（每件 {each}）。",
    ),
    "notice": (
        "Had everything been decided {days} days earlier, {money} would be saved.",
        "若全部提前 {days} 天决定，可节省 {money}。",
    ),
    "stock": (
        "One more unit in {location} in the week of {day} would be worth {money} (shadow price).",
        "{day} 当周 {location} 多一件，价值 {money}（影子价格）。",
    ),
    "storage_capacity": (
        "One more m3 of room in {location} would save {money}.",
        "{location} 多 1 m3 库容可节省 {money}。",
    ),
    "receiving_capacity": (
        "If {location} could receive one more m3 in each period, {money} would be saved.",
        "{location} 每周期多收 1 m3 可节省 {money}。",
    ),
    "lane_capacity": (
        "One more {unit} on each departure of {lane}, full on {day}, would save {money}.",
        "{lane} 每航次多装 1 {unit}（{day} 已满）可节省 {money}。",
    ),
    "container_volume": (
        "Room for one more m3 in the containers of {lane}, {day}, would save {money} (shadow price).",
        "{day} 的 {lane} 柜内多 1 m3 空间可节省 {money}（影子价格）。",
    ),
    "container_payload": (
        "Containers of {lane}, {day}, that bear one more kg would save {money} (shadow price).",
        "{day} 的 {lane} 货柜多载重 1 kg 可节省 {money}（影子价格）。",
    ),
    "container_cost": (
        "One more {container_type} on {lane}, {day}, would cost {money} all in all, with its charge of {charge}.",
        "{day} 的 {lane} 多订一个 {container_type}，总成本增加 {money}（含柜费 {charge}）。",
    ),
    "container": (
        "One more {container_type} on {lane}, {day}, would save {money}, its charge of {charge} already paid.",
        "{day} 的 {lane} 多订一个 {container_type}，扣除柜费 {charge} 后仍节省 {money}。",
    ),
    "container_less_cost": (
        "One {container_type} less on {lane}, {day}, would cost {money} more, though its charge of {charge} is saved.",
        "{day} 的 {lane} 少订一个 {container_type}，虽省柜费 {charge}，总成本仍增加 {money}。",
    ),
    "container_less": (
        "One {container_type} less on {lane}, {day}, would save {money}.",
        "{day} 的 {lane} 少订一个 {container_type} 可节省 {money}。",
    ),
    "price": (
        "To all SKUs together it was worth {price} in the search.",
        "搜索中对全部 SKU 的价值为 {price}。",
    ),
}  # fmt: skip

#: What it was not found out of what it is worth.
OPEN: dict[str, tuple[str, str]] = {
    "not_found_out": (
        "Not found out in the time, more --seconds tell it: what {what} would be worth.",
        "限时内未能算出（请加大 --seconds）：{what} 的价值。",
    ),
    "home_stock": ("{amount} more units in {location}", "{location} 多 {amount} 件"),
    "notice": ("{days} days more notice", "提前 {days} 天决定"),
    "storage_capacity": ("more room in {location}", "{location} 更多库容"),
    "receiving_capacity": ("quicker docks in {location}", "{location} 更多收货能力"),
    "lane_capacity": ("more {unit} on {lane}", "{lane} 更多 {unit}"),
    "container": ("one more {container_type} on {lane}, {day}", "{day} 的 {lane} 多一个 {container_type}"),
    "container_less": ("one {container_type} less on {lane}, {day}", "{day} 的 {lane} 少一个 {container_type}"),
}  # fmt: skip

#: Which rule is to blame for what is left undone, by the rule that is let go.
BLAME: dict[str, tuple[str, str]] = {
    "patience": ("customers who do not wait longer", "客户不愿等更久"),
    "minimum_order": ("the least order of the SKU (MOQ)", "该 SKU 的起订量"),
    "supplier_minimum": ("the least order value of the supplier", "供应商的最低订单金额"),
    "lane_capacity": ("what departures take", "航次运力"),
    "storage_capacity": ("too little room", "库容不足"),
    "receiving_capacity": ("docks that take too little", "收货能力不足"),
    "whole_cases": ("whole cases", "整箱要求"),
    "whole_containers": ("containers that are paid whole", "货柜整柜付费"),
    "fixed_fees": ("fees for each departure or order", "每航次、每单的固定费"),
    "home_stock": ("too little stock at home", "国内库存不足"),
    "notice": ("too little time: nothing decided today is there sooner", "时间不足：今天决定的货最早也来不及"),
}  # fmt: skip

#: What is left undone, and why.
UNDONE: dict[str, tuple[str, str]] = {
    "lost": (
        "{amount} units are not delivered: {money} lost.",
        "有 {amount} 件未能交付，损失 {money}。",
    ),
    "target_shortfall": (
        "Stock is below its target by {amount} unit-periods: {money} of fees.",
        "低于库存目标合计 {amount} 件·周期，费用 {money}。",
    ),
    "storage_overflow": (
        "Room is overrun by {amount} m3-periods: {money}.",
        "超出库容合计 {amount} m3·周期，费用 {money}。",
    ),
    "receiving_overflow": (
        "Docks are overrun by {amount} m3: {money}.",
        "超出收货能力 {amount} m3，费用 {money}。",
    ),
    "cannot": (
        "As the rules stand nothing can be done about it with this SKU.",
        "在现有规则下，该 SKU 无法改善。",
    ),
    "could": (
        "{reachable} of it could be put right as the rules stand, but that costs {money} more: {each} for each.",
        "按现有规则可以补上 {reachable}，但总成本增加 {money}，每单位 {each}。",
    ),
    "could_all": (
        "All of it could be put right as the rules stand, but that costs {money} more: {each} for each. Not worth it.",
        "按现有规则可以全部补上，但总成本增加 {money}，每单位 {each}，不划算。",
    ),
    "could_free": (
        "{reachable} of it could be put right as the rules stand at no cost, within the plan's gap.",
        "按现有规则可以补上 {reachable} 且不增加成本（在计划的差距之内）。",
    ),
    "blame": ("To blame most: {what}.", "主要原因：{what}。"),
    "cures": ("WHAT WOULD CURE IT (the first saves most)", "如何解决（按节省金额排序）"),
    "no_cure": (
        "No single rule is to blame: none that is let go would change it.",
        "没有单一规则造成：放宽任何一条都不会改变。",
    ),
    "patience": ("Customers who wait longer", "客户愿意等更久"),
    "minimum_order": ("No least order of the SKU (MOQ)", "取消该 SKU 的起订量"),
    "supplier_minimum": ("No least order value of the supplier", "取消供应商的最低订单金额"),
    "lane_capacity": ("No limit of what departures take", "取消航次运力上限"),
    "storage_capacity": ("Room without limit", "库容不限"),
    "receiving_capacity": ("Docks without limit", "收货能力不限"),
    "whole_cases": ("Broken cases allowed", "允许拆箱"),
    "whole_containers": ("Containers paid by the part that is used", "货柜按实际使用付费"),
    "fixed_fees": ("Fixed fees paid by the part that is used", "固定费按实际使用分摊"),
    "home_stock": (
        "{more} more units in {location} now, for {price}",
        "{location} 现在多 {more} 件，货款 {price}",
    ),
    "notice": ("Everything decided {days} days earlier", "全部提前 {days} 天决定"),
    "cure": (
        "{what}: {units} less undone, {money} saved",
        "{what}：少缺 {units}，节省 {money}",
    ),
    "cure_cost": (
        "{what}: {units} less undone, {money} dearer",
        "{what}：少缺 {units}，多花 {money}",
    ),
}  # fmt: skip
