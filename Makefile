# Everything a newcomer needs: `make run` and `make test`. Needs make (GNU, 3.81 or newer), sh and Python 3.11 or newer
# with its venv module; on Debian 12: apt-get install make python3 python3-venv. All that is installed goes into .venv.

.NOTPARALLEL:
.DEFAULT_GOAL = help
.PHONY: help run test test-main test-browser test-database check lock browser clean FORCE
SHELL = /bin/sh

PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
# what to pass on to pytest: make test PYTEST="-k calendar"
PYTEST =
# how many tests run at once; those of a file stay together and share what they made
WORKERS = auto
SPREAD = -n $(WORKERS) --maxprocesses=8 --dist=loadfile

# The environment is made anew when its Python is gone or the checkout was moved: its scripts hold the old path.
MADE = $(VENV)/.made-in
ifneq ($(shell test -x $(BIN)/python && cat $(MADE) 2>/dev/null),$(CURDIR))
$(MADE): FORCE
endif

# A database or a counter store elsewhere needs a driver; SQLite and one process need none.
EXTRAS =
ifneq (,$(findstring postgres,$(PLANNER_DATABASE_URL)))
EXTRAS += $(VENV)/.installed-postgres
endif
ifneq (,$(PLANNER_REDIS_URL))
EXTRAS += $(VENV)/.installed-redis
endif

PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet --quiet
LOCKED = $(PIP) --require-hashes
PROJECT = pyproject.toml hatch_build.py requirements/build.txt requirements/runtime.txt

help:
	@echo "make run       set up, load record and illustration, serve on http://127.0.0.1:8000 (PORT, HOST)"
	@echo "make test      set up and run all tests; those in a browser need a Chromium"
	@echo "make check     lint, formatting, types, import contracts"
	@echo "make browser   install the Chromium that the tests in a browser need (Debian, Ubuntu)"
	@echo "make lock      pin the newest allowed versions of all dependencies"
	@echo "make clean     remove what make made; the data in instance/ stays"

run: $(VENV)/.installed-runtime $(EXTRAS)
	@exec $(BIN)/python -m planner serve --setup

# with a Chromium in one run, so that what all tests share is made once
test: $(VENV)/.installed-test
	@chromium=`sh scripts/find-chromium.sh`; \
	if [ -n "$$chromium" ]; then \
	  echo "Tests, those in a browser with $$chromium"; \
	  CHROMIUM="$$chromium" $(BIN)/python -m pytest $(SPREAD) $(PYTEST); \
	elif [ -n "$$PLANNER_REQUIRE_BROWSER" ]; then \
	  echo "No Chromium was found, and PLANNER_REQUIRE_BROWSER is set."; exit 1; \
	else \
	  $(BIN)/python -m pytest $(SPREAD) -m "not browser" $(PYTEST) || exit $$?; \
	  echo "SKIPPED: the tests in a browser, because no Chromium was found."; \
	  echo "         'make browser' installs one on Debian and Ubuntu; CHROMIUM=/path/to/it names one."; \
	fi

test-main: $(VENV)/.installed-test
	$(BIN)/python -m pytest $(SPREAD) -m "not browser" $(PYTEST)

test-browser: $(VENV)/.installed-test
	CHROMIUM=`sh scripts/find-chromium.sh` $(BIN)/python -m pytest $(SPREAD) -m browser $(PYTEST)

# the tests that meet a database, on the one of TEST_DATABASE_URL; pure layers give the same answer on any
test-database: $(VENV)/.installed-test
	$(BIN)/python -m pytest $(SPREAD) -m "not browser and not server" --ignore=tests/rules --ignore=tests/formats \
	  --ignore=tests/pictures --ignore=tests/papers --ignore=tests/messages --ignore=tests/core \
	  --ignore=tests/test_config.py --ignore=tests/test_signing.py $(PYTEST)

check: $(VENV)/.installed-test
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	@if [ -f scripts/build_css.py ]; then set -x; $(BIN)/python scripts/build_css.py --check; fi

lock:
	sh scripts/lock.sh

browser:
	@sh scripts/find-chromium.sh >/dev/null || { set -x; sh scripts/install-chromium.sh; }
	@echo "Chromium: `sh scripts/find-chromium.sh`"

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

FORCE:

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@if [ -e $(MADE) ]; then rm -rf $(VENV); fi
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is needed; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "$(CURDIR)" > $(MADE)

$(VENV)/.installed-runtime: $(MADE) $(PROJECT)
	@echo "Installing the program and what it needs (once)"
	@$(LOCKED) -r requirements/build.txt -r requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-postgres: $(VENV)/.installed-runtime requirements/postgres.txt
	@echo "Installing the driver for PostgreSQL (once)"
	@$(LOCKED) -r requirements/postgres.txt
	@touch $@

$(VENV)/.installed-redis: $(VENV)/.installed-runtime requirements/redis.txt
	@echo "Installing the client for Redis (once)"
	@$(LOCKED) -r requirements/redis.txt
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed-runtime requirements/test.txt
	@echo "Installing the test tools (once)"
	@$(LOCKED) -r requirements/test.txt
	@touch $@
