#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test.sh: everything that `make test` does, from packages to browsers. A step that fails does not keep later ones that do not
# need it from running; all are named at the end. What a step printed is in .build-logs, and on the terminal if it failed.
#
#   test.sh         all that a change must pass
#   test.sh long    what takes longer: 100 hosts, 10,000 domains, a storm of events, 10,000 random operations under faults; then the API
#                   and tens of thousands of random requests on a server under AddressSanitizer
#
#   CI=true         nothing may be skipped: what would be is a failure
#   SANITIZE=no     leaves the run under AddressSanitizer out (minutes)
#   FUZZ=NUMBER     of random requests
#   STEPS=NUMBER    of random operations under faults
#   INPUTS=NUMBER   of random inputs for each parser
#   FILTER=REGEX    only the Swift tests that match, and no browsers and no sanitizer
set -euo pipefail

cd "$(dirname "$(readlink -f "$0")")/.."
logs=.build-logs
mkdir -p "$logs"
failed=()
skipped=()
bed=

clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

skip() {
    if [ "${CI:-}" = true ]; then
        failed+=("$1 (skipped: $2)")
        echo "-- $1: FAILED, nothing may be skipped here: $2"
    else
        skipped+=("$1: $2")
        echo "-- $1: skipped, $2"
    fi
}

