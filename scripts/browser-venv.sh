#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# browser-venv.sh: makes .venv-browser with what Tests/BrowserTests/requirements.txt names, unless it is there already.
set -euo pipefail

cd "$(dirname "$(readlink -f "$0")")/.."
venv=.venv-browser
wanted=$({ python3 --version; cat Tests/BrowserTests/requirements.txt; } | sha256sum)
[ "$(cat "$venv/stamp" 2> /dev/null)" != "$wanted" ] || exit 0
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement Tests/BrowserTests/requirements.txt
echo "$wanted" > "$venv/stamp"
