"""Who works on the parts of a program: this process, worker processes, or a cluster, each with some of the parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Protocol

from optimizer.decomposition.hired import Abandoned, Each, Hired, Until, own
from optimizer.decomposition.patience import waited_for
from optimizer.decomposition.pool import Pool
from optimizer.decomposition.seat import OUT_OF_MEMORY, Make
from optimizer.decomposition.worker_process import WorkerProcess
from optimizer.errors import WorkersLost

__all__ = ["Abandoned", "Alone", "Crew", "Each", "Make", "Processes", "Until", "WorkersLost", "crew_of", "workers_of"]


class Crew(Protocol):
    """Workers that each hold a state; every call goes to all of them."""

    def call(self, method: str, *arguments: Any, until: Until | None = None) -> list[Any]:
        """What `method` of each worker's state returns, in the order of the workers, each told its own of `Each`.

        `until`, asked now and then, may end the wait. Raises Abandoned where it did, WorkersLost where workers or
        memory are gone, and what a state raises.
        """
        ...

    def free(self, seconds: float) -> None:
        """Have workers that can be asked, within about so many seconds and those in which a state is made."""
        ...

    def close(self) -> None:
        """Let the workers go; nobody waits for one that is at work."""
        ...


class Alone:
    """All states in this process."""

    def __init__(self, make: Make, descriptions: Iterable[Any]) -> None:
        self._states = [make(description) for description in descriptions]

    def call(self, method: str, *arguments: Any, until: Until | None = None) -> list[Any]:
        """What `method` of each state returns; `until` is asked between two states, and wherever a state looks at the
        clock (`decomposition.patience`), which then ends what it does as if its time were over.
        """
        found: list[Any] = []
        for place, state in enumerate(self._states):
            if found and until is not None and until():
                raise Abandoned
            try:
                with waited_for(until):
                    found.append(getattr(state, method)(*own(arguments, place)))
            except MemoryError as error:
                raise WorkersLost(OUT_OF_MEMORY.format(place="this process", method=method)) from error
        return found

    def free(self, seconds: float) -> None:
        """The states are never at work between two calls."""

    def close(self) -> None:
        """Let the states go."""
        self._states = []


class Processes(Hired):
    """One process of this machine for each state, those of a `pool` first."""

    def __init__(self, make: Make, descriptions: Sequence[Any], pool: Pool | None = None) -> None:
        super().__init__(partial(WorkerProcess if pool is None else pool.hire, make), descriptions)


def crew_of(make: Make, descriptions: Sequence[Any], cluster: str | None = None, pool: Pool | None = None) -> Crew:
    """A crew with one state for each description: on the Dask cluster of that address, or else in worker processes (of
    a `pool` where there is one), or in this process where there is but one. Raises UsageError where the cluster cannot
    be used.
    """
    if cluster is not None:
        from optimizer.decomposition.cluster import Cluster

        return Cluster(make, descriptions, cluster)
    return Processes(make, descriptions, pool) if len(descriptions) > 1 else Alone(make, descriptions)


def workers_of(cluster: str | None, threads: int) -> int:
    """How many states a crew should have: one for each worker that the cluster has now, or else one for each thread.

    A worker of Dask runs one call of its actors at a time, however many threads it has. Raises UsageError where the
    cluster cannot be used.
    """
    if cluster is None:
        return threads
    from optimizer.decomposition.cluster import worker_count

    return worker_count(cluster)
