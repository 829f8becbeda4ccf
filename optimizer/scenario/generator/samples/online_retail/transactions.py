"""Reading the shop's invoice lines from the folder of real data."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from optimizer.errors import Problem, Refused, StoreError, UsageError

#: Where the lines are, below the folder of real data.
FILE = Path("demand", "online_retail", "transactions.parquet")
COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")


def read_transactions(data: str | Path | None) -> pd.DataFrame:
    """The invoice lines as they stand in the file, with `COLUMNS`.

    Raises UsageError where no folder is named or pyarrow is missing, StoreError where the file is not there, Refused
    where it does not hold invoice lines.
    """
    if not data:
        raise UsageError(
            f"The preset online-retail is built from real data: name the folder that holds {FILE} (--data)."
        )
    try:
        import pyarrow
    except ImportError as error:
        raise UsageError(
            "The preset online-retail reads Parquet, which needs the package pyarrow: "
            "install it, or inventory-allocation-optimizer[parquet]."
        ) from error
    file = Path(data) / FILE
    if not file.is_file():
        raise StoreError(f"Cannot read {file}: there is no such file. Name the folder of real data (--data).")
    try:
        return pd.read_parquet(file, columns=list(COLUMNS))
    except OSError as error:
        raise StoreError(f"Cannot read {file}: {error.strerror or error}.") from error
    except (pyarrow.ArrowException, ValueError) as error:
        rule = f"the file does not hold invoice lines ({error})"[:200]
        remedy = f"Take the file as its source gives it, with the columns {', '.join(COLUMNS)}"
        raise Refused([Problem(FILE.name, 0, "", "", rule, remedy)]) from error
