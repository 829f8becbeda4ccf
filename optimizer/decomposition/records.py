"""Many records of arrays in one array for each field, out of which each record is cut without a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

#: A named tuple of arrays and numbers, or nothing.
Record = Any


class Field(NamedTuple):
    """One field of all records: its values end to end, and the lengths (records, axes) of its axes in each; or, where
    all records have the same object, that alone, and no lengths.
    """

    values: Any
    lengths: np.ndarray | None


@dataclass(frozen=True)
class Records:
    """Records of a `kind`; `there` (records,) is false where there is none."""

    kind: type
    there: np.ndarray
    fields: tuple[Field, ...]

    def cut(self) -> list[Record | None]:
        """The records, None where there is none."""
        if not self.fields:
            return [None] * len(self.there)
        count = int(self.there.sum())
        whole = map(self.kind._make, zip(*(_cut(field, count) for field in self.fields), strict=True))  # type: ignore[attr-defined]
        return [next(whole) if there else None for there in self.there.tolist()]


def records(found: Sequence[Record | None]) -> Records:
    """Records of one kind end to end."""
    there = np.array([record is not None for record in found], dtype=bool)
    whole = [record for record in found if record is not None]
    fields = tuple(_field(values) for values in zip(*whole, strict=True))
    return Records(type(whole[0]) if whole else tuple, there, fields)


def _field(values: tuple[Any, ...]) -> Field:
    if all(value is values[0] for value in values):
        return Field(values[0], None)
    if not isinstance(values[0], np.ndarray):
        return Field(list(values), np.zeros((len(values), 0), np.int32))
    lengths = np.array([value.shape for value in values], np.int32)
    return Field(np.concatenate([value.ravel() for value in values]), lengths)


def _cut(field: Field, count: int) -> list[Any]:
    values, lengths = field
    if lengths is None:
        return [values] * count
    if lengths.shape[1] == 0:
        return list(values)
    ends = np.cumsum(lengths.prod(axis=1, dtype=np.int64)).tolist()
    parts = [values[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    return parts if lengths.shape[1] == 1 else [part.reshape(shape) for part, shape in zip(parts, lengths, strict=True)]
