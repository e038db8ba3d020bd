#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# guest.sh DIRECTORY: makes a Linux that is small enough to boot by emulation in seconds.
#
#   DIRECTORY/vmlinuz       the kernel of Debian's linux-image-cloud-amd64, for direct kernel boot
#   DIRECTORY/initrd.gz     busybox, a few virtio modules, qemu-guest-agent
#
# Boot it with `console=ttyS0`. The serial console says `guest is up`, then offers a login for root without a password. The
# power button (virDomainShutdown) turns it off; the agent answers where the domain has a channel org.qemu.guest_agent.0;
# eth0, if any, asks for an address by DHCP. Packages are downloaded with apt-get and unpacked, nothing is installed.
# A second run with the same script does nothing.
set -euo pipefail

fail() { echo "guest.sh: $*" >&2; exit 1; }

[ $# = 1 ] || { sed -n '4,12s/^# \{0,1\}//p' "$0" >&2; exit 2; }
mkdir -p "$1"
out=$(readlink -f "$1")
version=$(sha256sum < "$0")
if [ -s "$out/vmlinuz" ] && [ -s "$out/initrd.gz" ] && [ "$(cat "$out/version" 2> /dev/null)" = "$version" ]; then exit 0; fi

[ "$(dpkg --print-architecture)" = amd64 ] || fail "the guest is made of this machine's packages, and QEMU emulates amd64 only"
for tool in busybox cpio gzip ldd; do command -v "$tool" > /dev/null || fail "needs $tool"; done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# apt downloads as a user of its own where it can.
chmod 755 "$work"
root=$work/root

kernel=$(apt-cache depends linux-image-cloud-amd64 2> /dev/null | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
[ -n "$kernel" ] || fail "apt knows no linux-image-cloud-amd64: run apt-get update"
(cd "$work" && apt-get download -qq "$kernel" qemu-guest-agent 2> download.log) || { cat "$work/download.log" >&2; fail "apt-get download failed"; }
dpkg-deb --extract "$work"/linux-image-*.deb "$work/kernel"
dpkg-deb --extract "$work"/qemu-guest-agent_*.deb "$work/agent"
modules=("$work"/kernel/lib/modules/*)

mkdir -p "$root"/{bin,dev,etc/acpi/PWRF,lib/modules,proc,root,run,sbin,sys,tmp,usr/sbin,var/log,var/run}
cp "$(command -v busybox)" "$root/bin/busybox"
for applet in $(busybox --list); do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done
ln -s bin/busybox "$root/init"

# In this order each module finds loaded what it needs; one that the kernel has built in has no file.
order=()
for name in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci failover net_failover virtio_net virtio_blk \
    virtio_balloon virtio_console button evdev; do
    file=$(find "${modules[0]}" -name "$name.ko" -o -name "$name.ko.xz" | head -n 1)
    [ -n "$file" ] || continue
    cp "$file" "$root/lib/modules/"
    case $file in *.xz) xz --decompress "$root/lib/modules/$name.ko.xz" ;; esac
    order+=("$name")
done

cp "$work/agent/usr/sbin/qemu-ga" "$root/usr/sbin/"
libraries=$(ldd "$root/usr/sbin/qemu-ga")
case $libraries in *"not found"*) echo "$libraries" >&2; fail "the guest agent lacks a library on this machine" ;; esac
for library in $(grep -o '/[^ ]*' <<< "$libraries"); do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
done

echo 'root::0:0:root:/root:/bin/sh' > "$root/etc/passwd"
echo 'root:x:0:' > "$root/etc/group"
echo tiny > "$root/etc/hostname"

cat > "$root/etc/inittab" << 'INITTAB'
::sysinit:/etc/start
ttyS0::respawn:/bin/getty -L 115200 ttyS0 vt100
tty1::respawn:/bin/getty 38400 tty1
INITTAB

cat > "$root/etc/start" << START
#!/bin/sh
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/virtio-ports
mount -t devpts devpts /dev/pts
for module in ${order[*]}; do
    insmod /lib/modules/\$module.ko
done
START
cat >> "$root/etc/start" << 'START'
hostname -F /etc/hostname
ip link set lo up
acpid -l /var/log/acpid.log
for port in /sys/class/virtio-ports/*; do
    [ -s "$port/name" ] && ln -s "../${port##*/}" "/dev/virtio-ports/$(cat "$port/name")"
done
[ -e /dev/virtio-ports/org.qemu.guest_agent.0 ] && qemu-ga --daemonize --path /dev/virtio-ports/org.qemu.guest_agent.0
if [ -e /sys/class/net/eth0 ]; then
    ip link set eth0 up
    udhcpc -i eth0 -b -s /etc/address > /dev/null 2>&1 &
fi
echo guest is up > /dev/console
START

cat > "$root/etc/address" << 'ADDRESS'
#!/bin/sh
case $1 in
bound | renew)
    ip address flush dev "$interface"
    ip address add "$ip/${mask:-24}" dev "$interface"
    [ -n "$router" ] && ip route add default via "${router%% *}"
    ;;
esac
ADDRESS

# busybox's acpid runs what bears the event's name and number.
printf '#!/bin/sh\nexec poweroff\n' > "$root/etc/acpi/PWRF/00000080"
chmod +x "$root/etc/start" "$root/etc/address" "$root/etc/acpi/PWRF/00000080"

(cd "$root" && find . | cpio --quiet --create --format newc --owner 0:0) | gzip -6 > "$work/initrd.gz"
rm -f "$out/version"
cp "$work"/kernel/boot/vmlinuz-* "$out/vmlinuz"
cp "$work/initrd.gz" "$out/initrd.gz"
echo "$version" > "$out/version"
