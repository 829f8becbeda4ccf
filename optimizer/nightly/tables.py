"""The tables of a store, version by version frozen: what changes here needs a step in `migrations`."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

METADATA = MetaData()

#: One row: the version of the tables, the scenario whose plans these are, the run whose plan is in force, and the run
#: at work, which alone may put a new one in force.
STORE = Table(
    "optimizer_store",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("schema_version", Integer, nullable=False),
    Column("scenario", Text),
    Column("in_force", Integer),
    Column("holder", Integer),
)

#: Every run: when, by whom, from what, how it ended. Instants are in UTC; `details` holds options, versions, seconds by
#: stage, measures, problems and notes.
RUNS = Table(
    "optimizer_runs",
    METADATA,
    Column("run", Integer, primary_key=True, autoincrement=True),
    Column("night", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("scenario", Text),
    Column("input", Text),
    Column("source", Text, nullable=False),
    Column("began_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("host", Text, nullable=False),
    Column("process", Integer, nullable=False),
    Column("started_from", Integer),
    Column("starts_on", Date),
    Column("currency", Text),
    Column("status", Text),
    Column("total_cost", Double),
    Column("mission_cost", Double),
    Column("bound", Double),
    Column("gap", Double),
    Column("gap_share", Double),
    Column("message", Text),
    Column("details", JSON, nullable=False),
    sqlite_autoincrement=True,
)

#: Contents of files, compressed, each kept once however many nights have it.
CONTENTS = Table(
    "optimizer_contents",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

#: The files of each run's plan folder: inputs, tables, prices, workbook, summary, manifest.
FILES = Table(
    "optimizer_files",
    METADATA,
    Column("run", Integer, ForeignKey("optimizer_runs.run"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("digest", Text, ForeignKey("optimizer_contents.digest"), nullable=False),
    Index("optimizer_files_digest", "digest"),
)

#: Kinds of the columns of plan tables and views; the others are texts.
KINDS: dict[type[TypeEngine], tuple[str, ...]] = {
    Integer: ("period", "bucket", "from_age_days", "path"),
    Double: ("units", "cases", "charged", "from_quantity", "volume_m3", "amount", "unit_cost",
             "weight_kg", "container_fill", "charged_kg", "charged_m3", "money"),
    Date: ("order_on", "departs_on", "arrives_on", "day", "until", "act_by", "departs_before"),
    Boolean: ("urgent",),
}  # fmt: skip

#: Columns of each table of a plan and of each view.
PLAN_COLUMNS: dict[str, tuple[str, ...]] = {
    "ship": ("lane", "sku", "period", "units", "cases"),
    "containers": ("lane", "container_type", "period", "containers"),
    "charged": ("lane", "basis", "period", "from_quantity", "charged"),
    "deliver": ("location", "region", "sku", "period", "units"),
    "lost": ("region", "sku", "period", "units"),
    "on_hand": ("location", "sku", "period", "units"),
    "aged": ("location", "sku", "period", "from_age_days", "units"),
    "overflow": ("location", "period", "kind", "volume_m3"),
    "target_shortfall": ("location", "sku", "period", "units"),
    "end_cover": ("location", "region", "sku", "bucket", "units"),
    "costs": ("line", "amount"),
    "purchases": ("supplier", "destination", "lane", "sku", "order_on", "departs_on", "arrives_on", "units", "cases",
                  "unit_cost", "currency", "amount"),
    "shipments": ("lane", "mode", "origin", "destination", "sku", "departs_on", "arrives_on", "cases", "units",
                  "volume_m3", "weight_kg"),
    "transfers": ("lane", "mode", "origin", "destination", "sku", "departs_on", "arrives_on", "cases", "units",
                  "volume_m3", "weight_kg"),
    "departures": ("lane", "mode", "origin", "destination", "period", "departs_on", "arrives_on", "units", "volume_m3",
                   "weight_kg", "containers", "container_fill", "charged_kg", "charged_m3", "amount"),
}  # fmt: skip


def _kind(table: str, column: str) -> type[TypeEngine]:
    if (table, column) == ("containers", "containers"):  # a number there, words in the view of departures
        return Double
    return next((kind for kind, names in KINDS.items() if column in names), Text)


def _plan_table(name: str, columns: tuple[str, ...]) -> Table:
    return Table(
        f"plan_{name}",
        METADATA,
        Column("run", Integer, ForeignKey("optimizer_runs.run"), nullable=False),
        *(Column(column, _kind(name, column)()) for column in columns),
        Index(f"plan_{name}_run", "run"),
    )


#: Tables that hold the rows of the plans, for whoever asks in SQL.
PLAN = {name: _plan_table(name, columns) for name, columns in PLAN_COLUMNS.items()}

#: What tables of version 1 there are.
VERSION_1 = (STORE, RUNS, CONTENTS, FILES, *PLAN.values())

#: Columns of what was found in a plan: its alerts, and its changes since the plan before. Since version 2.
FOUND_COLUMNS: dict[str, tuple[str, ...]] = {
    "alerts": ("kind", "money", "urgent", "day", "until", "act_by", "sku", "location", "region", "lane", "units",
               "says", "what_to_do"),
    "changes": ("kind", "sku", "units", "money", "lane_before", "departs_before", "lane", "departs_on", "place",
                "reason"),
}  # fmt: skip

#: Tables that hold what was found in the plans.
FOUND = {name: _plan_table(name, columns) for name, columns in FOUND_COLUMNS.items()}

#: Columns of what a plan for several sample paths does on each of them after what is decided now. Since version 3.
PATH_COLUMNS: dict[str, tuple[str, ...]] = {
    "path_ship": ("path", "lane", "sku", "period", "units"),
    "path_deliver": ("path", "location", "region", "sku", "period", "units"),
    "path_end_cover": ("path", "location", "region", "sku", "bucket", "units"),
}

#: Tables that hold it; of such a plan the other tables tell what is expected.
BY_PATH = {name: _plan_table(name, columns) for name, columns in PATH_COLUMNS.items()}
