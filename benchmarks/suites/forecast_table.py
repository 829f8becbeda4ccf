"""The tables of the suite `forecast`."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.markdown import NONE, number, reason, seconds, table
from benchmarks.spec import Line

HEADER = ("history", "speed", "forecasts", "50 %", "80 %", "95 %", "13 weeks: 50 %", "80 %", "95 %", "loss", "naive",
          "saved")  # fmt: skip
TIMES = ("history", "pairs", "weeks", "learning s", "quantiles s")


def forecast_table(lines: Sequence[Line]) -> str:
    """Coverage and loss of each history by speed; then CPU seconds of each."""
    judged = [row for made in lines if made["spec"] != "drawn" for row in _rows(made)]
    return f"{table(HEADER, judged, texts=2)}\n\n{table(TIMES, [_times(made) for made in lines])}"


def _rows(made: Line) -> list[list[str]]:
    if "measured" not in made:
        return [[made["spec"], str(reason(made)), *[NONE] * (len(HEADER) - 2)]]
    return [
        [made["spec"], one["speed"], number(one["pairs"]), *map(_percent, (*one["coverage"], *one["together"])),
         number(one["loss"], 3), number(one["naive"], 3), _percent(one["saved"])]
        for one in made["measured"]["kept"]
    ]  # fmt: skip


def _times(made: Line) -> list[str]:
    if "measured" not in made:
        return [made["spec"], *[NONE] * (len(TIMES) - 1)]
    found = made["measured"]
    return [made["spec"], number(found["pairs"]), number(found["weeks"]), seconds(found["learning"]),
            seconds(found["quantiles"])]  # fmt: skip


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"
