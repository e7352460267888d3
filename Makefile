# Every command of the project. `make help` lists them; the environments are made from hashed requirements.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Bytecode is kept whatever the caller's environment says: MLflow and Airflow start in half the time.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
HOME_DIR := .quintet
UV := $(HOME_DIR)/tools/bin/uv
WORKERS ?= 2
ENV := $(HOME_DIR)/env
AIRFLOW_ENV := $(HOME_DIR)/airflow-env
BIN := $(ENV)/bin
# There are as many tests at once as cores: more threads in each would only wait for each other.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
INSTALL = $(UV) pip install --quiet --require-hashes --python

.PHONY: help up down status test check format lock upgrade bench openapi screenshots demo settings env smoke sizes clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# FAKE_SPOTIFY=1: invented music, crawled from stand-ins, in a state folder of its own.
FAKE_HOME := $(HOME_DIR)/fake-spotify
FAKED := $(if $(FAKE_SPOTIFY),FAKE_SPOTIFY=$(FAKE_SPOTIFY) QUINTET_HOME=$${QUINTET_HOME:-$(FAKE_HOME)} \
  QUINTET_MODELS_DIR=$${QUINTET_MODELS_DIR:-$(FAKE_HOME)/models} QUINTET_CATALOGUE=$${QUINTET_CATALOGUE:-demo})

up: $(ENV)/.embedded $(AIRFLOW_ENV)/.airflow ## start everything (DETACH=1: in the background; FAKE_SPOTIFY=1)
	@$(FAKED) $(BIN)/quintet up $(if $(DETACH),--detach)

# These two make no environment: where there is none, nothing can run.
down: ## stop what `make up` started
	@if [ -x $(BIN)/quintet ]; then $(FAKED) $(BIN)/quintet down; else echo "Quintet was not running."; fi

status: ## tell what runs (exit status 0 when everything does)
	@if [ -x $(BIN)/quintet ]; then $(FAKED) $(BIN)/quintet status; else echo "Quintet is not running."; exit 1; fi

test: $(ENV)/.dev $(AIRFLOW_ENV)/.airflow ## run the whole suite (ARGS="tests/unit -k search" a part of it)
	@tools/system_packages.sh
	@$(ONE_THREAD) $(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile $(ARGS)

check: $(ENV)/.dev ## format, lint, types, import rules, stale files
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(HOME_DIR)/tools/bin/python tools/lock.py --check
	@$(BIN)/python tools/openapi.py --check
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec docker-compose.yml
	@$(BIN)/zizmor --quiet --offline .github

format: $(ENV)/.dev ## format the code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: $(UV) ## resolve pyproject.toml into the lock and the requirements files
	@$(HOME_DIR)/tools/bin/python tools/lock.py

upgrade: $(UV) ## move every dependency to its newest allowed version
	@$(HOME_DIR)/tools/bin/python tools/lock.py --upgrade

openapi: $(ENV)/.dev ## describe the API anew in docs/openapi.json
	@$(BIN)/python tools/openapi.py

bench: $(ENV)/.dev ## benchmarks beside their peers, in the same run
	@$(BIN)/python -m tests.bench

screenshots: $(ENV)/.dev ## take the pictures of the readmes anew (ARGS=http://127.0.0.1:8501: the operator's too)
	@tools/system_packages.sh
	@$(BIN)/python -m tests.e2e.screenshots $(ARGS)

demo: ## write the demo catalogue again from its tables
	@$(PYTHON) -B dataset/demo/generate.py

settings: $(ENV)/.dev ## write .env.template from settings/
	@$(BIN)/python tools/env_template.py

env: ## write .env with random secrets, for docker compose (an .env that is there is only completed)
	@$(PYTHON) -B tools/make_env.py

smoke: $(ENV)/.dev ## build the containers, run them, and try to break them (needs Docker with Compose)
	@tools/system_packages.sh
	@$(BIN)/pytest -s tests/compose $(ARGS)

sizes: ## sizes of the images, memory of the containers (ARGS=--builds: build times; ARGS="--watch 300": memory over time)
	@$(PYTHON) -B tools/container_sizes.py $(ARGS)

clean: down ## stop everything and remove the environments (not the data)
	rm -rf $(ENV) $(AIRFLOW_ENV) $(HOME_DIR)/tools

# --- environments -----------------------------------------------------------------------------------------

$(UV): requirements_tools.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Quintet needs Python 3.11 or newer; try make PYTHON=python3.12 ...")'
	@echo "Making the environments (once; a few minutes) ..."
	@$(PYTHON) -m venv $(HOME_DIR)/tools
	@$(HOME_DIR)/tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements_tools.txt
	@touch $@

$(ENV)/bin/python: | $(UV)
	@$(UV) venv --quiet --allow-existing --python $(HOME_DIR)/tools/bin/python $(ENV)

$(ENV)/.embedded: requirements_embedded.txt pyproject.toml | $(ENV)/bin/python
	@$(INSTALL) $(ENV) -r requirements_embedded.txt
	@$(UV) pip install --quiet --no-deps --python $(ENV) --editable .
	@touch $@

$(ENV)/.dev: requirements_dev.txt $(ENV)/.embedded
	@$(INSTALL) $(ENV) -r requirements_dev.txt
	@touch $@

$(AIRFLOW_ENV)/.airflow: requirements_airflow.txt | $(UV)
	@$(UV) venv --quiet --allow-existing --python $(HOME_DIR)/tools/bin/python $(AIRFLOW_ENV)
	@$(INSTALL) $(AIRFLOW_ENV) -r requirements_airflow.txt
	@touch $@
