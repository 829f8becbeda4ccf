"""A plan that gets better SKU by SKU while something else goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from optimizer.decomposition.neighbourhoods import Neighbourhoods
from optimizer.formulation.blocks import blocks
from optimizer.search.model import Model
from optimizer.search.standing import WholeStanding
from optimizer.solvers.solver import Limits, Solver

#: Programs with fewer columns are soon solved as they are, and then the same seed gives the same plan: two searches at
#: once would leave it to the clock which of two plans of equal cost is found first.
WORTH_IT = 3_000


@contextmanager
def improving(made: Model, with_solver: Solver, limits: Limits, standing: WholeStanding) -> Iterator[Event]:
    """Improve the plan block by block in a thread beside what the caller does; the event is set when it has ended."""
    ended = Event()
    if standing.x is None or len(made.form.cost) < WORTH_IT:
        ended.set()
        yield ended
        return
    around, stop = Neighbourhoods(made.form, blocks(made.net, made.program), limits.seed), Event()

    def work() -> None:
        try:
            around.run(standing, with_solver, limits, stop)
        finally:
            ended.set()

    aside = Thread(target=work, name="neighbourhoods", daemon=True)
    aside.start()
    try:
        yield ended
    finally:
        stop.set()
        aside.join()
