"""A Dask cluster as a crew: one actor for each state, on the worker that has fewest of them."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Sequence
from typing import Any

from optimizer.decomposition.cluster_link import Link, linked
from optimizer.decomposition.hired import Hired, Lost
from optimizer.decomposition.seat import Make, Seat, message, order

#: Seconds in which a worker must take a new actor, and in which some worker must be there when one was lost.
PLACING_SECONDS, GRACE_SECONDS = 30.0, 15.0

_numbers = itertools.count()


class Cluster(Hired):
    """One state for each description, dealt out to the workers of the cluster at `address` in turn.

    Raises UsageError where the cluster cannot be used.
    """

    def __init__(self, make: Make, descriptions: Sequence[Any], address: str) -> None:
        self._link = linked(address)
        self._places = Places(self._link)
        super().__init__(lambda description: WorkerActor(self._places, make, description), descriptions)

    def free(self, seconds: float) -> None:
        """Nothing is gained: who is at work ends that first, and whoever takes its place stands behind it."""

    def close(self) -> None:
        """Give the actors up and leave the cluster; a worker that is at work ends that first."""
        super().close()
        self._link.close()


def worker_count(address: str) -> int:
    """How many workers the cluster at `address` has now. Raises UsageError where it cannot be used."""
    with contextlib.closing(linked(address)) as link:
        return len(link.workers())


class Places:
    """Which worker holds how many of our actors."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self._held: dict[str, int] = {}
        self._lost: set[str] = set()
        self._why = ""

    def take(self) -> str:
        """The worker with fewest of our actors that was never lost; waits some seconds for one. Raises Lost."""
        ends = time.monotonic() + GRACE_SECONDS
        while True:
            there = [worker for worker in self.link.workers() if worker not in self._lost]
            if there:
                found = min(there, key=lambda worker: self._held.get(worker, 0))
                self._held[found] = self._held.get(found, 0) + 1
                return found
            if time.monotonic() > ends:
                raise Lost(f"the cluster at {self.link.address} has no workers left{self._why}")
            time.sleep(0.2)

    def leave(self, worker: str, lost: bool, why: object = "") -> None:
        """One of our actors is gone from a worker, which may be `lost` itself; the last reason `why` is told."""
        self._held[worker] -= 1
        if lost:
            self._lost.add(worker)
            self._why = f" ({worker}: {why})" if str(why) else self._why


class WorkerActor:
    """An actor with one state, on one worker."""

    def __init__(self, places: Places, make: Make, description: Any) -> None:
        self._places, self._client = places, places.link.client
        self._lost = False
        self._future, self._actor, self._worker = self._placed()
        # Sent along with the first question, for a second message might overtake it.
        self._order: bytes | None = order(make, description)
        self._asked: Any = None

    def _placed(self) -> tuple[Any, Any, str]:
        """An actor on a worker, and that worker; the next one where a worker does not take it in time."""
        while True:
            worker = self._places.take()
            future = self._client.submit(
                Seat, actor=True, workers=[worker], allow_other_workers=False, pure=False, key=f"seat-{next(_numbers)}"
            )
            try:
                with self._client.as_current():  # or the actor would not know through whom to speak
                    return future, future.result(timeout=PLACING_SECONDS), worker
            except Exception as error:  # whatever it was, another worker may do better
                future.release()
                self._places.leave(worker, True, str(error) or type(error).__name__)

    def ask(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Send a question. Raises Lost."""
        self._alive()
        try:
            self._asked = self._actor.do(message(method, arguments), self._order)
        except RuntimeError as error:  # an actor that is known to be gone
            raise self._loss(str(error)) from error
        self._order = None

    def answer(self, seconds: float) -> bytes | None:
        """The answer, if it comes within so many seconds. Raises Lost."""
        try:
            return self._asked.result(timeout=seconds)
        except TimeoutError:
            self._alive()
            return None
        except Exception as error:
            raise self._loss(str(error)) from error

    def dismiss(self, busy: bool) -> None:
        """Give the actor up; a worker that is at work ends that first."""
        self._future.release()
        self._places.leave(self._worker, self._lost)

    def _alive(self) -> None:
        """Raises Lost where the cluster knows that the actor is gone: its call may then never return."""
        if self._future.status not in ("pending", "finished"):
            raise self._loss("its worker is gone")
        if self._client.status != "running":
            raise self._loss("its scheduler is gone")

    def _loss(self, how: str) -> Lost:
        self._lost = True
        return Lost(f"the worker at {self._worker} is lost ({how})")
