#!/bin/bash
# The generator on configurations that are noise: how it ends, and how long it takes. Exits 1 above the limit, or when it crashes.
#
#   Tests/Bench/bad-input.sh PVP-GENERATOR
set -eu
export LC_ALL=C
generator=$1
limit=100 # ms
repository=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d -p /dev/shm pvp-bad-input.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
"$repository/Tests/make-host" "$repository/Tests/Cases/01-example" "$scratch/root"
conf=$scratch/root/etc/pvpgen/pvp.conf
inputs=$scratch/inputs
mkdir "$inputs"

# repeat COUNT TEXT: the text so many times, each % in it the number.
repeat() { perl -e '($n, $t) = @ARGV; $t =~ s/\\n/\n/g; for $i (1 .. $n) { ($s = $t) =~ s/%/$i/g; print $s }' "$1" "$2"; }

# Random bytes that are the same in each run.
perl -e 'srand 1; print chr int rand 256 for 1 .. 1 << 20' >"$inputs/random-1MiB"
tr -dc ' -~\n' <"$inputs/random-1MiB" >"$inputs/printable"
head -c 1048576 /dev/zero >"$inputs/nul-1MiB"
repeat 100000 '\n' >"$inputs/empty-lines"
repeat 100000 'noise\n' >"$inputs/no-section"
{ echo '[Host]'; repeat 100000 'Key%=1\n'; } >"$inputs/unknown-keys"
{ echo '[Host]'; repeat 100000 'Autostart=%\n'; } >"$inputs/wrong-values"
{ echo '[Guest]'; repeat 100000 'noise\n'; } >"$inputs/no-equals"
{ echo '[Guest]'; repeat 100000 '=\n'; } >"$inputs/no-key"
{ echo '[Guest]'; repeat 100000 'a=\\\n'; } >"$inputs/continued"
{ echo '[Guest]'; repeat 1000000 'x'; echo =1; } >"$inputs/long-line"
{ printf '[Guest]\nCPUs='; repeat 200000 '%,'; echo; } >"$inputs/long-list"
{ printf '[Guest]\nCPUs='; repeat 100000 '0-8191,'; echo; } >"$inputs/wide-list"
{ printf '[Hugepages]\nPages='; repeat 100000 '%:1 '; echo; } >"$inputs/long-pages"
repeat 100000 '[Section%]\n' >"$inputs/unknown-sections"
repeat 100000 '[' >"$inputs/brackets"
repeat 20000 '[Guest]\nnoise\n' >"$inputs/broken-guests"
repeat 20000 '[NIC]\n' >"$inputs/many-nics"
repeat 20000 '[NIC]\nName=nic%\n' >"$inputs/named-nics"
repeat 20000 '[Guest]\nName=a\n' >"$inputs/same-name"
sed 's/$/\r/' "$repository/etc/pvp.conf" >"$inputs/crlf"
{ printf '\357\273\277'; cat "$repository/etc/pvp.conf"; } >"$inputs/byte-order-mark"
printf '[Guest]\nImage=/caf\351\n' >"$inputs/latin-1"

broken=0
printf '%-20s %8s %8s %10s\n' input bytes status ms
for input in "$inputs"/*; do
    cp "$input" "$conf"
    best=
    # A disturbance only ever adds time: the fastest of three counts.
    for run in 1 2 3; do
        rm -rf "$scratch/out"
        mkdir "$scratch/out"
        start=$(date +%s%N)
        status=0
        PVPGEN_ROOT=$scratch/root timeout 20 "$generator" "$scratch/out" 2>/dev/null || status=$?
        took=$((($(date +%s%N) - start) / 1000))
        if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
        if [ "$took" -gt 2000000 ]; then break; fi
    done
    printf '%-20s %8d %8d %10s' "${input##*/}" "$(stat -c %s "$input")" "$status" "$(awk "BEGIN { printf \"%.1f\", $best / 1000 }")"
    if [ "$status" -gt 1 ] || [ "$best" -gt $((limit * 1000)) ]; then
        broken=1
        printf '  over the limit: status 0 or 1, %s ms' "$limit"
    fi
    echo
done
exit "$broken"
