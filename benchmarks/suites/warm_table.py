"""The table of the suite `warm`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.gaps import gap, of_mission
from benchmarks.markdown import NONE, number, reason, seconds, share, table
from benchmarks.spec import Line
from benchmarks.suites.plan_table import absent

#: The gap of mission cost that a warm run is asked for where the cold one found no plan.
GAP = 0.015
#: A warm run shall take at most this share of the cold one.
MOST = 1 / 3
HEADER = (
    "change", "SKUs", "within s", "cold s", "warm s", "share", "cold CPU s", "warm CPU s", "cold search s",
    "warm search s", "share", "cold gap", "warm gap", "at most a third",
)  # fmt: skip


def warm_table(lines: Sequence[Line]) -> str:
    """Cold beside warm: wall time of the whole command, CPU time, wall time of the search, gaps of mission cost."""
    pairs: dict[tuple, dict[str, Line]] = {}
    for made in lines:
        pairs.setdefault((made["spec"], made["size"], made["seconds"]), {})[made["method"]] = made
    rows = [_row(key, pair, lines) for key, pair in pairs.items()]
    return "\n".join([table(HEADER, rows), *absent(lines)])


def _row(key: tuple, pair: dict[str, Line], lines: Sequence[Line]) -> list[str]:
    both = [pair.get(name, {}) for name in ("cold", "warm")]
    cold, warm = (made.get("measured", {}) for made in both)
    whole, search = _ratio(cold, warm, _wall), _ratio(cold, warm, _search)
    return [
        str(key[0]),
        number(key[1]),
        number(key[2]),
        *(_failed(made) or seconds(made.get("measured", {}).get("wall")) for made in both),
        share(whole),
        *(seconds(measured.get("cpu")) for measured in (cold, warm)),
        *(seconds(_search(measured)) for measured in (cold, warm)),
        share(search),
        *(share(of_mission(gap(made), made, lines)) if made else NONE for made in both),
        _verdict(search, whole, cold, warm),
    ]


def _failed(made: Line) -> str | None:
    return reason(made) if "failed" in made else None


def _wall(measured: dict) -> float | None:
    return measured.get("wall")


def _search(measured: dict) -> float | None:
    return measured.get("seconds", {}).get("solve")


def _ratio(cold: dict, warm: dict, of: Callable[[dict], float | None]) -> float | None:
    more, less = of(cold), of(warm)
    return less / more if less is not None and more else None


def _verdict(search: float | None, whole: float | None, cold: dict, warm: dict) -> str:
    """Times compare only where both reached the gap; a warm run that did so where the cold one failed is the better."""
    if search is None or whole is None:
        return "not measured"
    if not warm["reached"]:
        return "the warm run missed the gap"
    if not cold["reached"] and max(search, whole) > MOST:
        return "the cold run missed the gap"
    return f"search {_met(search)}, command {_met(whole)}"


def _met(ratio: float) -> str:
    return "met" if ratio <= MOST else "missed"
