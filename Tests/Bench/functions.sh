#!/bin/bash
# The functions that the generator runs for the example, one a line: the order in which the linker puts them (lld, --symbol-ordering-file).
#
#   Tests/Bench/functions.sh PVP-GENERATOR      one that is not stripped
set -eu
export LC_ALL=C
export PVPGEN_ROOT=$(cd "$(dirname "$0")/../Cases/01-example" && pwd)
scratch=$(mktemp -d -p /dev/shm pvp-bench.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/output"
# What valgrind says of debugging information that it does not know is no mistake of ours.
valgrind -q --tool=callgrind --demangle=no --callgrind-out-file="$scratch/calls" "$1" "$scratch/output" 2>"$scratch/said" || {
    cat "$scratch/said" >&2
    exit 1
}
# A name stands where it comes first; one that calls itself has a number behind it, a place without a name an address.
sed -nE "s/^c?fn=\([0-9]+\) ([^' ]+).*/\1/p" "$scratch/calls" | grep -v '^[(0]' | sort -u
