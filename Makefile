# Two commands do all the set-up on a fresh machine: `make demo` and `make test`.
.DELETE_ON_ERROR:
.PHONY: demo test lint bench docs install clean screenshots

BIN := .venv/bin
SOURCES := pyproject.toml hatch_build.py recorder/package-lock.json \
	$(shell find recorder/src storage/player -name '*.ts' 2>/dev/null)

demo: install
	$(BIN)/milchglas demo

# One process more than a small machine has cores: many tests wait for browsers and for processes.
test: install
	@if command -v npm >/dev/null || [ -n "$$MILCHGLAS_NO_SKIP" ]; then cd recorder && npm test --silent; \
	else echo "SKIPPED: the recorder's own tests need npm"; fi
	$(BIN)/pytest -n 3

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd recorder && npx tsc --noEmit

bench: install
	$(BIN)/python -m bench.page

# The handbook, into site/.
docs: install
	$(BIN)/mkdocs build --strict --quiet

screenshots: install
	$(BIN)/python -m tests.screenshots

install: .venv/.installed

# Editable, with the recorder and the player built from their npm packages by hatch_build.py.
.venv/.installed: $(SOURCES)
	@test -x $(BIN)/python || { python=$$(deploy/find-python) && echo "Python: $$python" && "$$python" -m venv .venv; }
	@command -v npm >/dev/null || echo "npm is not there: the build brings its own by pip"
	@echo "Installing into .venv; the first time this takes a minute or two"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@$(BIN)/python hatch_build.py
	@touch $@

clean:
	rm -rf .venv site recorder/node_modules recorder/dist proxy/built storage/static/built
