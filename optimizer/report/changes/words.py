"""Words of the comparison of two plans, in English and Chinese; what stands in braces is filled in."""

from __future__ import annotations

#: What kinds of changes are called.
KINDS: dict[str, tuple[str, str]] = {
    "new": ("new", "新增"),
    "gone": ("gone", "取消"),
    "more": ("more", "增加"),
    "less": ("less", "减少"),
    "earlier": ("earlier", "提前"),
    "later": ("later", "推后"),
    "other_mode": ("other mode", "换运输方式"),
    "other_warehouse": ("other warehouse", "换目的仓"),
    "other_source": ("other source", "换发货地"),
}

#: What reasons are called.
REASONS: dict[str, tuple[str, str]] = {
    "time": ("days have passed", "时间推移"),
    "stock": ("stock is not as expected", "库存与预期不同"),
    "in_transit": ("goods under way: late, early, more or less", "在途货物（晚到、早到或数量变化）"),
    "demand": ("demand and sales", "需求与销售"),
    "prices": ("prices and regions", "售价与销售区域"),
    "goods": ("goods, suppliers, unit costs", "商品、供应商与采购价"),
    "freight": ("freight, handling and delivery rates", "运费、操作费与派送费"),
    "rent": ("rent", "仓租"),
    "duty": ("duty rates and their dates", "关税税率与生效日"),
    "exchange": ("exchange rates", "汇率"),
    "network": ("locations, lanes, closures, targets", "仓库、线路、停运与库存目标"),
    "locks": ("locks, firm orders and the fence", "锁定、确定订单与冻结期"),
    "settings": ("settings", "设置"),
    "rest": ("no input: whole cases, containers and the search", "与数据无关：整箱、整柜与求解"),
}

#: Sentences and headings.
PHRASES: dict[str, tuple[str, str]] = {
    "title": (
        "{name}: the plan from {new} against the one from {old}, money in {currency}",
        "{name}：{new} 起的计划与 {old} 起的计划对比，金额单位 {currency}",
    ),
    "total": (
        "Total cost {after} instead of {before} ({change}).",
        "总成本由 {before} 变为 {after}（{change}）。",
    ),
    "why": ("WHY, IN MONEY (each input replaced in this order)", "原因与金额（按此顺序逐项替换数据）"),
    "why_note": (
        "Relaxations of the model solved to their optimum after each step; the parts add up to the whole.",
        "每步之后将模型的松弛问题解到最优；各项之和等于总变化。",
    ),
    "no_why": (
        "Reasons are not told apart: not asked for, no time, or the old plan ends too early.",
        "未分析原因：未要求、时间不足，或旧计划过早结束。",
    ),
    "lines": (
        "LINES: {changed} changed, {same} as before; {done} units of the old plan were decided since",
        "明细：{changed} 行变化，{same} 行不变；旧计划中已有 {done} 件在此期间执行",
    ),
    "none": ("No line has changed.", "没有变化。"),
    "more": ("... and {count} more", "……另有 {count} 行"),
    "lost": (
        "LOST SALES of {sku} in {region}: {after} units instead of {before}",
        "{region} 的 {sku} 缺货：由 {before} 件变为 {after} 件",
    ),
    "moved": ("{units} units of {sku}: {before} -> {after}", "{sku} {units} 件：{before} → {after}"),
    "added": ("{units} units of {sku}: {after}", "{sku} {units} 件：{after}"),
    "taken": ("{units} units of {sku}: {before}", "{sku} {units} 件：{before}"),
    "place": ("{lane} on {day}", "{lane}，{day}"),
    "why_line": ("[{reason}]", "【{reason}】"),
}  # fmt: skip
