SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help demo test test-fast check format bench soak clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z.-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# A fresh machine needs Python 3.11, pip, make and git. The stamp is written last, so a broken install is tried again.
$(READY): requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 is needed; found: $$("$(PYTHON)" --version 2>&1). Say which: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	"$(PYTHON)" -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: .venv
.venv: $(READY) ## create or refresh the environment

demo: $(READY) ## build the sample year in demo/ and print what to open
	$(BIN)/mingzhang demo --workspace demo

test: $(READY) ## every test but soak, on both cores
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

test-fast: $(READY) ## unit, spec and house tests, on both cores
	$(BIN)/pytest -q -n 2 -m 'not soak and not slow' tests/unit tests/spec tests/house

check: $(READY) ## style, format, types, who imports whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## mend style and format where a machine can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY) ## time intake and matching beside engines and other libraries, and the sample year from end to end
	$(BIN)/python -m benchmarks.intake
	$(BIN)/python -m benchmarks.matching
	@dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; time $(BIN)/mingzhang demo --workspace "$$dir/demo"

soak: $(READY) ## the same tests with larger numbers; takes hours
	$(BIN)/pytest -m soak

clean: ## remove everything that make made
	rm -rf .venv benchmarks/.peers demo dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
