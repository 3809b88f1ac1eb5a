# `make demo` and `make test` are all that a newcomer needs; `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
GOVBR_PORT ?= $(shell expr $(PORT) + 2)
SEIWS_PORT ?= $(shell expr $(PORT) + 3)
PROCESSES ?= 2
NPM ?= npm

BIN := .venv/bin
RUNTIME := .venv/.runtime
TOOLS := .venv/.tools
NODE_TOOLS := tests/browser/node_modules/.for-tests
OIDC_SERVER := tests/oidc/node_modules/.for-tests
BENCH_TOOLS := tests/browser/node_modules/.for-bench
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint format node-tools lock bench clean always

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

# The demonstration

FLASK := $(BIN)/flask --app wsgi
SEI_DEMO := instance/sei-demo.db
PREPARED := instance/secret-key instance/demo.toml instance/.static instance/.servicos $(SEI_DEMO)
sources = $(shell find $(1) -type f -not -name '*.pyc')

demo: export PORTAL_ENV := demo
demo: export PORTAL_INSTANCE := instance
demo: export PORTAL_TENANTS := instance/demo.toml
demo: export PORTAL_SECRET_KEY_FILE := instance/secret-key
demo: export PORTAL_BIND := 127.0.0.1:$(PORT)
demo: export GOVBR_SECRET := known-to-all-since-its-gov.br-is-invented
# As long as one of SEI's, and known to all as well.
demo: export SEI_CHAVE := 5e1de3000000000000000000000000000000000000000000000000000000000000000000
demo: $(RUNTIME) $(PREPARED) ## Serve an invented município on http://127.0.0.1:8000 (or PORT=...)
	@$(FLASK) demo sei --url sqlite:///$(SEI_DEMO) --repositorio instance/repositorio
	@echo "Abra http://127.0.0.1:$(PORT) e digite um deles. Para encerrar: Ctrl+C."
	@trap : INT TERM; $(FLASK) demo govbr & govbr=$$!; \
	  $(FLASK) demo seiws --url sqlite:///$(SEI_DEMO) --repositorio instance/repositorio --port $(SEIWS_PORT) & seiws=$$!; \
	  $(FLASK) worker & worker=$$!; \
	  $(BIN)/gunicorn wsgi:app; kill $$govbr $$seiws $$worker 2> /dev/null || true

instance/secret-key:
	@mkdir -p instance
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(32))' > $@

# Not tenants.toml: that one is the operator's, and may lead to a real SEI. The port is in it, so
# it is looked at every time, and written when it would say something else.
PORTS = s/:8003/:$(SEIWS_PORT)/; s/:8002/:$(GOVBR_PORT)/; s/:8000/:$(PORT)/
instance/demo.toml: always
	@mkdir -p instance
	@sed '$(PORTS)' portal/demo/tenants.toml | cmp -s - $@ || \
	  sed '$(PORTS)' portal/demo/tenants.toml > $@

# A command begins with a second of imports, so these run only when there is a reason to.
instance/portal.sqlite3: $(wildcard migrations/versions/*.py) \
  | instance/demo.toml instance/secret-key $(RUNTIME)
	@$(FLASK) db upgrade
	@touch $@

instance/.servicos: portal/demo/servicos.toml instance/portal.sqlite3
	@$(FLASK) servicos import $< > /dev/null
	@touch $@

instance/.static: $(call sources,portal/static portal/web portal/cli) portal/demo/tenants.toml \
  | instance/demo.toml instance/secret-key $(RUNTIME)
	@$(FLASK) assets build > /dev/null
	@touch $@

# What an older generator built is removed, and the command in `demo` builds it anew.
$(SEI_DEMO): $(call sources,portal/demo portal/sei/tables)
	@rm -rf $@ instance/repositorio

# Checks

# File by file, so that what one has built is built once, and in the order they are found: the browser
# and the servers, which take longest, before the rest. (loadgroup does nothing with pytest 9.2.)
test: lint node-tools ## Everything: lint, then every test, in 2 processes (or PROCESSES=..., 0 for none)
	@$(BIN)/pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

lint: $(TOOLS) ## Format, lint, types and import contracts, changing nothing
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(TOOLS) ## Format the code and repair what ruff can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# Without npm there is nothing to do here, and the tests that wanted it say so.
node-tools: $(if $(shell command -v $(NPM)),$(NODE_TOOLS) $(OIDC_SERVER)) ## What tests need of npm: axe-core, the Nu HTML checker, an OpenID Connect server

$(NODE_TOOLS): tests/browser/package-lock.json tests/browser/.npmrc
	@(cd tests/browser && $(NPM) ci --omit=dev --silent) && touch $@ || echo "npm could not install; the tests that need it will say so"

$(OIDC_SERVER): tests/oidc/package-lock.json tests/oidc/.npmrc
	@(cd tests/oidc && $(NPM) ci --silent) && touch $@ || echo "npm could not install; the tests that need it will say so"

bench: $(TOOLS) $(if $(shell command -v $(NPM)),$(BENCH_TOOLS)) ## Measure weight, speed and memory, and print what came out
	@$(BIN)/python -m bench

$(BENCH_TOOLS): tests/browser/package-lock.json tests/browser/.npmrc
	@cd tests/browser && $(NPM) ci --silent
	@touch $@ $(NODE_TOOLS)

# Installing. A stamp is newer than its lock file, so pip runs only when the lock has changed.

$(RUNTIME): requirements.txt | $(BIN)/python
	@echo "Instalando em .venv o que o portal usa. Demora um pouco ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(TOOLS): requirements-dev.txt | $(BIN)/python
	@echo "Installing what the tests need into .venv ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(RUNTIME)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "O portal precisa do Python 3.11 ou mais novo. Escolha um: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || \
	  { echo "Falta o módulo venv do Python. No Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

lock: ## Write both lock files anew; LOCK=--upgrade takes newer versions
	@command -v uv > /dev/null || { echo "uv is missing: pip install uv"; exit 1; }
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --quiet $(LOCK) --extra postgres -o requirements.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --quiet $(LOCK) --group dev --extra postgres --extra s3 --extra oracle --extra sqlserver -o requirements-dev.txt

clean: ## Remove what was made here. Your own instance/tenants.toml, secret and rows stay
	rm -rf .venv $(SEI_DEMO) instance/repositorio instance/static instance/.static instance/.servicos instance/bench \
	  tests/browser/node_modules tests/oidc/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
