"""Reading a scenario from a database: the same tables, checks and reports as from a folder."""

from __future__ import annotations

import pandas as pd
import pytest
from sqlalchemy import create_engine, text

from optimizer.errors import Refused, StoreError, UsageError
from optimizer.scenario.read import read
from optimizer.scenario.schema import SCHEMA
from optimizer.scenario.settings_write import settings_rows
from tests.scenario import starter_files as make


def fill(address, scenario, **changes):
    """Write a scenario as a program of the seller's would, with the types of pandas."""
    engine = create_engine(address)
    for name, frame in scenario.tables.items():
        if len(frame):
            changes.get(name, lambda table: table)(frame).to_sql(name, engine, index=False)
    rows = [(key, str(value)) for key, value, _ in settings_rows(scenario.settings)]
    pd.DataFrame(rows, columns=["key", "value"]).to_sql("settings", engine, index=False)
    engine.dispose()


def execute(address, *statements):
    engine = create_engine(address)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shop.db'}"
    return request.getfixturevalue("postgres")()


def sorted_by_key(name, frame):
    texts = frame.astype(str)
    return frame.iloc[texts.sort_values(list(SCHEMA[name].key)).index].reset_index(drop=True)


def lines(address):
    with pytest.raises(Refused) as refused:
        read(address)
    return [str(problem) for problem in refused.value.problems]


def test_a_database_says_what_the_folder_says(address):
    fill(address, make.STARTER)
    found = read(address)
    assert found.settings == make.STARTER.settings
    for name, frame in make.STARTER.tables.items():
        pd.testing.assert_frame_equal(sorted_by_key(name, found[name]), sorted_by_key(name, frame))


def test_rows_come_in_the_order_of_the_key_however_they_were_written(address):
    fill(address, make.STARTER, skus=lambda table: table.iloc[::-1])
    assert list(read(address)["skus"]["sku"]) == sorted(make.STARTER["skus"]["sku"])


def test_dates_and_decimals_of_the_database_are_read(address):
    fill(address, make.STARTER)
    execute(
        address,
        "DROP TABLE in_transit",
        "CREATE TABLE in_transit (destination text, sku text, arrives_on date, units numeric(10, 2))",
        "INSERT INTO in_transit VALUES ('US-W', 'BAG-03', '2026-01-16', 12.5)",
    )
    row = read(address)["in_transit"].iloc[0]
    assert (row["arrives_on"], row["units"]) == (pd.Timestamp("2026-01-16"), 12.5)


def test_a_broken_cell_is_told_with_table_row_column_and_remedy(address):
    fill(address, make.STARTER, skus=lambda table: table.astype({"unit_weight_kg": str}))
    execute(address, "UPDATE skus SET unit_weight_kg = 'heavy' WHERE sku = 'LAMP-02'")
    assert lines(address) == [
        "skus row 3, unit_weight_kg = 'heavy': it is not a number. Write digits, with a point before the decimals and "
        "no unit."
    ]


def test_rules_between_tables_hold_too(address):
    fill(address, make.STARTER)
    execute(address, "UPDATE opening_stock SET location = 'nowhere' WHERE sku = 'BAG-03'")
    assert any("opening_stock row" in line and "'nowhere'" in line for line in lines(address))


def test_chinese_names_are_read(address):
    chinese = {column.name: column.chinese for column in SCHEMA["skus"].columns}
    fill(address, make.STARTER, skus=lambda table: table.rename(columns=chinese))
    execute(address, 'ALTER TABLE skus RENAME TO "商品"')
    assert list(read(address)["skus"]["sku"]) == sorted(make.STARTER["skus"]["sku"])


def test_tables_of_other_programs_are_left_alone_but_not_one_with_nearly_our_name(address):
    fill(address, make.STARTER)
    execute(address, "CREATE TABLE invoices (number text)")
    read(address)
    execute(address, "CREATE TABLE sales_ (number text)", "CREATE TABLE suplliers (number text)")
    assert [line.split(":")[0] for line in lines(address)] == ["sales_", "suplliers"]


def test_an_unknown_column_and_a_missing_table_are_refused(address):
    fill(address, make.STARTER)
    execute(address, "ALTER TABLE skus ADD COLUMN colour text", "DROP TABLE locations")
    told = lines(address)
    assert any(line.startswith("skus row 1, colour: the table has no such column") for line in told)
    assert any(line.startswith("locations: the table is missing") for line in told)


def test_missing_settings_are_told_with_the_table_that_is_wanted(address):
    fill(address, make.STARTER)
    execute(address, "DROP TABLE settings")
    assert "settings: the table is missing in" in lines(address)[0]


def test_a_wrong_setting_is_told_as_in_a_workbook(address):
    fill(address, make.STARTER)
    execute(address, "UPDATE settings SET value = 'soon' WHERE key = 'starts_on'")
    assert lines(address)[0].startswith("settings, starts_on = 'soon': it is not a date")


def test_a_database_that_is_away_is_told_in_one_line(tmp_path):
    with pytest.raises(StoreError, match="There is no database at sqlite"):
        read(f"sqlite:///{tmp_path / 'shop.db'}")
    assert not (tmp_path / "shop.db").exists()
    with pytest.raises(StoreError, match="cannot be read: connection") as away:
        read(f"postgresql://seller:secret@/shop?host={tmp_path}")
    assert "secret" not in str(away.value) and "\n" not in str(away.value)


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path):
    (tmp_path / "shop.db").write_text("sku,price\n" * 1000)
    with pytest.raises(StoreError, match="file is not a database"):
        read(f"sqlite:///{tmp_path / 'shop.db'}")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://shop", "are not used"),
        ("sqlite://", "in memory keeps nothing"),
        ("post gres://", "no address"),
    ],
)
def test_what_is_no_address_of_a_database_is_wrong_use(address, says):
    with pytest.raises(UsageError, match=says):
        read(address)


def test_reading_sees_one_state_of_the_database(address, monkeypatch):
    """Another program changes two tables together while we read: we see neither change, not one of them."""
    from optimizer.scenario import database

    fill(address, make.STARTER)
    before = database._add

    def changed_meanwhile(source, table, connection, name):
        before(source, table, connection, name)
        if table.name == "countries" and connection.dialect.name == "postgresql":
            execute(address, "DELETE FROM skus", "DELETE FROM prices")

    monkeypatch.setattr(database, "_add", changed_meanwhile)
    assert len(read(address)["skus"]) == len(make.STARTER["skus"])
