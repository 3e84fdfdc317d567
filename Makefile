# Two commands do all the set-up: `make run` and `make test`. Everything is installed into .venv from the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: default run test check lint types imports evaluate bench golden lock clean

default: check test

$(VENV)/.run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

run: $(VENV)/.run ## code an example report and print its record
	$(BIN)/whowhom code examples/harbour-talks.md

test: $(VENV)/.dev ## all tests
	$(BIN)/python -m pytest

check: $(VENV)/.dev lint types imports ## style, types, import contracts

lint: $(VENV)/.dev
	$(BIN)/ruff check src tests bench evals
	$(BIN)/ruff format --check src tests bench evals

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

evaluate: $(VENV)/.run ## accuracy on the annotated articles under $(SHARED)
	$(BIN)/python evals/articles.py $(SHARED)

bench: $(VENV)/.run ## speed against the bare spaCy pipeline
	$(BIN)/python bench/bench_coding.py

golden: $(VENV)/.dev ## write the golden records anew; read the difference before you commit it
	$(BIN)/python -m pytest tests/golden --write-golden

lock: ## resolve the lock files anew (needs uv)
	uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal requirements/build.in -o requirements/run.txt
	uv pip compile --quiet --group dev -c requirements/run.txt --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal -o requirements/dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
