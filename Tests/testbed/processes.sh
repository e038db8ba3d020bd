# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the scripts of the test bed share, to be sourced: processes, each by its own pid. They define `fail`.

# as_root ARGUMENTS: begins the script anew as root, if this is nobody.
as_root() {
    [ "$(id -u)" = 0 ] && return
    command -v sudo > /dev/null || fail "needs root, and there is no sudo"
    exec sudo env "PATH=$PATH" "TESTBED_HOME=$home" "TESTBED_CAPABILITIES=${TESTBED_CAPABILITIES:-}" "$0" "$@"
}

# A zombie has ended, whoever has yet to collect it.
running() {
    local state
    [ -n "${1:-}" ] || return 1
    state=$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2> /dev/null) || return 1
    [ -n "$state" ] && [ "$state" != Z ]
}
ended() { ! running "$1"; }

# until_true SECONDS COMMAND: asks twenty times a second.
until_true() {
    local tries=$(($1 * 20))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.05
    done
}

# end PID-FILE [SECONDS]: that process and no other, by TERM, and after so many seconds (15) by KILL. One that is stopped hears TERM only when it goes on.
end() {
    local pid
    pid=$(cat "$1" 2> /dev/null) || return 0
    if running "$pid"; then
        kill "$pid" && kill -CONT "$pid" || true
        until_true "${2:-15}" ended "$pid" || kill -KILL "$pid" || true
        until_true 30 ended "$pid" || fail "process $pid of $1 does not end"
    fi
    rm -f "$1"
}
