"""The page: widths of letters, cuts, broken lines, tables that fit."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from optimizer.report.page import ACROSS, NARROWEST, aligned, cut, table, width, wrapped
from optimizer.report.words import Words


@pytest.mark.parametrize(
    ("text", "places"), [("abc", 3), ("羽绒服", 6), ("ｆｕｌｌ", 8), ("é", 1), ("e\u0301", 1), ("🚢", 2), ("", 0)]
)
def test_a_text_takes_so_many_places(text, places):
    assert width(text) == places


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1234567890", "1234567890"),
        ("12345678901", "1234…78901"),
        ("羽绒服羽绒", "羽绒服羽绒"),
        ("羽绒服羽绒服", "羽绒…绒服"),
        ("a羽绒服羽绒", "a羽绒…羽绒"),
        ("tab\tand\nline", "tab … line"),
        ("\x1b[31mred", " [31mred"),
        ("a\u202eb", "a b"),
    ],
)
def test_a_text_is_cut_where_it_is_too_wide(text, shown):
    assert cut(text, 10) == shown
    assert width(cut(text, 10)) <= 10


def test_a_very_long_text_is_cut_at_once():
    before = time.monotonic()
    assert width(cut("库" * 1_000_000)) == 27
    assert time.monotonic() - before < 1


def test_a_sentence_is_broken_between_words_and_indented():
    assert wrapped("one two three " * 14, "  1. ", "     ") == [
        "  1. " + ("one two three " * 7).strip()[: ACROSS - 5].rsplit(" ", 1)[0],
        *(f"     {line}" for line in wrapped("one two three " * 14, "  1. ", "     ")[1:] for line in [line.strip()]),
    ]
    lines = wrapped("one two three " * 14, "  1. ", "     ")
    assert " ".join(line.strip() for line in lines).removeprefix("1. ").split() == ["one", "two", "three"] * 14
    assert max(map(width, lines)) <= ACROSS and len(lines) == 3


def test_chinese_is_broken_between_letters_but_not_before_a_full_stop():
    lines = wrapped("把闲置库存转到其他区域销售，" * 9, "  1. ", "     ")
    assert "".join(line.strip() for line in lines) == "1. " + "把闲置库存转到其他区域销售，" * 9
    assert all(width(line) <= ACROSS for line in lines)
    assert not any(line.strip().startswith("，") for line in lines)
    assert min(map(width, lines[:-1])) > ACROSS - 6, "lines are filled"


def test_a_word_without_blanks_is_left_whole():
    assert wrapped("x" * 300) == ["x" * 300]
    assert wrapped("a " + "x" * 300) == ["a", "x" * 300]


def test_columns_are_aligned_by_places_not_by_letters():
    lines = aligned([["羽绒服", "1"], ["down", "1,000"]], [False, True])
    assert lines == ["  羽绒服      1", "  down    1,000"]


def test_a_wide_table_gives_up_its_widest_texts_first():
    frame = pd.DataFrame(
        {name: ["short" if name == "lane" else "long " * 9] for name in ("sku", "name", "region", "lane", "mode")}
    ).assign(units=1.0, amount=2.0)
    lines = table(frame, Words("en"))
    assert max(map(width, lines)) <= ACROSS
    assert " short " in lines[1]
    assert lines[1].count("…") == 4


def test_texts_are_never_cut_to_nothing():
    frame = pd.DataFrame({f"column {place}": ["long " * 9 + "end"] for place in range(20)})
    assert all(width(cell) == NARROWEST for cell in table(frame, Words("en"))[1].split("  ") if cell)


def test_totals_stand_below_their_columns():
    frame = pd.DataFrame({"lane": ["sea", "air"], "units": [1200.0, 34.0], "share": [0.5, float("nan")]})
    assert table(frame, Words("en"), {"lane": "Total", "units": 1234.0}) == [
        "  Lane   Units  Share",
        "  sea    1,200  50.0%",
        "  air       34",
        "  Total  1,234",
    ]
