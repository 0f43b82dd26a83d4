#!/bin/bash
# 100 000 lines of 82 bytes through pvp-console, tmux and dtach, with nobody attached, in turns in one run: wall time, and CPU time and memory of
# the process that has the terminal. Exits 1 when a limit is broken.
#
#   Tests/Bench/console.sh PVP-CONSOLE
#   ROUNDS=7
set -eu
export LC_ALL=C
console=$(readlink -f "$1")
rounds=${ROUNDS:-7}
scratch=$(mktemp -d -p /dev/shm pvp-bench.XXXXXX)
trap 'kill $(jobs -p) 2>/dev/null || true; tmux -S "$scratch/tmux" kill-server 2>/dev/null || true; pkill -f "$scratch" || true; rm -rf "$scratch"' EXIT
. "$(dirname "$0")/timing.sh"
rm -rf "$programs"

# What runs on the terminal: it says how many nanoseconds the lines took, and stays.
cat >"$scratch/lines" <<'PROGRAM'
#!/bin/bash
line=$(printf '%080d' 0)
start=$(date +%s%N)
yes "$line" | head -n 100000
echo $(($(date +%s%N) - start)) >"$1.part"
echo $$ >"$1.pid"
mv "$1.part" "$1"
exec sleep 600
PROGRAM
chmod +x "$scratch/lines"

start_tmux() { tmux -S "$scratch/tmux" -f /dev/null new-session -d "$scratch/lines $scratch/done"; }
start_dtach() { dtach -n "$scratch/dtach" "$scratch/lines" "$scratch/done"; }
start_pvp-console() {
    systemd-socket-activate -l "$scratch/pvp" -E RUNTIME_DIRECTORY="$scratch" "$console" --name=testpmd --ports=1 -- \
        "$scratch/lines" "$scratch/done" >/dev/null 2>&1 &
    until [ -S "$scratch/pvp" ]; do sleep 0.01; done
    # The first connection starts it.
    timeout 1 socat -u OPEN:/dev/null UNIX-CONNECT:"$scratch/pvp"
}
round() {
    local name=$1 pid status
    rm -f "$scratch/done"
    "start_$name"
    for ((wait = 0; wait < 3000; wait++)); do [ -e "$scratch/done" ] && break; sleep 0.01; done
    [ -e "$scratch/done" ] || { echo "$name: not through within 30 s" >&2; exit 1; }
    case $name in
    tmux) pid=$(tmux -S "$scratch/tmux" display-message -p '#{pid}') ;;
    dtach) pid=$(pgrep -f "dtach -n $scratch" | head -n 1) ;;
    *) pid=$(pgrep -f "$console --name" | head -n 1) ;;
    esac
    awk -v hz="$(getconf CLK_TCK)" -v wall="$(cat "$scratch/done")" -v own="$(awk '/^Anonymous/ { print $2 }' "/proc/$pid/smaps_rollup")" \
        -v peak="$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status")" \
        '{ sub(/.*\) /, ""); print wall / 1e9, ($12 + $13) / hz, own, peak }' "/proc/$pid/stat" >>"$scratch/$name.figures"
    { kill -9 "$pid" && wait "$pid"; } 2>/dev/null || true
    kill "$(cat "$scratch/done.pid")" 2>/dev/null || true
    rm -f "$scratch"/{tmux,dtach,pvp}
    sleep 0.2
}
for ((n = 0; n < rounds; n++)); do for name in pvp-console tmux dtach; do round "$name"; done; done

row='%-14s %10s %10s %14s %14s\n'
printf "$row" "100 000 lines" "wall" "CPU" "memory of own" "peak resident"
of() { cut -d' ' -f"$2" "$scratch/$1.figures" | median; }
for name in pvp-console tmux dtach; do
    printf "$row" "$name" "$(of $name 1 | awk '{ printf "%.3f s", $1 }')" "$(of $name 2 | awk '{ printf "%.3f s", $1 }')" "$(of $name 3) KiB" "$(of $name 4) KiB"
done
# What is resident of programs and libraries is shared with other processes and the page cache: no goal, and said.
echo "peak resident in times of tmux's: $(times "$(of pvp-console 4)" "$(of tmux 4)")"
for column in 1:wall 2:CPU "3:memory of own"; do
    ratio=$(times "$(of pvp-console "${column%:*}")" "$(of tmux "${column%:*}")")
    echo "${column#*:} in times of tmux's: $ratio (of dtach's: $(times "$(of pvp-console "${column%:*}")" "$(of dtach "${column%:*}")"))"
    limit "${column#*:}, in times of tmux's" "$ratio" 1
done
exit "$broken"
