# Two commands to begin with: `make scan` and `make test`. Both set up what they need in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help scan test test-system check docs format bench bench-quick bench-growth bench-peers bench-prefilters accuracy accuracy-peers sample-data clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.base: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dowse needs Python 3.11 or later; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# pip installs dependency groups from 25.1 on.
$(VENV)/.dev: $(VENV)/.base
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/pip install --quiet --disable-pip-version-check --group dev
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check --group bench
	@touch $@

scan: $(VENV)/.base ## scan sample_data/, print the findings, write dowse-report.html
	$(BIN)/python sample_data/generate.py --credentials
	@# Some samples are broken or encrypted on purpose, so coverage is incomplete: exit code 3.
	$(BIN)/dowse scan sample_data/files --format table --output html=dowse-report.html || test $$? -eq 3
	@echo 'The report is in dowse-report.html.'

test: $(VENV)/.dev ## run all tests that need only Python packages
	$(BIN)/python -m pytest -n 2 -m 'not system'

test-system: $(VENV)/.dev .axe/axe.min.js ## run the tests that need a browser, Azurite or the Ceph gateway
	$(BIN)/python -m pytest -m system

# The accessibility checker of the browser tests. Where it cannot be fetched, they say that they skip it.
.axe/axe.min.js:
	@mkdir -p .axe
	@cd .axe && npm pack --silent axe-core@4.14.1 >/dev/null && tar -xzmf axe-core-4.14.1.tgz --strip-components=1 package/axe.min.js || \
	  echo 'axe-core cannot be fetched (is npm installed?): the accessibility tests will be skipped'

check: $(VENV)/.dev ## lint, format, types, floors, generated documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m docs.generate --check

docs: $(VENV)/.dev ## generate docs/identifiers.md, cli.md, dowse.1 and the samples again
	$(BIN)/python -m docs.generate

format: $(VENV)/.dev ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.bench ## run the benchmarks, write benchmarks/results/
	$(BIN)/python -m benchmarks.run

bench-quick: $(VENV)/.bench ## the same on small inputs, once each: rough figures in about two minutes
	$(BIN)/python -m benchmarks.run --quick

bench-growth: $(VENV)/.bench ## how cost grows with size, files, identifiers, hits and workers, with plots
	$(BIN)/python -m benchmarks.growth

bench-peers: $(VENV)/.bench .venv-peers/.ready ## compare with other tools; needs ripgrep
	$(BIN)/python -m benchmarks.peers

bench-prefilters: $(VENV)/.bench ## Vectorscan against RE2 as the first pass
	$(BIN)/python -m benchmarks.prefilters

# The peers' own environment, so that their needs do not touch ours.
.venv-peers/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	.venv-peers/bin/pip install --quiet --disable-pip-version-check --group peers
	@touch $@

accuracy: $(VENV)/.dev ## measure precision and recall, write benchmarks/results/accuracy.md
	$(BIN)/python -m benchmarks.accuracy.run --bulk --trees

accuracy-peers: .venv-peers/.ready accuracy ## the same beside other tools

sample-data: $(VENV)/.dev ## write sample_data/files/ and sample_data/truth.toml again
	$(BIN)/python sample_data/generate.py

clean: ## remove what the targets made
	rm -rf $(VENV) .venv-peers .axe dowse-report.html .mypy_cache .ruff_cache .pytest_cache .hypothesis
