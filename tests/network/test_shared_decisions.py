"""What is decided now is one shipment on all sample paths: where it may go, and how much of it can be of use."""

from __future__ import annotations

from tests.formulation.path_toys import with_paths
from tests.formulation.toys import toy
from tests.oracle.solving import of_the_program, same


def test_goods_go_where_they_are_wanted_on_one_path_alone():
    # Ten are at home and cost nothing to ship; on the first path ten are wanted in the west, at 20 each.
    assert of_the_program(with_paths(toy(), {"A": [0, 10, 0]}, {"A": [0, 0, 0]})) == same(0.0)
