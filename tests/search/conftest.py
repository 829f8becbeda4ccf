"""What all tests of searches share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_search_ends_early(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A defect that ends a search with the plan that it has fails the test, unless a note of it is listened to."""
    yield
    ended = [record.getMessage() for record in caplog.get_records("call") if "ended early" in record.getMessage()]
    assert ended == []
