#!/usr/bin/python3
"""What pvp-guest adds to `virsh create` of the same XML: both in turns, on a libvirtd of the bench's own. Exits 1 when a limit is broken.

  Tests/Bench/ready.py PVP-GUEST [ROUNDS]
"""
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

LIMIT = 1.0  # seconds more than virsh
NAME = "pvp-bench"
DOMAIN = f"""<domain type='qemu'><name>{NAME}</name>
<metadata><pvp:guest xmlns:pvp='urn:pvpgen:domain' name='{NAME}'/></metadata><memory unit='MiB'>64</memory>
<os><type arch='x86_64' machine='q35'>hvm</type></os><on_reboot>restart</on_reboot>
<devices><controller type='usb' model='none'/><memballoon model='none'/><serial type='pty'/></devices></domain>
"""

directory = tempfile.mkdtemp(prefix="pvp-bench.")
uri = f"qemu+unix:///session?socket={directory}/libvirt/libvirt-sock"
# A session's libvirtd is private by design; root has none, so root runs it as nobody.
as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []


def virsh(*arguments):
    return subprocess.run(["virsh", "--connect", uri, "--quiet", *arguments], capture_output=True, text=True, timeout=60)


def start_libvirt():
    os.makedirs(f"{directory}/config/libvirt")
    with open(f"{directory}/config/libvirt/qemu.conf", "w") as file:
        file.write('stdio_handler = "file"\n')
    with open(f"{directory}/domain.xml", "w") as file:
        file.write(DOMAIN)
    for path, names, files in os.walk(directory):
        for name in [".", *names, *files]:
            shutil.chown(os.path.join(path, name), 65534, 65534)
    environment = {"PATH": os.environ["PATH"], "HOME": directory, "XDG_RUNTIME_DIR": directory}
    environment |= {f"XDG_{name}_HOME": f"{directory}/{name.lower()}" for name in ("CONFIG", "CACHE", "DATA")}
    command = ["libvirtd", "--timeout=600", f"--pid-file={directory}/pid"]
    daemon = subprocess.Popen(as_nobody + command, env=environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while virsh("version").returncode != 0:
        if time.monotonic() > until or daemon.poll() is not None:
            sys.exit("ready.py: libvirtd does not answer")
        time.sleep(0.1)
    return daemon


def by_hand():
    start = time.monotonic()
    result = virsh("create", f"{directory}/domain.xml")
    took = time.monotonic() - start
    if result.returncode != 0:
        sys.exit(f"ready.py: virsh create: {result.stderr}")
    virsh("destroy", NAME)
    return took


def by_unit(program):
    """From the start of pvp-guest, as ExecStart= would start it, to READY=1."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notifications:
        path = f"{directory}/notify"
        notifications.bind(path)
        notifications.settimeout(60)
        with open(f"{directory}/domain.xml") as xml:
            start = time.monotonic()
            guest = subprocess.Popen(
                [program, f"--connect={uri}", "--ready-when=running", NAME], stdin=xml, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "NOTIFY_SOCKET": path})
            while b"READY=1" not in notifications.recv(4096).split(b"\n"):
                pass
            took = time.monotonic() - start
        os.unlink(path)
    virsh("destroy", NAME)
    guest.wait(timeout=60)
    return took


program = sys.argv[1]
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
daemon = start_libvirt()
try:
    by_hand()
    times = {"virsh create": [], "pvp-guest": []}
    for place in range(rounds):
        steps = [("virsh create", by_hand), ("pvp-guest", lambda: by_unit(program))]
        for name, step in steps if place % 2 else reversed(steps):
            times[name].append(step())
finally:
    virsh("destroy", NAME)
    daemon.kill()
    daemon.wait()
    shutil.rmtree(directory, ignore_errors=True)
print(f"{'':14} {'fastest':>10} {'median':>10}")
for name, took in times.items():
    print(f"{name:14} {min(took) * 1e3:7.0f} ms {statistics.median(took) * 1e3:7.0f} ms")
more = statistics.median(times["pvp-guest"]) - statistics.median(times["virsh create"])
print(f"pvp-guest's READY=1 comes {more * 1e3:+.0f} ms after the end of virsh create (medians; limit {LIMIT * 1e3:.0f} ms)")
sys.exit(more > LIMIT)
