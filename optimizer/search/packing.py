"""The SKUs of a slice as bytes, small and soon opened: few long arrays, whole numbers in few bytes, compressed."""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from optimizer.decomposition.block import Backs, Blocks
from optimizer.decomposition.cuts import NoCuts, Separator
from optimizer.decomposition.fleet import Finder
from optimizer.decomposition.records import Records, records
from optimizer.pricing.lots import LotRows

#: Level of compression: one pass over a slice must cost little beside what is done with it.
LEVEL = 1
#: Arrays of fewer bytes stay as they are.
LONG = 1_000
_SHORTER = (np.int8, np.int16, np.int32)


def packed(blocks: Blocks, separators: list[Separator], finders: Sequence[Finder | None]) -> bytes:
    """Blocks with what separates cuts and finds whole answers of each."""
    flows = records([separator.flows if isinstance(separator, LotRows) else None for separator in separators])
    stream = io.BytesIO()
    _Packer(stream, 5).dump((blocks, flows, finders))
    return stream.getvalue()


def unpacked(kept: bytes) -> tuple[Blocks, list[Separator], Sequence[Finder | None]]:
    """What was packed."""
    blocks, flows, finders = pickle.loads(kept)
    return blocks, _separators(blocks, flows), finders


def packed_backs(blocks: Blocks) -> bytes:
    """What puts answers of blocks among the columns of their part, by itself."""
    stream = io.BytesIO()
    _Packer(stream, 5).dump(blocks.backs)
    return stream.getvalue()


def unpacked_backs(kept: bytes) -> Backs:
    """The same again."""
    found: Backs = pickle.loads(kept)
    return found


def _separators(blocks: Blocks, flows: Records) -> list[Separator]:
    return [
        NoCuts(len(block.cost)) if found is None else LotRows(found)
        for block, found in zip(blocks, flows.cut(), strict=True)
    ]


class _Packer(pickle.Pickler):
    """Compresses long arrays one by one."""

    def reducer_override(self, thing: Any) -> Any:
        """How an array is made again; all other things are pickled as ever."""
        if type(thing) is not np.ndarray or thing.nbytes < LONG or thing.dtype.kind not in "bif":
            return NotImplemented
        short = _shorter(thing).ravel()
        return _array, (thing.dtype.str, thing.shape, short.dtype.str, zlib.compress(short.data, LEVEL))


def _array(dtype: str, shape: tuple[int, ...], short: str, kept: bytes) -> np.ndarray:
    size = int(np.prod(shape)) * np.dtype(short).itemsize  # known, so that nothing is copied while it grows
    return np.frombuffer(zlib.decompress(kept, bufsize=size), short).astype(dtype).reshape(shape)


def _shorter(values: np.ndarray) -> np.ndarray:
    """Whole numbers in the shortest type that holds all of them."""
    if values.dtype.kind != "i":
        return values
    least, most = values.min(), values.max()
    for kind in _SHORTER:
        if np.dtype(kind).itemsize < values.itemsize and np.iinfo(kind).min <= least and most <= np.iinfo(kind).max:
            return values.astype(kind)
    return values
