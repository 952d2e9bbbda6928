# Everything that is done with a fresh clone. It needs make, Python 3.11 or later and a package registry.
#
#   make graph        build the graph of seeds/ and ask it who partnered with Alibaba when
#   make test         all checks and tests, as in CI
#   make eval         build the articles of tests/gold/ and compare the graphs with what careful readers found
#   make lint         the checks alone: ruff, mypy, import-linter
#   make constraints  choose the versions in constraints.txt anew
#   make clean        remove what was built, but not the virtual environment
#
# Another interpreter: make PYTHON=/path/to/python3.12 graph

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --constraint constraints.txt
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.11 python3 python; do \
	if $$python -c '$(NEW_ENOUGH)' 2>/dev/null; then echo $$python; break; fi; done)

.PHONY: graph test eval lint constraints clean

graph: $(VENV)/.ready
	$(BIN)/kg build seeds --out build
	$(BIN)/kg ask "who partnered with Alibaba when"

test: lint
	$(BIN)/pytest

eval: $(VENV)/.ready
	$(BIN)/kg build seeds --out build/eval/seeds --quiet > /dev/null
	$(BIN)/kg build tests/gold/dev/articles --out build/eval/dev --quiet > /dev/null
	$(BIN)/kg build tests/gold/more/articles --out build/eval/more --quiet > /dev/null
	$(BIN)/kg build tests/gold/check/articles --out build/eval/check --quiet > /dev/null
	$(BIN)/kg eval tests/gold/seeds tests/gold/dev tests/gold/more tests/gold/check --graph build/eval

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The stamps say for which versions of these files the environment was set up.
$(VENV)/.ready: $(BIN)/python pyproject.toml constraints.txt
	@echo "installing, which takes a minute"
	$(PIP) hatchling editables
	$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@echo "installing what the tests need"
	$(PIP) --no-build-isolation --editable ".[dev]"
	@touch $@

$(BIN)/python:
	@"$(or $(PYTHON),none)" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
		echo "Python 3.11 or later is needed, and $(or $(PYTHON),the Python on your PATH) is not:" \
			"install it, or say make PYTHON=/path/to/python3.11" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

# In an environment of its own, so that nothing is pinned that is not needed.
constraints: SCRATCH := $(VENV)-constraints
constraints: $(BIN)/python
	rm -rf $(SCRATCH)
	$(BIN)/python -m venv $(SCRATCH)
	$(SCRATCH)/bin/python -m pip install --quiet hatchling editables
	$(SCRATCH)/bin/python -m pip install --quiet --no-build-isolation --editable ".[dev,benchmarks]"
	echo "# The versions that were tested together. Made by make constraints; do not edit." > $(SCRATCH)/pins
	$(SCRATCH)/bin/python -m pip freeze --exclude-editable >> $(SCRATCH)/pins
	@if grep -E '@|://' $(SCRATCH)/pins; then echo "these came from no registry" >&2; exit 1; fi
	mv $(SCRATCH)/pins constraints.txt
	rm -rf $(SCRATCH)

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find kg tests tools -name __pycache__ -prune -exec rm -rf {} +
