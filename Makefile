# Needs python3 (3.11 or newer), git and make; everything else is installed into .venv.
.DELETE_ON_ERROR:
.PHONY: setup up test heavy lint lock ruff mypy pyright imports bench clean

BIN := .venv/bin
STAMP := .venv/.in-step-with-uv.lock
UV := uv>=0.13.9,<0.14

# The interpreter of .venv is the one python3 names: uv neither replaces nor downloads it.
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON := $(BIN)/python
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV
# Without bytecode every process would compile Dagster anew: two seconds each.
unexport PYTHONDONTWRITEBYTECODE

setup: $(STAMP)

$(STAMP): uv.lock pyproject.toml setup.cfg | $(BIN)/uv
	$(BIN)/uv sync --frozen --extra demo --extra dlt --extra kafka --extra openlineage --extra sftp --extra sql
	@touch $@

$(BIN)/uv:
	@python3 -c 'import sys; sys.version_info >= (3, 11) or sys.exit("lake_assets needs Python 3.11 or newer")'
	python3 -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check '$(UV)'

up: setup
	$(BIN)/lake up

# The longest first; what each says is shown when it ends.
lint: setup
	@$(MAKE) --no-print-directory --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync) \
	    pyright mypy lock ruff imports

lock:
	$(BIN)/uv lock --check --offline --quiet

ruff:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

mypy pyright:
	$(BIN)/$@

imports:
	$(BIN)/lint-imports --no-logo

test: lint
	.ci/in-memory $(BIN)/pytest -n 3 --dist worksteal -m 'not heavy and not browser' --doctest-modules \
	    --cov --cov-report=term lake_assets lake_assets_tests

# pytest says 5 where it collected nothing: right only as long as no test carries one of the marks.
heavy: setup
	@.ci/in-memory $(BIN)/pytest -n 4 --dist loadscope --no-loadscope-reorder -m 'heavy or browser' lake_assets_tests; code=$$?; \
	if [ $$code -eq 5 ] && ! grep -rqE 'mark\.(heavy|browser)' --include='*.py' lake_assets_tests; then \
	    echo 'heavy: no test is marked heavy or browser, so nothing was run'; exit 0; \
	fi; exit $$code

bench: setup
	$(BIN)/python -m benchmarks

# The environment, the lake and its history stay; `rm -r .venv lake .dagster` removes them too.
clean:
	rm -rf build dist htmlcov screenshots .coverage .coverage.* *.egg-info
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find lake_assets lake_assets_tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
