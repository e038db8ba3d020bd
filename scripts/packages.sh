#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# packages.sh build|test|bench: installs the Debian packages that building, or building and testing or measuring, needs. Asks apt only for
# what is missing, and apt its mirror only if it does not know them.
set -euo pipefail

fail() { echo "packages.sh: $*" >&2; exit 1; }

build=(libvirt-dev libxml2-dev libxslt1-dev libavahi-client-dev libcrypt-dev pkg-config)
host=(libvirt-daemon libvirt-daemon-driver-qemu libvirt-clients qemu-system-x86 qemu-utils seabios ipxe-qemu iproute2 dnsmasq-base iptables)
network=(avahi-daemon avahi-utils dbus-daemon dbus-bin)
parity=(python3-libvirt)
cluster=(nginx-light openssl)
load=(slowhttptest wrk)
deployment=(caddy systemd systemd-container)
scanners=(wapiti python3-venv)
bench=(libvirt-daemon libvirt-clients python3-libvirt python3-venv wrk)
guest=(busybox-static cpio xz-utils)
documents=(xsltproc libxml2-utils)
browsers=(chromium firefox-esr fonts-dejavu-core default-jre-headless python3-venv)

case ${1:-} in
build) wanted=("${build[@]}") ;;
test) wanted=("${build[@]}" "${host[@]}" "${network[@]}" "${guest[@]}" "${parity[@]}" "${cluster[@]}" "${documents[@]}" "${load[@]}" "${deployment[@]}" "${scanners[@]}" "${browsers[@]}") ;;
bench) wanted=("${build[@]}" "${bench[@]}") ;;
*) fail "usage: packages.sh build|test|bench" ;;
esac

command -v dpkg-query > /dev/null || fail "this machine is not Debian; install what these packages hold: ${wanted[*]}"

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2> /dev/null) || true
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

root=()
if [ "$(id -u)" != 0 ]; then
    command -v sudo > /dev/null || fail "run as root: apt-get install ${missing[*]}"
    root=(sudo)
fi
echo "installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${missing[@]}" > "$log" 2>&1
}
install || { "${root[@]}" apt-get update --quiet > "$log" 2>&1 && install; } || { cat "$log" >&2; fail "apt-get failed"; }
