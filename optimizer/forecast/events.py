"""Events such as Prime Day or 11.11: when they are, whom they move, and by how much they multiply demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimizer.scenario.calendar import DAY
from optimizer.scenario.scenario import Scenario


@dataclass(frozen=True)
class Events:
    """The rows of the table `events`, E of them, ordered by date: `name`, `category`, `region`, `channel` ("" where all
    are meant) and `uplift` (NaN where it is to be estimated) (E,); `first` and `after` (E,): first day and first day
    after it. `channels`: the channel of each region.
    """

    name: np.ndarray
    first: np.ndarray
    after: np.ndarray
    category: np.ndarray
    region: np.ndarray
    channel: np.ndarray
    uplift: np.ndarray
    channels: Mapping[str, str]

    @property
    def names(self) -> np.ndarray:
        """Name of each event once (N,)."""
        return np.unique(self.name.astype(str))

    def share(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """The share of the days of each period [start, end) that lie within each row (E, P)."""
        begins, stops = np.maximum(self.first[:, None], starts), np.minimum(self.after[:, None], ends)
        return np.maximum((stops - begins) / DAY, 0.0) / ((ends - starts) / DAY)

    def meant(self, category: np.ndarray, region: np.ndarray) -> np.ndarray:
        """Whether each row is about each of S pairs (E, S)."""
        channel = np.array([self.channels.get(name, "") for name in region], dtype=object)
        meant = np.ones((len(self.name), len(region)), dtype=bool)
        for told, of_pair in ((self.category, category), (self.region, region), (self.channel, channel)):
            meant &= (told[:, None] == "") | (told[:, None] == of_pair[None, :])
        return meant


@dataclass(frozen=True)
class Lift:
    """Events, and what each makes of the demand of S pairs: `meant` (E, S), whether it is about them; `uplift` (E, S),
    what it multiplies that of a day by; `doubt` (E,), the squared coefficient of variation of what it really makes of
    it.
    """

    events: Events
    meant: np.ndarray
    uplift: np.ndarray
    doubt: np.ndarray

    def factor(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """What the demand of each pair in periods [start, end) is multiplied by (S, P)."""
        share = self.events.share(starts, ends)
        factor = np.ones((self.meant.shape[1], len(starts)))
        for row in np.flatnonzero(share.any(axis=1)):
            pairs, periods = np.flatnonzero(self.meant[row]), np.flatnonzero(share[row])
            factor[np.ix_(pairs, periods)] *= 1.0 + np.outer(self.uplift[row, pairs] - 1.0, share[row, periods])
        return factor

    def doubts(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Squared coefficient of variation that events add to the demand of periods [start, end) (S, P)."""
        share = self.events.share(starts, ends)
        doubts = np.zeros((self.meant.shape[1], len(starts)))
        for row in np.flatnonzero(share.any(axis=1) & (self.doubt > 0)):
            pairs, periods = np.flatnonzero(self.meant[row]), np.flatnonzero(share[row])
            there, uplift = share[row, periods][None, :], self.uplift[row, pairs][:, None]
            part = there * uplift / np.maximum(1.0 + there * (uplift - 1.0), 1e-9)
            doubts[np.ix_(pairs, periods)] += self.doubt[row] * part**2
        return doubts

    def only(self, pairs: np.ndarray) -> Lift:
        """Some of the pairs: their places, or a mask."""
        return Lift(self.events, self.meant[:, pairs], self.uplift[:, pairs], self.doubt)


def events(scenario: Scenario) -> Events | None:
    """The events of a scenario; None where it tells of none."""
    table = scenario["events"].sort_values(["from", "event"], kind="stable")
    if not len(table):
        return None
    first, last = (table[column].to_numpy().astype("datetime64[D]") for column in ("from", "until"))
    text = {name: table[name].to_numpy(dtype=object) for name in ("event", "category", "region", "channel")}
    channels = dict(zip(scenario["regions"]["region"], scenario["regions"]["channel"], strict=True))
    return Events(
        text["event"], first, last + DAY, text["category"], text["region"], text["channel"],
        table["uplift"].to_numpy(dtype=float), channels,
    )  # fmt: skip
