"""What nights say to people, in English and Chinese."""

from __future__ import annotations

from optimizer.nightly.record import DIED, REFUSED, Run
from optimizer.scenario.languages import LANGUAGES

#: Sentences in both languages; what stands in braces is filled in.
SAID: dict[str, tuple[str, str]] = {
    "new_store": (
        "The store {store} is new: there was none, so nothing of an earlier night is continued. If there should be "
        "one, look whether its disk is mounted and its address right.",
        "存储库 {store} 为新建：此前没有存储库，本次运行不承接以往的计划。"
        "若本应已有，请检查磁盘是否挂载、地址是否正确。",
    ),
    "state_running": ("running", "运行中"),
    "state_complete": ("complete", "已完成"),
    "state_refused": ("refused", "输入被拒绝"),
    "state_failed": ("failed", "未能完成"),
    "state_died": ("died", "已中断"),
    "status_optimal": ("optimal", "最优"),
    "status_feasible": ("feasible", "可行"),
    "status_interrupted": ("interrupted", "提前结束"),
    "refused": ("The input was refused: {count} problems.", "输入未通过检查：{count} 个问题。"),
    "died": (
        "It was killed, or lost the store, before it ended. Nothing of its plan was kept.",
        "该次运行在结束前被终止，或失去了存储库；其计划未保存。",
    ),
    "failed": ("{reason}", "未能制定计划：{reason}"),
    "run": ("run {run} (night of {night})", "第 {run} 次运行（{night}）"),
    "run_died": (
        "Run {run} has died before it ended; its place is taken over.",
        "第 {run} 次运行在结束前中断，本次运行接替它。",
    ),
    "earlier_night": (
        "The plan in force is that of the night of {latest}; this one, of the night of {night}, takes its place.",
        "现行计划属于 {latest}；本次 {night} 的计划将取代它。",
    ),
    "in_force": ("The plan of {run} is in force.", "{run}的计划已生效。"),
    "stays_in_force": ("The plan of {run} stays in force.", "{run}的计划继续有效。"),
    "was_in_force": (
        "In force was the plan of {run} when this run began.",
        "本次运行开始时，现行计划为{run}的计划。",
    ),
    "none_in_force": ("There is no plan in force yet.", "尚无现行计划。"),
    "planned": ("The plan of {run} is in force{warm}.", "{run}的计划已生效{warm}。"),
    "warm": (", begun at the prices and shipments of run {run}", "，以第 {run} 次运行的价格和发货为起点"),
    "nothing_to_do": (
        "Nothing to do: {run} has planned {scenario} from the same input. --again plans it anew.",
        "无需计划：{run}已用同样的输入计划 {scenario}。--again 可重新计划。",
    ),
    "in_store": ("In the store {store}.", "存储库：{store}。"),
    "figures": (
        "  Mission cost {mission}, total cost {total} {currency}, {gap}; {status}, {seconds} s.",
        "  核心成本 {mission}，总成本 {total} {currency}，{gap}；{status}，{seconds} 秒。",
    ),
    "gap": ("gap {gap}{share}", "差距 {gap}{share}"),
    "no_bound": ("no bound yet", "尚无下界"),
    "headline": ("{run}: {state}{force}, {began}{ended} UTC", "{run}：{state}{force}，{began}{ended} UTC"),
    "and_in_force": (", in force", "，现行"),
    "to": (" to {ended}", " 至 {ended}"),
    "head_run": ("Run", "运行"),
    "head_night": ("Night", "日期"),
    "head_state": ("State", "状态"),
    "head_began": ("Began (UTC)", "开始（UTC）"),
    "head_seconds": ("Seconds", "秒"),
    "head_cost": ("Total cost", "总成本"),
    "head_gap": ("Gap", "差距"),
    "head_from": ("From run", "起点"),
    "no_runs": ("No runs yet.", "尚无运行。"),
    "older": ("  ... and {count} older ones (--last N)", "  ……另有 {count} 次更早的运行（--last N）"),
    "to_send": (
        "NOT sent yet: the next run does so, or 'optimizer runs send'.",
        "尚未发送：由下一次运行或 'optimizer runs send' 补发。",
    ),
    "sent": ("Sent: {to}", "已发送：{to}"),
    "not_sent": ("NOT sent: {to}: {error}", "未能发送：{to}：{error}"),
    "written": (
        "Written to {out}: 'optimizer verify {out}' checks it.",
        "已写入 {out}：可用 'optimizer verify {out}' 复核。",
    ),
    "clock_rested": (
        "The clock says {now}, {days} days after the last run. The run counts to the night of {night}; if the clock is "
        "ahead, set it right, or name the night by --night.",
        "时钟显示 {now}，距上次运行 {days} 天。本次运行计入 {night}；若时钟偏快，请校正，或用 --night 指定。",
    ),
    "clock_back": (
        "The clock says {now}, and the store has seen {known}: it has gone back. The run counts to the night of "
        "{night}.",
        "时钟显示 {now}，而存储库记录过 {known}：时钟被调回。本次运行计入 {night}。",
    ),
    "clock_was_ahead": (
        "The clock says {now}, and the store has seen {known}: it has gone back, or was ahead then. The run counts to "
        "the night of {night}; --night says another.",
        "时钟显示 {now}，而存储库记录过 {known}：时钟被调回，或当时偏快。本次运行计入 {night}；可用 --night 另行指定。",
    ),
    "fence_unused": (
        "There is no plan in force that could be held within the fence: tonight it is not used.",
        "没有可在冻结期内保持的现行计划：今晚不使用冻结期。",
    ),
    "cold": ("The search begins without the plan of {run}: {reason}", "本次求解不以{run}的计划为起点：{reason}"),
    "another_try": ("{reason} Another try follows in {pause:g} seconds.", "{reason} {pause:g} 秒后重试。"),
    "not_compared": (
        "The plan was not compared with that of {run}: {reason}",
        "未能与{run}的计划对比：{reason}",
    ),
    "jumped": (
        "During the run the clock of this machine went {way} by {by}, to {now} UTC: it was set, or the machine slept. "
        "Limits and times of this run count from its beginning, as the clock said then.",
        "运行期间本机时钟{way} {by}，现为 {now} UTC：时钟被调整，或机器曾休眠。"
        "本次运行的时限与时间均从开始时的时钟算起。",
    ),
    "ahead": ("ahead", "拨快"),
    "back": ("back", "拨慢"),
    "at_work": (
        "{run} is at work on the store {store} since {since} UTC, as process {process} on {host}. Nothing was done; "
        "try again when it has ended, or give it more --wait.",
        "{run}正在使用存储库 {store}（自 {since} UTC，{host} 上的进程 {process}）。本次未做任何事；请在其结束后再试，"
        "或加大 --wait。",
    ),
    "somebody_at_work": (
        "Another command is at work on the store {store}: try again when it has ended, or give it more --wait.",
        "另一个命令正在使用存储库 {store}：请在其结束后再试，或加大 --wait。",
    ),
    "alerts_settings": ("Alerts were not sent: {reason}", "预警未能发送：{reason}"),
    "alerts_wait": (
        "Alerts were not sent, and wait for the next run or 'optimizer runs send': {reason}",
        "预警未能发送，等待下一次运行或 'optimizer runs send'：{reason}",
    ),
    "alerts_failed": (
        "Alerts were not sent, {to}: {reason} (tries: {tries}).",
        "预警未能发送至 {to}：{reason}（尝试 {tries} 次）。",
    ),
    "no_fence": (
        "No plan keeps all the rules and the fence: this time the fence is not used.",
        "没有计划能同时满足全部规则和冻结期：本次不使用冻结期。",
    ),
    "not_held": (
        "{count} shipments of the plan in force can no longer be held: {named}.",
        "现行计划中有 {count} 笔发货无法继续保持：{named}。",
    ),
    "lacking": (
        "The plan in force ships within the fence what is not there: held are {told}{more}.",
        "现行计划在冻结期内发出的货不足：保持 {told}{more}。",
    ),
    "lacking_line": ("{held:g} of {units:g} units of {sku} on {lane}", "{lane} 上 {sku} 的 {held:g} / {units:g} 件"),
    "and_more": (" and {count} more", " 等另外 {count} 项"),
}  # fmt: skip


def sentence(phrase: str, language: str, /, **values: object) -> str:
    """A sentence in a language with its blanks filled in."""
    return SAID[phrase][LANGUAGES.index(language)].format(**values)


def run_named(run: Run, language: str) -> str:
    """A run as messages call it."""
    return sentence("run", language, run=run.run, night=run.night)


def how_ended(run: Run, language: str) -> str:
    """What became of a run that has no plan; "" where it says nothing. What a program or rule said stays in English."""
    if not run.message or language == LANGUAGES[0]:
        return run.message or ""
    if run.state == REFUSED:
        return sentence("refused", language, count=len(run.details.get("problems", [])))
    return sentence("died" if run.state == DIED else "failed", language, reason=run.message)
