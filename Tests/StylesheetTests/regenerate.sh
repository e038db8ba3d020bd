#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes the golden outputs anew from the fixtures: each fixture in every view that has a stylesheet for its root.
set -eu
cd "$(dirname "$0")"
top=../..

xmllint --noout --relaxng "$top/Public/schema/handlervirt.rng" Fixtures/*.xml 2>&1 | grep -v ' validates$' && exit 1

mkdir -p Golden
rm -f Golden/*
for fixture in Fixtures/*.xml; do
    name=$(basename "$fixture" .xml)
    root=$(xmllint --xpath 'local-name(/*)' "$fixture")
    for view in html json csv; do
        sheet="$top/Stylesheets/$view/pages/$root.xsl"
        [ -f "$sheet" ] || continue
        # The server reads CDATA sections as the text that they are.
        xmllint --nonet --nocdata "$fixture" | xsltproc --nonet --maxdepth 1500 --output "Golden/$name.$view" "$sheet" -
    done
done
