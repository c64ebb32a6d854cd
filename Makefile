# Two commands set everything up: `make demo` and `make test`. Each makes .venv and what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PARALLEL := -n 2 --dist loadfile
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install

.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-names bench-stream bench-tables conformance format lock clean debian

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(VENV)/.demo ## build a made-up energy company in ./demo, scan it, write the reports
	@rm -rf demo
	@$(BIN)/sparhund demo demo; code=$$?; \
	if [ $$code -eq 3 ]; then \
	  echo "As expected: exit code 3, for the files above were planted to be unreadable."; \
	  echo "Read demo/reports/, or run: cd demo && ../$(BIN)/sparhund gap --policy krafthem"; \
	else echo "The demo ended with $$code; 3 was expected."; exit 1; fi

test: $(VENV)/.dev debian ## run all tests
	@$(BIN)/python -m pytest -q $(PARALLEL)

check: $(VENV)/.dev debian ## format, lint, types, import rules, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pytest -q $(PARALLEL)

bench: $(VENV)/.dev ## measure the recognisers beside stock Presidio, into benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks.identifiers

bench-names: $(VENV)/.dev ## measure how names are found, into benchmarks/NAMES.md: make bench-names DATA=FOLDER
	@$(BIN)/python -m benchmarks.naming $(if $(DATA),--data "$(DATA)")

bench-stream: $(VENV)/.dev ## watch memory over 1 GB of text, into benchmarks/STREAM.md; some twenty minutes
	@$(BIN)/python -m benchmarks.stream

bench-tables: $(VENV)/.structured debian ## measure verdicts on tables, samples and big tables, into benchmarks/TABLES.md; some fifteen minutes, 10 GB of disk
	@$(BIN)/python -m benchmarks.tables_bench $(if $(ONLY),--only "$(ONLY)")

conformance: $(VENV)/.dev ## check every case of personnummer-meta and organisationsnummer-meta: make conformance DATA=FOLDER
	@$(BIN)/python -m benchmarks.conformance "$(DATA)"

format: $(VENV)/.dev ## format the code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: $(VENV)/.dev ## write constraints.txt from what is installed
	@$(BIN)/python -m pip freeze --exclude-editable --exclude sparhund | grep -v ' @ ' > constraints.txt

clean: ## remove what the other targets made
	@rm -rf $(VENV) demo dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The tests run a real PostgreSQL and open the reports in a real browser. Debian names PostgreSQL's
# folder after its version.
debian:
	@missing=; \
	ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$$missing postgresql"; \
	[ -x /usr/bin/chromium ] || missing="$$missing chromium"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	      apt-get install -qq -y --no-install-recommends $$missing >/dev/null; \
	  else echo "missing:$$missing; run: sudo apt-get install$$missing"; exit 1; fi; fi

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "missing: venv; run: sudo apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.demo: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "installing into $(VENV) ..."
	@$(PIP) -c constraints.txt -e '.[demo]'
	@touch $@

$(VENV)/.structured: $(VENV)/.dev
	@echo "installing presidio-structured, to compare with, into $(VENV) ..."
	@$(PIP) -c constraints.txt 'presidio-structured>=0.0.10,<0.1'
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "installing into $(VENV) ..."
	@$(PIP) -c constraints.txt -e '.[dev]'
	@touch $@
