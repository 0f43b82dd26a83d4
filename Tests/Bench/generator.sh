#!/bin/bash
# The generator beside a C hello world, paired in one run: wall time, memory, child processes. Exits 1 when a limit is broken.
#
#   Tests/Bench/generator.sh [PVP-GENERATOR]    without an argument the release build is made and taken
#   ROUNDS=12 RUNS=60                           rounds, in each of which both run RUNS times
set -eu
export LC_ALL=C

rounds=${ROUNDS:-12}
runs=${RUNS:-60}
time_limit=3.0       # times the wall time of hello
memory_limit=5120    # KiB more than hello
repository=$(cd "$(dirname "$0")/../.." && pwd)

if [ $# -gt 0 ]; then
    generator=$1
else
    build=(swift build --package-path "$repository" -c release --static-swift-stdlib --disable-local-rpath
        -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now --product pvp-generator)
    "${build[@]}"
    generator=$("${build[@]}" --show-bin-path)/pvp-generator
fi

# What systemd gives a generator is an empty directory in memory.
scratch=$(mktemp -d -p /dev/shm pvp-bench.XXXXXX)
# The programs are read from a disk, as at boot.
programs=$(mktemp -d)
trap 'rm -rf "$scratch" "$programs"' EXIT
output=$scratch/output
export PVPGEN_ROOT=$repository/Tests/Cases/01-example

strip -s -o "$programs/pvp-generator" "$generator"
printf '#include <stdio.h>\nint main(void) { puts("hello, world"); return 0; }\n' >"$programs/hello.c"
cc -O2 -o "$programs/hello" "$programs/hello.c"
# As at boot, the programs come into the page cache by being run: pages that were just written are mapped in larger pieces, which shows in the memory.
for program in hello pvp-generator; do
    sync "$programs/$program"
    dd if="$programs/$program" iflag=nocache count=0 status=none
done

# bench COMMAND: one round of it; prints the seconds of its fastest and its median run.
bench() {
    hyperfine -N --style none --warmup 5 --runs "$runs" --prepare "sh -c 'rm -rf $output; mkdir $output'" \
        --export-csv "$scratch/times.csv" "$1" >/dev/null 2>&1
    awk -F, 'NR == 2 { print $(NF - 1), $(NF - 4) }' "$scratch/times.csv"
}

# median: the middle one of the numbers on standard input.
median() { sort -g | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

for ((round = 0; round < rounds; round++)); do
    # Which one is first changes from round to round, so that a slow moment hits both.
    if ((round % 2)); then order="hello pvp-generator"; else order="pvp-generator hello"; fi
    for program in $order; do
        bench "$programs/$program $output" >>"$scratch/$program.times"
    done
done

# memory COMMAND...: the median of the maximum resident sets of 9 runs, KiB.
memory() {
    for ((run = 0; run < 9; run++)); do
        rm -rf "$output"
        mkdir "$output"
        /usr/bin/time -f %M -o "$scratch/memory" "$@" >/dev/null
        cat "$scratch/memory"
    done | median
}
hello_memory=$(memory "$programs/hello")
generator_memory=$(memory "$programs/pvp-generator" "$output")

rm -rf "$output"
mkdir "$output"
strace -f -qq -e trace=clone,clone3,fork,vfork,execve,execveat -o "$scratch/calls" "$programs/pvp-generator" "$output"
# The first call is the start of the generator itself.
children=$(awk 'NR > 1 && / (clone3?|v?fork|execveat|execve)\(/ { n++ } END { print n + 0 }' "$scratch/calls")

hello_min=$(cut -d' ' -f1 "$scratch/hello.times" | sort -g | head -n 1)
generator_min=$(cut -d' ' -f1 "$scratch/pvp-generator.times" | sort -g | head -n 1)
hello_median=$(cut -d' ' -f2 "$scratch/hello.times" | median)
generator_median=$(cut -d' ' -f2 "$scratch/pvp-generator.times" | median)
ratio_min=$(awk "BEGIN { print $generator_min / $hello_min }")
ratio_median=$(paste -d' ' "$scratch/hello.times" "$scratch/pvp-generator.times" | awk '{ print $4 / $2 }' | median)
more_memory=$(awk "BEGIN { print $generator_memory - $hello_memory }")
faults=$(/usr/bin/time -f %R "$programs/pvp-generator" "$output" 2>&1)

awk -v hm="$hello_min" -v gm="$generator_min" -v rm="$ratio_min" -v hd="$hello_median" -v gd="$generator_median" -v rd="$ratio_median" \
    -v hk="$hello_memory" -v gk="$generator_memory" -v dk="$more_memory" -v c="$children" -v tl="$time_limit" -v ml="$memory_limit" -v f="$faults" '
BEGIN {
    printf "%-28s %12s %14s %12s %10s\n", "", "hello", "pvp-generator", "", "limit"
    printf "%-28s %9.3f ms %11.3f ms %6.2f times %10s\n", "wall time, fastest run", hm * 1e3, gm * 1e3, rm, tl
    printf "%-28s %9.3f ms %11.3f ms %6.2f times %10s\n", "wall time, median of rounds", hd * 1e3, gd * 1e3, rd, "-"
    printf "%-28s %8d KiB %10d KiB %8d KiB %10d\n", "memory, max RSS", hk, gk, dk, ml
    printf "%-28s %12s %14d %12s %10d\n", "child processes", "", c, "", 0
    printf "%-28s %12s %14d\n", "page faults", "", f
}'

broken=0
broke() {
    echo "$1" >&2
    broken=1
}
# A disturbance only ever adds time: the fastest of many runs is the programs themselves, a median is the machine's other work as well.
awk "BEGIN { exit !($ratio_min > $time_limit) }" && broke "wall time: the fastest run is $ratio_min times hello's, limit $time_limit"
awk "BEGIN { exit !($more_memory > $memory_limit) }" && broke "memory: $more_memory KiB more than hello, limit $memory_limit KiB"
[ "$children" -eq 0 ] || broke "child processes: $children, limit 0"
exit "$broken"
