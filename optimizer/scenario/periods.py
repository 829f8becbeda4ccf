"""Lengths of periods as people write them: "14 x 1d", ["14 x 1d", "14 x 7d"], [7, 7, 7]."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

#: About three years; beyond it no freight rate is known.
MOST_DAYS = 1100
REMEDY = 'Write periods such as ["14 x 1d", "14 x 7d"] (14 days, then 14 weeks) or [7, 7, 7]'
PART = re.compile(r"(?:(\d{1,4})\s*[x×*]\s*)?(\d{1,4})\s*([dw天周]?)")


def period_lengths(given: Any) -> tuple[tuple[str, str] | None, tuple[int, ...] | None]:
    """The lengths in days; or a rule and a remedy, where they cannot be told."""
    parts = re.split(r"[,;，、]", given.strip("[] ")) if isinstance(given, str) else given
    if isinstance(parts, int | float) and not isinstance(parts, bool):
        parts = [parts]
    if not isinstance(parts, list) or not parts:
        return ("it is not a list of periods", REMEDY), None
    lengths: list[int] = []
    for part in parts:
        read = _part(part)
        if read is None:
            return (f"{str(part)[:40]!r} is not a length of periods", REMEDY), None
        lengths.extend(read)
        if sum(lengths) > MOST_DAYS:
            return (f"the horizon is longer than {MOST_DAYS} days", "Plan fewer periods"), None
    if not lengths:
        return ("there is no period", REMEDY), None
    return None, tuple(lengths)


def periods_text(lengths: Sequence[int]) -> list[str]:
    """The shortest list of parts for these lengths."""
    return [f"{len(list(run))} x {days}d" for days, run in groupby(lengths)]


def _part(part: Any) -> list[int] | None:
    if isinstance(part, float) and part.is_integer():
        part = int(part)
    match = PART.fullmatch(str(part).strip().strip("\"'").strip()) if isinstance(part, int | str) else None
    if isinstance(part, bool) or match is None:
        return None
    days = int(match[2]) * (7 if match[3] in ("w", "周") else 1)
    return [days] * min(int(match[1] or 1), MOST_DAYS + 1) if days else None
