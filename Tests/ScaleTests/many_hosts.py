#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""100 libvirtd, and what it costs the list when one of them is dead and three are silent: nothing.

    many_hosts.py [ROUNDS [HOSTS]]      12 rounds

A round asks for the list while all hosts live, then kills one and stops three (SIGSTOP), asks from that very moment, asks again when
the server has noticed, and heals them. A round in which a libvirtd ends by itself is told and does not count. Both sides are measured for
the same time in each round; what is compared is the median over the rounds of each round's p99 with faults over its p99 without.
HANDLERVIRT_BINARY is the server, the debug build by default.
"""
import collections
import concurrent.futures
import gc
import random
import statistics
import sys
import time

from daemons import Daemon, Daemons, in_parallel, quiet_libvirt
from domains import Domain, domains
from report import Report, milliseconds, percentile
from rows import Listing
from serving import BINARY, HTML, XML, Asker, Cost, Serving

EACH = 10
KILLED = 1
SILENT = 3
CROWD = 20
# Each side of a round asks so many seconds, and at least so many times: a p99 of less is only a maximum.
ASKING = 4
TIMES = 100
# Seconds until faults are noticed, and until healed hosts answer.
NOTICED = 20
HEALED = 2
GIVEN_UP = 30
RATIO = 1.05
VIEWS = {"XML": XML, "HTML": HTML}


class Run:
    def __init__(self, report: Report, server: Serving, filled: dict[Daemon, list[Domain]]):
        self.report = report
        self.server = server
        self.asker = Asker(server.port)
        self.filled = filled
        names = server.names()
        self.names = {daemon: names[daemon.socket] for daemon in filled}
        self.count = sum(map(len, filled.values()))
        self.alive = {view: [] for view in VIEWS}
        self.faulty = {view: [] for view in VIEWS}
        self.noticed, self.thawed, self.restarted = [], [], []
        self.lost = 0

    def listing(self) -> Listing:
        return Listing.parse(self.asker.get("/virt")[1])

    def ask(self, seconds: float, count: int = 1) -> dict[str, list[float]]:
        """The list as XML and as HTML in turn, for so long and so often."""
        times = {view: [] for view in VIEWS}
        gc.collect()
        gc.disable()
        end = time.monotonic() + seconds
        while time.monotonic() < end or len(times["XML"]) < count:
            for view, accept in VIEWS.items():
                times[view].append(self.asker.get("/virt", accept)[0])
        gc.enable()
        return times

    def until(self, holds, patience: float) -> float:
        """Seconds until the list is as it should be; infinite if it does not become so."""
        start = time.monotonic()
        while not holds(self.listing()):
            if time.monotonic() - start > patience:
                return float("inf")
            time.sleep(0.02)
        return time.monotonic() - start

    def whole(self, listing: Listing) -> bool:
        return listing.total == len(listing.rows) == self.count and not listing.silent and not listing.stale

    def round(self, chosen: list[Daemon]):
        killed, silent = chosen[:KILLED], chosen[KILLED:]
        gone = {self.names[daemon] for daemon in chosen}
        alive = self.ask(ASKING, TIMES)
        start = time.monotonic()
        for daemon in silent:
            daemon.freeze()
        for daemon in killed:
            daemon.kill()
        faulty = self.ask(ASKING / 2, TIMES // 2)
        self.until(lambda listing: gone <= listing.silent and gone <= listing.stale, NOTICED)
        noticed = time.monotonic() - start
        later = self.ask(ASKING / 2, TIMES // 2)
        listing = self.listing()
        thawed, restarted = self.heal(killed, silent)
        time.sleep(0.5)
        if self.revived():
            return
        self.noticed.append(noticed)
        self.thawed.append(thawed)
        self.restarted.append(restarted)
        self.lost += listing.silent != gone or listing.stale != gone or len(listing.rows) != self.count
        for view in VIEWS:
            self.alive[view].append(alive[view])
            self.faulty[view].append(faulty[view] + later[view])

    def heal(self, killed: list[Daemon], silent: list[Daemon]) -> tuple[float, float]:
        dead = {self.names[daemon] for daemon in killed}
        for daemon in silent:
            daemon.thaw()
        thawed = self.until(lambda listing: listing.silent <= dead and listing.stale <= dead, GIVEN_UP)
        for daemon in killed:
            self.revive(daemon)
        return thawed, self.until(self.whole, GIVEN_UP)

    def revive(self, daemon: Daemon):
        daemon.start()
        fill(daemon, self.filled[daemon])

    def revived(self) -> bool:
        """Whether a libvirtd had ended by itself, which is not the server's doing. It is started again."""
        fallen = [daemon for daemon in self.filled if daemon.process.poll() is not None]
        for daemon in fallen:
            self.report.state(f"a libvirtd ended by itself, with status {daemon.process.returncode}: this round does not count")
            daemon.kill()
            self.revive(daemon)
        if fallen:
            self.until(self.whole, GIVEN_UP)
        return bool(fallen)

    def crowd(self, daemon: Daemon):
        """Many requests to a silent host at once: each ends at its deadline with 504, and none holds up the list."""
        domain = self.filled[daemon][0]
        path = f"/hosts/{self.names[daemon]}/domains/{domain.uuid}/virDomainGetInfo"
        daemon.freeze()
        with concurrent.futures.ThreadPoolExecutor(CROWD) as pool:
            waiting = [pool.submit(Asker(self.server.port, timeout=60).answer, path) for _ in range(CROWD)]
            lists = [taken for times in self.ask(1).values() for taken in times]
            answers = [each.result() for each in waiting]
        daemon.thaw()
        statuses = collections.Counter(status for _, status, _ in answers)
        longest = max(taken for taken, _, _ in answers)
        line = f"{CROWD} requests at once to a silent host: {', '.join(f'{count} x {status}' for status, count in statuses.items())}, at most {longest:.1f} s"
        self.report.check(statuses == {504: CROWD}, line)
        self.report.state(f"meanwhile the list: p50 {milliseconds(percentile(lists, 50))}, p99 {milliseconds(percentile(lists, 99))} of {len(lists)}")
        healed = self.until(self.whole, GIVEN_UP)
        self.report.check(healed <= HEALED, f"that host, when it went on: all fresh after {healed:.2f} s ({HEALED} allowed)")

    def compare(self):
        for view in VIEWS:
            sides = [(percentile(alive, 99), percentile(faulty, 99)) for alive, faulty in zip(self.alive[view], self.faulty[view])]
            ratio = statistics.median(faulty / alive for alive, faulty in sides)
            # How far two halves of the same side differ is what the machine itself makes of such a ratio.
            halves = [(percentile(alive[::2], 99), percentile(alive[1::2], 99)) for alive in self.alive[view]]
            noise = statistics.median(max(pair) / min(pair) for pair in halves)
            alive, faulty = (sum(rounds, []) for rounds in (self.alive[view], self.faulty[view]))
            self.report.check(ratio <= RATIO, f"{view}: p99 with faults is {ratio:.3f} of that without (median of {len(sides)} rounds, {RATIO} allowed)")
            for name, times in (("all alive", alive), ("with faults", faulty)):
                figures = ", ".join(f"{label} {milliseconds(percentile(times, percent))}" for label, percent in (("p50", 50), ("p99", 99), ("max", 100)))
                self.report.state(f"{view}, {name}: {figures} of {len(times)}")
            self.report.state(f"{view}: of all rounds together the p99 is {percentile(faulty, 99) / percentile(alive, 99):.3f} of that without; halves of one side differ by {noise:.3f}")

    def conclude(self):
        rounds = len(self.noticed)
        self.compare()
        self.report.check(not self.lost, f"{rounds - self.lost} of {rounds} times the list named exactly the hosts that were gone, and kept their VMs")
        self.report.state(f"noticed and marked within {statistics.median(self.noticed):.1f} s, at most {max(self.noticed):.1f} s; asking took {ASKING / 2:.0f} s of them or more")
        for name, times in (("silent hosts that went on", self.thawed), ("a host that was started again", self.restarted)):
            line = f"{name}: all fresh after {statistics.median(times):.2f} s, at most {max(times):.2f} s ({HEALED} allowed)"
            self.report.check(max(times) <= HEALED, line)


