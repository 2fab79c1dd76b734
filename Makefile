# What one needs every day. `make run` and `make test` do all set-up themselves, into .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test check bench demo-reset lock

run: .venv/run.stamp  ## set up and start, with the sample commune; one address is printed
	$(BIN)/congvu run

test: .venv/dev.stamp  ## all tests that this machine can run, on SQLite and on PostgreSQL
	@$(BIN)/python -m nlp
	$(BIN)/python -m pytest -n 3 $(PYTEST)

check: .venv/dev.stamp  ## style, types, and that imports only go down
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp  ## how fast, how large; prints a table
	$(BIN)/python -m tests.bench

demo-reset: .venv/run.stamp  ## the sample commune afresh
	$(BIN)/congvu demo-reset

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Setting up (about three minutes the first time) …"
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --quiet --editable .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

lock:  ## renew the locked versions; hashes only, no addresses
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet --upgrade --output-file requirements-dev.lock
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet --constraint requirements-dev.lock --output-file requirements.lock
