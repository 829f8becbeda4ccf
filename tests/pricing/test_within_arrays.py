"""Compiled code looks at no array beyond its end: as plain Python it would raise, compiled it spoils memory."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import numpy as np
from optimizer.network.network import connect
from optimizer.search import worker
from optimizer.search.dealt import shares
from tests.decomposition.parts import catalogue

worker.COMPILED_FROM = 1
(share,) = shares(catalogue(1, {skus}), 1)
made = worker.Worker(share)
(kernel,) = made._fleet._kernels
links = len(made.facts().sides)
for price in (0.0, -3.0):
    found = kernel.answer(np.full(links, price), np.zeros({skus}, dtype=np.int64))
    print(int(found.held.sum()))
"""


def test_answers_of_relaxations_stay_within_their_arrays():
    words, plain = [sys.executable, "-c", CODE.format(skus=12)], {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    found = subprocess.run(words, cwd=ROOT, env=plain, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr[-600:]
    assert all(int(held) >= 6 for held in found.stdout.split())
