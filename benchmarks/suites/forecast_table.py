"""The tables of the suite `forecast`."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.markdown import NONE, number, reason, seconds, table
from benchmarks.spec import Line

HEADER = ("history", "speed", "forecasts", "50 %", "80 %", "95 %", "13 weeks: 50 %", "80 %", "95 %", "loss", "naive",
          "saved")  # fmt: skip
TIMES = ("history", "pairs", "weeks", "learning s", "quantiles s")
COMMON = ("history", "common to all", "category", "region", "SKU")
TOTALS = ("history", "80 % of sums over", "weeks", "no factors", "13 weeks", "no factors")
NEW = ("history", "new pairs", "80 %", "95 %", "units expected", "units sold")
SUMS = {"sku": "regions of a SKU", "region": "SKUs of a region", "all": "all"}
EVENTS = ("history", "event", "forecasts", "uplift", "80 %", "without", "loss", "without")


def forecast_table(lines: Sequence[Line]) -> str:
    """Coverage and loss of each history by speed, and in weeks with events; of sums, and of products that are new; what
    is common; CPU seconds.
    """
    real = [made for made in lines if made["spec"] != "drawn"]
    parts = [table(HEADER, [row for made in real for row in _rows(made)], texts=2)]
    if events := [row for made in real for row in _events(made)]:
        parts.append(table(EVENTS, events, texts=2))
    if totals := [row for made in real for row in _totals(made)]:
        parts.append(table(TOTALS, totals, texts=2))
    if new := [_new(made) for made in real if made.get("measured", {}).get("new")]:
        parts.append(table(NEW, new))
    if common := [_common(made) for made in real if "common" in made.get("measured", {})]:
        parts.append(table(COMMON, common))
    return "\n\n".join([*parts, table(TIMES, [_times(made) for made in lines])])


def _rows(made: Line) -> list[list[str]]:
    if "measured" not in made:
        return [[made["spec"], str(reason(made)), *[NONE] * (len(HEADER) - 2)]]
    return [
        [made["spec"], one["speed"], number(one["pairs"]), *map(_percent, (*one["coverage"], *one["together"])),
         number(one["loss"], 3), number(one["naive"], 3), _percent(one["saved"])]
        for one in made["measured"]["kept"]
    ]  # fmt: skip


def _events(made: Line) -> list[list[str]]:
    return [
        [made["spec"], one["event"], number(one["forecasts"]), number(one["uplift"], 2),
         _percent(one["with"]["coverage"]), _percent(one["without"]["coverage"]), number(one["with"]["loss"], 3),
         number(one["without"]["loss"], 3)]
        for one in made.get("measured", {}).get("events", [])
    ]  # fmt: skip


def _totals(made: Line) -> list[list[str]]:
    return [
        [made["spec"], SUMS[one["sum"]],
         *(_percent(one[name]) for name in ("with", "without", "with_together", "without_together"))]
        for one in made.get("measured", {}).get("totals", [])
    ]  # fmt: skip


def _new(made: Line) -> list[str]:
    found = made["measured"]["new"]
    return [made["spec"], number(found["pairs"]), *map(_percent, found["within"].values()),
            number(found["expected"]), number(found["sold"])]  # fmt: skip


def _common(made: Line) -> list[str]:
    return [made["spec"], *(_percent(share) for share in made["measured"]["common"].values())]


def _times(made: Line) -> list[str]:
    if "measured" not in made:
        return [made["spec"], *[NONE] * (len(TIMES) - 1)]
    found = made["measured"]
    return [made["spec"], number(found["pairs"]), number(found["weeks"]), seconds(found["learning"]),
            seconds(found["quantiles"])]  # fmt: skip


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"
