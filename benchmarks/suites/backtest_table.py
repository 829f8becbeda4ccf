"""The tables of the suite `backtest`: policies, differences, and whether they reach what is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.markdown import NONE, number, reason, table
from benchmarks.spec import Line
from optimizer.simulation.backtest.compare import CLAIRVOYANT, RULE, common_pairs, paired
from optimizer.simulation.backtest.policies import RULES
from optimizer.simulation.backtest.run import Key, Run
from optimizer.simulation.tuning import at_the_end

POLICIES = ("history", "policy", "SKUs", "weeks", "ahead", "pairs", "total cost", "mission cost", "served", "mismatch",
            "aged 90 d", "cleared", "left, worth", "missed", "s a week", "gap a week")  # fmt: skip
DIFFERENCES = ("history", "policy", "against", "total cost, of its mission cost", "95 % interval", "by t", "sure",
               "served, points", "95 % interval", "mismatched units", "95 % interval")  # fmt: skip
#: Our plan with sample paths and for the mean, and how much of the mission cost of the ERP rule and of the best other
#: rule it must save; how much of the mismatched units of the ERP rule.
OURS = ("our-plan", "our-plan-mean")
OF_ERP, OF_BEST, OF_MISMATCH = 0.15, 0.05, 0.5


def backtest_table(lines: Sequence[Line]) -> str:
    """Policies of each history, their differences, and what is wanted of our plan."""
    histories = dict.fromkeys((made["spec"], made["seconds"]) for made in lines)
    parts: dict[str, list[Any]] = {"policies": [], "differences": [], "wanted": []}
    for spec, seconds in histories:
        mine = [made for made in lines if (made["spec"], made["seconds"]) == (spec, seconds)]
        parts["policies"] += [_policy(made) for made in mine]
        runs = {made["method"]: _runs(made) for made in mine if "measured" in made}
        parts["differences"] += list(_differences(spec, runs))
        parts["wanted"] += [sentence for name in OURS for sentence in _wanted(spec, runs, name)]
        parts["wanted"] += [sentence for made in mine for sentence in _tuned(made)]
    texts = [table(POLICIES, parts["policies"], texts=2), table(DIFFERENCES, parts["differences"], texts=3)]
    return "\n\n".join([*texts, "\n".join(f"- {sentence}" for sentence in parts["wanted"])]).rstrip()


def _runs(made: Line) -> list[Run]:
    return [Run(Key(made["method"], one["block"], one["seed"]), one) for one in made["measured"]["runs"]]


def _policy(made: Line) -> list[str]:
    head = [made["spec"], made["method"], str(made["size"])]
    if "measured" not in made:
        return [*head, str(reason(made)), *[NONE] * (len(POLICIES) - 4)]
    runs, measured = made["measured"]["runs"], made["measured"]
    demand = sum(one["demand"] for one in runs)

    def mean(name: str) -> float:
        return float(np.mean([one[name] for one in runs]))

    return [
        *head, number(measured["weeks"]), number(measured.get("horizon")), number(len(runs)),
        number(mean("total_cost")), number(mean("mission_cost")),
        _percent(1 - sum(one["lost"] for one in runs) / demand if demand else 1.0),
        _percent(sum(one["mismatched_units"] for one in runs) / demand if demand else 0.0),
        number(float(np.mean([one["aged_units"].get("90", 0.0) for one in runs]))), number(mean("cleared")),
        number(mean("end_value")), number(sum(one["missed"] for one in runs)), number(mean("seconds_a_week"), 2),
        _gap(runs),
    ]  # fmt: skip


def _gap(runs: Sequence[Mapping[str, Any]]) -> str:
    """How far the plans of the weeks may be from the best ones, on average over those of which it is known, and how
    many these are; nothing where nothing proves it.
    """
    known = [(one["gap_a_week"], one["weeks_with_gap"]) for one in runs if one.get("weeks_with_gap")]
    weeks = sum(count for _, count in known)
    return f"{_percent(sum(gap * count for gap, count in known) / weeks)} of {weeks}" if weeks else NONE


def _differences(spec: str, runs: Mapping[str, list[Run]]) -> Iterator[list[str]]:
    """Every policy against the ERP rule, and against the best rule where that is another one."""
    for other in dict.fromkeys(name for name in (RULE, _best(runs)) if name in runs):
        for name in runs:
            found = _paired(runs, name, other) if name != other else None
            if found:
                cost, served, apart = found["total_cost"], found["fill_rate"], found["mismatched_units"]
                yield [spec, name, other, _signed(cost["share"]), _interval(cost["interval"]), _interval(cost["by_t"]),
                       "yes" if cost["certain"] else "no", _signed(served["share"]), _interval(served["interval"]),
                       _signed(apart["share"]), _interval(apart["interval"])]  # fmt: skip


def _wanted(spec: str, runs: Mapping[str, list[Run]], mine: str) -> Iterator[str]:
    """One sentence for each thing that is wanted of a policy of ours on a history."""
    for other, share in ((RULE, OF_ERP), (_best(runs), OF_BEST)):
        found = _paired(runs, mine, other) if other in runs and mine in runs else None
        if found is None:
            yield f"{spec}, {mine}: not measured against {other or 'the other rules'}."
            continue
        cost, served, apart = found["total_cost"], found["fill_rate"], found["mismatched_units"]
        told = f"{spec}, {mine} against {other}: total cost {_signed(cost['share'])} of its mission cost"
        yield f"{told} ({_interval(cost['interval'])}), wanted {_signed(-share)} or less: {_verdict(cost, -share)}."
        if other == RULE:
            told = f"{spec}, {mine}: served {_signed(served['share'])} in points{_foreseen(runs, 'fill_rate')}"
            yield f"{told}, wanted no less: {_verdict(served, 0.0, -1)}."
            told = f"{spec}, {mine}: mismatched units {_signed(apart['share'])}{_foreseen(runs, 'mismatched_units')}"
            yield f"{told}, wanted {_signed(-OF_MISMATCH)}: {_verdict(apart, -OF_MISMATCH)}."


def _tuned(made: Line) -> Iterator[str]:
    """Which settings of a rule might be better still, since the best one is the least or the most that was tried."""
    tuned = made.get("measured", {}).get("tuned", []) if made["method"] in RULES else []
    counts = Counter(setting for found in tuned for setting in at_the_end(made["method"], found))
    told = ", ".join(f"`{setting}` on {count} of {len(tuned)} blocks" for setting, count in sorted(counts.items()))
    if told:
        yield f"{made['spec']}, {made['method']}: tuned to the least or the most that was tried in {told}."


def _foreseen(runs: Mapping[str, list[Run]], measure: str) -> str:
    """What the clairvoyant, who seeks the least cost alone, comes to against the ERP rule, where he was measured."""
    found = _paired(runs, CLAIRVOYANT, RULE) if CLAIRVOYANT in runs else None
    return "" if found is None else f" (the clairvoyant {_signed(found[measure]['share'])})"


def _best(runs: Mapping[str, list[Run]]) -> str:
    """The rule, but for the ERP rule, that costs least; empty without one."""
    costs = {name: np.mean([run["total_cost"] for run in mine]) for name, mine in runs.items()
             if name in RULES and name != RULE}  # fmt: skip
    return min(costs, key=lambda name: costs[name]) if costs else ""


def _paired(runs: Mapping[str, list[Run]], name: str, other: str) -> Mapping[str, Any] | None:
    both = [*runs[name], *runs[other]]
    return paired(both, (name, other), name, other) if common_pairs(both, (name, other)) else None


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _signed(value: float | None) -> str:
    return NONE if value is None else f"{100 * value:+.1f} %"


def _interval(ends: Sequence[float] | None) -> str:
    return "too few blocks" if ends is None else f"{100 * ends[0]:+.1f} … {100 * ends[1]:+.1f} %"


def _verdict(found: Mapping[str, Any], most: float, sign: int = 1) -> str:
    """Whether a difference (the less the better; the more, with `sign` -1) is no more than wanted: met where it is, and
    the whole interval says that there is one; missed where the whole interval is beyond what is wanted.
    """
    if found["interval"] is None:
        return "too few blocks to tell"
    share, low, high = sign * found["share"], *sorted(sign * end for end in found["interval"])
    if share <= most and high <= 0:
        return "met"
    return "missed" if low > most else f"not certain with {found['blocks']} blocks"
