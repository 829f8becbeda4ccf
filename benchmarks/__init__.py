"""Benchmarks: how fast a model is built and solved, how good a plan is after some seconds, against what is known.

`python -m benchmarks --help` says how to run them, README.md how to read their tables.
"""
