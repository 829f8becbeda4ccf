"""Sentences and titles of reports, in English and Chinese."""

from __future__ import annotations

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
    "interrupted": (
        "Stopped by hand: the best plan so far; the gap asked for ({asked:.1%}) was not reached.",
        "已手动停止：目前最好的计划，尚未达到要求的差距（{asked:.1%}）。",
    ),
    "paths": (
        "Planned for {count} sample paths of demand and lead times: figures are expected values; what is decided "
        "within {days} days is the same on all of them, what comes later is not settled yet.",
        "按 {count} 条需求与时效样本路径规划：数字为期望值；{days} 天内的决定在所有路径上相同，之后的安排尚未确定。",
    ),
    "mission": ("Mission cost", "核心成本"),
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
        "任何计划最多再省这么多；占核心成本 {share:.2%}",
    ),
    "gap_floor_note": (
        "no plan can be cheaper by more; {share:.2%} of the floor (1 % of net revenue)",
        "任何计划最多再省这么多；占下限（净收入的 1 %）{share:.2%}",
    ),
    "no_bound": ("unknown", "未知"),
    "no_bound_note": ("the search ended before it had proved how good the plan is", "搜索在证明计划优劣之前结束"),
    "served": ("Demand served", "需求满足率"),
    "served_note": ("{delivered} of {demand} units", "{demand} 件中交付 {delivered} 件"),
    "mismatch": ("Mismatch", "库存错配"),
    "mismatch_note": (
        "of demand is short in one place while the same SKU stands idle in another",
        "的需求在一地缺货，而同款商品在别处闲置",
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
        "IDLE on {day}: {units} units, {money} {currency} of goods",
        "闲置（{day}）：{units} 件，货值 {money} {currency}",
    ),
    "idle_note": (
        "More than its location sends out until it can be refilled.",
        "超出该仓在下次补货到达之前要发出的数量。",
    ),
    "idle_none": ("IDLE on {day}: nothing", "闲置（{day}）：无"),
    "full": ("TOO FULL: {money} {currency} for space beyond the limits", "爆仓：超出仓库能力的费用 {money} {currency}"),
    "below_target": (
        "BELOW TARGET: {units} units at worst, {money} {currency} of fees",
        "低于库存目标：最多差 {units} 件，费用 {money} {currency}",
    ),
    "more": ('... and {count:,} more (sheet "{sheet}")', "……另有 {count:,} 项（见表“{sheet}”）"),
    "next": ("NEXT", "下一步"),
    "next_doubts": (
        "Look at the tables first: {doubt}",
        "请先检查数据：{doubt}",
    ),
    "next_doubts_more": (
        "({count} more: optimizer check)",
        "（另有 {count} 处，见 optimizer check）",
    ),
    "next_orders": (
        'Place orders: {count}, the first by {day} (sheet "{sheet}").',
        "下采购单：{count} 张，最早 {day}（见表“{sheet}”）。",
    ),
    "next_departures": (
        'Book departures: {count}, the first on {day}{containers} (sheet "{sheet}").',
        "订航次：{count} 个，最早 {day}{containers}（见表“{sheet}”）。",
    ),
    "next_containers": (", with {containers}", "，含 {containers}"),
    "next_short": (
        "Look at prices, quicker lanes and limits of {skus}: {share:.0%} of the loss. Serving all of it costs more "
        "than the sales bring, comes too late, or there is no more to be had.",
        "检查 {skus} 的售价、更快的线路和各项限制：占损失的 {share:.0%}。"
        "全部满足要么比销售收入更贵，要么来不及，要么无货可用。",
    ),
    "and_more": ("{skus} and {count} more", "{skus} 及另外 {count} 个"),
    "next_idle": (
        "Sell idle stock elsewhere, or clear it where rent exceeds its worth: {left} of these units are still there "
        "at the end.",
        "把闲置库存转到其他区域销售，或在仓租高于其价值时清仓：期末仍剩 {left} 件。",
    ),
    "next_gap": (
        "For a smaller gap give the search more time: --seconds {seconds:.0f}.",
        "要更小的差距，请延长搜索时间：--seconds {seconds:.0f}。",
    ),
    "next_none": ("Nothing to do this week.", "本周无事项。"),
    "written": (
        "Written to {folder}: plan.xlsx (warehouse, forwarder), summary.txt, and the tables as {format}.",
        "已写入 {folder}：plan.xlsx（给仓库和货代）、summary.txt 和 {format} 表。",
    ),
    "rows_cut": (
        "{count:,} more rows do not fit on a sheet; the tables of the plan's folder hold them all.",
        "另有 {count:,} 行放不下，完整数据见计划文件夹中的表。",
    ),
}  # fmt: skip
