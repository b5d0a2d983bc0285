# Everything works from a fresh clone; see README.md.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3.11)
APP := .venv/app/bin
export PYTHONPATH := $(CURDIR)

.PHONY: run test test-services check train validate eval bench chat lock

run: ## set up what is missing and start everything
	@$(PYTHON) -m bot.bootstrap run

test: setup-tests ## the whole offline suite
	@$(APP)/python -m pytest -m "not services" tests
	@.venv/rasa/bin/python -m pytest -c tests/rasa.ini tests/nlu tests/dialogue

test-services: setup-tests ## the tests that need PostgreSQL
	@$(APP)/python -m pytest -m services tests

setup-tests:
	@$(PYTHON) -m bot.bootstrap test-environment

train: ## models and index
	@$(PYTHON) -m bot.bootstrap train

validate: setup-tests ## language data
	@$(APP)/python -m bot.validate

check: setup-tests ## lint, types, layers, language data
	@$(APP)/ruff check .
	@$(APP)/ruff format --check .
	@$(APP)/mypy
	@$(APP)/lint-imports
	@$(APP)/python -m bot.validate

eval: setup-tests ## quality per language
	@.venv/rasa/bin/python -m bot.nlu.evaluate $(foreach f,$(wildcard tests/nlu/*.yml),--messages $(f)) --confusions
	@$(APP)/python -m retrieval evaluate --queries tests/faq

bench: setup-tests ## speed and memory beside the stock Rasa pipeline
	@$(APP)/python -m tests.bench

chat: ## talk to the running system in the terminal: make chat IN=de
	@$(APP)/python -m bot.chat --language $(or $(IN),en)

lock: ## renew the lock files
	@$(PYTHON) -m bot.bootstrap lock
.PHONY: setup-tests
