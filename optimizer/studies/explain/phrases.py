"""What explanations say, in English and Chinese; what stands in braces is filled in."""

from __future__ import annotations

from optimizer.scenario.languages import LANGUAGES

#: Which line is asked about, and what the plan has of it.
LINES: dict[str, tuple[str, str]] = {
    "shipment": (
        "{sku} on {lane}, leaves {departs_on}, available {arrives_on}: {units} units",
        "{sku} 走 {lane}，{departs_on} 发出，{arrives_on} 可售：{units} 件",
    ),
    "departure": (
        "{lane}, leaves {departs_on}, available {arrives_on}: {units} units of {skus}, {volume} m3, {weight} kg",
        "{lane}，{departs_on} 发出，{arrives_on} 可售：{skus} 共 {units} 件，{volume} m3，{weight} kg",
    ),
    "skus": ("{count} SKUs", "{count} 个 SKU"),
    "booked": ("In containers: {containers}.", "装柜：{containers}。"),
    "charged": (
        "It is charged {money} in all: {lines}.",
        "本航次费用合计 {money}：{lines}。",
    ),
    "free": ("It is charged nothing.", "本航次没有费用。"),
    "most_of": ("Most of it: {skus}.", "主要货物：{skus}。"),
    "shipment_any": (
        "{sku} on {lane}{when}: {units} units",
        "{sku} 走 {lane}{when}：{units} 件",
    ),
    "delivery": (
        "{sku} from {location} to customers in {region}{when}: {units} units",
        "{sku} 由 {location} 供应 {region}{when}：{units} 件",
    ),
    "demand": (
        "{sku} for customers in {region}{when}: {units} units delivered",
        "{sku} 供应 {region}{when}：交付 {units} 件",
    ),
    "stock": (
        "{sku} sent to {location}{when}: {units} units",
        "{sku} 发往 {location}{when}：{units} 件",
    ),
    "any": (", on any day", "（任何一天）"),
    "when": (", in the period of {date}", "（{date} 所在周期）"),
    "money": ("{name}, money in {currency}", "{name}，金额单位 {currency}"),
}

#: Why a line cannot be.
OBSTACLES: dict[str, tuple[str, str]] = {
    "before": (
        "The day lies before the plan, which begins on {day}.",
        "该日期早于计划起始日 {day}。",
    ),
    "beyond": (
        "The day lies after the plan, which ends on {day}.",
        "该日期晚于计划结束日 {day}。",
    ),
    "never": ("{lane} never departs within the plan.", "{lane} 在计划期内没有航次。"),
    "closed": (
        "{lane} does not depart from {first} to {last}: {closed} is closed. The nearest departure is on {next}.",
        "{lane} 在 {first} 至 {last} 没有航次：{closed} 关闭。最近的航次是 {next}。",
    ),
    "no_departure": (
        "{lane} does not depart from {first} to {last}; the nearest departure is on {next}.",
        "{lane} 在 {first} 至 {last} 没有航次；最近的航次是 {next}。",
    ),
    "not_made": ("{origin} does not supply {sku}.", "{origin} 不供应 {sku}。"),
    "too_late": (
        "It is too late to have {sku} made for {lane} on {departs_on}: it had to be ordered by {day}, {days} days "
        "before the plan begins.",
        "来不及为 {departs_on} 的 {lane} 生产 {sku}：最迟须在 {day} 下单，即计划开始前 {days} 天。",
    ),
    "frozen": (
        "The next {days} days are frozen, and no lock names {sku} on {lane}.",
        "未来 {days} 天已冻结，且没有锁定 {sku} 走 {lane}。",
    ),
    "locked": ("A lock allows no {sku} on {lane}.", "锁定表不允许 {sku} 走 {lane}。"),
    "not_there": (
        "{origin} can have no {sku} by then: the first day is {day}. Nothing is there, and nothing arrives sooner.",
        "届时 {origin} 没有 {sku}：最早 {day} 才有货，此前既无库存也无到货。",
    ),
    "never_there": (
        "{origin} can have no {sku} within the plan.",
        "计划期内 {origin} 不会有 {sku}。",
    ),
    "no_use": (
        "{sku} is of no use in {destination}: nobody who wants it can be served from there.",
        "{sku} 运到 {destination} 没有用处：那里供应不到任何有需求的区域。",
    ),
    "supplier": (
        "{location} is a supplier: no stock of ours stands there.",
        "{location} 是供应商，没有我们的库存。",
    ),
    "no_lane_to": (
        "No lane leads to {location} within the plan.",
        "计划期内没有线路通往 {location}。",
    ),
    "no_way_to": (
        "{sku} cannot reach {location} within the plan.",
        "计划期内 {sku} 到不了 {location}。",
    ),
    "not_served": (
        "No delivery lane leads from {location} to {region}.",
        "没有从 {location} 到 {region} 的派送线路。",
    ),
    "nobody_serves": ("No delivery lane leads to {region}.", "没有通往 {region} 的派送线路。"),
    "no_demand": ("Nobody wants {sku} in {region} then.", "{region} 此时没有 {sku} 的需求。"),
    "too_slow": (
        "No customer of {region} waits {days} days, the least that a delivery takes.",
        "{region} 没有客户愿意等 {days} 天，而这是最快的派送时间。",
    ),
    "not_in_time": (
        "{sku} cannot be in {location} by then; the first day is {day}.",
        "届时 {location} 没有 {sku}；最早 {day} 才有货。",
    ),
}  # fmt: skip

