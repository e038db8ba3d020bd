#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# venv.sh: makes .venv-bench with what requirements.txt names, unless it is there already. libvirt-python is Debian's, as it must
# match the libvirt that is installed.
set -euo pipefail

cd "$(dirname "$(readlink -f "$0")")/.."
venv=.venv-bench
wanted=$({ /usr/bin/python3 --version; cat Benchmarks/requirements.txt; } | sha256sum)
[ "$(cat "$venv/stamp" 2> /dev/null)" != "$wanted" ] || exit 0
rm -rf "$venv"
/usr/bin/python3 -m venv --system-site-packages "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement Benchmarks/requirements.txt
echo "$wanted" > "$venv/stamp"
