"""How large a sample is: `python -m scenarios.sizes [SCENARIO ...]` says it for the READMEs."""

from __future__ import annotations

import sys
from pathlib import Path

from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario
from optimizer.solve import model

HERE = Path(__file__).parent


def main(folders: list[str]) -> None:
    """Print the sizes of the scenarios in the folders; of the committed samples where none are named."""
    for folder in map(Path, folders) if folders else committed():
        scenario = read(folder)
        print(f"{folder.name}: {size_of_tables(scenario)}. {size_of_program(scenario)}.")


def committed() -> list[Path]:
    """The folders of the samples whose tables are in the repository."""
    return sorted(file.parent for file in HERE.glob("*/scenario.toml"))


def size_of_tables(scenario: Scenario) -> str:
    """SKUs, places, lanes, periods and rows of a scenario in words."""
    kinds = scenario["locations"]["kind"].value_counts()
    abroad = int(kinds.get("overseas", 0) + kinds.get("marketplace", 0))
    customers = int((scenario["regions"]["kind"] == "customers").sum())
    rows = sum(len(table) for table in scenario.tables.values())
    return (
        f"{len(scenario['skus']):,} SKUs from {kinds.get('supplier', 0)} suppliers, "
        f"{kinds.get('domestic', 0)} domestic and {abroad} overseas warehouses, {customers} customer regions, "
        f"{len(scenario['lanes'])} lanes, {len(scenario.calendar)} periods, {rows:,} rows in all tables"
    )


def size_of_program(scenario: Scenario) -> str:
    """Rows and columns of its program in words."""
    form = model(scenario).form
    rows, columns = form.matrix.shape
    return f"The program has {rows:,} rows and {columns:,} columns, {int(form.integer.sum()):,} of them whole"


if __name__ == "__main__":
    main(sys.argv[1:])
