#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# discovery-venv.sh: makes .venv-discovery with what Tests/DiscoveryTests/requirements.txt names, unless it is there already.
set -euo pipefail

cd "$(dirname "$(readlink -f "$0")")/.."
venv=.venv-discovery
wanted=$({ /usr/bin/python3 --version; cat Tests/DiscoveryTests/requirements.txt; } | sha256sum)
[ "$(cat "$venv/stamp" 2> /dev/null)" != "$wanted" ] || exit 0
rm -rf "$venv"
/usr/bin/python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement Tests/DiscoveryTests/requirements.txt
echo "$wanted" > "$venv/stamp"
