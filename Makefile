# Commands for people: `make setup`, `make run`, `make test`.
# Each step leaves a stamp in .venv, so that doing it again costs nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml
# One process more than cores: what a test waits for most is another process or a line.
WORKERS = $(shell $(BIN)/python -c "import os; print(min(os.cpu_count() or 1, 4) + 1)")

# Python keeps what it compiled, whatever the shell says: else each process compiles all libraries.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup run test check format lock bench torture clean

setup: $(VENV)/.runtime

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements/runtime.lock $(SOURCES)
	@scripts/install requirements/runtime.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.lock
	@scripts/install requirements/dev.lock
	@touch $@

run: $(VENV)/.runtime
	$(BIN)/kpibot run $(ARGS)

# Each file of tests stays in one process, whose office and sandbox it shares. In the order of
# their folders: by their number of tests, the few that take minutes would begin last.
test: $(VENV)/.dev check
	$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python -m bench

torture: $(VENV)/.dev
	$(BIN)/python -m tests.torture

lock:
	scripts/lock

clean:
	rm -rf $(VENV)
