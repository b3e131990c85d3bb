# These commands do everything on a machine with python3 (3.11 or newer) and make:
#   make run    compare the allocation rules on the embedded figures, with pictures
#   make test   check style, types, floors and behaviour
#   make docs   build the site of documents in docs/_build/html
# Further: make validate (slow studies), make bench (speed; docs/performance.md), make lock (renew
# the pinned versions in locks/ after a change of dependencies; UPGRADE=1 takes the newest), make
# audit (known vulnerabilities of those versions), make mutate (changes in the source that no test
# tells; COUNT=120 tries more, IN=model/market those of a folder, WRITE=1 writes the page), make
# pythons (the tests that must agree on every Python), make clean.

PYTHON ?= python3
THREADS ?= 1
VENV := .venv
BIN := $(VENV)/bin
SPHINX = $(BIN)/python -m sphinx -q -W --keep-going -n -b html docs docs/_build/html
PIP := -m pip --disable-pip-version-check --quiet install
TOOLS := build/tools
LOCK = $(TOOLS)/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header \
  $(if $(UPGRADE),--upgrade)
# Modules whose shapes are checked take 3.5 s to compile: once, whatever the machine says of bytecode.
COMPILED_ONCE = PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/build/bytecode
# The first time that is done beside the check of types, which leaves a processor free; what is wrong
# with a module is told by the tests themselves.
COMPILE = test -d build/bytecode || $(COMPILED_ONCE) $(BIN)/python -m pytest --collect-only -qq -n 0 > /dev/null || true
PROJECT := pyproject.toml locks/build.in

.PHONY: run test docs validate mutate pythons bench lock audit clean
.DELETE_ON_ERROR:

run: $(VENV)/.run
	$(BIN)/quotapolis compare allocation_rules --resume

test: $(VENV)/.test
	@echo "1 of 4: style"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@echo "2 of 4: who imports whom"
	$(BIN)/lint-imports
	@echo "3 of 4: types, and at the same time documents (a minute the first time)"
	{ $(SPHINX) && { $(COMPILE); }; } & documents=$$!; $(BIN)/mypy; types=$$?; wait $$documents && exit $$types
	@echo "4 of 4: behaviour (some minutes)"
	$(COMPILED_ONCE) $(BIN)/python -m pytest

docs: $(VENV)/.test
	$(SPHINX)

validate: $(VENV)/.all
	$(BIN)/python -m pytest -m study

pythons:
	@MAKE="$(MAKE)" bash .ci/pythons 3.11 3.12 3.13

mutate: $(VENV)/.test
	$(BIN)/python -m analysis.reliability.mutation $(COUNT) $(if $(IN),--within $(IN)) $(if $(WRITE),--write)

bench: $(VENV)/.test
	OMP_NUM_THREADS=$(THREADS) $(BIN)/python -m analysis.benchmarks $(if $(FULL),--full) $(if $(GROWTH),--growth) \
	  $(if $(RUNS),--runs $(RUNS)) $(if $(WRITE),--write)

lock: $(TOOLS)/.done
	$(LOCK) --python-version 3.11.5 $(PROJECT) --all-extras -o locks/all.txt
	$(LOCK) --python-version 3.11.5 $(PROJECT) --extra test --extra docs --extra experiments --extra serve -c locks/all.txt -o locks/test.txt
	$(LOCK) --python-version 3.11 $(PROJECT) --extra experiments --extra serve -c locks/all.txt -o locks/run.txt
	$(LOCK) --python-version 3.11 locks/tools.in -o locks/tools.txt

audit:
	@$(PYTHON) .ci/audit.py

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

# Every wheel must have a hash of the lock; the project itself is built without further downloads.
$(VENV)/.run $(VENV)/.test $(VENV)/.all: $(VENV)/.%: locks/%.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing the packages of $< into $(VENV) (half a minute)"
	$(BIN)/python $(PIP) --only-binary :all: --require-hashes -r $<
	$(BIN)/python $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS)/.done: locks/tools.txt | $(VENV)/bin/python
	$(BIN)/python -m venv $(TOOLS)
	$(TOOLS)/bin/python $(PIP) --only-binary :all: --require-hashes -r $<
	@touch $@
