"""Invoice lines of a web shop, made by hand in the columns of the real file."""

import pandas as pd

COLUMNS = ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
#: What a row need not say: price, customer, country.
USUAL = (2.0, 1.0, "United Kingdom")


def lines(*rows):
    """Lines (invoice, code, units, time[, price[, customer[, country]]]), described by their code."""
    frame = pd.DataFrame([row + USUAL[len(row) - 4 :] for row in rows], columns=COLUMNS)
    frame["InvoiceDate"] = pd.to_datetime(frame["InvoiceDate"], format="ISO8601")
    return frame.assign(Description="THING " + frame["StockCode"])
