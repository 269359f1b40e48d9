# What can be done here: `make help`. Every target says what it is doing while it does it.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Any Python 3 that has venv will do to begin with: it fetches uv, and uv finds or fetches the Python
# that .python-version names. (A version manager's python3 may refuse to run where that file names a
# version which it lacks, so the first one that really runs is taken.)
PYTHON ?= $(shell for each in python3 python /usr/bin/python3 /usr/local/bin/python3; do \
	"$$each" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1 && { echo "$$each"; break; }; done)
PORT ?= 8000
export PORT
ES_PORT ?= 9200
# The tools of the project stand before those of the machine, Node and npm included.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

RUN := .venv/bin/python

.PHONY: help
help: ## Show this list
	@echo "Find Fusion. The two commands: make demo, make test."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Set PORT=8001 for another port, ARGS=\"-k search\" to pass words on to pytest."

.PHONY: demo
demo: environment ## Set up everything, load the demonstration data and serve it on http://localhost:8000
	@$(RUN) bin/serve

.PHONY: test
test: environment assets ## Run all checks and tests that this machine can run (ARGS=… goes to pytest)
	@$(RUN) bin/test $(ARGS)

.PHONY: prove
prove: environment assets ## Run the tests of properties again, at full numbers (ARGS=… goes to pytest)
	@PROVE=1 $(RUN) bin/test $(ARGS)

.PHONY: lint
lint: environment ## Check style (ruff) and layers (import-linter)
	@$(RUN) bin/test --only lint

.PHONY: types
types: environment ## Check types (mypy)
	@$(RUN) bin/test --only types

.PHONY: compose-check
compose-check: environment ## Read docker-compose.yml with the official parser
	@$(RUN) bin/test --only compose

.PHONY: format
format: environment ## Put the code in its usual format and mend what ruff can mend
	@echo "== Formatting with ruff"
	@ruff check --fix-only --quiet . && ruff format .

.PHONY: relevance
relevance: environment ## Ask each engine the judged searches and print how well it answers (ARGS="--worst 15")
	@echo "== Asking the judged searches"
	@PROVE=1 $(RUN) -m pytest tests/relevance -q --figures $(ARGS)

.PHONY: screenshots
screenshots: environment assets ## Write a picture of every page and state, wide and narrow, into screenshots/
	@echo "== Looking at every page"
	@rm -f screenshots/*.png
	@$(RUN) -m pytest tests/browser/test_pages_of_all.py tests/browser/test_pages_of_people.py -q -k every_page --screenshots screenshots $(ARGS)

.PHONY: bench
bench: environment ## Measure searching and indexing (ARGS=… goes to the benchmark)
	@echo "== Measuring"
	@$(RUN) -m benchmarks $(ARGS)

.PHONY: elasticsearch
elasticsearch: environment ## Run an Elasticsearch on port 9200, without Docker (needs Java and Maven)
	@$(RUN) -m tests.elasticsearch_server serve $(ES_PORT) var/elasticsearch

.PHONY: shell
shell: environment ## Open a Python shell with the models at hand, on the demonstration data
	@echo "== Opening a shell"
	@DEBUG=1 DEMO=1 $(RUN) manage.py shell

.PHONY: migrate
migrate: environment ## Bring the database of the demonstration up to date
	@echo "== Migrating"
	@DEBUG=1 DEMO=1 $(RUN) manage.py migrate

.PHONY: assets
assets: environment ## Build the style sheets, scripts and pictures into static/
	@$(RUN) bin/setup assets

.PHONY: environment
environment: ## Set up Python, the packages and Node in .venv
	@test -n "$(PYTHON)" || { echo "Find Fusion needs a Python 3.8 or newer with venv to begin with." \
		"On Debian and Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) bin/setup environment

.PHONY: locks
locks: ## Write the lock files anew from pyproject.toml and assets/package.json
	@$(PYTHON) bin/setup locks
