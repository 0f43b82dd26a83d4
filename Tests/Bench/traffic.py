#!/usr/bin/env python3
"""pvp-traffic against itself over vhost-user: what it sends beside what it shall send, and its maximum beside that of testpmd. Exits 1 when a limit
is broken.

    Tests/Bench/traffic.py PVP-TRAFFIC
    ROUNDS=5                                    rounds, in each of which both send for a second

The one that sends has CPU 0 and the one that receives CPU 1, so nothing else may run.
"""
import os
import signal
import statistics
import sys
import threading
import time

from traffic_programs import Programs, until

PROGRAM = os.path.abspath(sys.argv[1])
ROUNDS = int(os.environ.get("ROUNDS", 5))
RATES = [1_000, 10_000, 100_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000]
# Of testpmd's frames a second in the same run.
LEAST = 0.9
broken = False


def say(line, is_bad):
    global broken
    print(line + ("  broken" if is_bad else ""), flush=True)
    broken |= is_bad


def generator(programs):
    return programs.pvp_traffic("generator", 0, [f"net_vhost0,iface={programs.vhost(0)}"])


def reflector(programs):
    """The one that receives, as soon as the other one listens."""
    until(lambda: os.path.exists(programs.vhost(0)), "socket")
    return programs.pvp_traffic("reflector", 1, [f"net_virtio_user0,path={programs.vhost(0)},queue_size=1024"], "--reflect")


def testpmd(programs):
    return programs.testpmd(
        0, [f"net_vhost0,iface={programs.vhost(0)}"], "--forward-mode=txonly", "--txpkts=64", "--tx-first",
        "--total-num-mbufs=8192", "--txd=1024", "--rxd=1024")


def until_linked(program):
    until(lambda: program.ask("status")["ports"][0]["link"], "link")


def trial(program, number, rate, **more):
    words = " ".join(f"{name}={value}" for name, value in more.items())
    return program.ask(f"trial id={number} rate={rate} duration_us=1000000 {words}")["ports"][0]


def paused(process, ready):
    """Takes half of the time of a process away, as a CPU quota does."""
    while not ready.wait(0.005):
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.005)
        process.send_signal(signal.SIGCONT)


def accuracy(programs):
    print(f"{'rate':>12} {'sent':>12} {'not sent':>10} {'full':>8} {'latest':>10}")
    with generator(programs) as sender, reflector(programs) as receiver:
        receiver.ask("reflect blocked=1")
        until_linked(sender)
        for number, rate in enumerate(RATES):
            port = trial(sender, number + 1, rate)
            # A frame that is not sent is counted as such: together they are what was to be sent.
            say(f"{rate:>12} {port['sent']:>12} {port['unsent']:>10} {port['tx_full']:>8} {port['max_gap_ns'] / 1000:>7.0f} µs",
                abs(port["sent"] + port["unsent"] - rate) > 1)
        ready = threading.Event()
        thief = threading.Thread(target=paused, args=(sender.process, ready))
        thief.start()
        port = trial(sender, 100, 1_000_000)
        ready.set()
        thief.join()
        say(f"stopped half of the time: {port['sent']} sent, {port['unsent']} not sent", port["unsent"] < 100_000)
        receiver.ask("reflect limit=0")
        latency = trial(sender, 101, 10_000, latency=1)["latency"]
        middle, seen = sum(count for _, count in latency["histogram"]) / 2, 0
        for nanoseconds, count in latency["histogram"]:
            seen += count
            if seen >= middle:
                break
        print(f"latency of the two alone: {latency['minimum_ns']} ns at least, {nanoseconds} ns median")


def most(programs, make, begin):
    with make(programs) as sender, reflector(programs) as receiver:
        receiver.ask("reflect blocked=1")
        runner = begin(sender)
        time.sleep(2)
        rate = receiver.received()
        if runner:
            runner.join()
    return rate


def as_fast_as_possible(sender):
    until_linked(sender)
    runner = threading.Thread(
        target=lambda: sender.ask("trial id=1 rate=30000000 duration_us=4000000 lag_us=1000000"))
    runner.start()
    return runner


def maximum():
    rates = {"pvp-traffic": [], "dpdk-testpmd txonly": []}
    for _ in range(ROUNDS):
        with Programs(PROGRAM) as programs:
            rates["pvp-traffic"].append(most(programs, generator, as_fast_as_possible))
        with Programs(PROGRAM) as programs:
            rates["dpdk-testpmd txonly"].append(most(programs, testpmd, lambda _: None))
    for name, values in rates.items():
        print(f"{name:24} {min(values) / 1e6:6.2f} to {max(values) / 1e6:6.2f} Mpps, median {statistics.median(values) / 1e6:.2f}")
    ratio = statistics.median(own / other for own, other in zip(*rates.values()))
    say(f"ratio, median of {ROUNDS} rounds: {ratio:.2f}, at least {LEAST}", ratio < LEAST)


with Programs(PROGRAM) as programs:
    accuracy(programs)
maximum()
sys.exit(broken)