def fill(daemon: Daemon, there: list[Domain]):
    for domain in there:
        domain.define(daemon.connection)


def idle(report: Report, when: str, server: Serving) -> Cost:
    """What the server holds when nobody asks."""
    time.sleep(5)
    before = server.cost
    time.sleep(5)
    after = server.cost
    report.state(f"idle {when}: {after}; {(after.cpu - before.cpu) / 5:.1%} of a processor")
    return after


def work(report: Report):
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    hosts = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    print(f"{BINARY.parent.name}/{BINARY.name}, {hosts} hosts with {EACH} domains each, {rounds} rounds", flush=True)
    with Daemons(hosts) as daemons:
        filled = {daemon: domains(EACH, seed=number, first=number * EACH + 1) for number, daemon in enumerate(daemons)}
        in_parallel(lambda daemon: fill(daemon, filled[daemon]), daemons)
        with Serving([daemon.uri for daemon in daemons], EACH * hosts) as server:
            report.state(f"complete {server.complete_after:.2f} s after the start")
            run = Run(report, server, filled)
            run.ask(2)
            first = idle(report, "before the first round", server)
            chance = random.Random(1)
            for _ in range(2 * rounds):
                if len(run.noticed) < rounds:
                    run.round(chance.sample(daemons, KILLED + SILENT))
            report.check(len(run.noticed) == rounds, f"{len(run.noticed)} of {rounds} rounds count")
            run.conclude()
            run.crowd(daemons[0])
            last = idle(report, "after the last round", server)
            grown = (last.threads - first.threads, last.descriptors - first.descriptors)
            report.check(max(grown) <= 0, f"after {rounds} rounds there are {grown[0]} more threads and {grown[1]} more descriptors")
            report.check(server.process.poll() is None, "the server still runs")


if __name__ == "__main__":
    quiet_libvirt()
    sys.exit(Report().run(work))
