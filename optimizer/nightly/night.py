"""Which night it is: a run shortly before midnight and its repetition after it belong to the same one."""

from __future__ import annotations

import datetime as dt

#: A clock that is set right by less is not worth a word.
TOLERATED = dt.timedelta(minutes=1)
#: A clock that has gone back by so much at most has merely been set right within the same night.
WITHIN = dt.timedelta(days=1)


def night_at(moment: dt.datetime) -> dt.date:
    """The night of a moment, named by the morning in which it ends: from noon to noon."""
    return (moment + dt.timedelta(hours=12)).date()


def tonight(now: dt.datetime, latest: dt.date | None, known: dt.datetime | None) -> tuple[dt.date, str | None]:
    """The night that the clock says, and what is to be said of the clock.

    `latest`: the night of the plan in force; `known`: the latest moment that the store has seen. Nothing in the store
    is in the order of the clock, so that a clock that jumps loses nothing; but where it has gone back by up to a day,
    the run counts to the latest night, or it would plan a night that is over.
    """
    night = night_at(now)
    if known is None or now >= known - TOLERATED:
        return night, None
    said = f"The clock says {now:%Y-%m-%d %H:%M}, and the store has seen {known.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    if latest is not None and night < latest <= night + WITHIN:
        return latest, f"{said}: it has gone back. The run counts to the night of {latest}."
    return (
        night,
        f"{said}: it has gone back, or was ahead then. The run counts to the night of {night}; --night says another.",
    )
