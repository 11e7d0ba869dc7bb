# One environment, .venv; a stamp for each set of packages, so that a second run starts at once.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: serve test format eval model ranker intent verification ablation bench bench-page pictures clean

serve: $(VENV)/.base  ## install, build the index if it is missing or stale, open the page
	$(BIN)/sip serve --browser

test: $(VENV)/.dev  ## install what tests need and run them all
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadfile

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(VENV)/.dev  ## the golden set; exit 1 where an answer got worse
	$(BIN)/sip eval

model: $(VENV)/.dev  ## train the bundled embedding model on the edition
	$(BIN)/python -m ingest.train

ranker: $(VENV)/.dev  ## learn the reranker's weights from held-out question forms
	$(BIN)/python -m evals.ranking

intent: $(VENV)/.dev  ## learn which texts are no question on the guidelines
	$(BIN)/python -m evals.intent

verification: $(VENV)/.dev  ## bad statements stopped, faithful ones let through, by kind
	$(BIN)/python -m evals.verification

ablation: $(VENV)/.dev  ## what each part of retrieval adds, into docs/quality.md
	$(BIN)/python -m evals.ablation

bench: $(VENV)/.bench  ## ours beside an ordinary LangChain chain; needs the originals
	$(BIN)/python -m evals.bench

bench-page: $(VENV)/.dev  ## how soon page and answer are there, and what they weigh; needs Chromium
	$(BIN)/python -m evals.page_bench

pictures: $(VENV)/.dev  ## the README's picture; needs Chromium
	$(BIN)/python docs/pictures.py

clean:
	rm -rf $(VENV) build dist *.egg-info

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable .
	touch $@

$(VENV)/.bench: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[bench]'
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[dev]'
	touch $(VENV)/.base $@
