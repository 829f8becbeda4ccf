"""A crew of hands: workers somewhere else, each with one state, that are hired anew where they are lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

from optimizer.decomposition.patience import LOOK_SECONDS
from optimizer.decomposition.seat import result
from optimizer.errors import WorkersLost

#: True once nobody waits for an answer any more.
Until = Callable[[], bool]


class Lost(Exception):
    """A hand is gone, and its state with it; the text says how."""


class Abandoned(Exception):
    """Nobody waits for the answers of a call any more; the workers may still be at it."""


class Each(list[Any]):
    """An argument of a call of which every worker is told its own element."""


def own(arguments: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    """The arguments of a call for the worker in a place."""
    return tuple(argument[place] if isinstance(argument, Each) else argument for argument in arguments)


class Hand(Protocol):
    """A worker with a state, which answers one question at a time (`decomposition.seat`)."""

    def ask(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Begin to find out what `method` of the state returns. Raises Lost."""
        ...

    def answer(self, seconds: float) -> bytes | None:
        """The answer, or None where it takes longer than so many seconds. Raises Lost."""
        ...

    def dismiss(self, busy: bool) -> None:
        """Let the worker go, whether it is at work or not."""
        ...


class Hired:
    """A crew of hands. A hand that is lost is replaced once a call, by one that makes its state anew.

    Raises WorkersLost where there is nobody to hire.
    """

    def __init__(self, hire: Callable[[Any], Hand], descriptions: Sequence[Any]) -> None:
        self._hire, self._descriptions = hire, descriptions
        #: None where a hand is gone and none has taken its place.
        self._hands: list[Hand | None] = []
        #: Places of hands whose answer nobody has heard yet.
        self._owing: set[int] = set()
        try:
            for description in self._descriptions:
                self._hands.append(hire(description))
        except BaseException as error:
            self.close()
            if isinstance(error, Lost):
                raise WorkersLost(f"There are no workers: {error}.") from error
            raise

    def call(self, method: str, *arguments: Any, until: Until | None = None) -> list[Any]:
        """What `method` of each state returns. Raises WorkersLost where a worker is lost twice, Abandoned, and what a
        state raises.
        """
        for place in sorted(self._owing):
            self._settle(place, until)
        there = [self._ask(place, method, arguments) for place in range(len(self._hands))]
        return [self._answered(place, asked, method, arguments, until) for place, asked in enumerate(there)]

    def free(self, seconds: float) -> None:
        """Have workers that can be asked: one that is still at what nobody waits for after so many seconds is replaced
        by one that makes its state anew, or by nobody where that fails until it is asked again.
        """
        ends = time.monotonic() + seconds
        for place in sorted(self._owing):
            try:
                self._heard(place, lambda: time.monotonic() >= ends)
            except Lost:
                continue
            except Abandoned:
                self._owing.discard(place)
                with suppress(Lost):
                    self._renew(place)

    def close(self) -> None:
        """Let the workers go; nobody waits for one that is at work."""
        hands, self._hands = self._hands, []
        for place, hand in enumerate(hands):
            if hand is not None:
                hand.dismiss(place in self._owing)

    def _ask(self, place: int, method: str, arguments: tuple[Any, ...]) -> bool:
        hand = self._hands[place]
        if hand is None:
            return False
        self._owing.add(place)  # before it is asked: Ctrl-C may come when the question is there already
        try:
            hand.ask(method, own(arguments, place))
        except MemoryError:
            self._owing.discard(place)
            raise
        except Lost:
            self._owing.discard(place)
            return False
        return True

    def _answered(self, place: int, asked: bool, method: str, arguments: tuple[Any, ...], until: Until | None) -> Any:
        if asked:
            with suppress(Lost):
                return result(self._heard(place, until))
        try:
            self._renew(place)
            if self._ask(place, method, arguments):
                return result(self._heard(place, until))
            raise Lost("its replacement is gone as well")
        except Lost as error:
            raise WorkersLost(
                f"A worker was lost when asked for '{method}', and so was what replaced it: {error}. Where memory has "
                "run out, use fewer --threads, or a --cluster whose workers have more of it."
            ) from error

    def _renew(self, place: int) -> None:
        """Hire anew. Raises Lost."""
        gone, self._hands[place] = self._hands[place], None
        if gone is not None:
            gone.dismiss(True)
        self._hands[place] = self._hire(self._descriptions[place])

    def _settle(self, place: int, until: Until | None) -> None:
        """Wait for an answer that nobody waited for; a hand that is lost is found out when it is asked again."""
        with suppress(Lost):
            self._heard(place, until)

    def _heard(self, place: int, until: Until | None) -> bytes:
        hand = self._hands[place]
        assert hand is not None
        try:
            found = _answer(hand, until)
        except Lost:
            self._owing.discard(place)
            raise
        self._owing.discard(place)
        return found


def _answer(hand: Hand, until: Until | None) -> bytes:
    while (found := hand.answer(LOOK_SECONDS)) is None:
        if until is not None and until():
            raise Abandoned
    return found
