"""Tasks dealt out to worker processes, each answer told as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from optimizer.decomposition.hired import Lost
from optimizer.decomposition.seat import result
from optimizer.decomposition.worker_process import WorkerProcess
from optimizer.errors import WorkersLost

#: Seconds for which one worker is listened to before the next one.
LISTEN_SECONDS = 0.05

Task = TypeVar("Task")


def dealt(
    make: Callable[[Any], Any], description: Any, method: str, tasks: Sequence[Task], workers: int
) -> Iterator[tuple[Task, Any]]:
    """Each task with what `method` of a state says to it, in the order in which they are done.

    Each worker makes a state of its own from the description, one alone makes it in this process. Where the iteration
    ends early (an error, Ctrl-C) the workers end at once. A task whose worker is lost is given to another one, once.
    Raises WorkersLost the second time, and what a state raises.
    """
    if min(workers, len(tasks)) <= 1:
        state = make(description) if tasks else None
        for task in tasks:
            yield task, getattr(state, method)(task)
        return
    crew = _Crew(make, description, method)
    try:
        yield from crew.through(list(tasks), min(workers, len(tasks)))
    finally:
        crew.close()


class _Crew:
    def __init__(self, make: Callable[[Any], Any], description: Any, method: str) -> None:
        self._make, self._description, self._method = make, description, method
        self._hands: list[WorkerProcess] = []
        #: What each worker is at.
        self._at: dict[int, Any] = {}
        self._again: list[Any] = []

    def through(self, tasks: list[Any], workers: int) -> Iterator[tuple[Any, Any]]:
        tasks.reverse()
        for place in range(workers):
            self._hands.append(self._hired())
            self._give(place, tasks.pop())
        while self._at:
            for place in sorted(self._at):
                task = self._at[place]
                try:
                    answer = self._hands[place].answer(LISTEN_SECONDS)
                except Lost as error:
                    self._lose(place, task, error)
                    continue
                if answer is None:
                    continue
                del self._at[place]
                if tasks:
                    self._give(place, tasks.pop())
                yield task, result(answer)

    def close(self) -> None:
        hands, self._hands = self._hands, []
        for place, hand in enumerate(hands):
            hand.dismiss(place in self._at)

    def _hired(self) -> WorkerProcess:
        try:
            return WorkerProcess(self._make, self._description)
        except Lost as error:
            raise WorkersLost(f"There are no workers: {error}.") from error

    def _give(self, place: int, task: Any) -> None:
        self._at[place] = task
        with suppress(Lost):  # found out when its answer is asked for
            self._hands[place].ask(self._method, (task,))

    def _lose(self, place: int, task: Any, error: Lost) -> None:
        if any(task is other for other in self._again):
            raise WorkersLost(
                f"A worker was lost at '{task}', and so was the next one: {error}. Where memory has run out, use fewer "
                "--workers. Runs that were done are kept."
            ) from error
        self._again.append(task)
        self._hands[place].dismiss(True)
        self._hands[place] = self._hired()
        self._give(place, task)
