"""Programs on shared memory in place of NICs and guests, for the benches of traffic."""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

EAL = ["--no-huge", "--no-pci", "--log-level=3"]


class Programs:
    """Starts programs with their sockets in a directory that goes with the block."""

    def __init__(self, traffic):
        self.traffic = os.path.abspath(traffic)

    def __enter__(self):
        self.directory = tempfile.mkdtemp()
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.directory, ignore_errors=True)

    def vhost(self, number):
        return f"{self.directory}/vhost{number}.sock"

    def pvp_traffic(self, name, cpu, devices, *arguments):
        """pvp-traffic with a thread for each device, all on one CPU."""
        path = f"{self.directory}/{name}.sock"
        eal = [*EAL, "-m", str(192 * len(devices)), "--no-shconf", "--no-telemetry"]
        return Program(
            [self.traffic, *eal, *lcores(cpu, len(devices)), f"--file-prefix={name}", *vdevs(devices), "--",
             f"--socket={path}", *arguments], self.directory, path)

    def testpmd(self, cpu, devices, *arguments):
        eal = [*EAL, "-m", "1024"]
        return Program(
            [shutil.which("dpdk-testpmd"), *eal, *lcores(cpu, 1), "--file-prefix=testpmd", *vdevs(devices), "--",
             *arguments], self.directory)


class Program:
    """A program that ends with the block."""

    def __init__(self, command, directory, path=None):
        self.socket = path
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=dict(os.environ, RUNTIME_DIRECTORY=directory))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def ask(self, line):
        """The answer of pvp-traffic, as soon as it listens."""
        end = time.monotonic() + 30
        while True:
            try:
                with socket.socket(socket.AF_UNIX) as client:
                    client.settimeout(60)
                    client.connect(self.socket)
                    client.sendall((line + "\n").encode())
                    return json.loads(client.makefile().readline())
            except (FileNotFoundError, ConnectionRefusedError):
                if time.monotonic() > end:
                    sys.exit(f"no answer at {self.socket}")
                time.sleep(0.05)

    def received(self, seconds=1):
        """Frames a second that arrive at all ports."""
        def count():
            return sum(port["received"] for port in self.ask("status")["ports"]), time.monotonic()
        before, start = count()
        time.sleep(seconds)
        after, end = count()
        return (after - before) / (end - start)


def lcores(cpu, workers):
    return ["--lcores", f"0@{cpu}" + "".join(f",{number + 1}@{cpu}" for number in range(workers))]


def vdevs(devices):
    return [f"--vdev={device}" for device in devices]


def until(condition, what):
    """Waits for a condition, at most 30 s."""
    end = time.monotonic() + 30
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"no {what} within 30 s")
        time.sleep(0.05)
