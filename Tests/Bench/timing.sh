# What the benches share; sourced. Programs run in turns, so that a slow moment hits all of them.

rounds=${ROUNDS:-12}
runs=${RUNS:-60}
# What systemd gives a generator is an empty directory in memory.
scratch=$(mktemp -d -p /dev/shm pvp-bench.XXXXXX)
# The programs are read from a disk, as at boot.
programs=$(mktemp -d)
trap 'rm -rf "$scratch" "$programs"' EXIT
output=$scratch/output
declare -A commands

# cached FILE...: at boot a program comes into the page cache by being run; pages that were just written are mapped in larger pieces, which shows in the memory.
cached() {
    for program in "$@"; do
        sync "$program"
        dd if="$program" iflag=nocache count=0 status=none
    done
}

# race: all of `commands`, in rounds. The seconds of each round's fastest and median run are lines of $scratch/NAME.times.
race() {
    local names=("${!commands[@]}") round place name
    for ((round = 0; round < rounds; round++)); do
        for ((place = 0; place < ${#names[@]}; place++)); do
            name=${names[(place + round) % ${#names[@]}]}
            hyperfine -N --style none --warmup 5 --runs "$runs" --prepare "sh -c 'rm -rf $output; mkdir $output'" \
                --export-csv "$scratch/times.csv" "${commands[$name]}" >/dev/null 2>&1
            awk -F, 'NR == 2 { print $(NF - 1), $(NF - 4) }' "$scratch/times.csv" >>"$scratch/$name.times"
        done
    done
}

# median: the middle one of the numbers on standard input.
median() { sort -g | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# fastest NAME, typical NAME: the fastest of all runs, and the median of the rounds' medians, in seconds.
fastest() { cut -d' ' -f1 "$scratch/$1.times" | sort -g | head -n 1; }
typical() { cut -d' ' -f2 "$scratch/$1.times" | median; }

# times A B: A divided by B.
times() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

broken=0
# limit WHAT VALUE LIMIT: says so when VALUE is above LIMIT, and remembers it in `broken`.
limit() {
    awk -v a="$2" -v b="$3" 'BEGIN { exit !(a > b) }' || return 0
    echo "$1: $2, limit $3" >&2
    broken=1
}
