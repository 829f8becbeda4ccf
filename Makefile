# Every target makes the environment that it needs; nothing has to be installed before.
.DEFAULT_GOAL := help
SHELL := /bin/bash
# Tests and benchmarks begin hundreds of processes: what the first one compiles is kept for the others.
export PYTHONDONTWRITEBYTECODE :=

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$python && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
SCENARIO ?= scenarios/temu-migration
OUT ?= plans/$(notdir $(SCENARIO))

.PHONY: help plan test test-slow check bench bench-all bench-full bench-smoke clean

help:  ## what there is to do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

plan: $(VENV)/.core  ## plan the sample scenario (another one: make plan SCENARIO=scenarios/small-seller)
	@$(BIN)/optimizer plan $(SCENARIO) --out $(OUT)

test: $(VENV)/.dev  ## run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow"

test-slow: $(VENV)/.dev  ## run the tests that take longer
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow

check: $(VENV)/.dev  ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev  ## the model is built, relaxed and planned for 200 SKUs beside other solvers, in minutes
	$(BIN)/python -m benchmarks run $(addprefix --only ,build relaxation)
	$(BIN)/python -m benchmarks run --only sizes --size 200

bench-all: $(VENV)/.dev  ## all benchmarks: solvers, what-ifs, nights and replays of years, in hours
	$(BIN)/python -m benchmarks run

bench-full: $(VENV)/.dev  ## all benchmarks with all sizes and limits, in a day or so
	$(BIN)/python -m benchmarks run --full

bench-smoke: $(VENV)/.dev  ## every benchmark at its smallest size
	$(BIN)/python -m benchmarks smoke

clean:  ## remove the environment and the plans made
	rm -rf $(VENV) plans .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed, and none was found. Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.core
