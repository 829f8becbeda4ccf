"""Numbers and tables as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.spec import Line

#: Stands where there is no number.
NONE = "–"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1) -> str:
    """A Markdown table whose first `texts` columns are texts, the others numbers."""
    ruler = ["---"] * texts + ["---:"] * (len(header) - texts)
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, ruler, *rows))


def number(value: float | None, digits: int = 0) -> str:
    """A number with thousands separated; a dash for None."""
    return NONE if value is None else f"{value:,.{digits}f}"


def share(value: float | None) -> str:
    """A share as a percentage; a dash for None."""
    return NONE if value is None else f"{100 * value:.2f} %"


def seconds(value: float | None) -> str:
    """Seconds with about three digits; a dash for None."""
    if value is None:
        return NONE
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3}f}"


def reason(made: Line) -> str | None:
    """Why a line has no measurement; None where it has one."""
    for kind, word in (("failed", "failed"), ("left_out", "left out")):
        if kind in made:
            return f"{word}: {made[kind]}".replace("|", "/").replace("\n", " ")
    return None


def origin(lines: Sequence[Line]) -> str:
    """One sentence for each run that the lines come from: the command, when, which version, on what."""
    runs = {made["run"]: made for made in lines}
    return "\n".join(_sentence(runs[run]) for run in sorted(runs))


def _sentence(made: Line) -> str:
    machine = made["machine"]
    libraries = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items())
    memory = "" if machine["memory_gib"] is None else f", {machine['memory_gib']:g} GiB"
    load = "" if machine["load"] is None else f"; load at the beginning {machine['load']:g}"
    return (
        f"`{made['command']}`, {made['run'][:10]}, version {made['version']} (source {made['source']}): "
        f"{machine['cpu']}, {machine['cores']} cores{memory}, {machine['system']}, Python {machine['python']}, "
        f"{libraries}{load}.  "
    )
