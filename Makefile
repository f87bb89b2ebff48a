# Stet: `make demo` and `make test` are all a newcomer needs. `make help` lists the rest.

PREFIX  ?= /usr/local
SWIFT   ?= swift
# Swift's own libraries are linked in: the command then starts twice as fast, and runs where Swift is not installed.
RELEASE := $(SWIFT) build -c release --static-swift-stdlib --product
# Side by side they would starve: a fetch that waits for a core looks like a server that does not answer.
WAITING := (Fetching|Syncing|Importing|Web|Webhooks|Command|Fault|Demo)Tests
SOURCES := Package.swift Sources Tests Demo Benchmarks Fuzz/Package.swift Fuzz/Targets

.PHONY: help setup build demo test check format goldens bench interop browser fuzz man install clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing (Debian packages; needs root or sudo)
	@sh Scripts/setup.sh

build: setup ## build the command: .build/release/stet
	$(RELEASE) stet

demo: setup ## build, then watch a small newsroom on loopback and show what it changed
	$(RELEASE) stet
	$(RELEASE) stet-demo
	.build/release/stet-demo --site Demo/Site --stet .build/release/stet --work demo-archive

test: export STET_STRICT = 1
test: setup ## run every test: those that wait for servers and processes one after another, the others at once
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --no-parallel --filter '$(WAITING)'
	$(SWIFT) test --skip-build --skip '$(WAITING)'

check: export STET_STRICT = 1
check: setup ## lint strictly; compile with warnings as errors
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)
	$(SWIFT) build --build-tests

format: ## format the sources
	$(SWIFT) format --in-place --recursive --parallel $(SOURCES)

goldens: export STET_STRICT = 1
goldens: setup ## rewrite the golden files; read the diff before you commit it
	STET_WRITE_GOLDENS=1 $(SWIFT) test --filter Golden

bench: setup ## measure, and write docs/PERFORMANCE.md
	$(RELEASE) stet
	$(RELEASE) stet-bench
	PATH="$(CURDIR)/.build/peers/bin:$$PATH" \
	  .build/release/stet-bench --stet .build/release/stet --output docs/PERFORMANCE.md $(BENCH)

interop: setup ## have warcio, cdxj-indexer, wacz and pywb check exports and answers (needs PyPI at the first run)
	$(RELEASE) stet
	sh Scripts/interop.sh

browser: setup ## check the pages in a browser (needs chromium, and Playwright from PyPI)
	$(RELEASE) stet
	python3 Scripts/browser/check.py --stet .build/release/stet $(BROWSER)

fuzz: setup ## fuzz what reads the network: make fuzz TARGET=html SECONDS=600
	sh Scripts/fuzz.sh $(or $(TARGET),html) $(or $(SECONDS),600)

man: setup ## write the man pages to .build/man
	$(SWIFT) package plugin generate-manual --multi-page --configuration debug
	@mkdir -p .build/man && cp .build/plugins/GenerateManual/outputs/stet/*.1 .build/man/ && ls .build/man

install: setup man ## install the command, completions and man pages under PREFIX
	$(RELEASE) stet
	install -D -m 755 -s .build/release/stet $(DESTDIR)$(PREFIX)/bin/stet
	install -d $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 644 .build/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	$(DESTDIR)$(PREFIX)/bin/stet --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/stet
	$(DESTDIR)$(PREFIX)/bin/stet --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_stet
	$(DESTDIR)$(PREFIX)/bin/stet --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/stet.fish

clean: ## remove what was built
	rm -rf .build
