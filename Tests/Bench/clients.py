#!/usr/bin/env python3
"""What it is like to be a client of pvp-console, with a real testpmd on two ports of nothing. Exits 1 when a limit is broken.

    Tests/Bench/clients.py PVPGEN PVP-CONSOLE
    ROUNDS=7 RUNS=200

Programs that are compared run in turns in one run. testpmd forwards on CPU 1; whatever else there is runs on the others, as on a planned host.
"""
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

PVPGEN, CONSOLE = (os.path.abspath(path) for path in sys.argv[1:3])
ROUNDS = int(os.environ.get("ROUNDS", 7))
RUNS = int(os.environ.get("RUNS", 200))
PROMPT = b"testpmd> "
COMMAND = "show port info 0"
# Seconds for anything that does not take long.
LIMIT = 20
# Seconds of forwarding that are counted at a time.
PERIOD = 1.5
broken = False


def figure(what, value, unit, limit=None, least=False, digits=2):
    """Prints a figure with its limit, and remembers when it is beyond."""
    global broken
    bound = "" if limit is None else f"{'at least' if least else 'limit'} {limit} {unit}".rstrip()
    print(f"{what:<72} {value:>10.{digits}f} {unit:<4} {bound}".rstrip(), flush=True)
    if limit is not None and (value < limit if least else value > limit):
        print(f"{what}: beyond the limit", file=sys.stderr)
        broken = True


def until(descriptor, text, seen=b""):
    """Reads until the text has come, and returns all of it."""
    end = time.monotonic() + LIMIT
    while text not in seen:
        if not select.select([descriptor], [], [], max(0, end - time.monotonic()))[0]:
            sys.exit(f"no {text!r} within {LIMIT} s, but {seen[-200:]!r}")
        part = os.read(descriptor, 65536)
        if not part:
            sys.exit(f"closed before {text!r} came, after {seen[-200:]!r}")
        seen += part
    return seen


class Host:
    """A directory that stands for a machine: pvp-console with testpmd in it."""

    greetings = 0

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="pvp-bench.", dir="/dev/shm")
        os.makedirs(f"{self.directory}/run/pvp")
        self.path = f"{self.directory}/run/pvp/testpmd.sock"
        testpmd = ["dpdk-testpmd", "--no-huge", "--no-pci", "-m", "64", "--lcores", "0@0,1@1", "--file-prefix", "testpmd"]
        testpmd += ["--vdev", "net_null0", "--vdev", "net_null1", "--", "-i", "--auto-start", "--total-num-mbufs=2048"]
        activate = ["systemd-socket-activate", "--fdname=console", "-l", self.path, "-E", f"RUNTIME_DIRECTORY={self.directory}"]
        self.console = subprocess.Popen(
            activate + [CONSOLE, "--name=testpmd", "--ports=2", "--"] + testpmd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not os.path.exists(self.path):
            time.sleep(0.01)
        # The first connection starts it.
        with self.plain():
            pass

    def end(self):
        self.console.terminate()
        self.console.wait(LIMIT)
        shutil.rmtree(self.directory)

    @contextlib.contextmanager
    def plain(self):
        """Somebody at the prompt, without frames."""
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(self.path)
            # What is not in what was shown before.
            self.greetings += 1
            greeting = b"greeting%d" % self.greetings
            client.sendall(greeting + b"\n")
            until(client.fileno(), b"\n" + PROMPT, until(client.fileno(), greeting).partition(greeting)[2])
            yield client

    def command(self, *arguments):
        return [PVPGEN, "console", f"--root={self.directory}", *arguments]

    def memory(self, name):
        with open(f"/proc/{self.console.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith(name)) / 1024


def typed(client):
    """Seconds from a command at the prompt to the next prompt."""
    start = time.perf_counter()
    client.sendall(COMMAND.encode() + b"\n")
    seen = until(client.fileno(), b"\n" + PROMPT)
    assert b"MAC address" in seen
    return time.perf_counter() - start


def asked(host):
    """Seconds that pvpgen console -c takes, from its start to its end."""
    ours, theirs = os.pipe()
    arguments = host.command("testpmd", "-c", COMMAND)
    start = time.perf_counter()
    pid = os.posix_spawn(PVPGEN, arguments, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, theirs, 1)])
    os.close(theirs)
    answer = b""
    while part := os.read(ours, 65536):
        answer += part
    status = os.waitpid(pid, 0)[1]
    seconds = time.perf_counter() - start
    os.close(ours)
    assert status == 0 and b"MAC address" in answer and PROMPT not in answer, answer
    return seconds


