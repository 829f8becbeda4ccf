"""Words of a comparison, in English and Chinese."""

from __future__ import annotations

from optimizer.report.words import Words as ReportWords
from optimizer.scenario.languages import LANGUAGES

SAID: dict[str, tuple[str, str]] = {
    "title": (
        "{name}: {count} what-ifs against the plan of the base, {first} to {last}, money in {currency}",
        "{name}：{count} 个假设与基准计划对比，{first} 至 {last}，金额单位 {currency}",
    ),
    "title_one": (
        "{name}: a what-if against the plan of the base, {first} to {last}, money in {currency}",
        "{name}：一个假设与基准计划对比，{first} 至 {last}，金额单位 {currency}",
    ),
    "interrupted": (
        "Stopped by hand: {done} of {asked} what-ifs were planned.",
        "已手动停止：{asked} 个假设中完成 {done} 个。",
    ),
    "what_if": ("What-if", "假设"),
    "base": ("base", "基准"),
    "total_cost": ("Total cost", "总成本"),
    "difference": ("Difference", "差额"),
    "least": ("At least", "至少"),
    "most": ("At most", "至多"),
    "of_mission": ("Of mission", "占核心成本"),
    "mission_cost": ("Mission cost", "核心成本"),
    "gap": ("Gap in money", "差距金额"),
    "bound": ("Proven least", "已证明下界"),
    "gap_share": ("Gap", "差距占比"),
    "fill_rate": ("Served", "满足率"),
    "lost": ("Units lost", "缺货件数"),
    "mismatch": ("Mismatch", "错配"),
    "days_of_cover": ("Days of cover", "可售天数"),
    "direct_mail": ("Direct mail, share of units", "直邮占比"),
    "containers": ("Containers", "货柜"),
    "container_fill": ("Containers filled", "装载率"),
    "seconds": ("Seconds", "秒"),
    "freight": ("Freight", "运费"),
    "rent": ("Rent", "仓租"),
    "tariff": ("Tariff", "关税"),
    "stockout": ("Stockouts", "缺货"),
    "no_plan": ("no plan", "无计划"),
    "unknown": ("unknown", "未知"),
    "certain_note": (
        "The best plans differ by at least and at most so much: that is proven by the gaps of both plans.",
        "最优计划之间的差额必在“至少”与“至多”之间：由两个计划的差距证明。",
    ),
    "open_note": (
        "~ Smaller than the gaps: the search may have made the difference, not the change. Give it more --seconds.",
        "~ 差额小于差距：可能来自搜索而非假设本身。请延长 --seconds。",
    ),
    "costs": ("COST BY LINE, and the difference from the base", "按成本项，及与基准的差额"),
    "service": ("SERVICE", "服务水平"),
    "modes": ("MODES: share of the volume of first legs", "运输方式：占头程体积"),
    "container_counts": ("CONTAINERS", "货柜"),
    "chart": ("CHANGE OF TOTAL COST", "总成本变化"),
    "changes": ("WHAT IS ASKED", "假设内容"),
    "total": ("Total", "合计"),
    "figure": ("Figure", "指标"),
    "kicker": ("What if", "假设分析"),
    "chart_costs": ("Cost by line", "按成本项"),
    "chart_difference": ("Difference from the base, with what is proven", "与基准的差额及证明范围"),
    "chart_sweep": ("Along {target}", "随 {target} 变化"),
    "chart_modes": ("Modes of first legs", "头程运输方式"),
    "all_figures": ("All figures", "全部指标"),
    "offline": (
        "Everything in this file is here: it loads nothing, and works offline.",
        "本文件包含全部内容，不加载任何外部资源，可离线使用。",
    ),
    "charts_by": ("Charts: Apache ECharts, Apache License 2.0.", "图表：Apache ECharts，Apache License 2.0。"),
    "no_script": ("Charts need scripts; the tables below hold the same figures.", "图表需要脚本；下方表格数据相同。"),
    "proven": ("proven range", "证明范围"),
    "written": ("Written: {files}.", "已写入：{files}。"),
    "horizon": (
        "{name}: its horizon is another one, so its costs are of other days.",
        "{name}：计划期不同，成本对应的日期不同。",
    ),
}  # fmt: skip


class Words:
    """The words of one language, "en" or "zh"."""

    def __init__(self, language: str) -> None:
        self.place = LANGUAGES.index(language)
        self._report = ReportWords(language)

    def __call__(self, phrase: str, **values: object) -> str:
        """A phrase with its blanks filled in."""
        return SAID[phrase][self.place].format(**values)

    def own(self, both: tuple[str, str]) -> str:
        """What somebody has written in both languages; in English where the other one is empty."""
        return both[self.place] or both[0]

    def figure(self, group: str, name: str) -> str:
        """What a figure is called: cost lines and modes as in the plan, containers by their codes."""
        if group == "line":
            return self._report.term(name)
        if group == "mode":
            return self._report.mode(name)
        return self(name) if name in SAID else name
