#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
#   certificates.sh DIRECTORY COUNT NETWORK    certificates for the hosts h1 to hCOUNT, of which h1 is NETWORK.11
#
# DIRECTORY/h1 is what libvirtd and QEMU of a host need, in the names that QEMU gives them. DIRECTORY/client is what libvirt's ?pkipath=
# wants. DIRECTORY/foreign is that too, but of another authority: it neither trusts the hosts nor is trusted by them.
set -euo pipefail

directory=$1 count=$2 network=$3
curve=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

quietly() { "$@" > "$log" 2>&1 || { cat "$log" >&2; exit 1; }; }

# authority NAME: makes a directory with its certificate and key.
authority() {
    mkdir -p "$directory/$1"
    quietly openssl req -x509 "${curve[@]}" -days 3650 -subj "/CN=$1" -keyout "$directory/$1/key.pem" -out "$directory/$1/cert.pem"
}

# signed AUTHORITY NAME CERTIFICATE KEY EXTENSIONS
signed() {
    local by=$directory/$1 request
    request=$(mktemp)
    quietly openssl req "${curve[@]}" -subj "/CN=$2" -keyout "$4" -out "$request"
    quietly openssl x509 -req -in "$request" -CA "$by/cert.pem" -CAkey "$by/key.pem" -CAcreateserial -days 3650 -out "$3" -extfile <(echo "$5")
    rm -f "$request"
}

# client AUTHORITY DIRECTORY
client() {
    mkdir -p "$directory/$2"
    cp "$directory/$1/cert.pem" "$directory/$2/cacert.pem"
    signed "$1" client "$directory/$2/clientcert.pem" "$directory/$2/clientkey.pem" "extendedKeyUsage=clientAuth"
}

authority ours
authority theirs
client ours client
client theirs foreign
for number in $(seq "$count"); do
    host=h$number own=$directory/h$number
    mkdir -p "$own"
    cp "$directory/ours/cert.pem" "$own/ca-cert.pem"
    signed ours "$host" "$own/server-cert.pem" "$own/server-key.pem" \
        "subjectAltName=DNS:$host,IP:$network.$((10 + number))"$'\n'"extendedKeyUsage=serverAuth,clientAuth"
    cp "$own/server-cert.pem" "$own/client-cert.pem"
    cp "$own/server-key.pem" "$own/client-key.pem"
done
