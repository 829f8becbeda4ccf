"""Tells every change of the input, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.scenario.fingerprint import fingerprint
from tests.formulation.toys import toy


def changed(scenario, table, column, value):
    frame = scenario[table].copy()
    frame.loc[0, column] = value
    return scenario.with_tables(**{table: frame})


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("skus", "sku", "B"),
        ("skus", "case_pack", 12),
        ("prices", "price", 20.000000001),
        ("opening_stock", "received_on", pd.Timestamp("2026-05-01")),
        ("lanes", "duty_included", False),
    ],
)
def test_every_kind_of_cell_counts(table, column, value):
    assert fingerprint(changed(toy(), table, column, value)) != fingerprint(toy())


def test_settings_count_and_the_same_input_is_the_same():
    other = toy()
    assert fingerprint(other) == fingerprint(toy())
    assert fingerprint(replace(other, settings=replace(other.settings, review_days=8))) != fingerprint(toy())


def test_a_text_that_moves_to_the_next_column_or_row_is_a_change():
    marks = {
        fingerprint(toy(skus=[{"sku": "A", "name": one}, {"sku": "B", "name": two}]))
        for one, two in (("x", ""), ("", "x"), ("x", "x"))
    }
    assert len(marks) == 3


def test_nothing_is_nothing_however_it_is_written():
    other = np.array([0x7FF8000000000001], dtype=np.uint64).view(np.float64)[0]
    assert fingerprint(changed(toy(), "skus", "case_pack", other)) == fingerprint(
        changed(toy(), "skus", "case_pack", np.nan)
    )
