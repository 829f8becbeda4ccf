"""What the whole command must reach at each size, and whether it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.gaps import gap, of_mission
from benchmarks.markdown import number, share
from benchmarks.spec import Line


@dataclass(frozen=True)
class Bar:
    """Most wall seconds, gap as a share of the mission cost, and memory in MiB; `of_alone`: or the gap is at most this
    share of that of HiGHS alone after the same time.
    """

    seconds: float
    gap: float
    mib: float
    of_alone: float | None = None


BARS = {
    50: Bar(60, 0.005, 2048, 1 / 3),
    200: Bar(60, 0.005, 2048, 1 / 3),
    1_000: Bar(60, 0.015, 2048),
    10_000: Bar(180, 0.01, 4096),
    100_000: Bar(1_200, 0.01, 8192),
}


def kept_bar(skus: int, lines: Sequence[Line]) -> str:
    """One sentence for a size: each figure of the command with what is wanted, and whether it is met."""
    by_method = {made["method"]: made for made in lines if made["size"] == skus and "measured" in made}
    bar, made = BARS[skus], by_method.get("auto")
    if made is None:
        return f"- {skus:,} SKUs: not measured."
    measured = made["measured"]
    within = measured["wall"] <= bar.seconds
    light = measured["peak_mib"] <= bar.mib
    near, told = _near(bar, made, by_method.get("highs"), lines)
    return (
        f"- {skus:,} SKUs: {number(measured['wall'], 1)} s of {bar.seconds:,.0f} s: {_met(within)}; "
        f"{number(measured['peak_mib'])} of {bar.mib:,.0f} MiB: {_met(light)}; {told}: {_met(near)}."
    )


def _near(bar: Bar, made: Line, alone: Line | None, lines: Sequence[Line]) -> tuple[bool, str]:
    """Whether the gap is small enough, and how that is said."""
    own = of_mission(gap(made), made, lines)
    told = f"gap {share(own)}, wanted at most {share(bar.gap)}"
    near = own is not None and own <= bar.gap
    if bar.of_alone is None:
        return near, told
    told += f" or {bar.of_alone:.2f} of that of HiGHS alone"
    if alone is None:
        return near, f"{told} (not measured)"
    its = of_mission(gap(alone), alone, lines)
    if its is None:  # without a plan or a bound of its own any gap is less than a third of its
        return own is not None, f"{told} (which has none)"
    return near or (own is not None and own <= bar.of_alone * its), f"{told} ({share(its)})"


def _met(kept: bool) -> str:
    return "met" if kept else "missed"
