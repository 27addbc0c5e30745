# resettle: `make` alone tells what there is.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; print("$(name)" if sys.version_info >= (3, 11) else "")' 2>/dev/null)))
WORKERS ?= 2
ARGS ?=

BIN := .venv/bin
READY := .venv/ready
SOURCES := resettle tests migrations wsgi.py
PYTEST := $(BIN)/pytest -n $(WORKERS) --ignore=tests/access $(ARGS)
# One process walks the planted world, the other asks all else.
ACCESS := $(BIN)/pytest tests/access -n $(WORKERS) --dist loadgroup -p no:cacheprovider
# Each process serves a world of its own; what a file has looked at, it need not look at again.
BROWSER := $(BIN)/pytest tests/browser -m browser -n $(WORKERS) --dist loadfile
# Another process finds the code compiled, whatever the one who calls has set.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## print this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: demo
demo: $(READY) ## start the service on invented data at PORT (default 8000), with its users and passwords
	$(BIN)/resettle demo --port $(PORT)

.PHONY: test
test: $(READY) ## run all tests on SQLite, then those that need a database on PostgreSQL
	@echo "== SQLite =="
	$(PYTEST) --engine=sqlite
	@echo "== PostgreSQL =="
	$(PYTEST) --engine=postgresql -m "database and not browser and not faults"
	@echo "== Access: every way in, as everybody =="
	$(ACCESS) --engine=sqlite

.PHONY: coverage
coverage: $(READY) ## tell which lines and branches no test on SQLite reaches; takes twice as long as the tests
	$(PYTEST) --engine=sqlite --cov

.PHONY: access
access: $(READY) ## walk every way in as everybody, on SQLite and then on PostgreSQL
	$(ACCESS) --engine=both

.PHONY: check
check: $(READY) ## look at the code without running it: layout, lint, types, contracts, templates
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest tests/architecture/test_templates.py

.PHONY: browser
browser: $(READY) ## look at the pages in Chromium, and by way of nginx; Debian brings both if they are missing
	@bin/have-packages
	$(BROWSER)

.PHONY: bench
bench: .venv/bench ## print how long things take, beside other ways of doing them, on both databases
	$(BIN)/python -m bench.matching
	$(BIN)/python -m bench.calculating
	$(BIN)/python -m bench.service $(ARGS)

.PHONY: bench-quick
bench-quick: .venv/bench ## the same in five minutes: fewer households, one database, one round
	$(BIN)/python -m bench.calculating --milestones 400000 --cases 100 --rounds 1 --engines sqlite
	$(BIN)/python -m bench.service --engines postgresql --households 2000 --rounds 1 --seconds 2 $(ARGS)

.venv/bench: $(READY) bench/constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement bench/constraints.txt
	touch .venv/bench

KILLS ?= 200
FAULTS ?= tests/faults

.PHONY: faults
faults: $(READY) ## kill processes, fill disks, cut the power in the middle of writes; prints what was lost; FAULTS=file for a part
	$(BIN)/pytest $(FAULTS) -n0 -p no:randomly -s --engine=both --kills=$(KILLS) -m "faults or not faults" $(ARGS)

MINUTES ?= 20
RATE ?= 50

.PHONY: soak
soak: $(READY) ## ask mixed things for MINUTES (20) at RATE (50) a second; prints how long they took, and errors
	PYTHONPATH=. $(BIN)/python bench/soak.py --minutes $(MINUTES) --rate $(RATE) $(ARGS)

.PHONY: pictures
pictures: $(READY) ## take the pictures of the README anew, from the demonstration
	@bin/have-packages
	$(BIN)/python -m tests.browser.pictures

.PHONY: docs
docs: $(READY) ## write docs/roles.md anew, after a change of grants that is meant
	$(BIN)/python -m tests.architecture.roles

.PHONY: tidy
tidy: $(READY) ## lay out the code and mend what ruff can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: releases
releases: $(READY) ## attack two thousand random tables, and as many of releases after releases, for whom they give away
	RELEASES=2000 $(BIN)/pytest tests/unit/test_releases_protect.py tests/unit/test_releases_sequences.py --timeout=900

.PHONY: routes
routes: $(READY) ## write the list of all ways into the service anew, after a change that is meant
	$(BIN)/python -m tests.architecture.routes

.PHONY: words
words: $(READY) ## take the texts that families read into the catalogues, to be translated
	$(BIN)/python -m tests.architecture.words

.PHONY: lock
lock: $(READY) ## write constraints.txt anew from the dependencies in setup.cfg
	$(BIN)/uv pip compile setup.cfg --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links --quiet --output-file constraints.txt

.PHONY: clean
clean: ## remove what the other targets have made, except the demo's database
	rm -rf .venv .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache .import_linter_cache resettle.egg-info

$(READY): setup.cfg constraints.txt
	@test -n "$(PYTHON)" || { echo "resettle needs Python 3.11 or newer (python3)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
		|| { echo "Python lacks venv: install your system's package for it (Debian: python3-venv)."; exit 1; }
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/pip check >/dev/null || { $(BIN)/pip check; echo "Run 'make lock' after a change of dependencies."; exit 1; }
	touch $(READY)
