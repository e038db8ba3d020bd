#!/bin/sh
# Verifies the corpus against the libvirt that is installed. Every file gets its own virsh process, because the
# test driver keeps its state per process. Needs virsh; with xmllint also the dumps are looked at.
#
#   domains/    libvirt must define each and dump it again, as well-formed XML; names and UUIDs differ
#   unescaped/  libvirt must define each and dump it again, but writes what was given without escaping it
#   hostile/    libvirt must refuse each 422-*; of the 400-* it is only said how many it would have taken
#   lethal/     not tried unless --lethal is given
set -u
cd "$(dirname "$0")" || exit 2
command -v virsh >/dev/null || { echo "virsh is missing" >&2; exit 2; }
ulimit -c 0
ulimit -v 4000000 2>/dev/null
LC_ALL=C
export LC_ALL
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
: >"$work/names"
failed=0

complain() { echo "FAIL $1: $2" >&2; failed=$((failed + 1)); }
virsh_test() { timeout 20 virsh -q -c test:///default "$1" </dev/null; }
# What virsh looks a domain up by: the first UUID of the file, else its name.
key() {
    k=$(sed -n 's/.*<uuid>[^0-9A-Fa-f]*\([0-9A-Fa-f]\{8\}-[0-9A-Fa-f-]\{27\}\)<\/uuid>.*/\1/p' "$1" | head -n 1)
    [ -n "$k" ] || k=$(tr '\r' '\n' <"$1" | sed -n 's/.*<uuid>.*\([0-9A-Fa-f]\{8\}-[0-9A-Fa-f-]\{27\}\)<\/uuid>.*/\1/p' | head -n 1)
    [ -n "$k" ] || k=$(tr '\r' '\n' <"$1" | sed -n 's/.*<name>\([^<]*\)<\/name>.*/\1/p' | head -n 1)
    printf '%s' "$k"
}
define_and_dump() {
    virsh_test "define $1; dumpxml '$(key "$1")'" >"$work/dump" 2>"$work/error" && grep -q '<domain' "$work/dump"
}

accepted=0 total=0 unnamed=0
for file in domains/*.xml; do
    total=$((total + 1))
    grep -q '<uuid>' "$file" || unnamed=$((unnamed + 1))
    if define_and_dump "$file"; then
        accepted=$((accepted + 1))
    else
        complain "$file" "$(head -c 300 "$work/error")"
        continue
    fi
    if command -v xmllint >/dev/null; then
        xmllint --noout "$work/dump" 2>/dev/null || complain "$file" "its dump is not well-formed"
    fi
    # In a dump the name and UUID of the domain are the first ones.
    sed -n 's/^  <name>\(.*\)/name \1/p' "$work/dump" | head -n 1 >>"$work/names"
    sed -n 's/^  <uuid>\(.*\)<\/uuid>/uuid \1/p' "$work/dump" | head -n 1 >>"$work/names"
done
echo "domains: $accepted of $total accepted, $unnamed without uuid"
double=$(sort "$work/names" | uniq -d)
[ -z "$double" ] || complain domains "given twice: $double"

accepted=0 total=0
for file in unescaped/*.xml; do
    total=$((total + 1))
    if define_and_dump "$file"; then accepted=$((accepted + 1)); else complain "$file" "$(head -c 300 "$work/error")"; fi
done
echo "unescaped: $accepted of $total accepted"

refused=0 total=0
for file in hostile/422-*.xml; do
    total=$((total + 1))
    if virsh_test "define $file" >"$work/dump" 2>"$work/error"; then
        complain "$file" "libvirt took it"
    elif grep -q '^error: Failed to define' "$work/error"; then
        refused=$((refused + 1))
    else
        complain "$file" "virsh died: $(head -c 300 "$work/error")"
    fi
done
echo "hostile 422: $refused of $total refused by libvirt"

taken=0 total=0
for file in hostile/400-*.xml; do
    total=$((total + 1))
    virsh_test "define $file" >/dev/null 2>&1 && taken=$((taken + 1))
done
echo "hostile 400: $total, of which libvirt alone would take $taken"

if [ "${1:-}" = --lethal ]; then
    for file in lethal/*.xml; do
        timeout 5 virsh -q -c test:///default "define $file" </dev/null >/dev/null 2>&1
        echo "lethal: $file ended virsh with $? (124: still busy after 5 s, above 128: killed by a signal)"
    done 2>/dev/null
fi
[ "$failed" -eq 0 ]