#: Other ways, and lines that the plan lacks.
WAYS: dict[str, tuple[str, str]] = {
    "best": ("whatever is best instead", "任意最佳替代"),
    "lane": (
        "{units} units on {lane}, {departs_on} (available {arrives_on})",
        "{units} 件改走 {lane}，{departs_on}（{arrives_on} 可售）",
    ),
    "later": (
        "{units} units later on the same lane, {departs_on} (available {arrives_on})",
        "{units} 件改为同线路稍后航次 {departs_on}（{arrives_on} 可售）",
    ),
    "place": ("{units} units to {location} instead", "{units} 件改发 {location}"),
    "without": ("not at all, and nothing more elsewhere", "完全不发，别处也不增加"),
    "with": ("at least {units} units of it", "至少 {units} 件"),
    "more_lane": (
        "instead {units} units more on {lane}, {departs_on} (available {arrives_on})",
        "改为 {lane}，{departs_on} 多发 {units} 件（{arrives_on} 可售）",
    ),
    "more_later": (
        "instead {units} units more on another departure of the same lane, {departs_on} (available {arrives_on})",
        "改为同线路另一航次 {departs_on} 多发 {units} 件（{arrives_on} 可售）",
    ),
    "more_place": ("instead {units} units more to {location}", "改为向 {location} 多发 {units} 件"),
}

#: Sentences and titles.
SAYS: dict[str, tuple[str, str]] = {
    "paths_settled": (
        "All figures are expected over {paths} sample paths; this line is the same on all of them.",
        "所有数字为 {paths} 条样本路径的期望值；该行在各路径上相同。",
    ),
    "paths_open": (
        "All figures are expected over {paths} sample paths; this line falls due after the commit window and may "
        "differ from path to path.",
        "所有数字为 {paths} 条样本路径的期望值；该行在承诺期之后，各路径可能不同。",
    ),
    "paths_any": (
        "All figures are expected over {paths} sample paths.",
        "所有数字为 {paths} 条样本路径的期望值。",
    ),
    "more": ("Without it the plan costs {money} more.", "若取消，计划总成本增加 {money}。"),
    "same": ("Without it the plan costs the same.", "若取消，计划总成本不变。"),
    "needed": ("No plan keeps all the rules without it.", "若取消，没有计划能满足全部规则。"),
    "unknown": (
        "Without it no plan was found in the time; give more --seconds.",
        "限时内未找到取消后的计划；请加大 --seconds。",
    ),
    "with_more": (
        "It is not in the plan, and would cost {money} more: {each} a unit.",
        "计划中没有；若加入，总成本增加 {money}，每件 {each}。",
    ),
    "with_same": (
        "It is not in the plan, and would cost no more.",
        "计划中没有；加入后总成本也不会增加。",
    ),
    "with_none": (
        "It is not in the plan, and no plan with it keeps all the rules.",
        "计划中没有；加入后没有计划能满足全部规则。",
    ),
    "with_unknown": (
        "It is not in the plan; no plan with it was found in the time.",
        "计划中没有；限时内未找到包含它的计划。",
    ),
    "it_cannot": ("It cannot be. {why}", "这不可行。{why}"),
    "nothing": ("The plan has nothing of it.", "计划中没有。"),
    "held": (
        "All other SKUs stay as planned; containers, fees and space are counted anew. "
        "A whole new plan could be cheaper.",
        "其他 SKU 保持计划不变；货柜、固定费和仓容重新计算。整体重排可能更便宜。",
    ),
    "unproven": (
        "Proven is a difference between {least} and {most}; more --seconds tell it more exactly.",
        "已证明差额介于 {least} 与 {most} 之间；加大 --seconds 可更精确。",
    ),
    "unproven_above": (
        "Proven is a difference of {least} at least; more --seconds tell it more exactly.",
        "已证明差额至少为 {least}；加大 --seconds 可更精确。",
    ),
    "unknown_gap": ("not known", "未知"),
    "better_all": (
        "The plan could save {money} with these SKUs alone (its gap is {gap}); differences count from there.",
        "仅就这些 SKU 计划还可节省 {money}（计划差距 {gap}）；以下差额均以此为基准。",
    ),
    "better": (
        "The plan could save {money} with this SKU alone (its gap is {gap}); differences count from there.",
        "仅就该 SKU 计划还可节省 {money}（计划差距 {gap}）；以下差额均以此为基准。",
    ),
    "ways": ("WHAT IT COSTS MORE, BY COST LINE", "各成本项增加额"),
    "rules": ("WHAT A LITTLE MORE WOULD BE WORTH", "多一点值多少"),
    "no_rules": (
        "No limit binds here, and more stock or time would be worth nothing.",
        "没有限制起作用；更多库存或时间都没有价值。",
    ),
    "total": ("Total", "合计"),
    "instead": ("Then", "届时"),
    "ship": ("{units} units {lane} {departs_on}", "{lane} {departs_on} {units} 件"),
    "lost": ("{units} units lost in {region}", "{region} 缺货 {units} 件"),
    "containers": (
        "{units} {container_type} on {lane}",
        "{lane} {container_type} {units} 个",
    ),
    "and_more": ("and {count} more", "另有 {count} 处变化"),
    "impossible": ("no plan keeps the rules", "无法满足规则"),
    "none": ("not found in the time", "限时内未找到"),
}  # fmt: skip


def phrase(table: dict[str, tuple[str, str]], name: str, language: str, /, **values: object) -> str:
    """A phrase with its blanks filled in. Braces in a name stay what they are."""
    return table[name][LANGUAGES.index(language)].format(**values)
