"""Flows by hand: one warehouse that cases of 10 may reach, and what is done with them."""

from __future__ import annotations

import numpy as np

from optimizer.pricing.rows_flows import Flows

PERIODS = 2


def one_warehouse(
    most: tuple[float, ...] = (7.0, 9.0), days: tuple[int, ...] = (0, 0), least: float = 0.0, moq: bool = False
) -> Flows:
    """Cases of 10 may arrive in periods 0 and 1 (columns 0, 1); 4 are on hand before; deliveries are columns 2 and 3,
    in these periods, of at most `most`; stock after each period is in columns 4 and 5, what it lacks of `least` after
    the last one in column 6, and with `moq` the order that period 0 needs in column 7.
    """
    cells = PERIODS + 2
    return Flows(
        pack=10.0, groups=np.array([[True]]), homes=np.array([True]),
        moved=np.array([0, 1]), origin=np.array([-1, -1]), departs=np.array([0, 1]), destination=np.array([0, 0]),
        arrives=np.array([0, 1]), steps=np.ones(2), into=np.array([0, 1]), out_of=cells + np.array([0, 1]),
        order=np.array([0 if moq else -1, -1]), orders=np.array([7] if moq else [], dtype=np.int64),
        taken=np.array([2, 3]), place=np.array([0, 0]), period=np.array([0, 1]), cell=np.array([0, 1]),
        wish=np.array([0, 1]), days=np.array(days), most=np.array(most), held=np.array([[4, 5]]),
        least=np.array([[0.0, least]]), short=np.array([[-1, 6 if least else -1]]),
        known=np.array([[0.0, 4.0, 4.0, 4.0]]),
    )  # fmt: skip


def one_wish() -> Flows:
    """As above, but both deliveries serve the same 9 units of period 0: column 2 takes days, which only 3 accept."""
    made = one_warehouse(most=(3.0, 9.0), days=(5, 0))
    return made._replace(period=np.array([0, 0]), cell=np.array([0, 0]), wish=np.array([0, 0]))
