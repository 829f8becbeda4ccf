"""Every word that a report says, in English and Chinese."""

from __future__ import annotations

LANGUAGES = ("en", "zh")

#: Sentences and titles; what stands in braces is filled in.
PHRASES: dict[str, tuple[str, str]] = {
    "title": (
        "{name}: plan from {first} to {last}, money in {currency}",
        "{name}：{first} 至 {last} 的计划，金额单位 {currency}",
    ),
    "optimal": ("Within the gap asked for ({asked:.1%}).", "已达到要求的差距（{asked:.1%}）。"),
    "feasible": (
        "The best plan found in the time; the gap asked for ({asked:.1%}) was missed.",
        "限时内找到的最好计划；未达到要求的差距（{asked:.1%}）。",
    ),
    "interrupted": ("Stopped by hand: the best plan so far.", "已手动停止：目前最好的计划。"),
    "mission": ("Mission cost", "任务成本"),
    "mission_note": (
        "freight {freight}, rent {rent}, tariff {tariff}, stockouts {stockout}",
        "运费 {freight}，仓租 {rent}，关税 {tariff}，缺货 {stockout}",
    ),
    "total": ("Total", "合计"),
    "total_cost": ("Total cost", "总成本"),
    "total_note": (
        "with goods, delivery and capital; less the worth of what is left",
        "含货款、派送和资金占用，减去期末库存价值",
    ),
    "gap": ("Proven gap", "已证明差距"),
    "gap_note": (
        "no plan can be cheaper by more; {share:.2%} of the mission cost",
        "任何计划最多再省这么多；占任务成本 {share:.2%}",
    ),
    "gap_floor_note": (
        "no plan can be cheaper by more; {share:.2%} of the floor (1 % of net revenue)",
        "任何计划最多再省这么多；占下限（净收入的 1 %）{share:.2%}",
    ),
    "no_bound": ("none yet", "暂无"),
    "no_bound_note": ("the search ended before it proved a bound", "搜索在证明下界之前结束"),
    "served": ("Demand served", "需求满足率"),
    "served_note": ("{delivered} of {demand} units", "{demand} 件中的 {delivered} 件"),
    "mismatch": ("Mismatch", "库存错配"),
    "mismatch_note": (
        "of demand is short in one region while as much stands idle elsewhere",
        "的需求在一地缺货，而同款在别处闲置",
    ),
    "leaving": ("LEAVES THIS WEEK ({first} to {last})", "本周发运（{first} 至 {last}）"),
    "leaving_none": ("Nothing leaves.", "无发运。"),
    "leaving_next": ("The next departure is {lane} on {day}.", "下一次发运：{lane}，{day}。"),
    "ordering": ("ORDER THIS WEEK", "本周下单"),
    "ordering_none": ("Nothing has to be ordered.", "无需下单。"),
    "ordering_next": ("The next order is due on {day}, at {supplier}.", "下一次下单：{day}，供应商 {supplier}。"),
    "costs": ("WHAT IT COSTS", "成本构成"),
    "short": (
        "SHORT: {units} units ({share:.1%} of demand), {money} {currency} lost",
        "缺货：{units} 件（占需求 {share:.1%}），损失 {money} {currency}",
    ),
    "short_none": ("SHORT: nothing", "缺货：无"),
    "idle": (
        "IDLE on {first}: {units} units, {money} {currency} of goods",
        "闲置（{first}）：{units} 件，货值 {money} {currency}",
    ),
    "idle_note": (
        "Beyond what its location sends out until it can be refilled.",
        "超出该仓在可补货之前要发出的数量。",
    ),
    "idle_none": ("IDLE on {first}: nothing", "闲置（{first}）：无"),
    "full": ("TOO FULL: {money} {currency} for space beyond the limits", "爆仓：超出仓库能力的费用 {money} {currency}"),
    "below_target": (
        "BELOW TARGET: {units} units at worst, {money} {currency} of fees",
        "低于库存目标：最多差 {units} 件，费用 {money} {currency}",
    ),
    "more": ("... and {count} more", "……另有 {count} 项"),
    "next": ("NEXT", "下一步"),
    "next_orders": (
        'Orders to place: {count}, the first by {day} (sheet "{sheet}").',
        "待下采购单：{count} 张，最早 {day}（见表“{sheet}”）。",
    ),
    "next_departures": (
        'Departures to book: {count}, the first on {day}{containers} (sheet "{sheet}").',
        "待订航次：{count} 个，最早 {day}{containers}（见表“{sheet}”）。",
    ),
    "next_containers": (", with {containers}", "，含 {containers}"),
    "next_short": (
        "{share:.0%} of the loss is due to {skus}: each way to serve them costs more than the sale brings, or none is "
        "quick enough. Look at their prices, and at quicker lanes.",
        "{share:.0%} 的损失来自 {skus}：现有方式要么比销售收入更贵，要么来不及。请检查售价和更快的线路。",
    ),
    "and_others": ("{skus} and {count} others", "{skus} 等另外 {count} 个"),
    "next_idle": (
        "{left} of the idle units are still there at the end: clear them where rent exceeds their worth, "
        "or sell them in another region.",
        "期末仍有 {left} 件闲置库存：仓租高于其价值时清仓，或转到其他区域销售。",
    ),
    "next_gap": (
        "For a closer proof give the search more time: --seconds {seconds:.0f}.",
        "要更小的差距，请延长搜索时间：--seconds {seconds:.0f}。",
    ),
    "next_none": ("Nothing to do this week.", "本周无事项。"),
    "rows_cut": (
        "{count} more rows do not fit on a sheet; the CSV tables hold them all.",
        "另有 {count} 行放不下，完整数据见 CSV 表。",
    ),
}  # fmt: skip

