"""A program: families of variables, named bands and named cost lines, stacked into a standard form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from optimizer.algebra.linear import Band, Linear
from optimizer.algebra.standard_form import StandardForm
from optimizer.algebra.variables import Variables


@dataclass(frozen=True)
class Program:
    """Minimise the sum of all entries of all cost lines subject to the bands. `linking` names the bands that tie
    blocks together.
    """

    variables: tuple[Variables, ...]
    bands: Mapping[str, Band]
    costs: Mapping[str, Linear]
    linking: frozenset[str] = frozenset()

    def without(self, bands: frozenset[str]) -> Program:
        """The same program without some of its bands."""
        return replace(self, bands={name: band for name, band in self.bands.items() if name not in bands})

    @property
    def columns(self) -> dict[str, slice]:
        """Range of columns of each family."""
        return _ranges({family.name: len(family) for family in self.variables})

    @property
    def rows(self) -> dict[str, slice]:
        """Range of rows of each band."""
        return _ranges({name: len(band) for name, band in self.bands.items()})

    def standard_form(self) -> StandardForm:
        """All blocks stacked; raises ValueError that names the band or cost line in which a number is missing."""
        matrix = self._matrix()  # first: a coefficient that is missing spoils the bounds too
        lower, upper = self._row_bounds()
        cost, offset = self._cost_vector()
        return StandardForm(
            cost=cost,
            offset=offset,
            matrix=matrix,
            row_lower=lower,
            row_upper=upper,
            lower=np.concatenate([family.lower for family in self.variables]),
            upper=np.concatenate([family.upper for family in self.variables]),
            integer=np.concatenate([np.full(len(family), family.integer) for family in self.variables]),
            rows=self.rows,
            columns=self.columns,
        )

    def line_costs(self, line: str) -> tuple[np.ndarray, float]:
        """Coefficients (n,) of one cost line over all columns, and its constant."""
        vector, columns = np.zeros(self._width), self.columns
        for family, block in self.costs[line].terms:
            vector[columns[family]] += block if isinstance(block, np.ndarray) else np.asarray(block.sum(axis=0)).ravel()
        constant = float(self.costs[line].constant.sum())
        if not (np.isfinite(vector).all() and np.isfinite(constant)):
            raise ValueError(f"cost line {line}: a coefficient is not a number")
        return vector, constant

    def amounts(self, x: np.ndarray) -> dict[str, float]:
        """Amount of each cost line at `x`."""
        return {
            line: float(vector @ x + constant) for line in self.costs for vector, constant in [self.line_costs(line)]
        }

    @property
    def _width(self) -> int:
        return sum(len(family) for family in self.variables)

    def _row_bounds(self) -> tuple[np.ndarray, np.ndarray]:
        for name, band in self.bands.items():
            if np.isnan(band.lower).any() or np.isnan(band.upper).any():
                raise ValueError(f"band {name}: a bound is not a number")
        lower, upper = (
            np.concatenate([getattr(band, side) for band in self.bands.values()] or [np.zeros(0)])
            for side in ("lower", "upper")
        )
        return lower, upper

    def _cost_vector(self) -> tuple[np.ndarray, float]:
        total, offset = np.zeros(self._width), 0.0
        for line in self.costs:
            vector, constant = self.line_costs(line)
            total += vector
            offset += constant
        return total, offset

    def _matrix(self) -> sparse.csr_array:
        row, column, data = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(0)]
        columns = self.columns
        for name, rows in self.rows.items():
            for family, block in self.bands[name].expression.terms:
                place, along, values = _entries(block)
                if not np.isfinite(values).all():
                    raise ValueError(f"band {name}, variables {family}: a coefficient is not a number")
                row.append(place + np.int32(rows.start))
                column.append(along + np.int32(columns[family].start))
                data.append(values)
        shape = (sum(len(band) for band in self.bands.values()), self._width)
        parts = np.concatenate(data), (np.concatenate(row), np.concatenate(column))
        matrix = sparse.csr_array(sparse.coo_array(parts, shape=shape))
        matrix.eliminate_zeros()
        return matrix


def _entries(block: np.ndarray | sparse.csr_array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if isinstance(block, np.ndarray):
        place = np.arange(len(block), dtype=np.int32)
        return place, place, block
    place = np.repeat(np.arange(block.shape[0], dtype=np.int32), np.diff(block.indptr))
    return place, block.indices.astype(np.int32, copy=False), block.data


def _ranges(lengths: Mapping[str, int]) -> dict[str, slice]:
    ends = np.cumsum([0, *lengths.values()])
    return {name: slice(int(start), int(end)) for name, start, end in zip(lengths, ends[:-1], ends[1:], strict=True)}
