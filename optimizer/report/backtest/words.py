"""Words of a back-test, in English and Chinese."""

from __future__ import annotations

from optimizer.report.words import Words as ReportWords
from optimizer.scenario.languages import LANGUAGES

SAID: dict[str, tuple[str, str]] = {
    "title": (
        "{name}: back-test of {weeks} weeks, {first} to {last}, money in {currency}",
        "{name}：{weeks} 周回测，{first} 至 {last}，金额单位 {currency}",
    ),
    "pairs": (
        "Each policy with the same demand and the same delays: {skus} SKUs in {blocks} block(s), {runs} draw(s) of "
        "delays; means of {pairs} run(s).",
        "各策略面对相同的需求和相同的延误：{skus} 个 SKU，{blocks} 组，{runs} 次延误抽样；为 {pairs} 次运行的均值。",
    ),
    "stopped": (
        "Stopped by hand: {done} of {asked} runs are there and kept; the same command goes on with the others.",
        "已手动停止：已完成并保存 {asked} 次运行中的 {done} 次；用同一命令可继续其余部分。",
    ),
    "guessed": (
        "{share:.1%} of the units are guessed: on days out of stock as many were wanted as on the days around them.",
        "{share:.1%} 的件数为估计值：缺货日的需求按前后有货日推算。",
    ),
    "stock_then": (
        "The replay begins with the stock, goods under way and network that the tables tell of today; rates and "
        "closures keep their dates.",
        "回测以表中今天的库存、在途和网络开始；费率和停运按各自日期生效。",
    ),
    "remark": ("Odd: {place}: {rule}. {remedy}.", "异常：{place}：{rule}。{remedy}。"),
    "remark_row": (" row {row}", " 第 {row} 行"),
    "untuned": (
        "The rules are not tuned: there are no weeks before the replay to tune them on, or none were asked for.",
        "各规则未调参：回测之前没有可供调参的周，或未要求调参。",
    ),
    "missed": (
        "{policy} found no plan in {missed} of {weeks} weeks; what was decided before was carried out in them.",
        "{policy} 在 {weeks} 周中有 {missed} 周未找到计划，这些周执行此前已定的安排。",
    ),
    "no_bound": (
        "The clairvoyant has no proven bound in every run, so no regret is told.",
        "全知策略并非每次运行都有已证明的下界，因此不给出后悔值。",
    ),
    "policies": ("POLICIES", "策略"),
    "differences": (
        "AGAINST {against}: total cost as a share of its mission cost, with 95 % intervals over blocks of SKUs",
        "与 {against} 相比：总成本差额占其核心成本的比例，按 SKU 组的 95 % 置信区间",
    ),
    "regret": (
        "REGRET AT MOST: total cost above what no policy can go below (the proven bound of a plan that knows all that "
        "comes), as a share of the mission cost of {against}",
        "后悔值上限：总成本高出任何策略都无法突破的下界（预知未来的计划的已证明下界）的部分，"
        "占 {against} 核心成本的比例",
    ),
    "costs": ("COST BY LINE, mean of a run", "成本构成（每次运行均值）"),
    "modes": ("FREIGHT BY MODE", "各运输方式运费"),
    "tuned": ("TUNED on the {weeks} weeks before: ", "在此前 {weeks} 周上调参："),
    "policy": ("Policy", "策略"),
    "total_cost": ("Total cost", "总成本"),
    "mission_cost": ("Mission", "核心成本"),
    "fill_rate": ("Served", "满足率"),
    "mismatch": ("Mismatch", "错配"),
    "aged": ("Aged 90 d", "超90天"),
    "cleared": ("Cleared", "清仓"),
    "left": ("Left", "剩余"),
    "left_worth": ("Worth", "剩余价值"),
    "seconds": ("s a week", "秒/周"),
    "difference": ("Difference", "差额"),
    "of_mission": ("Of mission", "占核心成本"),
    "interval": ("95 % interval", "95 % 区间"),
    "served_points": ("Served, points", "满足率（百分点）"),
    "mismatched": ("Mismatched", "错配件数"),
    "certain": ("Sure", "显著"),
    "against": ("Against", "对比"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "none": ("none", "无"),
    "too_few": ("too few blocks", "组数太少"),
    "line": ("Cost line", "成本项"),
    "mode": ("Mode", "运输方式"),
    "sure_note": (
        "Sure: the whole interval, by Student's t and by a bootstrap over the sums of blocks, lies on one side of 0.",
        "显著：按各组合计的 t 检验和自助法的整个区间都在 0 的同一侧。",
    ),
    "few_blocks": (
        "One block of SKUs is one draw of demand, however many draws of delays: whether a difference would be there "
        "with other demand cannot be told. Ask for more with --blocks.",
        "只有一组 SKU，即只有一次需求抽样，延误抽样再多也一样：无法判断换成其他需求时差额是否仍在。"
        "请用 --blocks 增加组数。",
    ),
    "own_sellers": (
        "Each block is replayed as a seller of its own: containers, fees of departures, least orders and storage that "
        "all SKUs would share are paid for by each block, which weighs more on policies that ship often.",
        "每组 SKU 作为独立卖家回测：整箱、航次费用、起订量和本可共用的仓储由各组分别承担，发货频繁的策略负担更重。",
    ),
    "written": ("Written to {folder}: {files}.", "已写入 {folder}：{files}。"),
    "kicker": ("Back-test on real demand", "真实需求回测"),
    "chart_costs": ("Cost by line", "成本构成"),
    "chart_difference": ("Total cost against {against}, share of its mission cost", "与 {against} 相比的总成本差额"),
    "chart_weeks": ("Cost so far, week by week", "逐周累计成本"),
    "chart_stock": ("Units on hand, week by week", "逐周在库件数"),
    "chart_fill": ("Demand served, week by week", "逐周需求满足率"),
    "chart_modes": ("Freight by mode", "各运输方式运费"),
    "week": ("Week", "周"),
    "offline": (
        "This file loads nothing and opens offline. Charts are drawn by Apache ECharts (Apache-2.0).",
        "本文件不加载任何外部内容，可离线打开。图表由 Apache ECharts（Apache-2.0）绘制。",
    ),
    "no_script": (
        "Charts need JavaScript; all figures stand in the tables.",
        "图表需要 JavaScript；所有数字都在表中。",
    ),
}
#: What policies are, for the legend; the keys are what the command takes.
MEANINGS: dict[str, tuple[str, str]] = {
    "our-plan": ("our plan, made anew each week", "本系统计划，每周重新优化"),
    "our-plan-mean": ("our plan for the mean demand alone", "本系统计划，只按平均需求"),
    "erp-rule": ("the ERP rule: 7/15/30-day velocity and days of cover", "ERP 规则：7/15/30 天加权日销与备货天数"),
    "min-max": ("refill to a maximum below a minimum", "最低库存触发、补至最高库存"),
    "base-stock": ("fill up each week, normal safety stock", "每周补至目标库存，正态安全库存"),
    "clairvoyant": ("knows the demand and the delays to come", "预知未来需求和延误"),
}


class Words(ReportWords):
    """Words of a back-test, and those of reports for cost lines."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.place = LANGUAGES.index(language)

    def say(self, phrase: str, **values: object) -> str:
        """A phrase of a back-test with its blanks filled in."""
        return SAID[phrase][self.place].format(**values)

    def meaning(self, policy: str) -> str:
        """What a policy is; empty where nothing is known of it."""
        return MEANINGS[policy][self.place] if policy in MEANINGS else ""
