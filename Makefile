# SPDX-License-Identifier: GPL-2.0-or-later

CONNECT ?= test:///default
LISTEN ?= 127.0.0.1:8080
ACCESS ?= read-write
ARGS ?=
PREFIX ?= /usr/local
DESTDIR ?=
# The programs that `make install` takes
BUILT ?= .build/release
# Those of the screenshots that `make screenshots UPDATE=1` puts into docs/screenshots
README_SCREENSHOTS := vms-1280-light vm-1280-light

.DEFAULT_GOAL := help
.PHONY: help run build install test test-long lint format screenshots clean

help:
	@echo 'make run          build handlervirt and serve CONNECT=$(CONNECT) (any number of URIs)'
	@echo '                  on LISTEN=$(LISTEN), ACCESS=$(ACCESS), with further ARGS'
	@echo 'make build        build the release binaries, handlervirt and domumdns'
	@echo 'make install      install them below DESTDIR=$(DESTDIR) PREFIX=$(PREFIX), with stylesheets, documentation and systemd units'
	@echo 'make test         all tests: Swift, libvirtd with QEMU, browsers, AddressSanitizer; FILTER=REGEX runs some of the Swift tests'
	@echo 'make test-long    100 hosts, 10,000 VMs, storms, faults; the API and 50,000 random requests (FUZZ) under AddressSanitizer'
	@echo 'make bench        speed, as ratios to a Flask program and to a bare Hummingbird; options in BENCH, see Benchmarks/README.md'
	@echo 'make lint         check the format of the sources;  make format  mends it'
	@echo 'make screenshots  every page, wide and narrow, in .build-screenshots; UPDATE=1 renews docs/screenshots'
	@echo 'make clean        delete all that was built'

run: build
	@echo
	@echo '    handlervirt serves $(CONNECT)'
	@echo '    Open http://$(LISTEN)/ in a browser. Ctrl-C ends it.'
	@echo
	@exec .build/release/handlervirt --listen '$(LISTEN)' --access '$(ACCESS)' $(foreach uri,$(CONNECT),--connect '$(uri)') $(ARGS)

build:
	@command -v swift > /dev/null || { echo 'Swift 6.2 or newer is needed: see https://www.swift.org/install/linux' >&2; exit 1; }
	@scripts/packages.sh build
	@[ -d .build/release ] || echo 'The first build takes 5 to 10 minutes.'
	swift build -c release --product handlervirt
	swift build -c release --product domumdns

# Nothing outside of DESTDIR is written, and nothing is built: it may run as root.
INSTALLED := $(DESTDIR)$(PREFIX)
install:
	@[ -x $(BUILT)/handlervirt ] && [ -x $(BUILT)/domumdns ] || { echo 'Run make build first.' >&2; exit 1; }
	install -d '$(INSTALLED)/bin' '$(INSTALLED)/share/handlervirt' '$(INSTALLED)/share/man/man8' '$(INSTALLED)/share/doc/handlervirt'
	install -d '$(INSTALLED)/lib/systemd/system' '$(INSTALLED)/lib/sysusers.d'
	install -m 755 $(BUILT)/handlervirt $(BUILT)/domumdns '$(INSTALLED)/bin'
	rm -rf '$(INSTALLED)/share/handlervirt/Stylesheets' '$(INSTALLED)/share/handlervirt/Public'
	cp -R Stylesheets Public '$(INSTALLED)/share/handlervirt'
	chmod -R u=rwX,go=rX '$(INSTALLED)/share/handlervirt'
	install -m 644 docs/domumdns.8 '$(INSTALLED)/share/man/man8'
	install -m 644 docs/*.md '$(INSTALLED)/share/doc/handlervirt'
	install -m 644 docs/handlervirt.sysusers '$(INSTALLED)/lib/sysusers.d/handlervirt.conf'
	for unit in domumdns handlervirt; do \
	    sed 's,@PREFIX@,$(PREFIX),' docs/$$unit.service > '$(INSTALLED)/lib/systemd/system/'$$unit.service || exit 1; \
	    chmod 644 '$(INSTALLED)/lib/systemd/system/'$$unit.service; \
	done

test:
	@scripts/test.sh

test-long:
	@scripts/test.sh long

# bench
.PHONY: bench
bench: build
	@scripts/packages.sh bench
	@Benchmarks/venv.sh
	swift build -c release --product BareHummingbird
	@/usr/bin/python3 Benchmarks/bench.py $(BENCH)
# bench

lint:
	swift format lint --strict --parallel --recursive Sources Tests Benchmarks Package.swift

format:
	swift format --in-place --parallel --recursive Sources Tests Benchmarks Package.swift

screenshots:
	@scripts/packages.sh test
	@scripts/browser-venv.sh
	swift build --product handlervirt
	@.venv-browser/bin/python Tests/BrowserTests/screenshots.py .build-screenshots
	$(if $(UPDATE),mkdir -p docs/screenshots && cd .build-screenshots && cp $(addsuffix .png,$(README_SCREENSHOTS)) ../docs/screenshots/)

clean:
	rm -rf .build .build-asan .build-asan-server .build-guest .build-logs .build-screenshots .venv-bench .venv-browser .venv-discovery
