# These commands do everything on a machine with python3 (3.11 or newer) and make:
#   make run    compare the allocation rules on the embedded figures, with pictures
#   make test   check style, types, floors and behaviour
#   make docs   build the site of documents in docs/_build/html
# Further: make validate (slow studies), make bench (speed; docs/performance.md), make clean.

PYTHON ?= python3
THREADS ?= 1
VENV := .venv
BIN := $(VENV)/bin
SPHINX = $(BIN)/python -m sphinx -q -W --keep-going -n -b html docs docs/_build/html
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test docs validate bench clean
.DELETE_ON_ERROR:

run: $(VENV)/.run
	$(BIN)/quotapolis compare allocation_rules --resume

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest
	$(SPHINX)

docs: $(VENV)/.docs
	$(SPHINX)

validate: $(VENV)/.validate
	$(BIN)/python -m pytest -m study

bench: $(VENV)/.test
	OMP_NUM_THREADS=$(THREADS) $(BIN)/python -m analysis.benchmarks $(if $(FULL),--full) $(if $(GROWTH),--growth) \
	  $(if $(RUNS),--runs $(RUNS)) $(if $(WRITE),--write)

clean:
	rm -rf $(VENV) build docs/_build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Quotapolis needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) --version`."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python lacks venv. On Debian and Ubuntu this mends it: apt-get install -y python3-venv"; \
	    test "`id -u`" = 0 || exit 1; \
	    apt-get update -qq && apt-get install -y -qq python3-venv; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.validate: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e '.[test,docs,cluster]'
	@touch $@ $(VENV)/.test $(VENV)/.docs $(VENV)/.run

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e '.[test,docs]'
	@touch $@ $(VENV)/.docs $(VENV)/.run

$(VENV)/.docs: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e '.[docs]'
	@touch $@ $(VENV)/.run
