#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# run.sh [COUNT [TARGET...]]: random inputs for the parsers that are ours, by libFuzzer under AddressSanitizer; 10,000 for each of
# all targets unless it is said. What a crash prints is the input, also in base64, and a file crash-... in .build-fuzz.
# SEED=NUMBER makes a run that can be had again.
set -euo pipefail

cd "$(dirname "$(readlink -f "$0")")/../.."
count=${1:-10000}
shift || true
here=Tests/FuzzTests
build=.build-fuzz
mkdir -p "$build/corpus"

flags=(-O -wmo -parse-as-library -package-name handlervirt -swift-version 6 -enable-upcoming-feature ExistentialAny
    -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature MemberImportVisibility -I "$build" -sanitize=fuzzer,address)

# Modules of the same names as in the package, of what needs nothing of C. The last one holds the parsers and the targets.
module() {
    local name=$1
    shift
    if [ -e "$build/$name.o" ] && [ -z "$(find "$@" -newer "$build/$name.o" -print -quit)" ]; then return; fi
    swiftc "${flags[@]}" -module-name "$name" -emit-module -emit-module-path "$build/$name.swiftmodule" -c "$@" -o "$build/$name.o"
}
module Access Sources/Access/*.swift
module Addresses Sources/Addresses/*.swift
module Parsers Sources/Web/HTTP/{Accept,EntityTag,FieldScanner,MediaType,MultipartError,MultipartParser,PartHeader,View}.swift \
    Sources/Authentication/{AuthenticationError,AuthorizationHeader,BasicCredentials,HashDigits,ScryptCost,Session,SessionCookie}.swift \
    Sources/Authentication/PasswordHash{,+Bcrypt,+Kind,+Refusal,+SHA,+Yescrypt}.swift Sources/Web/Admission/OwnPath.swift \
    Sources/Commands/CPUSet.swift Sources/Settings/PublicHost.swift \
    Sources/XML/{ExpressionScanner,MarkupCensus,MarkupScanner,ParseLimits,XMLError}.swift "$here"/*.swift
# The linker warns of each of the sanitizer's own symbols.
swiftc -sanitize=fuzzer,address "$build"/{Access,Addresses,Parsers}.o -o "$build/fuzz" 2> >(grep -v "Cannot export local symbol" >&2)

targets=("$@")
if [ ${#targets[@]} = 0 ]; then mapfile -t targets < <(sed -n 's/^    case \([a-z]*\)$/\1/p' "$here/Target.swift"); fi
export ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no
failed=()
for target in "${targets[@]}"; do
    start=$SECONDS
    mkdir -p "$build/corpus/$target"
    # A directory that is not there is one without seeds.
    seeds=()
    [ -d "$here/Seeds/$target" ] && seeds=("$here/Seeds/$target")
    if ! HANDLERVIRT_FUZZ=$target "$build/fuzz" -runs="$count" ${SEED:+-seed="$SEED"} -max_len=1024 -timeout=20 -rss_limit_mb=1024 -verbosity=0 \
        -artifact_prefix="$build/$target-" -dict="$here/dictionary" "$build/corpus/$target" ${seeds[@]+"${seeds[@]}"} > "$build/$target.log" 2>&1; then
        failed+=("$target")
        tail -n 40 "$build/$target.log"
    fi
    echo "$target: $count inputs in $((SECONDS - start)) s, $(find "$build/corpus/$target" -type f | wc -l) kept"
done
[ ${#failed[@]} = 0 ] || { echo "FAILED: ${failed[*]}"; exit 1; }
