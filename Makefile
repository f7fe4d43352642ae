# What can be done here. Needs Python 3.11 or newer and make; everything else comes into .venv by itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TRAIN := .venv-train
# That train together, each on one thread. Another number gives other weights.
PROCESSES := 2
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: install
install: $(VENV)/.installed ## Make .venv from the hashed lock file (every other target does so when it has to)

# Anew only when the lock changes; the project itself is installed in place, so its code is always the current one.
$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: demo
demo: install ## Stream twenty articles on the spot, with a broker in memory; ARGS=--once ends by itself
	@$(BIN)/statements demo $(ARGS)

.PHONY: test
test: install ## Run all tests, with real Kafka and Chromium where they are; REQUIRE_KAFKA=1 REQUIRE_BROWSER=1 insist
	$(BIN)/pytest $(ARGS)

.PHONY: screenshots
screenshots: install ## Run the page's tests in a browser, and take the pictures in docs/screenshots anew
	SCREENSHOTS=1 REQUIRE_BROWSER=1 $(BIN)/pytest tests/browser

.PHONY: chaos
chaos: install ## Kill workers and brokers (real Kafka) under a stream and count what is lost; BROKERS=3, ARGS="--seed 1"
	$(BIN)/python -m tests.chaos --brokers $(or $(BROKERS),1) $(ARGS)

.PHONY: lint
lint: install ## Check style, form, and the licences and known vulnerabilities of what is installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/pip-licenses --summary
	@$(BIN)/python .ci/audit.py requirements.lock

.PHONY: fuzz
fuzz: install ## Try 210,000 odd inputs on decoding and extraction, guided by coverage (Linux); ARGS="--share 0.1"
	$(BIN)/python -m fuzz $(ARGS)

.PHONY: types
types: install ## Check types
	$(BIN)/mypy

.PHONY: format
format: install ## Bring all files into form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: docs
docs: install ## Write the published schemas and the reference of commands and settings anew from the code
	$(BIN)/python -m schemas.publish
	$(BIN)/python -m streams.web.openapi
	$(BIN)/python -m streams.cli.reference

.PHONY: evaluate
evaluate: install ## Score the extractor on the gold statements in seeds/; ARGS="--gold FOLDER" for others
	$(BIN)/statements evaluate $(ARGS)

.PHONY: bench
bench: bench-extract bench-stream ## Run all benchmarks

.PHONY: bench-extract
bench-extract: install ## Measure articles and words a second of the extraction
	$(BIN)/python -m benchmarks $(ARGS)

.PHONY: bench-stream
bench-stream: install ## Measure the stream's own cost on a real Kafka against a bare loop; ARGS=--json
	$(BIN)/python -m benchmarks.stream $(ARGS)

.PHONY: soak
soak: install ## Run a worker at a steady load on a real Kafka, plot its memory, handles, lag and latency; MINUTES=30
	$(BIN)/python -m benchmarks.soak --minutes $(or $(MINUTES),30) $(ARGS)

.PHONY: kafka-start
kafka-start: install ## Start a real Apache Kafka on this machine (Java 17 and Maven, no Docker)
	$(BIN)/statements kafka start

.PHONY: kafka-stop
kafka-stop: install ## Stop it
	$(BIN)/statements kafka stop

.PHONY: train
train: $(TRAIN)/.installed ## Train the tagger anew, in .venv-train; POLNEAR=FOLDER STATEMENTS_TRAIN=FOLDER name the data
	@test -n "$(POLNEAR)" -a -n "$(STATEMENTS_TRAIN)" \
	  || { echo "make train needs POLNEAR=FOLDER and STATEMENTS_TRAIN=FOLDER" >&2; exit 2; }
	$(TRAIN)/bin/python -m torch.distributed.run --nproc-per-node $(PROCESSES) -m training.train --polnear "$(POLNEAR)" --statements-train "$(STATEMENTS_TRAIN)" $(ARGS)

.PHONY: train-fields
train-fields: install ## Cross-validate and learn act, targets and diplomatic anew; POLNEAR=FOLDER STATEMENTS_TRAIN=FOLDER name the data
	@test -n "$(POLNEAR)" -a -n "$(STATEMENTS_TRAIN)" \
	  || { echo "make train-fields needs POLNEAR=FOLDER and STATEMENTS_TRAIN=FOLDER" >&2; exit 2; }
	$(BIN)/python -m training.acts --statements-train "$(STATEMENTS_TRAIN)" --polnear "$(POLNEAR)/train.jsonl" \
	  --out streams/attribution/data/act_weights.json --folds build/folds
	POLNEAR="$(POLNEAR)/train.jsonl" $(BIN)/python -m training.fields "$(STATEMENTS_TRAIN)" --folds build/folds

$(TRAIN)/.installed: requirements-train.lock pyproject.toml
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.lock
	@touch $@

.PHONY: lock
lock: ## Resolve the dependencies anew and write the lock files (needs uv)
	@command -v uv >/dev/null || { echo "uv is needed to write the lock files: pip install uv" >&2; exit 1; }
	$(COMPILE) --upgrade --group dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --upgrade --group train --output-file requirements-train.lock pyproject.toml
	$(COMPILE) --constraints requirements.lock --output-file requirements-runtime.lock pyproject.toml

.PHONY: clean
clean: ## Remove what was made here: environments, caches, builds (Kafka's data stay)
	rm -rf $(VENV) $(TRAIN) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .statements
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
