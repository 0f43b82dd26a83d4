#!/usr/bin/env python3
"""The playbook for all hosts beside Ansible's ping, with 25, 50 and 100 names of one container in the inventory. Exits 1 when the time or the
processor time of a host grows with the number of hosts.

    Tests/Bench/fleet.py [DIRECTORY]            DIRECTORY has ansible-playbook; otherwise the one in PATH
    ROUNDS=1                                    rounds, in each of which each number of hosts runs once

The host is as configured, so that each task asks the recorded pvpgen and changes nothing. Root is required.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Fleet"))
from fleet import Fleet

PROGRAMS = sys.argv[1].rstrip("/") + "/" if len(sys.argv) > 1 else ""
ROUNDS = int(os.environ.get("ROUNDS", 1))
SIZES = (25, 50, 100)
# A host of the most beside a host of the fewest: the work of other programs counts as time, and not as processor time.
TIME_LIMIT = 1.3
CPU_LIMIT = 1.15
broken = False


def measured(run):
    """Returns the seconds and the seconds of processor time that a function and its child processes take."""
    def cpu():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    start, used = time.monotonic(), cpu()
    run()
    return time.monotonic() - start, cpu() - used


def limit(what, value, bound):
    """Remembers a value above its limit."""
    global broken
    if value > bound:
        print(f"{what}: {value:.2f}, limit {bound}", file=sys.stderr)
        broken = True


def play(fleet, inventory, hosts):
    """Runs the playbook, which must find nothing to change on any host."""
    code, recap, output = fleet.play("pvpgen.pvp.site", inventory=inventory, seconds=3600)
    if code or len(recap) != hosts or any(counts["changed"] for counts in recap.values()):
        sys.exit(f"{hosts} hosts: the playbook failed, or changed a host:\n{output[-4000:]}")


def ping(fleet, inventory, hosts):
    """Runs the module of Ansible that only answers."""
    done = subprocess.run(
        [f"{fleet.programs}ansible", "-i", inventory, "-m", "ansible.builtin.ping", "all"], env=fleet.environment,
        capture_output=True, text=True)
    if done.returncode or done.stdout.count("SUCCESS") != hosts:
        sys.exit(f"{hosts} hosts: ping failed:\n{done.stdout}{done.stderr}")


def each_host(fleet):
    """Returns what a host takes, by number of hosts: seconds and processor time of the playbook, and of ping."""
    fastest = {}
    for _ in range(ROUNDS):
        for hosts in SIZES:
            names = {f"n{number}": {"ansible_host": fleet.hosts[0]} for number in range(hosts)}
            inventory = fleet.inventory(names, each=names, pvp_host_package="")
            values = measured(lambda: play(fleet, inventory, hosts)) + measured(lambda: ping(fleet, inventory, hosts))
            values = [value / hosts for value in values]
            fastest[hosts] = [min(pair) for pair in zip(values, fastest.get(hosts, values))]
    return fastest


def main():
    with tempfile.TemporaryDirectory(prefix="pvp-bench-") as directory, Fleet(directory, 1, PROGRAMS) as fleet:
        code, recap, output = fleet.play("pvpgen.pvp.site")
        if code:
            sys.exit(f"the first run failed:\n{output[-4000:]}")
        each = each_host(fleet)
    row = "{:<8} {:>14} {:>14} {:>14} {:>14} {:>14}"
    print(row.format("hosts", "each host", "processor", "ping", "processor", "times ping"))
    for hosts, values in each.items():
        print(row.format(hosts, *(f"{value * 1000:.0f} ms" for value in values), f"{values[0] / values[2]:.1f}"))
    fewest, most = each[SIZES[0]], each[SIZES[-1]]
    for number, what, bound in ((0, "time", TIME_LIMIT), (1, "processor time", CPU_LIMIT)):
        growth = most[number] / fewest[number]
        title = f"{what} of a host of {SIZES[-1]}, in times of one of {SIZES[0]}"
        print(f"{title:<60} {growth:>10.2f} {'limit':>10} {bound}")
        limit(title, growth, bound)
    sys.exit(broken)


if __name__ == "__main__":
    main()
