"""What can be odd in sales or in a forecast, and what became of it, in English and Chinese."""

from __future__ import annotations

#: Of each remark the rule and the remedy, in English and in Chinese; what stands in braces is filled in.
SENTENCES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "returns": (
        (
            "{count:,} rows are returns, {units:,.0f} units: taken from the sales before them, as far as there are any",
            "Leave them out where return_rate of the region tells of them",
        ),
        (
            "有 {count:,} 行是退货，共 {units:,.0f} 件：已从之前的销量中扣除（以有销量为限）",
            "若区域的退货率已包含这些退货，请删去",
        ),
    ),
    "holes": (
        (
            "in {weeks} not one product was sold, so nothing is known of what was wanted then",
            "Add what is missing from the export",
        ),
        ("有 {count} 周没有任何商品售出，因此不知道当时的需求", "补上导出时缺少的数据"),
    ),
    "short_history": (
        ("the history has {weeks}, too few to know how uneven sales are", "Add earlier sales"),
        ("销售历史只有 {count} 周，不足以判断销量的波动", "补充更早的销售"),
    ),
    "old_history": (
        (
            "the sales end {days} days before the first day of the plan: what has happened since is not known",
            "Add the latest sales",
        ),
        ("销售截止到计划首日之前 {days} 天，此后的情况未知", "补充最近的销售"),
    ),
    "silent_weeks": (
        (
            "sells in {region} nearly every week, but nothing in {weeks} from {day}: taken for weeks in which nobody "
            "wanted it{more}",
            "Write rows with in_stock false where it was out of stock",
        ),
        (
            "在 {region} 几乎每周都有销售，但自 {day} 起 {count} 周没有：按无人需要处理{more}",
            "若当时缺货，请填写“有货”为 false 的行",
        ),
    ),
    "silent_now": (
        (
            "sold in {region} nearly every week, but nothing in the last {weeks}, from {day} on: taken for weeks in "
            "which nobody wanted it{more}",
            "Write rows with in_stock false where it is out of stock",
        ),
        (
            "此前在 {region} 几乎每周都有销售，但自 {day} 起最近 {count} 周没有：按无人需要处理{more}",
            "若缺货，请填写“有货”为 false 的行",
        ),
    ),
    "spikes": (
        (
            "sold {units:,.0f} in {region} in the week from {day}, {times:,.0f} times what it sells in a usual one: "
            "taken for what was wanted{more}",
            "Correct it where it is a slip, or tell of the event",
        ),
        (
            "在 {region} 自 {day} 起一周售出 {units:,.0f} 件，是平常一周的 {times:,.0f} 倍：按真实需求处理{more}",
            "若是误录请更正，若是活动请在活动表中写明",
        ),
    ),
    "far_above_sales": (
        (
            "{units:,.0f} a week are expected in {region}, though no week ever sold more than {most:,.0f}{more}",
            "Look whether its demand is told in pieces and for the days of its rows; correct sales that are slips",
        ),
        (
            "预计在 {region} 每周售出 {units:,.0f} 件，而历史上一周最多只售出 {most:,.0f} 件{more}",
            "请检查需求是否以件为单位并与所填天数相符，或更正误录的销量",
        ),
    ),
    "nothing_sold": (
        ("not one unit was sold in the whole history, so nothing is expected", "Fill demand for what is to be sold"),
        ("整个历史中一件也没有售出，因此预计没有需求", "为要销售的商品填写 demand"),
    ),
    "out_of_stock": (
        (
            "{share:.1%} of all days were out of stock: what was sold then is the least that was wanted",
            "Nothing needs to be done",
        ),
        ("{share:.1%} 的天数缺货：当时的销量只是需求的下限", "无需处理"),
    ),
    "never_sold": (
        (
            "not sold in {region} in {tried} weeks or more in stock, so nothing is expected{more}",
            "Fill demand for it where that is wrong",
        ),
        ("在 {region} 有货 {tried} 周以上却从未售出，因此预计没有需求{more}", "如不对，请为它填写 demand"),
    ),
    "never_in_stock": (
        (
            "never in stock in {region}, so it is expected to sell like others of its category{more}",
            "Fill demand for it where more is known",
        ),
        ("在 {region} 从未有货，因此按同类目商品预测{more}", "如了解更多，请为它填写 demand"),
    ),
    "new_products": (
        (
            "no sales yet: it is expected to sell as demand tells, or else like others of its category{more}",
            "Fill demand for it where more is known",
        ),
        ("尚无销售：按 demand 所填预测，否则按同类目商品预测{more}", "如了解更多，请为它填写 demand"),
    ),
    "idle_stock": (
        (
            "in stock for {tried} weeks or more without a sale, so nothing is expected{more}",
            "Fill demand for it where that is wrong",
        ),
        ("在库 {tried} 周以上却没有销售，因此预计没有需求{more}", "如不对，请为它填写 demand"),
    ),
    "regions_without_history": (
        (
            "prices, but no sales and no demand, so nothing is expected there",
            "Fill demand for what is to be sold there",
        ),
        ("有价格，但没有销售也没有需求，因此预计那里没有需求", "为要在那里销售的商品填写 demand"),
    ),
    "quantiles_that_cross": (
        ("quantiles cross in {count:,} rows: they were put in order", "Correct them"),
        ("有 {count:,} 行的分位数交叉：已按大小重新排列", "请更正"),
    ),
    "mean_beside_quantiles": (
        (
            "the mean of {count:,} rows lies beside all of their quantiles: the mean is expected, and what sample "
            "paths want comes to it",
            "Correct one of them",
        ),
        ("有 {count:,} 行的均值在其所有分位数之外：预计值取均值，样本路径按均值调整", "请更正其一"),
    ),
    "huge_spread": (
        (
            "the spread of {count:,} rows is more than ten times their mean: as of goods that nearly never sell, and "
            "then very many",
            "Look whether it is the standard deviation of the units of the row",
        ),
        (
            "有 {count:,} 行的标准差超过均值的十倍：只适合几乎从不售出、一旦售出数量极大的商品",
            "请检查它是否为该行件数的标准差",
        ),
    ),
    "events_that_multiply": (
        (
            "another row of it is about the same demand on the same days: what both make of it is multiplied{more}",
            "Leave one of them out, or end it before the other begins",
        ),
        ("另有一行在相同日期针对相同需求：两者的倍数相乘{more}", "删去其中一行，或让其中一行先结束"),
    ),
    "unknown_events": (
        (
            "it lies ahead, but no sales of an earlier time tell what it does, so nothing is added for it{more}",
            "Give its uplift, or rows of the times at which it was held before",
        ),
        ("即将到来，但没有往次活动的销售可供参考，因此不做加成{more}", "填写它的需求倍数，或补充往次活动的日期"),
    ),
}
#: How many more are like the example.
MORE = (" ({count:,} more like it)", "（另有 {count:,} 个同样情况）")
