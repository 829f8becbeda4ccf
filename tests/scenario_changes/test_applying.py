"""A scenario after changes, and changes that cannot be."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from tests.scenario_changes.asking import after, asked, base, refusal, tried

SEA = "CN-S>US-W sea"


def cell(scenario, table, key, column):
    frame = scenario[table]
    return frame.loc[frame.iloc[:, 0] == key, column].iloc[0]


def test_cells_of_the_rows_that_are_selected_change_and_no_others():
    made = after("lanes[mode=sea].lead_time_days += 14")
    changed = made["lanes"]["lead_time_days"] - base()["lanes"]["lead_time_days"]
    assert changed.tolist() == [14 if mode == "sea" else 0 for mode in base()["lanes"]["mode"]]
    assert made["lanes"]["lead_time_days"].dtype == np.int64
    for name, table in made.tables.items():
        if name != "lanes":
            pd.testing.assert_frame_equal(table, base()[name])


def test_values_are_or_and_filters_are_and():
    made = after("lanes[mode=sea,air,lead_time_days>10].lead_time_days = 20")
    assert cell(made, "lanes", SEA, "lead_time_days") == 20
    assert cell(made, "lanes", "CN-S>US-W air", "lead_time_days") == 9


def test_not_equal_means_none_of_the_values():
    made = after("locations[kind!=supplier,domestic].storage_volume_m3 *= 0.5")
    assert cell(made, "locations", "US-W", "storage_volume_m3") == 35.5
    assert cell(made, "locations", "CN-S", "storage_volume_m3") == 71


def test_a_filter_follows_a_reference_through_two_tables():
    made = after("freight_rates[lane.destination.country=US,basis=kg].rate *= 1.3")
    touched = (made["freight_rates"]["rate"] != base()["freight_rates"]["rate"]).to_numpy()
    assert set(base()["freight_rates"]["lane"][touched]) == {SEA, "CN-S>US-W air"}
    assert not touched[base()["freight_rates"]["basis"] != "kg"].any()


def test_a_star_stands_for_any_letters_but_not_in_quotes():
    made = after("lanes[lane=SUP-*].lead_time_days = 5")
    assert (made["lanes"]["lead_time_days"] == 5).sum() == 2
    assert "no row of lanes has lane = 'SUP-*'" in refusal('lanes[lane="SUP-*"].lead_time_days = 5')


def test_changes_of_one_cell_follow_each_other_as_written():
    made = after("demand.mean += 2", "demand.mean *= 3")
    np.testing.assert_allclose(made["demand"]["mean"], 3 * (base()["demand"]["mean"] + 2))


def test_days_are_added_to_dates_and_dates_are_set():
    made = after("in_transit.arrives_on += 7", "closures[location=CN-S].until = 2027-02-20")
    assert (made["in_transit"]["arrives_on"] - base()["in_transit"]["arrives_on"] == pd.Timedelta(days=7)).all()
    assert str(cell(made, "closures", "", "until"))[:4] == "2027"


def test_empty_cells_stay_empty_where_they_are_multiplied():
    made = after("locations.storage_volume_m3 *= 2")
    assert made["locations"]["storage_volume_m3"].isna().sum() == 2
    assert cell(made, "locations", "US-W", "storage_volume_m3") == 142


def test_settings_change_in_their_sections_too():
    made = after("settings.capital_rate += 0.1", "settings.solve.gap = 0.02", "settings.starts_on = 2026-12-07",
                 "settings.periods = 4 x 7d")  # fmt: skip
    assert made.settings.capital_rate == pytest.approx(0.22)
    assert made.settings.solve.gap == 0.02
    assert (made.settings.starts_on, made.settings.periods) == (dt.date(2026, 12, 7), (7, 7, 7, 7))


def test_rows_are_added_as_they_are_written():
    row = {"lane": SEA, "from": dt.date(2027, 1, 1), "until": dt.date(2027, 1, 28)}
    made = after(add={"closures": [row]})
    assert len(made["closures"]) == len(base()["closures"]) + 1
    assert made["closures"].iloc[-1]["lane"] == SEA
    assert made["closures"]["from"].iloc[-1] == pd.Timestamp("2027-01-01")


def test_a_row_is_added_for_each_row_that_is_selected():
    rows = {"for_each": "lanes[destination.country=US]", "lane": "{lane}", "from": "2027-01-01", "until": "2027-01-28"}
    made = after(add={"closures": [rows]})
    assert made["closures"]["lane"].tolist()[3:] == base()["lanes"]["lane"].tolist()[2:]


def test_a_new_lane_is_like_an_old_one_but_for_what_is_written():
    lane = {"like": f"lanes[lane={SEA}]", "lane": "{lane} 2", "lead_time_days": 20}
    rate = {"like": f"freight_rates[lane={SEA}]", "lane": "{lane} 2"}
    made = after(add={"lanes": [lane], "freight_rates": [rate]})
    assert cell(made, "lanes", f"{SEA} 2", "lead_time_days") == 20
    assert cell(made, "lanes", f"{SEA} 2", "sailing_weekdays") == "Thu"
    assert (made["freight_rates"]["lane"] == f"{SEA} 2").sum() == 2


def test_rows_are_removed():
    made = after(remove=["closures[supplier=SUP-01,SUP-02]"])
    assert made["closures"]["location"].tolist() == ["CN-S"]
    assert made["closures"].index.tolist() == [0]


def test_rows_are_removed_first_then_changed_then_added():
    row = {"like": "closures[location=CN-S]", "location": "US-W"}
    made = after("closures.note = moved", remove=["closures[supplier=SUP*]"], add={"closures": [row]})
    assert made["closures"]["note"].tolist() == ["moved", "moved"]


@pytest.mark.parametrize(
    "changes, words",
    [
        (("lanes[mode=rail].lead_time_days = 1",), "no row of lanes has mode = 'rail'. Known are: air, fcl"),
        (("lanes[mode=sea,seaa].lead_time_days = 1",), "no row of lanes has mode = 'seaa'. Did you mean 'sea'"),
        (("lanes[mode=sea,origin=US-W].lead_time_days = 1",), "it selects nothing there"),
        (("lanes[mode=sea,lead_time_days>90].lead_time_days = 1",), "no row passes all filters. Rows that pass"),
        (("locks.most = 1",), "the table locks has no rows"),
        (("lanes[mode>sea].lead_time_days = 1",), "mode is a text, which is neither more nor less"),
        (("lanes[mode=sea].lead_time_days = soon",), "it is not a number"),
        (("lanes[mode=sea].lead_time_days += 1.5",), "lead_time_days is whole, and 25 would become 26.5"),
        (("lanes[mode=sea].mode *= 2",), "mode is a text, which is not reckoned with"),
        (("lanes[mode=sea].sails_from *= 2",), "sails_from is a date, which is not reckoned with"),
        (("lanes[mode=sea].capacity_m3 *= 2",), "capacity_m3 is empty in all rows that it selects"),
        (("lanes[mode=sea].lead_time_days = \"\"",), "lead_time_days must be filled"),
        (("suppliers.deposit_rate = 0.3",), "the model does not use deposit_rate yet"),
        (("locations[location=US-W].kind = oversea",), "'oversea' is none of supplier, domestic, overseas"),
        (("demand.mean = 1", "demand[sku=S0001].mean = 2"), "it contradicts another change of the same cell: demand"),
        (("demand.mean *= 2", "demand[sku=S0001].mean = 2"), "it contradicts another change of the same cell"),
        (("settings.capital_rat = 1",), "there is no setting 'capital_rat'. Did you mean 'capital_rate'"),
        (("settings.capital_rate = 9",), "it is above 5"),
        (("settings.currency = CNY",), "currency cannot be changed"),
        (("settings.solve.gap = 0.1", "settings.solve.gap = 0.2"), "it contradicts another change of the same cell"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_told_with_its_place(changes, words):
    said = refusal(*changes)
    assert said.startswith("here row 7 = ") and words in said


def test_two_changes_that_set_the_same_value_do_not_contradict():
    assert (after("demand.mean = 2", "demand[sku=S0001].mean = 2")["demand"]["mean"] == 2).all()


def test_a_negative_result_is_refused_by_the_checks_of_every_scenario():
    said = refusal("lanes[mode=sea].lead_time_days += -40")
    assert said.startswith("what-if 'lanes[mode=sea].lead_time_days += -40', lanes row 4, lead_time_days = '-15'")
    assert "it is negative" in said and said.endswith("see lanes[mode=sea].lead_time_days += -40.")


def test_a_row_that_is_added_is_checked_like_those_of_the_file():
    said = refusal(add={"closures": [{"lane": "no lane", "from": "2027-01-01", "until": "2027-01-02"}]}, name="closed")
    assert said.startswith("what-if 'closed', added closures row 1, lane = 'no lane': the table lanes has no such lane")


@pytest.mark.parametrize(
    "row, words",
    [
        ({"lain": SEA, "from": "2027-01-01", "until": "2027-01-02"}, "no column 'lain'. Did you mean 'lane'"),
        ({"lane": SEA, "from": "soon", "until": "2027-01-02"}, "from = 'soon': it is not a date"),
        ({"lane": SEA, "from": "2027-01-01"}, "until: the column is missing"),
        ({"lane": [SEA], "from": "2027-01-01", "until": "2027-01-02"}, "is no cell"),
        ({"for_each": "lanes[mode=sea]", "lane": "{lain}", "from": "2027-01-01", "until": "2027-01-02"},
         "the selected rows have no column 'lain'. Did you mean 'lane'"),
        ({"for_each": "lanes[mode=rail]", "lane": "{lane}"}, "no row of lanes has mode = 'rail'"),
        ({"like": "lanes[mode=sea]", "lane": "{lane}"}, "like selects rows of lanes"),
        ({"like": "closures[location=CN-S]", "for_each": "lanes"}, "both like and for_each"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_added_is_told(row, words):
    assert words in refusal(add={"closures": [row]}, name="closed")


def test_a_table_that_is_not_there_gets_no_rows():
    assert "there is no table 'closure'. Did you mean 'closures'" in refusal(add={"closure": [{}]}, name="closed")


def test_all_problems_are_told_at_once():
    made, wrong = tried("lanes[mode=rail].lead_time_days = 1", "demand.mean = much")
    assert made is None and len(wrong) == 2


def test_the_base_is_left_as_it_was():
    before = base()["demand"].copy()
    after("demand.mean *= 2")
    pd.testing.assert_frame_equal(base()["demand"], before)


def test_a_sweep_is_a_what_if_for_each_value_without_rounding():
    found, wrong = asked(sweep=[{"target": "duty_rates.rate *=", "values": "0:0.4:0.1"}])
    assert not wrong
    assert [one.name for one in found] == [f"duty_rates.rate *= {at}" for at in ("0", "0.1", "0.2", "0.3", "0.4")]
    assert [one.at for one in found] == [0, 0.1, 0.2, 0.3, 0.4]


def test_a_sweep_goes_on_from_the_other_changes():
    found, _ = asked(name="slow", changes=["lanes[mode=sea].lead_time_days += 1"],
                     sweep=[{"target": "demand.mean *=", "values": [1, 2]}])  # fmt: skip
    assert [len(one.changes) for one in found] == [2, 2]
    assert [one.name for one in found] == ["slow: demand.mean *= 1", "slow: demand.mean *= 2"]


@pytest.mark.parametrize(
    "values, words",
    [
        ("0:1", "neither from:to:step nor a list"),
        ("0:1:0", "the step is 0, which leads nowhere"),
        ("1:0:0.1", "do not lead from 1"),
        ("a:1:1", "'a' is not a number"),
        ("0:1:0.0001", "at most 100 are planned"),
        ("0:nan:1", "no number to plan with"),
        ("", "'' is not a number"),
    ],
)
def test_a_sweep_that_leads_nowhere_is_told(values, words):
    _, wrong = asked(sweep=[{"target": "demand.mean *=", "values": values}])
    assert len(wrong) == 1 and words in str(wrong[0])


def test_a_question_that_changes_nothing_is_told():
    assert "it changes nothing" in str(asked(name="nothing")[1][0])


def test_an_unknown_key_is_told():
    assert "there is no such key. Did you mean 'changes'" in str(asked(change=["demand.mean *= 2"])[1][0])
