#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Several libvirt hosts on one machine. Each has its own network, mount and UTS namespace and its own libvirtd, which listens on a
# UNIX socket, on TCP and on TLS; all are plugged into one switch. The switch is in a namespace too, the hub: what wants to reach
# the hosts runs there. Every way in which a host can fail can be had, and taken back.
#
#   cluster.sh up [N]            start the hosts h1 to hN (3) and print their URIs
#   cluster.sh uri HOST [KIND]   print its URI: `tcp` (default), `tls`, `unix`; or the path of its `socket`
#   cluster.sh exec HOST ...     a command on a host
#   cluster.sh hub ...           a command at the switch, where all hosts are reached
#   cluster.sh virsh HOST ...    virsh through the host's UNIX socket
#   cluster.sh pid HOST          print its libvirtd's process
#   cluster.sh halt|kill HOST    end its libvirtd, by TERM or by KILL; its domains run on
#   cluster.sh revive HOST       start it again
#   cluster.sh freeze|thaw HOST  stop its libvirtd where it is (SIGSTOP), and let it go on
#   cluster.sh cut|join HOST     pull its cable, and put it back
#   cluster.sh drop|deliver HOST lose each packet from and to it without a word, and no more
#   cluster.sh slow HOST MS      each packet from and to it takes so many milliseconds
#   cluster.sh fast HOST         no more
#   cluster.sh down              end all, and delete what it wrote
#
# h1 is 10.77.0.11 and also, which its certificate does not know, 10.77.0.111; the hub is 10.77.0.1. For TLS there are in
# TESTBED_HOME/pki a `client`, and a `foreign` one that knows another authority and is known by it alone; both fit ?pkipath=.
#
# Environment:
#   TESTBED_HOME            an empty directory that only the caller can enter (mktemp -d); whoever can enter it rules the hosts
#   TESTBED_CAPABILITIES    a directory that keeps what libvirt finds out about QEMU from one run to the next (saves seconds)
#
# It needs root, and uses sudo where it is not root.
set -euo pipefail

fail() { echo "cluster.sh: $*" >&2; exit 1; }
usage() { sed -n '4,35s/^# \{0,1\}//p' "$0" >&2; exit 2; }

home=${TESTBED_HOME:-}
[ -n "$home" ] || fail "TESTBED_HOME is not set: make it with mktemp -d"
[ -d "$home" ] || fail "TESTBED_HOME=$home is not a directory"
home=$(readlink -f "$home")
self=$(readlink -f "$0")
here=$(dirname "$self")
. "$here/processes.sh"
python=/usr/bin/python3
net=10.77.0
# The names of network namespaces belong to the whole machine; interfaces only to their namespace.
prefix=hv-$(cksum <<< "$home" | cut -d ' ' -f 1)
hub=$prefix-hub
[ ${#home} -le 60 ] || fail "the path of TESTBED_HOME is too long for the UNIX sockets below it"

hosts() { cat "$home/hosts" 2> /dev/null || true; }
number() {
    case " $(hosts) " in *" ${1:-none} "*) echo "${1#h}" ;; *) fail "there is no host ${1:-without a name}; there are: $(hosts)" ;; esac
}
address() { echo "$net.$((10 + ${1#h}))"; }
alias_of() { echo "$net.$((110 + ${1#h}))"; }
daemon() { cat "$home/$1/libvirtd.pid" 2> /dev/null || true; }
# The process that keeps a host's namespaces.
keeper() { cat "$home/$1/keeper.pid"; }
socket() { echo "$home/$1/run/libvirt/libvirt-sock"; }

uri() {
    case ${2:-tcp} in
    tcp) echo "qemu+tcp://$(address "$1")/system" ;;
    tls) echo "qemu+tls://$(address "$1")/system?pkipath=$home/pki/client" ;;
    unix) echo "qemu+unix:///system?socket=$(socket "$1")" ;;
    socket) socket "$1" ;;
    *) usage ;;
    esac
}

