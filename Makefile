# make run   the site with its demonstration, on SQLite, from nothing
# make test  every test, on SQLite and in a real browser

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format bench services postgres search-server test-postgres test-search browser clean

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
PY := .venv/bin/python
MANAGE := LOG_LEVEL=WARNING DJANGO_SETTINGS_MODULE=guidance_site.settings.dev $(PY) manage.py
POSTGRES_URL := postgres://guidance:guidance@127.0.0.1:54329/guidance
CLUSTER := 127.0.0.1:9299

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; say which with PYTHON=python3.12"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

assets/node_modules/.installed: assets/package-lock.json
	@npm --prefix assets ci --silent --no-audit --no-fund
	@touch $@

assets/dist/site.css: assets/node_modules/.installed $(shell find assets/src assets/*.mjs assets/package.json -type f 2>/dev/null)
	@npm --prefix assets run --silent build
	@touch $@

setup: .venv/.installed assets/dist/site.css

run: export SITE_URL ?= http://localhost:$(PORT)
run: setup ## Set up and serve the site with its demonstration
	@mkdir -p var
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demonstration
	@$(MANAGE) sync_search || true
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@echo
	@echo "The site is at http://localhost:$(PORT)/ (press Ctrl+C to stop; PORT=8080 for another port)"
	@$(MANAGE) load_demonstration --how-to-sign-in --port $(PORT)
	@$(MANAGE) publish_due_editions --watch 10 & watcher=$$!; \
		trap 'kill $$watcher 2> /dev/null; wait $$watcher' EXIT; trap 'exit 0' INT TERM; \
		DJANGO_SETTINGS_MODULE=guidance_site.settings.dev .venv/bin/gunicorn guidance_site.wsgi \
		--bind 127.0.0.1:$(PORT) --workers $(WORKERS) --log-level warning --timeout 120

test: .venv/.installed-dev assets/dist/site.css browser ## Run every test on SQLite and in a browser
	@$(PY) -m pytest -n 2 --dist worksteal

test-postgres: .venv/.installed-dev assets/dist/site.css browser postgres ## The same tests on PostgreSQL
	@DATABASE_URL=$(POSTGRES_URL) $(PY) -m pytest -n 2 --dist worksteal $(ARGS)

test-search: .venv/.installed-dev search-server ## The search on a real OpenSearch, with both clients
	@SEARCH_TEST_URL=opensearch+http://$(CLUSTER) $(PY) -m pytest -n 2 --dist worksteal tests/search \
		tests/api/test_search.py \
		--ignore tests/search/test_cluster_restart.py --ignore tests/search/test_embedded.py
	@SEARCH_TEST_URL=opensearch+http://$(CLUSTER) $(PY) -m pytest tests/search/test_cluster_restart.py
	@SEARCH_TEST_URL=elasticsearch+http://$(CLUSTER) \
		$(PY) -m pytest -n 2 --dist worksteal tests/search/engines tests/search/test_cluster.py

browser: # Debian's Chromium, for the tests that drive a browser
	@command -v chromium > /dev/null || scripts/install-packages chromium fonts-liberation || \
		echo "Chromium is not installed: the browser tests will be skipped."

lint: .venv/.installed-dev ## Check style, types, import rules, templates and migrations
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/mypy
	@git ls-files '*.html' ':!home/demonstration' | xargs .venv/bin/djhtml --check --tabwidth 2
	@DJANGO_SETTINGS_MODULE=guidance_site.settings.test $(PY) manage.py makemigrations --check --dry-run
	@$(PY) -W error::SyntaxWarning -m compileall -q guidance_site home guidance search consultation accounts

format: .venv/.installed-dev ## Put style in order
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .
	@git ls-files '*.html' ':!home/demonstration' | xargs .venv/bin/djhtml --tabwidth 2

bench: .venv/.installed-dev assets/dist/site.css ## Measure speed, as ratios in one run
	@command -v wrk > /dev/null || scripts/install-packages wrk
	@$(PY) -m bench

services: postgres search-server ## PostgreSQL and OpenSearch on loopback

postgres: # from Debian's packages
	@scripts/postgres

search-server: .venv/.installed # from Maven Central; SEARCH_SERVER=2 for OpenSearch 2
	@scripts/search-server

clean: ## Remove what was built (not the database)
	@rm -rf assets/dist assets/node_modules .venv
