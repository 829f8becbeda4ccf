"""What `optimizer forecast` says, in English and Chinese."""

from __future__ import annotations

from optimizer.scenario.languages import LANGUAGES

PHRASES: dict[str, tuple[str, str]] = {
    "title": (
        "{name}: demand of {pairs:,} pairs of SKU and region, {first} to {last}, {source}",
        "{name}：{first} 至 {last} 的需求，共 {pairs:,} 个 SKU 与区域组合，{source}",
    ),
    "learnt_one": ("learnt from one week of sales", "根据 1 周销售预测"),
    "learnt": ("learnt from {weeks} weeks of sales", "根据 {weeks} 周销售预测"),
    "as_told": ("as the table demand tells it", "按 demand 表所填"),
    "expected": (
        "EXPECTED UNITS OVER THE HORIZON, and between which they lie 8 times of 10",
        "计划期内的预计件数，以及十次中有八次落入的范围",
    ),
    "sku": ("SKU", "SKU"),
    "region": ("Region", "区域"),
    "units": ("Expected", "预计"),
    "at_least": ("At least", "至少"),
    "at_most": ("At most", "至多"),
    "more": ("{count:,} more", "其余 {count:,} 个"),
    "all": ("All", "合计"),
    "events": ("EVENTS AHEAD, and what they make of a usual day", "即将到来的活动，及其对日常需求的影响"),
    "event": ("Event", "活动"),
    "from": ("From", "开始"),
    "until": ("Until", "结束"),
    "pairs": ("Pairs", "组合"),
    "times": ("Times", "倍数"),
    "range": ("Range", "范围"),
    "known_from": ("Known from", "依据"),
    "told": ("its uplift", "所填倍数"),
    "once": ("one time before", "往次 1 次"),
    "often": ("{count} times before", "往次 {count} 次"),
    "unknown": ("nothing: as usual", "无：按日常"),
    "manners": ("HOW THEY ARE FORECAST", "预测方式"),
    "speed": ("Speed", "动销"),
    "slow": ("slow", "慢"),
    "medium": ("medium", "中"),
    "fast": ("fast", "快"),
    "every": ("all", "全部"),
    "memory": ("Weight of a week against the next", "前一周相对后一周的权重"),
    "season": ("Season", "季节"),
    "season_none": ("no season", "无季节"),
    "season_category": ("season of its category", "类目的季节"),
    "season_own": ("season of its own", "自身的季节"),
    "factors": (
        "What sells more or less than expected: {all:.0%} of it is common to all, {category:.0%} to a category, "
        "{region:.0%} to a region, {sku:.0%} to a SKU.",
        "超出或低于预期的部分中，{all:.0%} 为全体共有，{category:.0%} 为同类目共有，{region:.0%} 为同区域共有，"
        "{sku:.0%} 为同一 SKU 共有。",
    ),
    "calibration": (
        "CALIBRATION: how often such intervals held; pinball loss by unit sold, beside the seasonal naive forecast",
        "校准：实际落入区间的比例；每售出一件的分位数损失，与季节性朴素预测对比",
    ),
    "too_short": (
        "CALIBRATION: the history is too short to judge a forecast by it.",
        "校准：销售历史太短，无法据此评判预测。",
    ),
    "together": ("13 weeks: 80 %", "13周：80 %"),
    "loss": ("Loss", "损失"),
    "naive": ("Naive", "朴素"),
    "saved": ("Saved", "改善"),
    "odd": ("WHAT WAS ODD, AND WHAT BECAME OF IT", "异常情况及处理"),
    "row": (" row {row}", " 第 {row} 行"),
    "remark": ("{place}: {rule}. {remedy}.", "{place}：{rule}。{remedy}。"),
    "written": (
        "Written to {out}. Plan it with: optimizer plan {out}",
        "已写入 {out}。制定计划：optimizer plan {out}",
    ),
}


class Words:
    """The phrases of one language, "en" or "zh"."""

    def __init__(self, language: str) -> None:
        self._place = LANGUAGES.index(language)

    def __call__(self, phrase: str, **values: object) -> str:
        """A phrase with its blanks filled in."""
        return PHRASES[phrase][self._place].format(**values)
