# One line each. `make setup` makes a .venv of its own; nothing is installed anywhere else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
ROOMS := $(wildcard app.py cli.py settings.py logs.py commands workspace listeners triage responders reports worker models sandbox tests benchmarks)

.PHONY: setup demo test check format bench constraints clean help

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(STAMP) ## make .venv and install everything into it

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON). Install Python 3.11 or newer, or say which to take: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Quarterdeck needs Python 3.11 or newer; $$($(PYTHON) --version) was found. Say which to take: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv (as root), then run make again."; exit 1; }
	@echo "Installing into $(VENV); this takes a minute or two."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

demo: setup ## everything at work on this machine, with invented people
	@$(BIN)/quarterdeck demo $(ARGS)

test: setup ## the whole suite: SQLite, PostgreSQL and a browser, on two cores
	@sh tests/find_browser.sh $(BIN)/playwright
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: setup ## style, types, the schema, what may import what
	$(BIN)/ruff check .
	$(BIN)/ruff format --check $(ROOMS)
	$(BIN)/mypy $(ROOMS)
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; export QUARTERDECK_DATA="$$scratch" DATABASE_URL="sqlite:///$$scratch/check.sqlite"; $(BIN)/alembic --quiet upgrade head && $(BIN)/alembic --quiet check
	$(BIN)/python -m pytest -q tests/test_house.py

format: setup ## put the code into shape
	$(BIN)/ruff check --fix . && $(BIN)/ruff format $(ROOMS)

bench: setup ## what is measured, at full size (takes minutes)
	$(BIN)/python -m benchmarks

constraints: setup ## write the exact versions of what is installed
	$(BIN)/python -m pip freeze --exclude-editable --quiet | grep -E '^[A-Za-z0-9._-]+==' | grep -viE '^(torch|nvidia|triton)' > constraints.new
	mv constraints.new constraints.txt

clean: ## remove .venv
	rm -rf $(VENV)
