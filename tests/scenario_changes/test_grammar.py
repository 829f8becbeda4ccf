"""What a text of a change means, and what is said where it means nothing."""

import pytest

from optimizer.scenario.changes.change import Filter, Place, Selector, Word
from optimizer.scenario.changes.grammar import Unreadable, change_of, selector_of, target_of

HERE = Place("here", 3)


def filters(text):
    return selector_of(text, HERE).filters


def told(text):
    with pytest.raises(Unreadable) as error:
        change_of(text, HERE)
    return str(error.value.problem)


def test_a_change_has_table_filters_column_operation_and_value():
    change = change_of("duty_rates[kind=parcel].rate *= 1.45", HERE)
    assert change.selector == Selector("duty_rates", (Filter(("kind",), "=", (Word("parcel"),)),))
    assert (change.column, change.operation, change.word) == ("rate", "*=", Word("1.45"))


def test_several_filters_are_and_and_several_values_are_or():
    assert filters("lanes[mode=sea,fcl,origin=CN-S]") == (
        Filter(("mode",), "=", (Word("sea"), Word("fcl"))),
        Filter(("origin",), "=", (Word("CN-S"),)),
    )


def test_a_lane_whose_name_holds_a_greater_sign_is_a_value():
    assert filters("lanes[lane=CN-S>US-W sea,CN-S>US-W air]")[0].words == (Word("CN-S>US-W sea"), Word("CN-S>US-W air"))


def test_a_column_before_a_greater_sign_makes_a_filter():
    assert filters("lanes[mode=sea,lead_time_days>=30]")[1] == Filter(("lead_time_days",), ">=", (Word("30"),))


@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_hold_commas_brackets_and_equal_signs_together(quote):
    text = f"skus[name={quote}a, b] = c{quote},plain].case_pack = 6"
    assert change_of(text, HERE).selector.filters[0].words == (Word("a, b] = c", True), Word("plain"))


def test_an_empty_value_is_an_empty_cell():
    assert filters("duty_rates[hs_prefix=]")[0].words == (Word(""),)


def test_a_column_leads_to_a_column_of_the_table_that_it_names():
    assert filters("freight_rates[lane.destination.country=US]")[0].path == ("lane", "destination", "country")


def test_chinese_names_are_the_same_names():
    assert (
        change_of("线路[运输方式=sea].时效天数 += 14", HERE).selector
        == change_of("lanes[mode=sea].lead_time_days += 14", HERE).selector
    )


def test_a_key_of_a_section_is_a_setting():
    change = change_of("settings.solve.gap = 0.02", HERE)
    assert (change.selector.table, change.column) == ("settings", "solve.gap")


def test_a_sweep_without_an_operation_sets_the_values():
    assert target_of("duty_rates.rate", HERE) == "duty_rates.rate ="
    assert target_of(" duty_rates.rate *= ", HERE) == "duty_rates.rate *="


@pytest.mark.parametrize(
    "text, words",
    [
        ("lane.lead_time_days += 1",
         "here row 3 = 'lane.lead_time_days += 1': there is no table 'lane'. Did you mean 'lanes'"),
        ("lanes[mood=sea].lead_time_days += 1", "the table lanes has no column 'mood'. Did you mean 'mode'"),
        ("lanes[mode=sea].lead_time += 1", "the table lanes has no column 'lead_time'. Did you mean 'lead_time_days'"),
        ("lanes[lane.mood=sea].lead_time_days += 1", "lane names no row of another table"),
        ("freight_rates[lane.mood=sea].rate += 1", "the table lanes has no column 'mood'. Did you mean 'mode'"),
        ("lanes[mode=sea].lead_time_days -= 1", "there is no operation -=. Write += with a negative number"),
        ("lanes[mode=sea].lead_time_days /= 2", "there is no operation /=. Write *= with one over the number"),
        ("lanes[mode=sea].lead_time_days", "it has no operation to change"),
        ("lanes[mode=sea]", "it has no column to change"),
        ("lanes[mode=sea].lead_time_days =", "no value follows the operation"),
        ("lanes[mode=sea.lead_time_days = 2", "a bracket or a quote is not closed"),
        ("lanes[sea].lead_time_days = 2", "'sea' is no filter"),
        ("lanes[mode=sea,].lead_time_days = 2", "a value is missing between the brackets"),
        ("lanes[].lead_time_days = 2", "a value is missing between the brackets"),
        ("settings[x=1].gap = 2", "settings have no rows to choose from"),
        ("", "it cannot be read as a change"),
        ("= 3", "it cannot be read as a change"),
    ],
)  # fmt: skip
def test_a_text_that_means_nothing_is_told_with_its_place_and_a_remedy(text, words):
    assert words in told(text)
