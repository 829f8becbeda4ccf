"""Bytes laid aside come back, and stay in memory where the disk has no room."""

from __future__ import annotations

import gc
import os

import pytest

from optimizer.errors import WorkersLost
from optimizer.search.aside import Aside, Laid

PIECES = [b"first", b"", b"a third one" * 1000]


def test_bytes_come_back_from_the_disk_in_any_order():
    aside = Aside()
    laid = [aside.put(piece) for piece in PIECES]
    assert all(isinstance(one, Laid) for one in laid)
    assert [aside.get(one) for one in reversed(laid)] == PIECES[::-1]


def test_nothing_of_it_is_seen_or_left(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    aside = Aside()
    aside.put(b"something")
    gc.collect()
    opened = _descriptors()
    assert list(tmp_path.iterdir()) == []
    del aside
    gc.collect()
    assert _descriptors() == opened - 1


@pytest.mark.parametrize("full", ["no folder", "no space", "later"])
def test_what_the_disk_has_no_room_for_stays_in_memory(full, tmp_path, monkeypatch):
    aside = Aside()
    if full == "no folder":
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    before = [aside.put(PIECES[0])] if full == "later" else []
    if full != "no folder":
        monkeypatch.setattr(aside, "_write", _no_space)
    kept = [*before, *(aside.put(piece) for piece in PIECES[len(before) :])]
    assert [isinstance(one, Laid) for one in kept] == [full == "later", False, False]
    assert [aside.get(one) for one in kept] == PIECES


def test_a_disk_that_gives_nothing_back_ends_the_search_as_a_lost_worker_does(monkeypatch):
    aside = Aside()
    laid = aside.put(b"something")
    with pytest.raises(WorkersLost, match="lacks 1 bytes"):
        aside.get(laid._replace(size=laid.size + 1))
    monkeypatch.setattr(aside, "_file", _Broken())
    with pytest.raises(WorkersLost, match="cannot be read: .*Input/output error"):
        aside.get(laid)


class _Broken:
    def seek(self, _):
        raise OSError(5, "Input/output error")


def _no_space(kept):
    raise OSError(28, "No space left on device")


def _descriptors():
    return len(os.listdir("/dev/fd"))
