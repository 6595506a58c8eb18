# `make build` writes generated/ from specs/, and the same in examples/english/. `make test` runs every test. `make check` is the
# rest of what CI asks for.

# promtool makes much garbage and lives briefly; collecting it less often saves a fifth of its time.
export GOGC ?= 400

# The random tests try the same cases on every run: a run that fails tells of a change and not of luck.
export PROPTEST_RNG_SEED ?= 20261121

.PHONY: build test explore mutants check tools docs

build:
	cargo run --release -- build
	cargo run --release -- build --project examples/english

test: tools
	cargo test

# Tries random texts that no run has tried before, many times more of them.
explore: export PROPTEST_CASES ?= 4000
explore:
	env -u PROPTEST_RNG_SEED cargo test --release --lib --test hostile

# Changes the generated rules, one thing at a time, and shows which changes the generated rule tests let pass.
mutants: tools
	cargo test --test mutants -- --ignored --nocapture

# rustfmt is given the files, since `cargo fmt` does not follow modules that a macro declares.
check:
	@rustfmt --version && cargo clippy --version || { \
		echo "install them with: rustup component add rustfmt clippy" >&2; exit 1; }
	rustfmt --edition 2024 --check $$(git ls-files '*.rs')
	cargo clippy --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps
	cargo run --release -- build --check
	cargo run --release -- build --check --project examples/english
	cargo test --test reference

# The programs that judge what is generated: promtool and amtool, Prometheus and Alertmanager.
tools:
	@.ci/tools

# Writes the generated pages of docs/ again, and what the examples of the documents print.
docs:
	UPDATE=1 cargo test --test reference --test readme
