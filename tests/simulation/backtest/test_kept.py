"""Runs are kept whole or not at all, and never taken for those of another input."""

import json
import os

import pytest

from optimizer.errors import StoreError
from optimizer.simulation.backtest.kept import Kept
from optimizer.simulation.backtest.run import Key, Run

KEY = Key("erp", 2, 7)
RUN = Run(KEY, {"total_cost": 12.5, "costs": {"duty": 3.0}})
INPUTS = "0123456789abcdef" * 4


def test_a_run_that_was_kept_is_found_again(tmp_path):
    Kept(tmp_path, INPUTS).keep(RUN)
    assert Kept(tmp_path, INPUTS).find(KEY) == RUN


def test_another_policy_block_seed_or_input_is_not_found(tmp_path):
    Kept(tmp_path, INPUTS).keep(RUN)
    for key in (Key("plan", 2, 7), Key("erp", 1, 7), Key("erp", 2, 8)):
        assert Kept(tmp_path, INPUTS).find(key) is None
    assert Kept(tmp_path, "f" * 64).find(KEY) is None


def test_inputs_that_begin_alike_are_told_apart(tmp_path):
    Kept(tmp_path, INPUTS).keep(RUN)
    assert Kept(tmp_path, INPUTS[:-1] + "0").find(KEY) is None


def test_names_of_policies_that_make_the_same_file_are_told_apart(tmp_path):
    kept = Kept(tmp_path, INPUTS)
    kept.keep(Run(Key("min max", 0, 1), {"total_cost": 1.0}))
    assert kept.find(Key("min/max", 0, 1)) is None


def test_a_broken_file_counts_as_not_there_and_is_replaced(tmp_path):
    kept = Kept(tmp_path, INPUTS)
    kept.keep(RUN)
    (file,) = kept
    for broken in ("", '{"schema_version": 1, "inputs"', "[]", '{"schema_version": 99}'):
        file.write_text(broken)
        assert kept.find(KEY) is None
    kept.keep(RUN)
    assert kept.find(KEY) == RUN


def test_a_write_that_is_cut_short_leaves_the_old_run_and_nothing_else(tmp_path, monkeypatch):
    kept = Kept(tmp_path, INPUTS)
    kept.keep(RUN)

    def full(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        kept.keep(Run(KEY, {"total_cost": 99.0}))
    (file,) = kept
    assert kept.find(KEY) == RUN and [*file.parent.iterdir()] == [file]


def test_a_place_that_is_no_folder_is_told_with_its_exit_code(tmp_path):
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(StoreError) as told:
        Kept(tmp_path, INPUTS).keep(RUN)
    assert told.value.exit_code == 9


def test_figures_that_are_no_numbers_are_refused_rather_than_kept(tmp_path):
    with pytest.raises(ValueError):
        Kept(tmp_path, INPUTS).keep(Run(KEY, {"total_cost": float("nan")}))


def test_the_file_says_what_it_holds(tmp_path):
    kept = Kept(tmp_path, INPUTS)
    kept.keep(RUN)
    (file,) = kept
    told = json.loads(file.read_text())
    assert file.name == "erp.block-002.seed-7.json" and told["policy"] == "erp" and told["inputs"] == INPUTS
