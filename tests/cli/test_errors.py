"""Errors: each says what to do, with its exit code, and shows its details where Python prints it."""

from __future__ import annotations

import traceback

from optimizer.errors import PlanBroken, Problem, Refused

PROBLEMS = [Problem("skus", row, "price", "x", "it is not a number", "Write digits") for row in range(2, 9)]


def test_a_problem_reads_as_a_sentence():
    assert str(PROBLEMS[0]) == "skus row 2, price = 'x': it is not a number. Write digits."
    assert str(Problem("skus", 0, "", "", "it is empty", "Fill it")) == "skus: it is empty. Fill it."


def test_an_error_counts_its_details_and_a_traceback_shows_the_first_of_them():
    error = Refused(PROBLEMS)
    assert str(error) == "The input was refused: 7 problems."
    shown = "".join(traceback.format_exception(error))
    assert [f"skus row {row}," in shown for row in range(2, 9)] == [True] * 5 + [False] * 2


def test_one_detail_is_told_in_the_singular():
    assert str(Refused(PROBLEMS[:1])) == "The input was refused: 1 problem."
    assert str(PlanBroken(["duty: wrong."])) == "The plan breaks 1 rule."
    assert "duty: wrong." in "".join(traceback.format_exception(PlanBroken(["duty: wrong."])))
