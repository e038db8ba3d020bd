#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""1,000 events a second for a minute: the list is at most a second behind, and memory does not grow.

    storm.py [SECONDS [EVENTS PER SECOND]]

Threads suspend and resume domains of one libvirtd. One more domain is the marker: it is changed at known times, and its row is asked
for until it says so. HANDLERVIRT_BINARY is the server, the debug build by default.
"""
import random
import sys
import threading
import time

import libvirt
from daemons import Daemons, quiet_libvirt
from domains import Domain, domains
from report import Report, milliseconds, percentile
from rows import Listing
from serving import BINARY, HTML, Asker, Serving

DOMAINS = 1000
THREADS = 4
EACH = 50
LAG = 1
GIVEN_UP = 10
WARM = 10


class Storm:
    """Suspends and resumes: each success is one event."""

    def __init__(self, uri: str, names: list[str], rate: float, seconds: float):
        self.uri = uri
        self.rate = rate / THREADS
        self.seconds = seconds
        self.done = [0] * THREADS
        self.failures = []
        parts = [names[number * EACH : (number + 1) * EACH] for number in range(THREADS)]
        self.threads = [threading.Thread(target=self._guarded, args=(number, part)) for number, part in enumerate(parts)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def join(self):
        for thread in self.threads:
            thread.join()

    def _guarded(self, number: int, names: list[str]):
        try:
            self._blow(number, names)
        except libvirt.libvirtError as error:
            self.failures.append(str(error))

    def _blow(self, number: int, names: list[str]):
        connection = libvirt.open(self.uri)
        there = [connection.lookupByName(name) for name in names]
        start = time.monotonic()
        while (now := time.monotonic()) - start < self.seconds:
            due = start + self.done[number] / self.rate
            if due > now:
                time.sleep(due - now)
            turn, which = divmod(self.done[number], len(there))
            if turn % 2 == 0:
                there[which].suspend()
            else:
                there[which].resume()
            self.done[number] += 1


class Marker:
    """A domain that is changed at known times, and how long its row took to say so."""

    def __init__(self, uri: str, domain: Domain, asker: Asker):
        self.domain = libvirt.open(uri).lookupByName(domain.name)
        self.path = f"/virt?q={domain.uuid}"
        self.asker = asker
        self.lags = []
        self.requests = []

    def change(self):
        wanted = "running" if len(self.lags) % 2 else "paused"
        start = time.monotonic()
        if wanted == "paused":
            self.domain.suspend()
        else:
            self.domain.resume()
        while True:
            taken, _ = answer = self.asker.get(self.path)
            self.requests.append(taken)
            (row,) = Listing.parse(answer[1]).rows
            lag = time.monotonic() - start
            if row.state == wanted or lag > GIVEN_UP:
                break
            time.sleep(0.002)
        self.lags.append(lag)


def work(report: Report):
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    rate = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    print(f"{BINARY.parent.name}/{BINARY.name}, {DOMAINS} domains on one host, {rate} events a second for {seconds} s", flush=True)
    with Daemons(1) as (daemon,):
        there = domains(DOMAINS, seed=1)
        for domain in there:
            domain.define(daemon.connection)
        running = [domain for domain in there if domain.state == "running"]
        storm = Storm(daemon.uri, [domain.name for domain in running[: THREADS * EACH]], rate, seconds)
        with Serving([daemon.uri], DOMAINS) as server:
            asker = Asker(server.port)
            marker = Marker(daemon.uri, running[-1], asker)
            costs = [(time.monotonic(), server.cost)]
            storm.start()
            chance = random.Random(1)
            pages = []
            while any(thread.is_alive() for thread in storm.threads):
                marker.change()
                pages.append(asker.get(f"/virt/{running[-2].owner}/{running[-2].uuid}", HTML)[0])
                if time.monotonic() - costs[0][0] > WARM and len(costs) == 1:
                    costs.append((time.monotonic(), server.cost))
                time.sleep(chance.uniform(0.05, 0.15))
            storm.join()
            costs.append((time.monotonic(), server.cost))
            time.sleep(LAG)
            listing = Listing.parse(asker.get("/virt")[1])
            conclude(report, seconds, rate, storm, marker, pages, costs)
            names = {1: "running", 3: "paused", 5: "shutoff"}
            truth = {domain.UUIDString(): names[domain.state()[0]] for domain in daemon.connection.listAllDomains()}
            wrong = sum(truth.get(row.uuid) != row.state for row in listing.rows) + abs(len(truth) - len(listing.rows))
            report.check(wrong == 0, f"a second after the end {len(truth) - wrong} of {len(truth)} rows are as libvirt says")
            report.check(server.process.poll() is None, "the server still runs")


def conclude(report: Report, seconds: float, rate: float, storm: Storm, marker: Marker, pages: list[float], costs: list):
    achieved = sum(storm.done) / seconds
    report.check(not storm.failures and achieved >= 0.95 * rate, f"{sum(storm.done)} events in {seconds} s, {achieved:.0f} a second {storm.failures or ''}")
    lags = marker.lags
    figures = ", ".join(f"{label} {milliseconds(percentile(lags, percent))}" for label, percent in (("p50", 50), ("p99", 99), ("max", 100)))
    report.check(max(lags) <= LAG, f"the row of the marker was behind, of {len(lags)} changes: {figures}")
    report.state(f"a row: p50 {milliseconds(percentile(marker.requests, 50))}, p99 {milliseconds(percentile(marker.requests, 99))} of {len(marker.requests)}")
    report.state(f"a VM's page: p50 {milliseconds(percentile(pages, 50))}, p99 {milliseconds(percentile(pages, 99))} of {len(pages)}")
    (began, first), (warm, then), (ended, last) = costs
    report.state(f"processor: {(last.cpu - then.cpu) / (ended - warm):.0%} of one, with these requests")
    report.state(f"before the storm: {first}")
    report.state(f"after {warm - began:.0f} s: {then}")
    report.state(f"after {ended - began:.0f} s: {last}")
    growth = last.anonymous - then.anonymous
    report.check(growth <= then.anonymous / 10 + 4, f"anonymous memory has grown by {growth:.1f} MiB from {then.anonymous:.0f} MiB since {warm - began:.0f} s")


if __name__ == "__main__":
    quiet_libvirt()
    sys.exit(Report().run(work))
