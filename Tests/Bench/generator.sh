#!/bin/bash
# The generator beside a C hello world, paired in one run: wall time, memory, child processes. Exits 1 when a limit is broken.
#
#   Tests/Bench/generator.sh PVP-GENERATOR
#   ROUNDS=12 RUNS=60                           rounds, in each of which both run RUNS times
set -eu
export LC_ALL=C
. "$(dirname "$0")/timing.sh"

time_limit=3.0       # times the wall time of hello
memory_limit=5120    # KiB more than hello
export PVPGEN_ROOT=$scratch/host
"$(dirname "$0")/../make-host" "$(dirname "$0")/../Cases/01-example" "$PVPGEN_ROOT"

strip -s -o "$programs/pvp-generator" "$1"
printf '#include <stdio.h>\nint main(void) { puts("hello, world"); return 0; }\n' >"$programs/hello.c"
cc -O2 -o "$programs/hello" "$programs/hello.c"
cached "$programs/hello" "$programs/pvp-generator"
commands=([hello]="$programs/hello" [pvp-generator]="$programs/pvp-generator $output")
race

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
more_memory=$((generator_memory - hello_memory))

rm -rf "$output"
mkdir "$output"
strace -f -qq -e trace=clone,clone3,fork,vfork,execve,execveat -o "$scratch/calls" "$programs/pvp-generator" "$output"
# The first call is the start of the generator itself.
children=$(awk 'NR > 1 && / (clone3?|v?fork|execveat|execve)\(/ { n++ } END { print n + 0 }' "$scratch/calls")
faults=$(/usr/bin/time -f %R "$programs/pvp-generator" "$output" 2>&1)

ratio=$(times "$(fastest pvp-generator)" "$(fastest hello)")
row='%-28s %12s %14s %12s %10s\n'
milliseconds() { awk -v t="$1" 'BEGIN { printf "%.3f ms", t * 1e3 }'; }
printf "$row" "" hello pvp-generator "" limit
printf "$row" "wall time, fastest run" "$(milliseconds "$(fastest hello)")" "$(milliseconds "$(fastest pvp-generator)")" "$ratio times" "$time_limit"
printf "$row" "wall time, median of rounds" "$(milliseconds "$(typical hello)")" "$(milliseconds "$(typical pvp-generator)")" \
    "$(times "$(typical pvp-generator)" "$(typical hello)") times" -
printf "$row" "memory, max RSS" "$hello_memory KiB" "$generator_memory KiB" "$more_memory KiB" "$memory_limit"
printf "$row" "child processes" "" "$children" "" 0
printf "$row" "page faults" "" "$faults" "" -

# A disturbance only ever adds time: the fastest of many runs is the programs themselves, a median is the machine's other work as well.
limit "wall time, fastest run, in times of hello's" "$ratio" "$time_limit"
limit "memory in KiB more than hello" "$more_memory" "$memory_limit"
limit "child processes" "$children" 0
exit "$broken"
