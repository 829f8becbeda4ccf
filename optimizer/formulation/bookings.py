"""What is booked: containers, departures, brackets of freight and orders of suppliers, and which bookings are next to
others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimizer.algebra.program import Program
from optimizer.network.network import Network

#: Families of what is booked whole, and of all that a state holds, in its order. A bracket that is not held costs its
#: share of the least charge, which makes a shipment of one carton as good as free.
FAMILIES = ("containers", "departures", "supplier_orders")
STATE = ("containers", "departures", "brackets", "supplier_orders")
#: Most periods by which a departure is put off or brought forward at once.
SHIFTED = 3


@dataclass(frozen=True)
class Bookings:
    """What a program books. A state (k,) says how many of each: containers, 1 for a fee, 1 for the bracket in which a
    departure is charged, 1 for a supplier's order.
    """

    net: Network
    program: Program

    @cached_property
    def columns(self) -> np.ndarray:
        """The columns of the program that hold a state, (k,)."""
        return np.concatenate([np.arange(place.start, place.stop) for place in self._places])

    def kept(self, x: np.ndarray) -> np.ndarray:
        """The state (k,) of a plan (n,)."""
        return np.round(x[self.columns])

    def near(self, state: np.ndarray) -> list[np.ndarray]:
        """The states next to one: a departure or a container more or less, all of a departure at another time of its
        lane, another bracket, a supplier's order more or less.
        """
        return [other for other in self._near(state) if (self._least <= other).all() and (other <= self._most).all()]

    def _near(self, state: np.ndarray) -> Iterator[np.ndarray]:
        for sailing, (containers, fee) in self._sailings.items():
            if state[containers].any() or state[fee].any():
                yield _with(state, (containers, 0.0), (fee, 0.0))
                yield from self._shifted(state, sailing)
                if state[containers].sum() > 1:
                    yield from (
                        _with(state, (int(container), state[container] - 1))
                        for container in containers
                        if state[container]
                    )
            elif not len(containers):
                yield _with(state, (fee, 1.0))
            yield from (_with(state, (int(container), state[container] + 1), (fee, 1.0)) for container in containers)
        for scale in range(len(self._scales)):
            yield from self._charged(state, scale)
        for order in self._orders:
            yield _with(state, (int(order), 1 - state[order]))

    def _charged(self, state: np.ndarray, scale: int) -> Iterator[np.ndarray]:
        """Other brackets of a departure that is charged by quantity, or none, with all aboard on another one."""
        brackets, fee = self._scales[scale]
        if not state[brackets].any():
            yield _with(state, (brackets[:1], 1.0), (fee, 1.0))
            return
        used = int(state[brackets].argmax())
        without = _with(state, (brackets, 0.0), (fee, 0.0))
        yield without
        for other in (used - 1, used + 1):
            if 0 <= other < len(brackets):
                yield _with(state, (brackets, 0.0), (brackets[other], 1.0))
        for close in self._close_scales[scale]:
            into, paid = self._scales[close]
            if len(into) == len(brackets):
                more = used if not state[into].any() else min(int(state[into].argmax()) + 1, len(into) - 1)
                yield _with(without, (into, 0.0), (into[more], 1.0), (paid, 1.0))

    def _shifted(self, state: np.ndarray, sailing: int) -> Iterator[np.ndarray]:
        containers, fee = self._sailings[sailing]
        for other in self._close[sailing]:
            into, paid = self._sailings[other]
            if len(into) == len(containers) and len(paid) == len(fee):
                without = _with(state, (containers, 0.0), (fee, 0.0))
                yield _with(
                    without, (into, state[into] + state[containers]), (paid, np.maximum(state[paid], state[fee]))
                )

    @cached_property
    def _least(self) -> np.ndarray:
        return np.concatenate([family.lower for family in self.program.variables])[self.columns]

    @cached_property
    def _most(self) -> np.ndarray:
        return np.concatenate([family.upper for family in self.program.variables])[self.columns]

    @cached_property
    def _places(self) -> list[slice]:
        return [self.program.columns[name] for name in STATE]

    @cached_property
    def _orders(self) -> np.ndarray:
        return len(self.columns) - np.arange(len(self.net.supplier_orders), 0, -1)

    @cached_property
    def _sailings(self) -> dict[int, tuple[np.ndarray, np.ndarray]]:
        """Where a state holds the containers and the fee of each departure that has any."""
        boxed, paying = self.net.loads["sailing"].to_numpy(), self.net.fees["sailing"].to_numpy()
        return {
            int(sailing): (np.flatnonzero(boxed == sailing), len(boxed) + np.flatnonzero(paying == sailing))
            for sailing in np.union1d(boxed, paying)
        }

    @cached_property
    def _scales(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Where a state holds the brackets of each scale that has some, the lowest first, and its departure's fee."""
        stepped = self.net.brackets[self.net.brackets["stepped"] == 1]
        before = len(self.net.loads) + len(self.net.fees)
        paying = self.net.fees["sailing"].to_numpy()
        places = stepped.assign(place=before + np.arange(len(stepped))).groupby("scale")
        return [
            (rows["place"].to_numpy(), len(self.net.loads) + np.flatnonzero(paying == rows["sailing"].iloc[0]))
            for _, rows in places
        ]

    @cached_property
    def _close_scales(self) -> list[list[int]]:
        """The scales of the same lane and basis a few periods before and after."""
        stepped = self.net.brackets[self.net.brackets["stepped"] == 1].drop_duplicates("scale")
        stepped = stepped.sort_values("scale")
        lane, basis, period = (stepped[name].to_numpy() for name in ("lane", "basis", "period"))
        like = (lane[:, None] == lane) & (basis[:, None] == basis) & (abs(period[:, None] - period) <= SHIFTED)
        np.fill_diagonal(like, False)
        return [np.flatnonzero(row).tolist() for row in like]

    @cached_property
    def _close(self) -> dict[int, list[int]]:
        """The departures of the same lane a few periods before and after."""
        lane, period = (self.net.sailings[name].to_numpy() for name in ("lane", "period"))
        return {
            one: [
                other for other in self._sailings
                if other != one and lane[other] == lane[one] and abs(period[other] - period[one]) <= SHIFTED
            ]
            for one in self._sailings
        }  # fmt: skip


def _with(state: np.ndarray, *changes: tuple[np.ndarray | int, np.ndarray | float]) -> np.ndarray:
    """The state with other values at some places."""
    changed = state.copy()
    for places, values in changes:
        changed[places] = values
    return changed
