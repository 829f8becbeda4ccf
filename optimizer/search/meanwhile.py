"""What workers do while this process chooses: bounds and answers of SKUs that there was no time for before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from threading import Event, Thread

import numpy as np

from optimizer.decomposition.crew import Abandoned
from optimizer.decomposition.offers import Offers
from optimizer.search.pricing import Pricing
from optimizer.search.standing import Standing

#: Seconds of one piece of work; whoever waits for the workers waits no longer than that.
PIECE = 1.0


@contextmanager
def meanwhile(pricing: Pricing, standing: Standing) -> Iterator[list[Offers]]:
    """Let the workers go on in a thread, which must not be asked for anything else within; the answers that they find
    are in the list afterwards. One of them rests in turn, for this process needs its core. Raises what they raise.
    """
    found, wrong, stop = list[Offers](), list[Exception](), Event()

    def work() -> None:
        best, idle = -np.inf, 0
        try:
            for resting in cycle(range(pricing.workers)):
                offers, bound = pricing.go_on(PIECE, resting)
                idle = 0 if len(offers) or bound > best else idle + 1
                best = max(best, bound)
                standing.lift(bound)
                found.append(offers)
                if stop.is_set() or idle == pricing.workers:
                    break
        except Exception as error:  # told to whoever waits
            wrong.append(error)

    if pricing.workers < 2:
        yield found
        return
    thread = Thread(target=work, name="meanwhile", daemon=True)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        _end(thread)
    for error in wrong:
        if not isinstance(error, Abandoned):
            raise error


def _end(thread: Thread) -> None:
    """Wait for the thread, whoever presses Ctrl-C: workers can be asked for one thing at a time."""
    try:
        thread.join()
    except KeyboardInterrupt:
        thread.join()
        raise
