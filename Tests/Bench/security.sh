#!/bin/bash
# The exposure of our services, as systemd-analyze counts it: 0 is none, 10 all. Exits 1 when a limit is broken.
#
#   Tests/Bench/security.sh PVP-GENERATOR
set -eu
export LC_ALL=C
generator=$(readlink -f "$1")
cd "$(dirname "$0")/../.."
output=$(mktemp -d)
host=$(mktemp -d)
trap 'rm -rf "$output" "$host"' EXIT

# testpmd.service and pvp-network.service are generated; the others are templates with their own line in units/.
Tests/make-host Tests/Cases/01-example "$host"
PVPGEN_ROOT=$host "$generator" "$output"
cp units/*.service "$output"
broken=0
# exposure UNIT LIMIT
exposure() {
    local found
    found=$(systemd-analyze security --offline=yes "$output/$1" 2>/dev/null | sed -n 's/.*Overall exposure level for [^:]*: \([0-9.]*\) .*/\1/p')
    printf '%-24s %5s   limit %s\n' "$1" "${found:-none}" "$2"
    awk -v a="${found:-99}" -v b="$2" 'BEGIN { exit a > b }' || { echo "$1: exposure ${found:-not found}, limit $2" >&2; broken=1; }
}
exposure testpmd.service 2.0
exposure pvp-guest@.service 4.5
exposure pvp-domain@.service 4.5
exposure pvp-hugepages@.service 5.0
exposure pvp-image@.service 4.5
exposure pvp-source@.service 2.0
exposure pvp-build@.service 1.4
exposure pvp-vfio@.service 5.5
exposure pvp-vfs@.service 5.5
exposure pvp-metrics@.service 1.2
exposure pvp-ssh@.service 1.4
exposure pvp-network.service 4.5
exposure pvp-tune.service 2.0
exit "$broken"
