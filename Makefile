# Works on a fresh Debian with Python 3.11 or newer, as root or not. ARGS reaches the program: make up ARGS=--no-demo
.DEFAULT_GOAL := help
.PHONY: help up test check bench shots packages dev-packages browser

PYTHON := .venv/bin/python

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: packages ## open the demo market on this machine (afterwards also: .venv/bin/jangteo up)
	@.venv/bin/jangteo up $(ARGS)

# Dozens of processes load the same modules: worth keeping compiled, whatever the surroundings say.
test: check browser ## everything that CI runs
	@PYTHONDONTWRITEBYTECODE= $(PYTHON) -m pytest -n 2 $(ARGS)

check: dev-packages ## linters, types, architecture
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(PYTHON) -m pytest -q tests/architecture

bench: dev-packages ## speed, as tables
	@$(PYTHON) -m tests.bench $(ARGS)

shots: dev-packages browser ## the pictures of the README and the guides
	@$(PYTHON) -m scripts.shots $(ARGS)

packages:
	@sh scripts/packages.sh run

dev-packages:
	@sh scripts/packages.sh dev

browser:
	@sh scripts/browser.sh
