#!/bin/bash
# The functions that the generator runs for the example, one a line: the order in which the linker puts them (lld, --symbol-ordering-file).
#
#   Tests/Bench/functions.sh PVP-GENERATOR      one that is not stripped
set -euo pipefail
export LC_ALL=C
. "$(dirname "$0")/timing.sh"
export PVPGEN_ROOT=$(cd "$(dirname "$0")/../Cases/01-example" && pwd)
mkdir "$output"
# What valgrind says of debugging information that it does not know is no mistake of ours.
valgrind -q --tool=callgrind --demangle=no --callgrind-out-file="$scratch/calls" "$1" "$output" 2>"$scratch/said" || {
    cat "$scratch/said" >&2
    exit 1
}
# One that calls itself has a number behind its name; what has none has an address, or a word in brackets.
sed -nE "s/^c?fn=\([0-9]+\) ([^' ]+).*/\1/p" "$scratch/calls" | grep -v '^[(0]' | sort -u
