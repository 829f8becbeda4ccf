"""One input that two scenarios say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["cell", "new", "gone", "total", "drawn"]


@dataclass(frozen=True)
class Edit:
    """An input of `table` ("settings": of scenario.toml) before and after.

    `row` names the row by its filled keys; where rows pair up that differ in a date of their key, without that date.
    `kind`: "cell" (a value of `column`), "new" and "gone" (a row that one of both lacks; `column` is what it says most,
    or ""), "total" (units of all rows of the keys in `row`; the same before and after where they are only divided
    otherwise), "drawn" (another set of rows). Numbers are floats, dates `datetime64[D]`, None where there is nothing.
    `units`: pieces that a row of goods is about. `size`: by which edits of one table are put in order.
    """

    table: str
    kind: Kind
    row: Mapping[str, Any]
    column: str
    before: Any
    after: Any
    size: float = 1.0
    units: float | None = None

    @property
    def days_late(self) -> int | None:
        """How many days later (negative: earlier) goods under way arrive, where it is that which has changed."""
        if (self.table, self.column, self.kind) != ("in_transit", "arrives_on", "cell"):
            return None
        return int((self.after - self.before).astype(int))
