# make demo   sets up .venv, converts samples, shows the result
# make test   sets up and runs all tests and checks
# make slow   the tests that take minutes: bombs, a Dask cluster, an S3 server, thousands of documents
# make eval   scores the labelled documents against the floors, and estimates the figure for layouts never tried
# make bench  ratios against other tools, in one run; make bench-docs writes them to docs/benchmarks.md
# make bench-archive   whole commands over folders: 10,000 PDFs, second runs over 100,000 texts, a run log of a million lines
# make fuzz   the property tests with new examples, many more of them
SHELL := /bin/bash
UV := .uv/bin/uv
PY := .venv/bin/python
.PHONY: demo test slow check eval bench bench-docs bench-archive fuzz schema samples setup

setup: .venv/.ready

# pip --target needs neither root nor python3-venv and is allowed beside a system Python; uv makes the environment
.uv/bin/uv:
	python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .uv uv

.venv/.ready: pyproject.toml constraints.txt | .uv/bin/uv
	$(UV) venv --quiet --allow-existing --python 3 .venv
	$(UV) pip install --quiet --python $(PY) --constraint constraints.txt --editable . --group dev
	@touch $@

demo: setup
	@for f in samples/firstagenda/*.pdf samples/firstagenda-web/*.html samples/acadre/*.docx samples/dated/*.txt; do \
	  echo "== $$f"; .venv/bin/minutes-parser parse --compact "$$f" > .venv/demo.json || exit 1; \
	  $(PY) samples/show.py .venv/demo.json; done

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

test: check
	$(PY) -m pytest

slow: .venv/.cluster
	$(PY) -m pytest -m slow

.venv/.cluster: .venv/.ready
	$(UV) pip install --quiet --python $(PY) --constraint constraints.txt --group cluster
	@touch $@

eval: setup
	$(PY) evaluation/gate.py
	$(PY) evaluation/people.py
	$(PY) evaluation/leave_out.py

bench: setup
	$(PY) benchmarks/bench.py

bench-docs: setup
	$(PY) benchmarks/bench.py --write

bench-archive: setup
	$(PY) benchmarks/folders.py

fuzz: setup
	HYPOTHESIS_PROFILE=explore $(PY) -m pytest tests/test_conservation.py tests/test_fuzz.py

schema: setup
	.venv/bin/minutes-parser schema > schemas/minutes.schema.json

samples: setup
	$(PY) samples/make_samples.py
	$(PY) -m pytest tests/test_samples.py --rewrite
