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
    "in_transit": ("goods under way", "在途货物"),
    "sales": ("sales", "销售"),
    "events": ("events", "活动"),
    "demand": ("demand", "需求"),
    "paths": ("sample paths", "样本路径"),
    "prices": ("prices", "售价"),
    "sourcing": ("unit costs and least orders", "采购价与起订量"),
    "suppliers": ("suppliers' terms", "供应商条款"),
    "goods": ("goods", "商品"),
    "freight": ("freight rates", "运费"),
    "handling": ("handling rates", "入库费"),
    "delivery": ("delivery rates and times", "派送费与时效"),
    "rent": ("rent", "仓租"),
    "duty": ("duty rates and their dates", "关税税率与生效日"),
    "exchange": ("exchange rates", "汇率"),
    "regions": ("regions", "销售区域"),
    "lanes": ("lanes, lead times and closures", "线路、时效与停运"),
    "locations": ("locations", "仓库"),
    "targets": ("stock targets", "库存目标"),
    "locks": ("locks, firm orders and the fence", "锁定、确定订单与冻结期"),
    "last_plan": ("the plan that changes are counted from", "变更所比照的计划"),
    "settings": ("settings", "设置"),
    "rest": ("no input: whole cases, containers and the search", "与数据无关：整箱、整柜与求解"),
}

#: Sentences of a changed input.
EDITS: dict[str, tuple[str, str]] = {
    "cell": ("{table} {row}: {column} {before} -> {after}", "{table} {row}：{column} {before} → {after}"),
    "new": ("{table} {row}: new, {column} {after}", "{table} {row}：新增，{column} {after}"),
    "gone": ("{table} {row}: gone, {column} {before}", "{table} {row}：已删，{column} {before}"),
    "new_row": ("{table} {row}: new", "{table} {row}：新增"),
    "gone_row": ("{table} {row}: gone", "{table} {row}：已删"),
    "total": ("{table} of {row}: {before} -> {after} units", "{table} {row}：{before} → {after} 件"),
    "divided": (
        "{table} of {row}: {after} units as before, otherwise in their days, regions or spread",
        "{table} {row}：仍为 {after} 件，但日期、区域或离散程度有变",
    ),
    "drawn": ("{table}: {after} rows in place of {before}", "{table}：由 {before} 行换为 {after} 行"),
    "late": (
        "{table}: {units} units of {sku} to {place} are {days} day{s} late ({before} -> {after})",
        "{table}：{sku} 发往 {place} 的 {units} 件晚到 {days} 天（{before} → {after}）",
    ),
    "early": (
        "{table}: {units} units of {sku} to {place} are {days} day{s} early ({before} -> {after})",
        "{table}：{sku} 发往 {place} 的 {units} 件早到 {days} 天（{before} → {after}）",
    ),
    "setting": ("{column} {before} -> {after}", "{column} {before} → {after}"),
    "nothing": ("none", "无"),
}  # fmt: skip

#: Sentences and headings.
PHRASES: dict[str, tuple[str, str]] = {
    "title": (
        "{name}: the plan from {new} against the one from {old}, money in {currency}",
        "{name}：{new} 起的计划与 {old} 起的计划对比，金额单位 {currency}",
    ),
    "title_named": (
        "{name}: the new plan {new_name} (from {new}) against the old one {old_name} (from {old}), money in {currency}",
        "{name}：新计划 {new_name}（{new} 起）与旧计划 {old_name}（{old} 起）对比，金额单位 {currency}",
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
    "lost_sales": ("LOST SALES, in money and units", "缺货的金额与件数"),
    "lost": (
        "{sku} in {region}: {after} units instead of {before}",
        "{region} 的 {sku}：由 {before} 件变为 {after} 件",
    ),
    "moved": ("{units} units of {sku}: {before} -> {after}", "{sku} {units} 件：{before} → {after}"),
    "added": ("{units} units of {sku}: {after}", "{sku} {units} 件：{after}"),
    "taken": ("{units} units of {sku}: {before}", "{sku} {units} 件：{before}"),
    "place": ("{lane} on {day}", "{lane}，{day}"),
    "why_line": ("[{reason}]", "【{reason}】"),
    "only": ("{reason}, the only input that changed", "{reason}（唯一变化的数据）"),
    "inputs": ("Inputs that have changed:", "有变化的数据："),
    "more_inputs": ("... and {count} more", "……另有 {count} 项"),
}  # fmt: skip