inside() {
    local host=$1
    shift
    nsenter --target "$(keeper "$host")" --mount --net --uts -- "$@"
}
at_hub() { nsenter --net="/run/netns/$hub" -- "$@"; }

# In a host's new namespaces: its own directories over the machine's, and then this process stays to keep the namespaces.
become_host() {
    local host=$1 own=$home/$1 name
    hostname "$host"
    # A whole /etc of its own: over a single file there would be nothing any more once the machine's own file is replaced.
    mkdir -p "$own/etc"
    cp -a /etc/. "$own/etc/"
    mount --bind "$own/etc" /etc
    for name in run/libvirt var/lib/libvirt var/log/libvirt var/cache/libvirt; do
        mkdir -p "/$name" "$own/$name"
        mount --bind "$own/$name" "/$name"
    done
    mkdir -p "$own/cgroup"
    if mount --rbind /sys/fs/cgroup "$own/cgroup" && mount -t sysfs sysfs /sys; then
        mount --rbind "$own/cgroup" /sys/fs/cgroup
    fi
    { echo "127.0.0.1 localhost"; for name in $(hosts); do echo "$(address "$name") $name"; done; } > /etc/hosts
    # Both as in host.sh: QEMU's default user must exist, and KVM must not.
    getent passwd libvirt-qemu > /dev/null || echo "libvirt-qemu:x:64055:64055::/nonexistent:/usr/sbin/nologin" >> /etc/passwd
    getent group libvirt-qemu > /dev/null || echo "libvirt-qemu:x:64055:" >> /etc/group
    mkdir -p /etc/libvirt
    if [ -e /dev/kvm ]; then
        : > "$own/no-kvm"
        mount --bind "$own/no-kvm" /dev/kvm
        mount -o remount,bind,ro /dev/kvm
    fi
    cat > /etc/libvirt/qemu.conf << CONF
user = "root"
group = "root"
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
stdio_handler = "file"
vnc_listen = "$(address "$host")"
migration_host = "$(address "$host")"
default_tls_x509_cert_dir = "$home/pki/$host"
CONF
    cat > /etc/libvirt/libvirtd.conf << CONF
listen_tcp = 1
listen_tls = 1
auth_tcp = "none"
auth_tls = "none"
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_ro_perms = "0777"
unix_sock_rw_perms = "0777"
ca_file = "$home/pki/$host/ca-cert.pem"
cert_file = "$home/pki/$host/server-cert.pem"
key_file = "$home/pki/$host/server-key.pem"
host_uuid = "$(printf '00000000-0000-4000-8000-%012d' "${host#h}")"
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
CONF
    # A host is another one's client when a domain moves.
    mkdir -p /etc/pki/CA /etc/pki/libvirt/private
    cp "$home/pki/$host/ca-cert.pem" /etc/pki/CA/cacert.pem
    cp "$home/pki/$host/client-cert.pem" /etc/pki/libvirt/clientcert.pem
    cp "$home/pki/$host/client-key.pem" /etc/pki/libvirt/private/clientkey.pem
    echo "$BASHPID" > "$own/keeper.pid"
    exec sleep infinity
}

become_libvirtd() {
    echo "$BASHPID" > "$home/$1/libvirtd.pid"
    exec libvirtd --listen --config /etc/libvirt/libvirtd.conf --pid-file /run/libvirt/libvirtd.pid
}

# Starts a host's libvirtd under a reaper of its own, which also outlives it while one of its domains does.
start() {
    local host=$1
    if running "$(daemon "$host")"; then return; fi
    rm -f "$home/$host/libvirtd.pid" "$(socket "$host")"
    setsid "$python" "$here/reaper.py" nsenter --target "$(keeper "$host")" --mount --net --uts -- "$self" become-libvirtd "$host" \
        >> "$home/$host/output.log" 2>&1 < /dev/null &
}
started() { [ -S "$(socket "$1")" ] && running "$(daemon "$1")"; }
answers() { at_hub timeout 30 virsh -q -c "$(uri "$1")" version > "$home/$1/version.log" 2>&1 < /dev/null; }

await() {
    if until_true 60 started "$1" && until_true 10 answers "$1"; then return; fi
    cat "$home/$1/output.log" "$home/$1/version.log" "$home/$1/var/log/libvirt/libvirtd.log" >&2 2> /dev/null || true
    fail "$1 did not start; what it said stands above"
}

plug_in() {
    local host=$1 n=${1#h}
    ip netns add "$prefix-$host"
    ip -n "$prefix-$host" link add eth0 type veth peer name "p$n" netns "$hub"
    ip -n "$hub" link set "p$n" master br0 up
    ip -n "$prefix-$host" link set lo up
    ip -n "$prefix-$host" address add "$(address "$host")/24" dev eth0
    ip -n "$prefix-$host" address add "$(alias_of "$host")/32" dev eth0
    ip -n "$prefix-$host" link set eth0 up
    mkdir -p "$home/$host/var/cache/libvirt/qemu"
    setsid nsenter --net="/run/netns/$prefix-$host" unshare --mount --uts --propagation private "$self" become-host "$host" \
        > "$home/$host/output.log" 2>&1 < /dev/null &
    until_true 30 [ -s "$home/$host/keeper.pid" ] || { cat "$home/$host/output.log" >&2; fail "$host has no namespaces"; }
}

probed() { echo "$home/$1/var/cache/libvirt/qemu/capabilities"; }
copy_probed() { if [ -d "$1" ]; then mkdir -p "$2"; cp -a "$1/." "$2/"; fi; }

up() {
    local count=$1 n host first=h1
    case $count in '' | *[!0-9]* | 0) usage ;; esac
    [ "$count" -le 89 ] || fail "there are addresses for 89 hosts"
    if [ -e "$home/hosts" ]; then fail "it is up already"; fi
    "$here/certificates.sh" "$home/pki" "$count" "$net"
    seq -s ' ' -f 'h%g' "$count" > "$home/hosts"
    trap 'trap - EXIT; down' EXIT
    ip netns add "$hub"
    ip -n "$hub" link set lo up
    ip -n "$hub" link add br0 type bridge forward_delay 0 mcast_snooping 0
    ip -n "$hub" address add "$net.1/24" dev br0
    ip -n "$hub" link set br0 up
    for host in $(hosts); do plug_in "$host"; done
    if [ -n "${TESTBED_CAPABILITIES:-}" ]; then copy_probed "$TESTBED_CAPABILITIES" "$(probed h1)"; fi
    # The first one finds out about QEMU, which takes seconds, for all.
    start "$first"
    await "$first"
    for host in $(hosts); do
        if [ "$host" != "$first" ]; then copy_probed "$(probed "$first")" "$(probed "$host")"; start "$host"; fi
    done
    for host in $(hosts); do await "$host"; done
    for host in $(hosts); do echo "$host $(uri "$host") $(uri "$host" tls)"; done
    trap - EXIT
}

heal() {
    local n=${1#h}
    end "$home/$1/cable.pid"
    ip -n "$hub" link delete "s$n" 2> /dev/null || true
    ip -n "$hub" link set "p$n" arp on master br0 up
}

# The port leaves the switch, and a slow cable is put in between. The kernel's own (netem) is not in every kernel.
slow() {
    local host=$1 n=${1#h} delay=$2
    heal "$host"
    ip -n "$hub" link add "s$n" type veth peer name "t$n"
    ip -n "$hub" link set "s$n" master br0 up
    ip -n "$hub" link set "t$n" arp off up
    ip -n "$hub" link set "p$n" nomaster arp off
    setsid nsenter --net="/run/netns/$hub" "$python" "$here/cable.py" "p$n" "t$n" "$delay" "$home/$host/cable.pid" \
        >> "$home/$host/cable.log" 2>&1 < /dev/null &
    until_true 30 [ -s "$home/$host/cable.pid" ] || { cat "$home/$host/cable.log" >&2; fail "the cable of $host is broken"; }
}

# rule ADD-OR-DELETE HOST. Addresses are still resolved, so what is sent is lost and never refused.
rule() {
    at_host "$2" iptables --wait "$1" INPUT --in-interface eth0 --jump DROP
    at_host "$2" iptables --wait "$1" OUTPUT --out-interface eth0 --jump DROP
}
at_host() {
    local host=$1
    shift
    nsenter --net="/run/netns/$prefix-$host" -- "$@"
}

kill_domains() {
    local name
    if ! running "$(daemon "$1")"; then start "$1"; until_true 30 started "$1" || true; fi
    for name in $(timeout 20 virsh -q -c "$(uri "$1" unix)" list --uuid 2> /dev/null < /dev/null); do
        timeout 20 virsh -q -c "$(uri "$1" unix)" destroy "$name" > /dev/null 2>&1 < /dev/null || true
    done
}

down() {
    local host emptied=()
    for host in $(hosts); do
        if [ -e "$home/$host/cable.pid" ]; then end "$home/$host/cable.pid"; fi
        if [ -e "$home/$host/keeper.pid" ] && [ -e "$home/$host/libvirtd.pid" ]; then
            kill -CONT "$(daemon "$host")" 2> /dev/null || true
            kill_domains "$host" &
            emptied+=($!)
        fi
    done
    [ ${#emptied[@]} -eq 0 ] || wait "${emptied[@]}" || true
    for host in $(hosts); do kill "$(daemon "$host")" 2> /dev/null || true; done
    for host in $(hosts); do
        end "$home/$host/libvirtd.pid"
        end "$home/$host/keeper.pid"
        ip netns delete "$prefix-$host" 2> /dev/null || true
    done
    ip netns delete "$hub" 2> /dev/null || true
    if [ -n "${TESTBED_CAPABILITIES:-}" ] && [ -d "$(probed h1)" ]; then
        copy_probed "$(probed h1)" "$TESTBED_CAPABILITIES"
        if [ -n "${SUDO_UID:-}" ]; then chown -R "$SUDO_UID" "$TESTBED_CAPABILITIES"; fi
    fi
    for host in $(hosts); do
        # The cgroups were bound over this directory, in another namespace: rmdir, so that no mistake of ours could ever empty them.
        if [ -d "$home/$host/cgroup" ]; then rmdir "$home/$host/cgroup"; fi
        rm -rf "${home:?}/$host"
    done
    rm -rf "${home:?}/pki" "$home/hosts"
}

command=${1:-}
case $command in
uri) number "${2:-}" > /dev/null; uri "$2" "${3:-}"; exit ;;
up | exec | hub | virsh | pid | halt | kill | revive | freeze | thaw | cut | join | drop | deliver | slow | fast | down) as_root "$@" ;;
become-host) become_host "$2" ;;
become-libvirtd) become_libvirtd "$2" ;;
*) usage ;;
esac
case $command in
up) up "${2:-3}"; exit ;;
hub) shift; exec nsenter --net="/run/netns/$hub" -- "$@" ;;
down) down; exit ;;
esac
host=${2:-}
n=$(number "$host")
case $command in
exec) shift 2; exec nsenter --target "$(keeper "$host")" --mount --net --uts -- "$@" ;;
virsh) shift 2; exec virsh -c "$(uri "$host" unix)" "$@" ;;
pid) daemon "$host" ;;
halt) end "$home/$host/libvirtd.pid" ;;
kill)
    pid=$(daemon "$host")
    kill -KILL "$pid"
    until_true 30 ended "$pid" || fail "libvirtd ($pid) does not end"
    ;;
revive) start "$host"; until_true 60 started "$host" || fail "libvirtd of $host does not start again" ;;
freeze) kill -STOP "$(daemon "$host")" ;;
thaw) kill -CONT "$(daemon "$host")" ;;
cut) ip -n "$hub" link set "p$n" down ;;
join) ip -n "$hub" link set "p$n" up ;;
drop) rule --append "$host" ;;
deliver) rule --delete "$host" ;;
slow) case ${3:-} in '' | *[!0-9]*) usage ;; esac; slow "$host" "$3" ;;
fast) heal "$host" ;;
esac
