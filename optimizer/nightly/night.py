"""Which night it is: a run shortly before midnight and its repetition after it belong to the same one."""

from __future__ import annotations

import datetime as dt

from optimizer.errors import Problem
from optimizer.nightly.words import sentence

#: A clock that is set right by less is not worth a word.
TOLERATED = dt.timedelta(minutes=1)
#: A clock that has gone back by so much at most has merely been set right within the same night.
WITHIN = dt.timedelta(days=1)
#: A clock that has gone on by more since the last run may be ahead: few stores rest for so long.
RESTED = dt.timedelta(days=180)
#: No run can be before this program was made; a machine with an empty battery wakes up in 1970.
MADE = dt.date(2026, 1, 1)


def night_at(moment: dt.datetime) -> dt.date:
    """The night of a moment, named by the morning in which it ends: from noon to noon."""
    return (moment + dt.timedelta(hours=12)).date()


def tonight(
    now: dt.datetime, latest: dt.date | None, known: dt.datetime | None, language: str = "en"
) -> tuple[dt.date, str | None]:
    """The night that the clock says, and what is to be said of the clock in a language.

    `latest`: the night of the plan in force; `known`: the latest moment of the last run. Nothing in the store is in the
    order of the clock, so that a clock that jumps loses nothing; but where it has gone back by up to a day, the run
    counts to the latest night, or it would plan a night that is over.
    """
    night = night_at(now)
    shown = f"{now:%Y-%m-%d %H:%M}"
    if known is not None and now - known > RESTED:
        return night, sentence("clock_rested", language, now=shown, days=(now - known).days, night=night)
    if known is None or now >= known - TOLERATED:
        return night, None
    seen = f"{known.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    if latest is not None and night < latest <= night + WITHIN:
        return latest, sentence("clock_back", language, now=shown, known=seen, night=latest)
    return night, sentence("clock_was_ahead", language, now=shown, known=seen, night=night)


def impossible(moment: dt.datetime) -> list[Problem]:
    """What is wrong with a clock that cannot be right: which night it is, and how old stock is, nobody knows then."""
    if moment.date() >= MADE:
        return []
    rule = "the clock of this machine is wrong: the program was made later"
    return [Problem("clock", 0, "", f"{moment:%Y-%m-%d %H:%M}", rule, "Set it, or name the night by --night")]
