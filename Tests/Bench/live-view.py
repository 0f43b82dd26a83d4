#!/usr/bin/python3
"""What the live view of `pvpgen start` costs while 50 guests come up: its CPU time in percent of the time that it runs, on a terminal, with a
systemd of the bench's own. Exits 1 when the limit is broken. Needs root and dbus-user-session.

  Tests/Bench/live-view.py PVPGEN [GUESTS]
"""
import os
import pty
import resource
import shutil
import subprocess
import sys
import tempfile
import time

LIMIT = 2.0  # percent of one CPU
PROGRAM = os.path.abspath(sys.argv[1])
GUESTS = int(sys.argv[2]) if len(sys.argv) > 2 else 50
BENCH = os.path.dirname(os.path.abspath(__file__))
MANAGER = """
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system
export XDG_RUNTIME_DIR=$1 XDG_CONFIG_HOME=$1/config
exec /lib/systemd/systemd --user
"""
IMAGE = """[Unit]
PartOf=pvp.target
StopWhenUnneeded=yes
[Service]
Type=oneshot
RemainAfterExit=yes
NotifyAccess=all
ExecStart=/bin/sh -c 'for part in 5 25 50 75 95; do systemd-notify --status="Fetching http://host/image: $part of 100 MiB are here ($part %%)"; \
    sleep 0.{pause}; done'
"""
GUEST = """[Unit]
PartOf=pvp.target
Requires=pvp-image@{name}.service
After=pvp-image@{name}.service
[Service]
Type=notify
NotifyAccess=all
ExecStart=/bin/sh -c 'sleep {start}; systemd-notify --ready --status=running; exec sleep 1000'
"""


def units(directory):
    os.makedirs(directory)
    names = [f"g{number}" for number in range(GUESTS)]
    for number, name in enumerate(names):
        with open(f"{directory}/pvp-image@{name}.service", "w") as file:
            file.write(IMAGE.replace("{pause}", str(3 + number % 7)))
        with open(f"{directory}/pvp-guest@{name}.service", "w") as file:
            file.write(GUEST.replace("{name}", name).replace("{start}", str(1 + number % 10)))
    members = " ".join(f"pvp-guest@{name}.service" for name in names)
    with open(f"{directory}/pvp.target", "w") as file:
        file.write(f"[Unit]\nWants={members}\nAfter={members}\n")


def drain(terminal):
    size = 0
    while True:
        try:
            text = os.read(terminal, 65536)
        except OSError:
            return size
        if not text:
            return size
        size += len(text)


def run(verb, root, environment):
    """Seconds that a verb took, its seconds of CPU time, and the bytes that it wrote to its terminal."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    child, terminal = pty.fork()
    if child == 0:
        os.execve(PROGRAM, [PROGRAM, verb] + ([] if verb == "stop" else [f"--root={root}"]), environment)
    size = drain(terminal)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status != 0:
        sys.exit(f"live-view.py: pvpgen {verb} ended with {status}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, size


directory = tempfile.mkdtemp(prefix="pvp-bench.")
units(f"{directory}/config/systemd/user")
root = f"{directory}/root"
subprocess.run([f"{BENCH}/../make-host", f"{BENCH}/../Cases/01-example", root], check=True, stdout=subprocess.DEVNULL)
log = open(f"{directory}/log", "w")
manager = subprocess.Popen(
    ["unshare", "--mount", "--propagation", "private", "--", "bash", "-euc", MANAGER, "bash", directory],
    stdin=subprocess.DEVNULL, stdout=log, stderr=log)
environment = dict(os.environ, TERM="xterm", DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={directory}/bus")
try:
    ready = ["busctl", f"--address=unix:path={directory}/bus", "status", "org.freedesktop.systemd1"]
    for _ in range(200):
        if subprocess.run(ready, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            break
        time.sleep(0.1)
    else:
        sys.exit("live-view.py: no systemd on its bus; install dbus-user-session")
    percent = {}
    for verb in ["start", "stop"]:
        wall, cpu, size = run(verb, root, environment)
        percent[verb] = 100 * cpu / wall
        print(f"pvpgen {verb}, {GUESTS} guests: {wall:6.2f} s, CPU {1000 * cpu:4.0f} ms ({percent[verb]:.2f} %), {size >> 10} KiB of output")
finally:
    manager.terminate()
    manager.wait()
    shutil.rmtree(directory, ignore_errors=True)
if percent["start"] > LIMIT:
    print(f"live view: {percent['start']:.2f} % of a CPU, limit {LIMIT} %", file=sys.stderr)
    sys.exit(1)