# step NAME COMMAND...: runs it quietly, with a sign of life twice a minute.
step() {
    local name=$1 log=$logs/${1// /-}.log start=$SECONDS shown=$SECONDS line
    shift
    echo "-- $name"
    if "$@" 2>&1 | tee "$log" | while IFS= read -r line; do
        if [ $((SECONDS - shown)) -ge 30 ]; then
            shown=$SECONDS
            printf '   %s  %.140s\n' "$(clock $((SECONDS - start)))" "$line"
        fi
    done; then
        line=$(tail -n 1 "$log")
        printf '   ok, %s  %.140s\n' "$(clock $((SECONDS - start)))" "$line"
        return 0
    fi
    failed+=("$name")
    grep -nE '(error|✘|FAILED|Fatal|AddressSanitizer|LeakSanitizer)' "$log" | head -n 60 || true
    echo "   ... the end of $log:"
    tail -n 60 "$log"
    printf '   FAILED, %s: %s\n' "$(clock $((SECONDS - start)))" "$name"
    return 1
}

# skips STEP PATTERN: what the step's own report calls skipped.
skips() {
    local line
    while IFS= read -r line; do skip "$1" "$line"; done < <(grep -E "$2" "$logs/${1// /-}.log" || true)
}

clean_up() {
    local status=$?
    trap - EXIT INT TERM
    if [ -n "$bed" ]; then
        TESTBED_HOME=$bed Tests/testbed/host.sh down || true
        rm -rf "$bed" || true
    fi
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

close() {
    local reason
    echo
    for reason in ${skipped[@]+"${skipped[@]}"}; do echo "skipped  $reason"; done
    for reason in ${failed[@]+"${failed[@]}"}; do echo "failed   $reason"; done
    if [ ${#failed[@]} -gt 0 ]; then
        echo "make test: FAILED, ${#failed[@]} of the steps, after $(clock $SECONDS)"
        exit 1
    fi
    echo "make test: passed in $(clock $SECONDS), ${#skipped[@]} skipped"
    exit 0
}

command -v swift > /dev/null || { failed+=("swift is not in PATH: Swift 6.2 or newer is needed, see https://www.swift.org/install/linux"); close; }
step packages scripts/packages.sh test || close
step lint swift format lint --strict --parallel --recursive Sources Tests Benchmarks Package.swift || true
step build swift build --build-tests || close

# A libvirtd with QEMU, and the guest that it boots.
if [ "$(id -u)" != 0 ] && ! command -v sudo > /dev/null; then
    skip "tests with libvirtd and QEMU" "starting a libvirtd needs root or sudo"
elif step guest Tests/testbed/guest.sh .build-guest; then
    bed=$(mktemp -d)
    export TESTBED_CAPABILITIES=$PWD/.build-guest/capabilities
    if step libvirtd env "TESTBED_HOME=$bed" Tests/testbed/host.sh up; then
        HANDLERVIRT_TEST_QEMU=$(TESTBED_HOME=$bed Tests/testbed/host.sh uri qemu)
        HANDLERVIRT_TEST_TEST=$(TESTBED_HOME=$bed Tests/testbed/host.sh uri test)
        HANDLERVIRT_TEST_SOCKET=$(TESTBED_HOME=$bed Tests/testbed/host.sh uri socket)
        HANDLERVIRT_TEST_GUEST=$PWD/.build-guest
        export HANDLERVIRT_TEST_QEMU HANDLERVIRT_TEST_TEST HANDLERVIRT_TEST_SOCKET HANDLERVIRT_TEST_GUEST
    fi
fi

# The whole API over HTTP, against libvirt-python; and random requests. These count their own skips, with reasons.
api() {
    step "reading functions" /usr/bin/python3 Tests/ParityTests/parity.py || true
    step "modifying functions" /usr/bin/python3 Tests/ParityTests/modify.py || true
    step "random requests" /usr/bin/python3 Tests/ParityTests/fuzz.py "${FUZZ:-10000}" || true
}

# Who may do what: every cell of a matrix, every way to another owner, every byte of another's.
authority() {
    local name
    if [ "$(id -u)" != 0 ]; then
        skip "who may do what" "migrations between network namespaces need root"
        return
    fi
    for name in matrix ownership leaks; do
        step "authority: $name" "Tests/AuthorityTests/$name.py" || true
    done
}

# Whether the audit tells of everything, and no secret.
audit() {
    step "audit: killing" /usr/bin/python3 Tests/AuditTests/killing.py || true
    step "audit: secrets" /usr/bin/python3 Tests/AuditTests/marked.py || true
}

# Hosts in network namespaces, and everything that can become of them.
network() {
    local name
    if [ "$(id -u)" != 0 ]; then
        skip "hosts that fail" "network namespaces need root"
        return
    fi
    for name in faults killing migration copies replicas; do
        step "hosts: $name" "Tests/NetworkTests/$name.py" || true
    done
    step "hosts: discovery" /usr/bin/python3 Tests/DiscoveryTests/discover.py || true
    step "hosts: history" Tests/NetworkTests/history.py "${STEPS:-1000}" || true
}

# test-long: first what needs a quick server, then the same on a server under AddressSanitizer, with many more random requests. libvirt and libxml2 keep what they allocate once.
if [ "${1:-}" = long ]; then
    [ -n "${HANDLERVIRT_TEST_QEMU:-}" ] || { failed+=("libvirtd did not start"); close; }
    step "release build" swift build -c release --product handlervirt || close
    for name in many_hosts many_domains storm; do
        step "scale: $name" env "HANDLERVIRT_BINARY=$PWD/.build/release/handlervirt" /usr/bin/python3 "Tests/ScaleTests/$name.py" || true
    done
    STEPS=${STEPS:-10000} network
    step "hostile corpora" env "HANDLERVIRT_BINARY=$PWD/.build/release/handlervirt" /usr/bin/python3 Tests/HostileTests/corpora.py || true
    step "fuzzed parsers" Tests/FuzzTests/run.sh "${INPUTS:-1000000}" || true
    if step "zeroconf" scripts/discovery-venv.sh; then step "hosts: announcing" /usr/bin/python3 Tests/DiscoveryTests/announce.py || true; fi
    step "server under AddressSanitizer" env ASAN_OPTIONS=detect_leaks=0 \
        swift build --product handlervirt --sanitize=address --scratch-path .build-asan-server || close
    export HANDLERVIRT_BINARY=$PWD/.build-asan-server/debug/handlervirt ASAN_OPTIONS=detect_leaks=0
    FUZZ=${FUZZ:-50000} api
    close
fi

# The tests with an avahi-daemon run with the bindings, below. Those with a libvirtd run by themselves, as they keep every core busy for a minute. Of the
# others a few at a time: hundreds at once, as is the default, wait for each other so long that what takes a second takes one.
swift_tests() {
    local name=$1
    shift
    step "$name" env SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8 swift test --skip-build --disable-xctest "$@" || true
    skips "$name" '^➜ Test .* skipped'
}

if [ -n "${FILTER:-}" ]; then
    swift_tests "swift test" --skip DaemonTests --filter "$FILTER"
    skip "the API over HTTP, browser tests, sanitizer" "FILTER is set"
    close
fi
swift_tests "swift test" --skip DaemonTests --skip IntegrationTests
swift_tests "swift test, libvirtd" --filter IntegrationTests
step "command line" /usr/bin/python3 Tests/CommandLineTests/commands.py || true
for name in limits tls overload; do
    step "serving: $name" timeout 600 "Tests/ServingTests/$name.py" || true
done
step "make install" /usr/bin/python3 Tests/InstallTests/install.py || true
step "behind proxies" /usr/bin/python3 Tests/InstallTests/proxies.py || true
if [ "$(id -u)" != 0 ]; then
    skip "systemd units" "a machine of their own needs root"
else
    step "systemd units" /usr/bin/python3 Tests/InstallTests/units.py || true
fi
step "scanners" /usr/bin/python3 Tests/ScanTests/scan.py 40 || true
if [ -n "${HANDLERVIRT_TEST_QEMU:-}" ]; then
    api
    authority
    audit
    network
fi

# What nobody means well with, sent to a server and given to one that starts; then random inputs for our parsers, by libFuzzer.
step "hostile corpora" /usr/bin/python3 Tests/HostileTests/corpora.py || true
step "fuzzed parsers" Tests/FuzzTests/run.sh "${INPUTS:-10000}" || true

if step "python packages" scripts/browser-venv.sh; then
    step "browser tests" .venv-browser/bin/pytest -q -rs Tests/BrowserTests || true
    skips "browser tests" '^SKIPPED'
fi

# The rooms that hold C pointers, once more and alone: the rest of the package would only add minutes of building. They have a package
# directory of their own, as a package without dependencies would delete our Package.resolved. Leaks count in the tests only: the
# generator, which the build runs, is instrumented too and leaves all to its end. What bounds the time and memory of a transform is for quick code, and
# tested above.
bindings() {
    mkdir -p .build-asan/package
    ln -sfn -t .build-asan/package ../../{Package.swift,Public,Sources,Stylesheets,Tests}
    HANDLERVIRT_BINDINGS_ONLY=1 swift "$@" --sanitize=address --package-path .build-asan/package --scratch-path .build-asan
}
if [ "${SANITIZE:-yes}" = no ]; then
    skip "bindings under AddressSanitizer" "SANITIZE=no"
elif [ "$(id -u)" != 0 ]; then
    skip "bindings under AddressSanitizer" "an avahi-daemon of its own needs root"
elif ASAN_OPTIONS=detect_leaks=0 step "bindings build" bindings build --build-tests; then
    export -f bindings
    HANDLERVIRT_TEST_AVAHI=$(mktemp -d)
    export HANDLERVIRT_TEST_AVAHI
    step "bindings under AddressSanitizer" Tests/testbed/avahi.sh alone "$HANDLERVIRT_TEST_AVAHI" \
        bash -c 'bindings test --skip-build --disable-xctest --skip AbsenceTests --skip AllowanceTests' || true
    rm -rf "$HANDLERVIRT_TEST_AVAHI"
    skips "bindings under AddressSanitizer" '^➜ Test .* skipped'
fi
close
