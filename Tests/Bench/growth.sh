#!/bin/bash
# The generator's time with 8, 100 and 1000 guests on the same host, in one run. Exits 1 when a limit is broken.
#
#   Tests/Bench/growth.sh PVP-GENERATOR
#   ROUNDS=12 RUNS=60                           rounds, in each of which all run RUNS times
set -eu
export LC_ALL=C
. "$(dirname "$0")/timing.sh"
. "$(dirname "$0")/machine.sh"

guest_limit=40    # µs for each guest more
# One for each testpmd is where it begins: a testpmd's first guest is the start of its own work.
first=8
sizes=("$first" 100 1000)
strip -s -o "$programs/pvp-generator" "$1"
cached "$programs/pvp-generator"
machine "$scratch/host" 8 160 16
for size in "${sizes[@]}"; do
    mkdir "$scratch/$size"
    # Hard links: a link out of a root is followed within the root.
    cp -al "$scratch/host/sys" "$scratch/$size"
    # As many testpmds at every size, or their time would count as guests'.
    configuration "$scratch/$size" 16 "$first" "$size"
    commands[$size]="env PVPGEN_ROOT=$scratch/$size $programs/pvp-generator $output"
    rm -rf "$output"
    mkdir "$output"
    if ! ${commands[$size]} >"$scratch/said" 2>&1; then
        echo "$size guests: $(head -n 4 "$scratch/said")" >&2
        exit 1
    fi
    units=$(find "$output" -name 'pvp-guest@*' | wc -l)
    [ "$units" = "$size" ] || { echo "$size guests: units for $units" >&2; exit 1; }
done
race

row='%-12s %14s %14s %20s %10s\n'
printf "$row" guests "fastest run" "median" "each more (fastest)" limit
for size in "${sizes[@]}"; do
    more=$(awk -v a="$(fastest "$first")" -v b="$(fastest "$size")" -v n=$((size - first)) \
        'BEGIN { if (n > 0) printf "%.1f", 1e6 * (b - a) / n; else print 0 }')
    printf "$row" "$size" "$(awk -v t="$(fastest "$size")" 'BEGIN { printf "%.3f ms", t * 1e3 }')" \
        "$(awk -v t="$(typical "$size")" 'BEGIN { printf "%.3f ms", t * 1e3 }')" "$more us" "$guest_limit us"
    limit "$size guests, us for each more" "$more" "$guest_limit"
done
exit "$broken"
