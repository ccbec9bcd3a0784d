# Each target stands for one script in tools/; nothing asks a question.
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: run build test conformance screenshots check format bench bench-full bench-logs install clean

run:
	@tools/run

build:
	@tools/install-packages build
	@tools/build release mcp-orch mcp-orch-launch

test:
	@tools/test

conformance:
	@tools/test conformance

screenshots:
	@tools/screenshots

check:
	@tools/check

format:
	@tools/format

bench:
	@tools/bench

bench-full:
	@tools/bench full

bench-logs:
	@tools/bench logs

install:
	@test -x build/release/mcp-orch || { echo "error: nothing is built; run 'make build' first" >&2; exit 1; }
	install -D -m 0755 build/release/mcp-orch $(DESTDIR)$(PREFIX)/bin/mcp-orch
	install -D -m 0755 build/release/mcp-orch-launch $(DESTDIR)$(PREFIX)/bin/mcp-orch-launch
	@! test -x build/release/bench/mcp-orch-bench || \
	    install -D -m 0755 build/release/bench/mcp-orch-bench $(DESTDIR)$(PREFIX)/bin/mcp-orch-bench

clean:
	rm -rf build
