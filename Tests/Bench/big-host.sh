#!/bin/bash
# pvpgen's plan and check as whole processes on a large host: 512 CPUs on 8 nodes, 64 NICs, 32 testpmds, 200 guests. Exits 1 when a limit is broken.
#
#   Tests/Bench/big-host.sh PVPGEN
#   RUNS=60                                     how many times each runs
set -eu
export LC_ALL=C
. "$(dirname "$0")/timing.sh"
. "$(dirname "$0")/machine.sh"

time_limit=60    # ms
strip -s -o "$programs/pvpgen" "$1"
machine "$scratch/host" 8 32 64
configuration "$scratch/host" 64 32 200

row='%-28s %14s %14s %10s\n'
printf "$row" "" "fastest run" "median" limit
for verb in plan 'check --config-only' check; do
    command="$programs/pvpgen $verb --root=$scratch/host"
    status=0
    $command >"$scratch/said" 2>&1 || status=$?
    # A tree has no libvirt, no loaded modules and no pages, which is all that check may find.
    if [ "$verb" != check ] && [ "$status" != 0 ]; then
        echo "$command: expected a plan without mistakes, got status $status: $(head -n 4 "$scratch/said")" >&2
        exit 1
    fi
    hyperfine -N --ignore-failure --style none --warmup 5 --runs "$runs" --export-csv "$scratch/times.csv" "$command" >/dev/null 2>&1
    read -r least median < <(awk -F, 'NR == 2 { print 1e3 * $(NF - 1), 1e3 * $(NF - 4) }' "$scratch/times.csv")
    printf "$row" "pvpgen $verb" "$least ms" "$median ms" "$time_limit ms"
    limit "pvpgen $verb, ms of the median run" "$median" "$time_limit"
done
exit "$broken"
