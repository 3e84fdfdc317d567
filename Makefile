# Two commands do all the set-up: `make run` and `make test`. Everything is installed into .venv from the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
DEVICE ?= cpu
DESK := src/whowhom/serve/static/index.html
DESK_SOURCES := $(shell find web -name node_modules -prune -o -type f ! -name '*.test.ts' -print)

.PHONY: default run test desk test-web test-desk check lint types imports evaluate gate train folds calibrate bench golden docs lock clean

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

# The stamps are written last: what was broken off is begun anew.
web/node_modules/.installed: web/package-lock.json web/package.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DESK): web/node_modules/.installed $(DESK_SOURCES)
	cd web && npm run --silent build
	@touch $@

desk: $(DESK) ## build the page of `whowhom serve` from web/ (needs Node.js and npm)

test: $(VENV)/.dev ## all tests; those of the page are skipped where Node.js or Chromium cannot be had
	if scripts/browser.sh node; then $(MAKE) --no-print-directory test-web; fi
	scripts/browser.sh chromium || true
	$(BIN)/python -m pytest

test-web: desk ## the tests of the page's own code
	npm --prefix web run --silent test

test-desk: $(VENV)/.dev ## the page alone: its own tests, and those in a browser
	scripts/browser.sh node
	$(MAKE) --no-print-directory test-web
	scripts/browser.sh chromium
	$(BIN)/python -m pytest tests/e2e/desk

check: $(VENV)/.dev lint types imports ## style, types, import contracts

lint: $(VENV)/.dev
	$(BIN)/ruff check src tests bench evals training
	$(BIN)/ruff format --check src tests bench evals training

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

evaluate: $(VENV)/.run ## every task under $(SHARED) on what the model was not trained on, against the floors
	$(BIN)/python evals/gate.py $(SHARED)

gate: $(VENV)/.run ## the same on a small part, as every build does
	$(BIN)/python evals/gate.py $(SHARED) --quick

.venv-train/.done: training/requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

PREPARED = out/prepared.pkl
train: .venv-train/.done $(VENV)/.run ## train the model anew on the sets under $(SHARED); DEVICE=cuda for a graphics card
	$(BIN)/python training/prepare.py $(SHARED) $(PREPARED)
	.venv-train/bin/python training/train.py $(PREPARED) out/first --device $(DEVICE) --fold 0/12
	.venv-train/bin/python training/train.py $(PREPARED) out/network --device $(DEVICE) --fold 0/12 --init out/first/network.pt --seed 11
	.venv-train/bin/python training/export.py out/network
	$(MAKE) --no-print-directory calibrate

folds: .venv-train/.done $(VENV)/.run ## after `train`: what networks say of the sides of reports that they were not taught
	for k in 0 1 2; do \
	  .venv-train/bin/python training/train.py $(PREPARED) out/fold$$k --device $(DEVICE) --fold $$k/3; done
	$(BIN)/python training/participants.py $(SHARED) --sides out/fold0/sides.json out/fold1/sides.json out/fold2/sides.json

calibrate: $(VENV)/.run ## fit the sides of events and the confidence anew, after a change of the rules
	$(BIN)/python training/participants.py $(SHARED)
	$(BIN)/python training/calibrate.py $(SHARED)

bench: $(VENV)/.run ## speed against the bare spaCy pipeline
	$(BIN)/python bench/bench_coding.py

golden: $(VENV)/.dev ## write the golden records anew; read the difference before you commit it
	$(BIN)/python -m pytest tests/golden --write-golden

docs: $(VENV)/.run ## write the pages that are made from the code
	$(BIN)/python -m whowhom.store.description > docs/store.md

lock: ## resolve the lock files anew (needs uv)
	uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal requirements/build.in -o requirements/run.txt
	uv pip compile --quiet --group dev -c requirements/run.txt --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal -o requirements/dev.txt

clean:
	rm -rf web/node_modules src/whowhom/serve/static
	rm -rf $(VENV) .venv-train .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