def started():
    """Seconds that the program alone takes: it prints its version."""
    start = time.perf_counter()
    pid = os.posix_spawn(PVPGEN, [PVPGEN, "--version"], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    os.waitpid(pid, 0)
    return time.perf_counter() - start


def attached(host):
    """Seconds from the start of pvpgen console on a terminal to the first byte that it shows of testpmd's."""
    terminal, user = os.openpty()
    arguments = host.command("testpmd")
    actions = [(os.POSIX_SPAWN_DUP2, user, number) for number in range(3)]
    start = time.perf_counter()
    pid = os.posix_spawn(PVPGEN, arguments, os.environ, file_actions=actions, setsid=True)
    seen = os.read(terminal, 65536)
    seconds = time.perf_counter() - start
    until(terminal, b"Ctrl-] detaches]\r\n" + PROMPT, seen)
    os.write(terminal, b"\x1d")
    until(terminal, b"[detached]")
    os.close(user)
    status = os.waitpid(pid, 0)[1]
    os.close(terminal)
    assert status == 0, status
    return seconds


def round_trips(host):
    times = {"start": [], "attach": [], "typed": [], "asked": []}
    with host.plain() as client:
        for _ in range(RUNS):
            times["start"].append(started())
            times["attach"].append(attached(host))
            times["typed"].append(typed(client))
            times["asked"].append(asked(host))
    middle = {name: statistics.median(values) * 1000 for name, values in times.items()}
    figure("pvpgen --version: a process that only starts and ends", middle["start"], "ms")
    figure(f"attach to first byte, as a whole process, median of {RUNS}", middle["attach"], "ms", 5)
    figure(f"'{COMMAND}' at the prompt: testpmd's own time", middle["typed"], "ms")
    figure(f"pvpgen console -c '{COMMAND}', as a whole process", middle["asked"], "ms")
    figure("the same less testpmd's own time", middle["asked"] - middle["typed"], "ms", 10)


class Counter:
    """Packets that testpmd has received, from its telemetry."""

    def __init__(self, host):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.settimeout(LIMIT)
        self.socket.connect(f"{host.directory}/dpdk/testpmd/dpdk_telemetry.v2")
        self.socket.recv(65536)

    def packets(self):
        count = 0
        for port in 0, 1:
            self.socket.sendall(f"/ethdev/stats,{port}".encode())
            count += json.loads(self.socket.recv(65536))["/ethdev/stats"]["ipackets"]
        return count, time.monotonic()

    def rate(self, work):
        """Packets a second while `work` is done again and again."""
        before, start = self.packets()
        while time.monotonic() < start + PERIOD:
            work()
        after, end = self.packets()
        return (after - before) / (end - start)


def everybody_sees(host, files):
    """Waits until each of the files has the greeting of somebody who came later."""
    end = time.monotonic() + LIMIT
    waiting = list(files)
    while waiting:
        with host.plain():
            greeting = b"greeting%d" % host.greetings
        time.sleep(0.1)
        # Who has it has all that was shown before; who was not there yet gets the next.
        waiting = [file for file in waiting if greeting not in os.pread(file.fileno(), 1 << 30, max(0, os.fstat(file.fileno()).st_size - 4096))]
        if time.monotonic() > end:
            sys.exit(f"{len(waiting)} clients do not see what is shown within {LIMIT} s")


@contextlib.contextmanager
def crowd(host, size=20):
    """So many clients that look on, and the files of what they see; the first of them is stopped."""
    files = [open(f"{host.directory}/client{number}", "w+b") for number in range(size)]
    null = subprocess.DEVNULL
    clients = [subprocess.Popen(host.command("testpmd", "--read-only"), stdin=null, stdout=file, stderr=null) for file in files]
    everybody_sees(host, files)
    clients[0].send_signal(signal.SIGSTOP)
    yield files
    everybody_sees(host, files[1:])
    clients[0].send_signal(signal.SIGCONT)
    for process in clients:
        process.terminate()
        process.wait(LIMIT)


def complete(files, count):
    """How many of the files have all that was shown."""
    whole = 0
    for file in files:
        file.seek(0)
        whole += file.read().count(b"\nMAC address: ") == count
        file.close()
    return whole


def forwarding(host):
    counter = Counter(host)
    rates, noise, ratios = [], [], []
    for _ in range(ROUNDS):
        before = counter.rate(lambda: time.sleep(0.02))
        with crowd(host), host.plain() as client:
            rate = counter.rate(lambda: (typed(client), time.sleep(0.02)))
        after = counter.rate(lambda: time.sleep(0.02))
        rates += [before, after]
        noise.append(after / before)
        ratios.append(2 * rate / (before + after))
    figure("forwarding without clients", statistics.median(rates) / 1e6, "Mpps")
    spread = max(abs(1 - ratio) for ratio in noise)
    figure("the same twice in one round, as a ratio: the noise, at its worst", 1 + spread, "", digits=3)
    what = "with 20 clients, one stopped, who see 40 answers a second, as a ratio"
    figure(what, statistics.median(ratios), "", round(1 - max(0.03, spread), 3), True, 3)


def flood(host, count=3000):
    """Answers without a pause, far more of them than are kept for the one that is stopped."""
    with crowd(host) as files, host.plain() as client:
        start = time.perf_counter()
        for _ in range(count):
            typed(client)
        seconds = time.perf_counter() - start
        shown = os.fstat(files[1].fileno()).st_size
    figure(f"{count} answers without a pause to 20 clients, one stopped", shown / seconds / 1e6, "MB/s each")
    figure("clients that saw all of it, of the 19 that were not stopped", complete(files[1:], count), "", 19, True, 0)
    figure("peak memory of pvp-console", host.memory("VmHWM"), "MiB", 64, digits=1)


def main():
    # The lcore has its CPU to itself.
    cpus = os.sched_getaffinity(0)
    if len(cpus) < 2:
        sys.exit("expected two CPUs at least")
    host = Host()
    try:
        with host.plain():
            pass
        os.sched_setaffinity(0, cpus - {1})
        for task in os.listdir(f"/proc/{host.console.pid}/task"):
            os.sched_setaffinity(int(task), cpus - {1})
        round_trips(host)
        forwarding(host)
        flood(host)
    finally:
        host.end()
    sys.exit(broken)


main()
