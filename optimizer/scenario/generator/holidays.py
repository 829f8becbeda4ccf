"""When factories and warehouses at home stand still."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from optimizer.scenario.generator import markets
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import from_records

#: First day of the Chinese New Year.
NEW_YEAR = (dt.date(2026, 2, 17), dt.date(2027, 2, 6), dt.date(2028, 1, 26), dt.date(2029, 2, 13), dt.date(2030, 2, 3))
#: Days that factories close before and after it, and warehouses.
FACTORY, WAREHOUSE = (9, 9), (2, 5)


def closures(spec: Spec, suppliers: list[tuple[str, str]]) -> pd.DataFrame:
    """New Year closures of Chinese suppliers (code, country) and of the warehouses at home that touch the horizon."""
    records = []
    for day in NEW_YEAR:
        records += [("", "", code, *_around(day, FACTORY)) for code, country in suppliers if country == "CN"]
        records += [("", place.code, "", *_around(day, WAREHOUSE)) for place in markets.domestic(spec)]
    first = pd.Timestamp(spec.starts_on) - pd.Timedelta(days=60)
    last = pd.Timestamp(spec.starts_on) + pd.Timedelta(days=7 * spec.weeks)
    touching = [(*record, "Chinese New Year") for record in records if record[4] >= first and record[3] <= last]
    return from_records("closures", ("lane", "location", "supplier", "from", "until", "note"), touching)


def _around(day: dt.date, days: tuple[int, int]) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(day) - pd.Timedelta(days=days[0]), pd.Timestamp(day) + pd.Timedelta(days=days[1])
