#!/bin/bash
# The generator with one guest beside generators that are on many hosts, each with one thing to generate, in one run. Exits 1 when a limit is broken.
#
#   Tests/Bench/other-generators.sh PVP-GENERATOR
#   ROUNDS=12 RUNS=60                           rounds, in each of which all run RUNS times
#
# Those that are not part of systemd are unpacked from their packages and not installed: a generator that is installed is run at the next boot.
set -eu
export LC_ALL=C
. "$(dirname "$0")/timing.sh"

limit_of_fastest=0.6    # times the wall time of the fastest of the others
export PVPGEN_ROOT=$scratch/host
"$(dirname "$0")/../make-host" "$(dirname "$0")/../Cases/01-example" "$PVPGEN_ROOT"

strip -s -o "$programs/pvp-generator" "$1"
mkdir "$programs/packages"
(cd "$programs/packages" && apt-get download -qq systemd-zram-generator netplan.io libnetplan0 libyaml-0-2 2>/dev/null)
for package in "$programs"/packages/*.deb; do dpkg-deb -x "$package" "$programs"; done
generators=$programs/lib/systemd/system-generators
ln -sf "$programs/usr/libexec/netplan/generate" "$generators/netplan"
export LD_LIBRARY_PATH=$programs/usr/lib/$(gcc -print-multiarch)

export SYSTEMD_FSTAB=$programs/fstab ZRAM_GENERATOR_ROOT=$programs/zram
printf 'UUID=0f7d1c52-8d0a-4f0e-9c7b-2f3a5b6c7d8e /srv ext4 rw 0 2\n' >"$SYSTEMD_FSTAB"
mkdir -p "$programs/zram/etc/systemd" "$programs/zram/proc" "$programs/root/etc/netplan"
printf '[zram0]\n' >"$programs/zram/etc/systemd/zram-generator.conf"
cp /proc/meminfo "$programs/zram/proc/"
printf 'network:\n  version: 2\n  ethernets:\n    eno1:\n      dhcp4: true\n' >"$programs/root/etc/netplan/10.yaml"
chmod 600 "$programs/root/etc/netplan/10.yaml"

directories="$output $output $output"
fstab=/lib/systemd/system-generators/systemd-fstab-generator
cached "$programs/pvp-generator" "$generators/zram-generator" "$programs/usr/libexec/netplan/generate"
commands=(
    [pvp-generator]="$programs/pvp-generator $directories" [systemd-fstab-generator]="$fstab $directories"
    [zram-generator]="$generators/zram-generator $directories" [netplan]="$generators/netplan --root-dir=$programs/root $directories"
)
# One that did nothing, or failed, is no measure.
for name in "${!commands[@]}"; do
    rm -rf "$output"
    mkdir "$output"
    if ! ${commands[$name]} >"$scratch/log" 2>&1 || [ -z "$(ls -A "$output")" ]; then
        echo "$name: ${commands[$name]}: expected units in its directory: $(cat "$scratch/log")" >&2
        exit 1
    fi
done
race

row='%-28s %14s %14s %12s\n'
milliseconds() { awk -v t="$1" 'BEGIN { printf "%.3f ms", t * 1e3 }'; }
printf "$row" "" "fastest run" "median" "of fastest"
least=
for name in systemd-fstab-generator zram-generator netplan pvp-generator; do
    [ "$name" = pvp-generator ] || least=$( (echo "$least"; fastest "$name") | grep . | sort -g | head -n 1)
    printf "$row" "$name" "$(milliseconds "$(fastest "$name")")" "$(milliseconds "$(typical "$name")")" \
        "$([ "$name" = pvp-generator ] && times "$(fastest pvp-generator)" "$least")"
done
limit "wall time, fastest run, in times of the fastest other's" "$(times "$(fastest pvp-generator)" "$least")" "$limit_of_fastest"
exit "$broken"
