"""The table of the suite `varying`: what was waited for, and what was wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.gaps import gap, of_mission
from benchmarks.markdown import number, reason, seconds, share, table
from benchmarks.spec import Line

#: Most wall seconds and gap of a plan of so many SKUs, most wall seconds of a back-test of so many.
PLANNED, GAP, BAR_SKUS = 180.0, 0.01, 1_000
REPLAYED, REPLAYED_SKUS = 1_800.0, 200
HEADER = ("what", "by", "SKUs", "within s", "wall s", "CPU s", "peak MiB", "what came of it", "wanted")


def varying_table(lines: Sequence[Line]) -> str:
    """Each measurement with what came of it, and whether that is what is wanted."""
    return table(HEADER, [_row(made, lines) for made in lines], texts=2)


def _row(made: Line, lines: Sequence[Line]) -> list[str]:
    measured = made.get("measured", {})
    head = [made["spec"], made["method"], number(made["size"]), number(made["seconds"])]
    figures = [seconds(measured.get("wall")), seconds(measured.get("cpu")), number(measured.get("peak_mib"))]
    if "measured" not in made:
        return [*head, *figures, str(reason(made)), ""]
    told = _plan(made, lines) if made["spec"] == "plan" else _backtest(made)
    return [*head, *figures, *told]


def _plan(made: Line, lines: Sequence[Line]) -> tuple[str, str]:
    measured, apart = made["measured"], of_mission(gap(made), made, lines)
    plan = "no plan" if measured["plan"] is None else f"plan {number(measured['plan'])}"
    told = f"{plan} for {measured['paths']} paths, bound {number(measured['bound'])}, gap {share(apart)}"
    if int(made["size"]) < BAR_SKUS:
        return told, ""
    near = apart is not None and apart <= GAP
    return told, f"{_wanted(f'{PLANNED:g} s', measured['wall'] <= PLANNED)}, {_wanted(share(GAP), near)}"


def _backtest(made: Line) -> tuple[str, str]:
    measured: Mapping[str, Any] = made["measured"]
    costs = ", ".join(f"{name} {number(cost)}" for name, (cost, _, _) in measured["policies"].items())
    slow = max(each for _, each, _ in measured["policies"].values())
    missed = sum(count for _, _, count in measured["policies"].values())
    told = f"{measured['weeks']} weeks, {measured['runs']} draws: {costs}; up to {number(slow, 1)} s a week"
    told += f"; {missed} weeks without a plan" if missed else ""
    if int(made["size"]) < REPLAYED_SKUS:
        return told, ""
    return told, _wanted(f"{REPLAYED:g} s", measured["wall"] <= REPLAYED and not missed)


def _wanted(what: str, kept: bool) -> str:
    return f"{what}: {'met' if kept else 'missed'}"
