#!/usr/bin/env python3
"""The testpmd of a plan beside that of the Ansible role and one tuned by hand: packets a second through testpmd and two vhost-user ports. Exits 1
when a limit is broken.

    Tests/Bench/chain.py PVPGEN PVP-TRAFFIC
    ROUNDS=5                                    rounds, in each of which all forward for a second

testpmd has CPU 1 and the reflector in place of a guest CPU 0, so nothing else may run; ports of nothing send as fast as testpmd receives.
"""
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

from traffic_programs import Programs, until

PVPGEN, TRAFFIC = (os.path.abspath(path) for path in sys.argv[1:3])
TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
ROUNDS = int(os.environ.get("ROUNDS", 5))
# Of the fastest of the others.
LEAST = 0.95


def planned():
    """testpmd's own options in the unit that the plan of the example has."""
    with tempfile.TemporaryDirectory() as directory:
        host, units = directory + "/host", directory + "/units"
        subprocess.run([TESTS + "/make-host", TESTS + "/Cases/01-example", host], check=True)
        subprocess.run(
            [PVPGEN, "generate", f"--root={host}", f"--output={units}"], check=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        unit = open(units + "/testpmd.service").read()
    line = re.search("^ExecStart=.* -- /usr/bin/dpdk-testpmd .*? -- (.*)$", unit, re.MULTILINE)[1].split()
    # CPUs and ports are those of the bench.
    return [word for word in line if word != "-i" and not word.startswith(("--nb-cores=", "--portlist="))]


LINES = {
    "plan": planned(),
    "role": ["--rxq=1", "--txq=1", "--forward-mode=io", "--auto-start"],
    "by hand": ["--rxq=1", "--txq=1", "--rxd=512", "--txd=512", "--burst=64", "--mbcache=512", "--forward-mode=io", "--auto-start"],
    "by hand, long rings": ["--rxq=1", "--txq=1", "--rxd=2048", "--txd=2048", "--burst=64", "--forward-mode=io", "--auto-start"],
}


def rate(options):
    """Packets a second that arrive in the place of the guest, both directions together."""
    with Programs(TRAFFIC) as programs:
        ports = [f"net_null{number}" for number in (0, 1)]
        ports += [f"net_vhost{number},iface={programs.vhost(number)},queues=1" for number in (0, 1)]
        with programs.testpmd(1, ports, "--portlist=0,2,1,3", "--nb-cores=1", *options):
            until(lambda: all(os.path.exists(programs.vhost(number)) for number in (0, 1)), "socket")
            users = [f"net_virtio_user{number},path={programs.vhost(number)},queue_size=1024" for number in (0, 1)]
            with programs.pvp_traffic("reflector", 0, users, "--reflect") as reflector:
                reflector.ask("status")
                time.sleep(1.5)
                return reflector.received()


rates = {name: [] for name in LINES}
for name, options in LINES.items():
    print(f"{name:20} {' '.join(options)}")
for place in range(ROUNDS):
    for name in list(LINES)[:: 1 if place % 2 else -1]:
        rates[name].append(rate(LINES[name]))
print(f"{'':20} {'slowest':>9} {'fastest':>9} {'median':>9}      of the plan's")
for name, values in rates.items():
    ratio = statistics.median(value / plan for value, plan in zip(values, rates["plan"]))
    print(
        f"{name:20} {min(values) / 1e6:9.2f} {max(values) / 1e6:9.2f} {statistics.median(values) / 1e6:9.2f} Mpps {ratio:8.2f}")
best = max(statistics.median(values) for name, values in rates.items() if name != "plan")
share = statistics.median(rates["plan"]) / best
if share < LEAST:
    sys.exit(f"plan: {share:.2f} of the fastest, at least {LEAST}")
