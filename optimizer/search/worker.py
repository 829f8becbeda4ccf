"""A worker's SKUs: they answer prices, offer whole answers, and become plan tables."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import add
from typing import Any, cast

import numpy as np
import pandas as pd
from scipy import sparse

from optimizer.decomposition.block import Backs, put
from optimizer.decomposition.fleet import Fleet
from optimizer.decomposition.memory import give_back
from optimizer.decomposition.offers import Offers
from optimizer.decomposition.part import Answers, Part
from optimizer.decomposition.relaxation import Relaxation
from optimizer.formulation.formulate import CONSTRAINTS, PRICED
from optimizer.formulation.interpret import interpret
from optimizer.formulation.joined import joined
from optimizer.network.network import connect
from optimizer.pricing.relaxed_links import link_matrix
from optimizer.search.aside import Put
from optimizer.search.shelf import Shelf
from optimizer.search.slices import Facts, Share, batches, formulated, stated
from optimizer.search.started import Recalling, Shipped

#: From so many SKUs on a worker answers prices compiled: the compiler takes half a minute on a machine at first.
COMPILED_FROM = 400


class Worker:
    """The SKUs of one share, a slice at a time."""

    def __init__(self, share: Share) -> None:
        shelf, facts, kernels = Shelf(len(share.scenario["skus"])), [], []
        shipped: list[Shipped] = []
        at_hand: dict[int, Relaxation] = {}
        described = _described(share) if len(share.scenario["skus"]) >= COMPILED_FROM else None
        for names in batches(share.scenario):
            part = formulated(share, names, described)
            facts.append(part.facts)
            kernels += [] if part.kernel is None else [part.kernel]
            shipped += part.shipped
            at_hand |= {len(shelf) + place: one for place, one in part.unheld().items()}
            shelf.put(part)
            if shelf.packs:
                give_back()
        self._facts: Facts = reduce(add, facts)
        self._shelf = shelf
        self._part = Part(shelf.relaxations, share.groups, kernels, at_hand)
        links = len(self._facts.sides)
        self._fleet = Fleet(shelf.relaxations, shelf.finders, links, share.first, kernels, not shelf.packs)
        self._recalling = Recalling(shelf.relaxations, shelf.finders, shipped, share.first, links)
        self._share: Share | Put = share
        if shelf.packs:  # nobody asks for the tables before the end: they wait where packed SKUs do
            self._share = shelf.aside.put(pickle.dumps(replace(share), pickle.HIGHEST_PROTOCOL))
        give_back()

    def facts(self) -> Facts:
        """What the linking part must know of these SKUs."""
        return self._facts

    def answer(self, prices: np.ndarray, rounds: int) -> Answers:
        """What the relaxations of the SKUs answer to prices."""
        return self._part.answer(prices, rounds)

    def strengthen(
        self, prices: np.ndarray, rounds: int, quick: bool, seconds: float, closed: np.ndarray, pause: float = np.inf
    ) -> tuple[np.ndarray, Offers]:
        """Bounds of the SKUs after some rounds of cuts, and whole answers near that, within some seconds; what is not
        done after `pause` seconds is left to `go_on`.
        """
        found = self._fleet.strengthen(prices, rounds, quick, seconds, closed, self._part.known(prices), pause)
        give_back()
        return found

    def go_on(self, seconds: float) -> tuple[np.ndarray, Offers]:
        """Bounds and answers of SKUs that `strengthen` has not reached, for some seconds more."""
        return self._fleet.go_on(seconds)

    def offer(
        self, prices: np.ndarray, closed: np.ndarray, which: np.ndarray, known: Offers, seconds: float
    ) -> Offers:  # fmt: skip
        """A whole answer of each of these SKUs at prices; known ones of those that some seconds do not reach."""
        found = self._fleet.offer(prices, closed, which, known, seconds)
        give_back()
        return found

    def recall(self, prices: np.ndarray) -> Offers:
        """Whole answers that ship what an earlier plan has shipped, or nearly that (`search.started`)."""
        return self._recalling.offers(prices)

    def improve(self, *arguments: Any) -> tuple[Offers, np.ndarray]:
        """Better whole answers and bounds, for some seconds (`decomposition.fleet.Fleet.improve`)."""
        return self._fleet.improve(*arguments)

    def tables(self, chosen: Offers, which: range) -> dict[str, pd.DataFrame]:
        """The plan tables of some slices (numbers), their costs by line among them, no tables where there are none;
        `chosen`: one answer of each of their SKUs, in order. Only tables of other slices can be asked afterwards: what
        they do not need makes room for them.
        """
        for name in ("_part", "_fleet", "_recalling"):
            vars(self).pop(name, None)
        self._shelf.keep_backs()
        if not isinstance(self._share, Share):
            self._share = cast(Share, pickle.loads(self._shelf.aside.get(self._share)))
        return _tables(self._share, chosen, which, lambda number, names: self._shelf.backs(number))


def tables_of(share: Share, chosen: Offers, which: range) -> dict[str, pd.DataFrame]:
    """The same for whoever has the share but no worker: each slice is formulated again."""
    return _tables(share, chosen, which, lambda number, names: formulated(share, names).blocks.backs)


def _tables(
    share: Share, chosen: Offers, which: range, backs: Callable[[int, np.ndarray], Backs]
) -> dict[str, pd.DataFrame]:
    """The plan tables of some slices; `backs` of a slice (number and names): what puts answers of its SKUs among its
    columns.
    """
    names, place, parts = list(batches(share.scenario)), 0, list[dict[str, pd.DataFrame]]()
    give_back()
    for number in which:
        net, program = stated(share, names[number], constrained=False)
        x = np.zeros(sum(len(family) for family in program.variables))
        for back in backs(number, names[number]):
            put(back, chosen.answer(place, back.shape[1]), x)
            place += 1
        parts.append(interpret(net, program, x))
    return joined(parts) if parts else {}


def _described(share: Share) -> sparse.csr_array:
    """The linking rows over what SKUs do, as compiled answers need them."""
    nobody = connect(share.scenario, np.array([], dtype=object), share.beyond, share.common)
    return link_matrix(nobody, [constraint.__name__ for constraint in CONSTRAINTS if constraint.__name__ in PRICED])