#: Names of sheets.
SHEETS: dict[str, tuple[str, str]] = {
    "summary": ("Summary", "摘要"),
    "departures": ("Departures", "航次"),
    "shipping": ("Shipping instructions", "发货指令"),
    "orders": ("Purchase orders", "采购单"),
    "order_lines": ("Purchase order lines", "采购明细"),
    "stock": ("Stock", "库存"),
    "short": ("Short", "缺货"),
    "idle": ("Idle", "闲置"),
    "costs": ("Costs", "成本"),
}

#: Headings of columns.
COLUMNS: dict[str, tuple[str, str]] = {
    "lane": ("Lane", "线路"),
    "mode": ("Mode", "运输方式"),
    "origin": ("From", "起点"),
    "destination": ("To", "终点"),
    "departs_on": ("Departs", "开航日"),
    "arrives_on": ("Available", "可售日"),
    "departure": ("Departure", "航次号"),
    "cases": ("Cases", "箱数"),
    "case_pack": ("Per case", "装箱数"),
    "units": ("Units", "件数"),
    "volume_m3": ("m3", "体积m3"),
    "weight_kg": ("kg", "重量kg"),
    "containers": ("Containers", "柜数"),
    "container_fill": ("Full", "装载率"),
    "charged_kg": ("Charged kg", "计费kg"),
    "charged_m3": ("Charged m3", "计费m3"),
    "amount": ("Amount", "金额"),
    "charge": ("Charge", "运费"),
    "share": ("Share", "占比"),
    "supplier": ("Supplier", "供应商"),
    "order": ("Order", "采购单号"),
    "order_on": ("Order by", "下单日"),
    "skus": ("SKUs", "SKU数"),
    "unit_cost": ("Unit cost", "采购单价"),
    "currency": ("Currency", "币种"),
    "sku": ("SKU", "SKU"),
    "name": ("Name", "品名"),
    "hs_code": ("HS code", "海关编码"),
    "origin_country": ("Made in", "原产国"),
    "declared": ("Declared value", "申报总值"),
    "region": ("Region", "销售区域"),
    "location": ("Location", "仓库"),
    "from_day": ("From", "自"),
    "until_day": ("Until", "至"),
    "money": ("Loss", "损失"),
    "value": ("Goods value", "货值"),
    "cleared": ("To be cleared", "计划清仓"),
    "left": ("Left at the end", "期末剩余"),
    "kind": ("Limit", "能力"),
    "line": ("Cost line", "成本项"),
    "opening": ("Opening", "期初"),
    "measure": ("Measure", "指标"),
    "note": ("", ""),
}

#: Chinese names of cost lines and of limits; in English they are called as the model calls them.
TERMS: dict[str, str] = {
    "purchase": "采购",
    "first_leg_freight": "头程运费",
    "container_charges": "整柜费",
    "departure_fees": "航次固定费",
    "duty": "关税",
    "inbound_handling": "入库操作费",
    "storage_rent": "仓租",
    "overflow_rent": "爆仓费",
    "capital": "资金占用",
    "last_mile": "尾程派送",
    "parcel_duty": "直邮关税",
    "lost_sales": "缺货损失",
    "clearance": "清仓收入",
    "low_stock_fees": "低库存费",
    "end_stock": "期末库存价值",
    "storage": "库容",
    "receiving": "收货",
}


class Words:
    """The words of one language, "en" or "zh"."""

    def __init__(self, language: str) -> None:
        self._place = LANGUAGES.index(language)

    def __call__(self, phrase: str, **values: object) -> str:
        """A phrase with its blanks filled in."""
        return PHRASES[phrase][self._place].format(**values)

    def sheet(self, name: str) -> str:
        """What a sheet is called."""
        return SHEETS[name][self._place]

    def column(self, name: str) -> str:
        """What a column is headed; a date, say, heads itself."""
        return COLUMNS[name][self._place] if name in COLUMNS else name

    def term(self, name: str) -> str:
        """What a cost line or a limit is called."""
        return TERMS.get(name, name) if self._place else name.replace("_", " ")
