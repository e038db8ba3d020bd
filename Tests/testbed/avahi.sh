#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# An avahi-daemon of the tests' own, with a D-Bus of its own, in whatever network namespace this is called: a host of cluster.sh
# (`cluster.sh exec h1 avahi.sh up DIR h1`), or one that `avahi.sh alone DIR COMMAND...` makes for a command.
#
#   avahi.sh up DIR [NAME]      start both, under the host name NAME, and print the bus's address (for DBUS_SYSTEM_BUS_ADDRESS)
#   avahi.sh stop|start DIR     end the avahi-daemon, and start it again
#   avahi.sh stop-bus DIR       end the bus, with which the avahi-daemon ends
#   avahi.sh start-bus DIR      start both again
#   avahi.sh pid DIR            print the avahi-daemon's process
#   avahi.sh down DIR           end both
#   avahi.sh alone DIR ...      a command in a network of its own, between `up` and `down`, with DBUS_SYSTEM_BUS_ADDRESS set
#
# DIR is an empty directory. Environment: AVAHI_OBJECTS, the objects that a client may have (avahi-daemon's default is 1024).
# It needs root.
set -euo pipefail

fail() { echo "avahi.sh: $*" >&2; exit 1; }
usage() { sed -n '4,17s/^# \{0,1\}//p' "$0" >&2; exit 2; }

command=${1:-}
[ $# -ge 2 ] || usage
self=$(readlink -f "$0")
. "$(dirname "$self")/processes.sh"
mkdir -p "$2"
home=$(readlink -f "$2")
address=unix:path=$home/bus
[ ${#home} -le 90 ] || fail "the path of $home is too long for a UNIX socket"

pid_of() { cat "$home/$1.pid" 2> /dev/null || true; }
end_of() { end "$home/$1.pid" 5; }

configure() {
    cat > "$home/bus.conf" << CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>$address</listen>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/><allow send_type="method_call"/>
  </policy>
</busconfig>
CONF
    cat > "$home/avahi.conf" << CONF
[server]
host-name=$1
disallow-other-stacks=no
deny-interfaces=lo,eth1
objects-per-client-max=${AVAHI_OBJECTS:-1024}
ratelimit-interval-usec=1000000
ratelimit-burst=1000
[publish]
publish-workstation=no
publish-hinfo=no
[rlimits]
CONF
}

start_bus() {
    if running "$(pid_of bus)"; then return; fi
    rm -f "$home/bus"
    setsid dbus-daemon --config-file="$home/bus.conf" --nofork --nopidfile > "$home/bus.log" 2>&1 < /dev/null &
    echo $! > "$home/bus.pid"
    until_true 30 [ -S "$home/bus" ] || { cat "$home/bus.log" >&2; fail "the bus did not start"; }
}

# Its directory in /run is compiled in.
become_avahi() {
    mkdir -p "$home/run" /run/avahi-daemon
    mount --bind "$home/run" /run/avahi-daemon
    echo "$BASHPID" > "$home/avahi.pid"
    DBUS_SYSTEM_BUS_ADDRESS=$address exec avahi-daemon --file "$home/avahi.conf" --no-drop-root --no-chroot --no-rlimits
}
has_name() { DBUS_SYSTEM_BUS_ADDRESS=$address dbus-send --system --print-reply --dest=org.freedesktop.Avahi / org.freedesktop.Avahi.Server.GetState > "$home/state" 2>&1 && grep -q 'int32 2' "$home/state"; }

start() {
    if running "$(pid_of avahi)"; then return; fi
    rm -f "$home/run/pid"
    setsid unshare --mount --propagation private "$self" become-avahi "$home" >> "$home/avahi.log" 2>&1 < /dev/null &
    [ "${1:-}" = hasty ] || until_true 60 has_name || { cat "$home/avahi.log" >&2; fail "avahi-daemon did not start"; }
}

case $command in
up)
    configure "${3:-host}"
    start_bus
    start
    echo "$address"
    ;;
stop) end_of avahi ;;
start) start hasty ;;
stop-bus) end_of bus; end_of avahi ;;
start-bus) start_bus; start hasty ;;
pid) pid_of avahi ;;
down) end_of avahi; end_of bus ;;
alone) shift 2; exec unshare --net "$self" lonely "$home" "$@" ;;
lonely)
    shift 2
    ip link set lo up
    ip link add eth0 type veth peer name eth1
    ip address add 10.78.0.1/24 dev eth0
    ip link set eth0 up
    ip link set eth1 up
    trap '"$self" down "$home"' EXIT
    DBUS_SYSTEM_BUS_ADDRESS=$("$self" up "$home" alone)
    export DBUS_SYSTEM_BUS_ADDRESS
    status=0
    "$@" || status=$?
    exit "$status"
    ;;
become-avahi) become_avahi ;;
*) usage ;;
esac
