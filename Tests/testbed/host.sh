#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A libvirtd of the tests' own: system mode, QEMU without KVM, and libvirt's test driver shared by all who connect.
# It has its own mount and network namespace, so neither the machine's libvirt nor its network notices.
#
#   host.sh up              start it and print the URI of its QEMU driver
#   host.sh uri [NAME]      print the URI of the driver NAME, `qemu` (default) or `test`; or the path of the `socket`
#   host.sh virsh ...       virsh on its QEMU driver
#   host.sh inside ...      a command in its namespaces
#   host.sh down            stop its domains, then the daemon, and delete what it wrote
#
# Environment:
#   TESTBED_HOME            an empty directory that only the caller can enter (mktemp -d); whoever can enter it rules the host
#   TESTBED_CAPABILITIES    a directory that keeps what libvirt finds out about QEMU from one run to the next (saves seconds)
#
# It needs root, and uses sudo where it is not root.
set -euo pipefail

fail() { echo "host.sh: $*" >&2; exit 1; }
usage() { sed -n '4,18s/^# \{0,1\}//p' "$0" >&2; exit 2; }

home=${TESTBED_HOME:-}
[ -n "$home" ] || fail "TESTBED_HOME is not set: make it with mktemp -d"
[ -d "$home" ] || fail "TESTBED_HOME=$home is not a directory"
home=$(readlink -f "$home")
here=$(dirname "$(readlink -f "$0")")
. "$here/processes.sh"
socket=$home/run/libvirt/libvirt-sock
pid_file=$home/libvirtd.pid
probed=$home/var/cache/libvirt/qemu/capabilities
# A socket's path has room for 107 bytes; libvirt's longest one here is the read-only socket.
[ ${#socket} -le 100 ] || fail "the path of TESTBED_HOME is too long for a UNIX socket"

uri() {
    case ${1:-qemu} in
    qemu) echo "qemu+unix:///system?socket=$socket" ;;
    test) echo "test+unix:///default?socket=$socket" ;;
    socket) echo "$socket" ;;
    *) usage ;;
    esac
}

daemon() { cat "$pid_file" 2> /dev/null || true; }

listens_or_ended() { [ -S "$socket" ] || ! running "$1"; }

# In the new namespaces: our directories over the machine's, and this very process becomes libvirtd.
become_libvirtd() {
    local name
    for name in etc/libvirt run/libvirt var/lib/libvirt var/log/libvirt var/cache/libvirt; do
        mkdir -p "/$name" "$home/$name"
        mount --bind "$home/$name" "/$name"
    done
    ip link set lo up
    # /sys/class/net would still show the other namespace's interfaces. The cgroups lie below /sys and must survive.
    mkdir -p "$home/cgroup"
    if mount --rbind /sys/fs/cgroup "$home/cgroup" && mount -t sysfs sysfs /sys; then
        mount --rbind "$home/cgroup" /sys/fs/cgroup
    fi
    # The QEMU driver gives up where its default user does not exist, even if it is told to use another one below. A package that is
    # not needed here creates that user, so our copies of the two files name it.
    for name in passwd group; do
        cp "/etc/$name" "$home/$name"
        mount --bind "$home/$name" "/etc/$name"
    done
    getent passwd libvirt-qemu > /dev/null || echo "libvirt-qemu:x:64055:64055::/nonexistent:/usr/sbin/nologin" >> /etc/passwd
    getent group libvirt-qemu > /dev/null || echo "libvirt-qemu:x:64055:" >> /etc/group
    # Guests run by emulation, so that every machine behaves alike. libvirt may not find a KVM it could write to: it asks with
    # access(), which root passes anywhere but on a read-only mount, and probes QEMU anew whenever the answer differs from its cache.
    if [ -e /dev/kvm ]; then
        : > "$home/no-kvm"
        mount --bind "$home/no-kvm" /dev/kvm
        mount -o remount,bind,ro /dev/kvm
    fi
    cat > /etc/libvirt/qemu.conf <<'CONF'
user = "root"
group = "root"
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
stdio_handler = "file"
vnc_listen = "127.0.0.1"
CONF
    # Anyone may open the sockets who can reach them: the directory above them lets nobody but the caller through.
    cat > /etc/libvirt/libvirtd.conf <<'CONF'
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_ro_perms = "0777"
unix_sock_rw_perms = "0777"
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
CONF
    echo "$BASHPID" > "$pid_file"
    exec libvirtd --config /etc/libvirt/libvirtd.conf --pid-file /run/libvirt/libvirtd.pid
}

up() {
    local keeper
    if running "$(daemon)"; then uri; return; fi
    rm -f "$pid_file" "$socket"
    if [ -n "${TESTBED_CAPABILITIES:-}" ] && [ -d "$TESTBED_CAPABILITIES" ]; then
        mkdir -p "$probed"
        cp -a "$TESTBED_CAPABILITIES/." "$probed/"
    fi
    setsid python3 "$here/reaper.py" unshare --mount --net --propagation private "$0" become-libvirtd \
        > "$home/output.log" 2>&1 < /dev/null &
    keeper=$!
    # No client before the socket is there: it would start a daemon of its own.
    until_true 60 listens_or_ended "$keeper" || true
    if [ ! -S "$socket" ] || ! timeout 90 virsh -q -c "$(uri)" version > "$home/version.log" 2>&1; then
        cat "$home/output.log" "$home/version.log" "$home/var/log/libvirt/libvirtd.log" >&2 2> /dev/null || true
        down
        fail "libvirtd did not start; what it said stands above"
    fi
    uri
}

down() {
    local name
    if running "$(daemon)"; then
        for name in $(timeout 20 virsh -q -c "$(uri)" list --uuid 2> /dev/null); do
            timeout 20 virsh -q -c "$(uri)" destroy "$name" > /dev/null 2>&1 || true
        done
        end "$pid_file"
    fi
    if [ -n "${TESTBED_CAPABILITIES:-}" ] && [ -d "$probed" ]; then
        mkdir -p "$TESTBED_CAPABILITIES"
        cp -a "$probed/." "$TESTBED_CAPABILITIES/"
        if [ -n "${SUDO_UID:-}" ]; then chown -R "$SUDO_UID" "$TESTBED_CAPABILITIES"; fi
    fi
    # The cgroups were bound over this directory, in another namespace: rmdir, so that no mistake of ours could ever empty them.
    if [ -d "$home/cgroup" ]; then rmdir "$home/cgroup"; fi
    rm -rf "${home:?}/etc" "$home/run" "$home/var" "$home/passwd" "$home/group" "$home/no-kvm" \
        "$home/output.log" "$home/version.log" "$pid_file"
}

case ${1:-} in
up) as_root "$@"; up ;;
uri) uri "${2:-}" ;;
virsh) shift; exec virsh -c "$(uri)" "$@" ;;
inside) as_root "$@"; shift; exec nsenter --target "$(daemon)" --mount --net -- "$@" ;;
down) as_root "$@"; down ;;
become-libvirtd) become_libvirtd ;;
*) usage ;;
esac
