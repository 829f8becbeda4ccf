"""STORE.md tells every table and column of the store as they are, and its queries can be asked; COMPARISON.md tells the
columns of the table of what-ifs.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import insert, inspect, text

from optimizer.nightly.store import open_store
from optimizer.nightly.tables import FOUND
from optimizer.plan.alerts.rows import KINDS
from optimizer.report.changes.words import KINDS as CHANGES
from optimizer.report.changes.words import REASONS
from optimizer.report.what_if.document import COLUMNS
from optimizer.report.what_if.figures import GROUPS, KEY
from tests.nightly.conftest import ONE_STORE
from tests.nightly.test_nightly_run import listed

PROGRAM = Path(__file__).parents[2] / "optimizer"
STORE = (PROGRAM / "nightly" / "STORE.md").read_text("utf-8")
COMPARISON = (PROGRAM / "report" / "what_if" / "COMPARISON.md").read_text("utf-8")
#: What the documents call the types of SQLite.
TYPES = {"INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "number", "TEXT": "text", "DATE": "date",
         "DATETIME": "instant", "BOOLEAN": "flag", "JSON": "JSON", "BLOB": "bytes"}  # fmt: skip
#: A line that tells a column: its name, type, unit, meaning, and when it is empty.
COLUMN = re.compile(r"^\| `(\w+)` \| (\w+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
#: The name of a table, or of a column with that of its table, wherever it stands.
NAMED = re.compile(r"`((?:optimizer|plan)_\w+)(?:\.(\w+))?`")
QUERIES = re.findall(r"^```sql\n(.+?)^```$", STORE, re.MULTILINE | re.DOTALL)


def sections(mark: str) -> dict[str, str]:
    """The text below each heading of STORE.md that begins with a mark, up to the next heading of any kind."""
    parts = re.split(r"^(#+ .+)\n", STORE, flags=re.MULTILINE)
    return {
        head.removeprefix(mark).strip("`"): body
        for head, body in zip(parts[1::2], parts[2::2], strict=True)
        if head.startswith(mark)
    }


def documented() -> dict[str, list[tuple[str, ...]]]:
    """What STORE.md tells of the columns of each table, line by line."""
    return {name: COLUMN.findall(body) for name, body in sections("### ").items()}


def called(body: str) -> list[str]:
    """What stands in backticks in the first column of a table."""
    lines = re.findall(r"^\| (`.+?`) \|", body, re.MULTILINE)
    return [name for line in lines for name in re.findall(r"`(\w+)`", line)]


def schema(store: str) -> dict[str, list[tuple[str, str]]]:
    """The tables and views of a store, with the names and types of their columns in order."""
    with open_store(store).reads() as connection:
        found = inspect(connection)
        names = [*found.get_table_names(), *found.get_view_names()]
        return {name: [(one["name"], TYPES[str(one["type"])]) for one in found.get_columns(name)] for name in names}


@ONE_STORE
def test_the_document_tells_every_table_view_and_column_with_its_type_and_no_others(first_night, store):
    assert {name: [line[:2] for line in lines] for name, lines in documented().items()} == schema(store)


def test_tables_and_columns_that_are_named_elsewhere_in_the_document_are_there():
    told = {name: ["", *(line[0] for line in lines)] for name, lines in documented().items()}
    assert not [(table, column) for table, column in NAMED.findall(STORE) if column not in told.get(table, ())]


@ONE_STORE
def test_a_column_that_may_not_be_empty_is_said_never_to_be(first_night, store):
    with open_store(store).reads() as connection:
        found = inspect(connection)
        for name, lines in documented().items():
            needed = {one["name"] for one in found.get_columns(name) if not one["nullable"]}
            assert needed <= {line[0] for line in lines if line[4] == "never"}, name


@ONE_STORE
def test_a_column_that_is_said_never_to_be_empty_is_not_in_a_planned_night(first_night, store):
    with open_store(store).reads() as connection:
        for name, lines in documented().items():
            for column in (line[0] for line in lines if line[4].startswith("never")):
                query = text(f"SELECT count(*) FROM {name} WHERE {column} IS NULL")
                assert connection.execute(query).scalar_one() == 0, (name, column)


@ONE_STORE
def test_the_document_tells_every_key_of_the_details_that_a_run_may_have(ran, first_night, night, store):
    night(2)
    with open_store(store).reads() as connection:
        columns = {one["name"] for one in inspect(connection).get_columns("optimizer_runs")}
    keys = {key for run in listed(ran, store) for key in run} - columns - {"in_force"}
    told = called(sections("## ")["Keys of details"])
    assert keys and keys <= set(told) and len(told) == len(set(told))


def test_the_document_tells_every_kind_of_alert_and_of_change_and_every_reason():
    assert called(sections("## ")["Kinds of alerts"]) == list(KINDS)
    words = re.findall(r"`(\w+)`", sections("### ")["plan_changes"].partition("\nKinds: ")[2])
    assert words == [*CHANGES, *REASONS]


def test_its_queries_tell_of_the_plan_in_force_and_of_the_last_one_of_each_night(first_night, night, store):
    assert night(1, "--again").code == 0
    alert = {"kind": "idle", "money": -3.0, "urgent": True, "says": "today"}
    rows = [{**alert, "run": 1}, {**alert, "run": 2}, {**alert, "run": 2, "urgent": False, "says": "some day"}]
    with open_store(store).writes() as connection:
        connection.execute(insert(FOUND["alerts"]), rows)
    with open_store(store).reads() as connection:
        bought, leaving, nights, alerts = [connection.execute(text(query)).mappings().all() for query in QUERIES]
    assert [(row["supplier"], row["sku"], row["units"], row["amount"]) for row in bought] == [("factory", "A", 5, 25)]
    assert [(row["lane"], row["sku"], row["units"]) for row in leaving] == [("buy", "A", 5), ("sea", "A", 5)]
    assert [(row["run"], str(row["night"]), row["total_cost"]) for row in nights] == [(2, "2026-06-01", 25)]
    assert [(row["money"], row["currency"], row["says"]) for row in alerts] == [(-3, "USD", "today")]


def test_the_columns_and_key_figures_of_the_table_of_what_ifs_are_told_as_they_are():
    assert [line[0] for line in COLUMN.findall(COMPARISON)] == list(COLUMNS)
    figures = re.findall(r"^\| `(\w+)` \| (.+?) \| (\w+) \|", COMPARISON.partition("| Group |")[2], re.MULTILINE)
    assert list(dict.fromkeys(group for group, *_ in figures)) == list(GROUPS)
    assert {name.strip("`"): kind for group, name, kind in figures if group == "key"} == KEY
