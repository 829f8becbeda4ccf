"""The tables of the suite `build`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.markdown import NONE, number, reason, seconds, table
from benchmarks.spec import Line

HEADER = (
    "sweep", "size", "columns", "rows", "non-zeros", "read s", "check s", "connect s", "formulate s", "assemble s",
    "build s", "repeats", "non-zeros/s", "loops: non-zeros", "loops s", "times faster", "peak MiB",
)  # fmt: skip
#: Of a catalogue of 300 SKUs: non-zeros a second, and how many times as fast as the loops.
TARGET_SIZE, TARGET_RATE, TARGET_RATIO = 300, 1_000_000, 25


def build_table(lines: Sequence[Line]) -> str:
    """Medians of the repeats; the loops of the same run beside the arrays; the targets."""
    pairs = _pairs(lines)
    rows = [_row(key, pair) for key, pair in pairs.items()]
    return "\n".join([table(HEADER, rows), "", *_targets(pairs)])


def _pairs(lines: Sequence[Line]) -> dict[tuple, dict[str, Line]]:
    pairs: dict[tuple, dict[str, Line]] = {}
    for made in lines:
        pairs.setdefault((made["spec"], made["size"]), {})[made["method"]] = made
    return pairs


def _row(key: tuple, pair: dict[str, Line]) -> list[str]:
    made, by_loops = pair.get("arrays", {}), pair.get("loops", {})
    arrays, loops = made.get("measured", {}), by_loops.get("measured", {})
    times = arrays.get("seconds", {})
    return [
        str(key[0]),
        str(key[1]) if arrays else f"{key[1]} ({reason(made) or 'not measured'})",
        *(number(arrays.get(name)) for name in ("columns", "rows", "nonzeros")),
        *(seconds(times.get(verb)) for verb in ("read", "check", "connect", "formulate", "assemble")),
        seconds(arrays.get("built")),
        number(arrays.get("repeats")),
        number(_rate(pair)),
        number(loops.get("nonzeros")) if loops or not by_loops else str(reason(by_loops)),
        seconds(loops.get("built")),
        number(_ratio(pair)),
        number(made.get("peak_mib")),
    ]


def _rate(pair: dict[str, Line]) -> float | None:
    arrays = _measured(pair, "arrays")
    return arrays["nonzeros"] / arrays["built"] if arrays else None


def _ratio(pair: dict[str, Line]) -> float | None:
    arrays, loops = _measured(pair, "arrays"), _measured(pair, "loops")
    return loops["built"] / arrays["built"] if arrays and loops else None


def _measured(pair: dict[str, Line], method: str) -> dict[str, Any]:
    return pair.get(method, {}).get("measured", {})


def _targets(pairs: dict[tuple, dict[str, Line]]) -> list[str]:
    pair = pairs.get(("skus", TARGET_SIZE), {})
    wanted = (
        ("non-zeros a second", _rate(pair), TARGET_RATE),
        ("times as fast as the loops", _ratio(pair), TARGET_RATIO),
    )
    return [f"- {TARGET_SIZE} SKUs, {_target(*one)}" for one in wanted]


def _target(what: str, value: float | None, least: float) -> str:
    met = "not measured" if value is None else "met" if value >= least else "missed"
    return f"{what}: {NONE if value is None else number(value)}, wanted at least {number(least)}: {met}."
