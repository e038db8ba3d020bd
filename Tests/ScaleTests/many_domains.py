#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""10,000 domains on 20 libvirtd: all are listed, filtered, sorted and paged through, and what that costs.

    many_domains.py [DOMAINS [HOSTS]]

HANDLERVIRT_BINARY is the server, the debug build by default.
"""
import collections
import sys
import time
import urllib.parse

from daemons import Daemons, in_parallel, quiet_libvirt
from domains import OWNERS, STATES, Domain, domains
from report import Report, milliseconds, percentile
from rows import Listing
from serving import BINARY, HTML, HV, Asker, Serving

PAGE = 100
STATE_NUMBERS = {"running": 1, "paused": 3, "shutoff": 5}
SORTS = {
    "name": lambda row: row.name,
    "state": lambda row: STATE_NUMBERS[row.state],
    "host": lambda row: row.host,
    "owner": lambda row: row.owner,
    "vcpus": lambda row: row.vcpus,
    "memory": lambda row: row.memory,
}


class Run:
    def __init__(self, report: Report, server: Serving, hosts: dict[str, list[Domain]]):
        self.report = report
        self.asker = Asker(server.port, timeout=120)
        self.hosts = hosts
        self.all = [domain for there in hosts.values() for domain in there]

    def listing(self, **query: str) -> Listing:
        return Listing.parse(self.asker.get(f"/virt?{urllib.parse.urlencode(query)}")[1])

    def lists_all(self):
        listing = self.listing()
        truth = {(host, *fields(domain)) for host, there in self.hosts.items() for domain in there}
        said = collections.Counter((row.host, *fields(row)) for row in listing.rows)
        right = set(said) == truth and set(said.values()) == {1} and listing.total == len(truth)
        self.report.check(right, f"list: {len(listing.rows)} rows, {len(set(said) & truth)} of {len(truth)} as libvirt has them, total {listing.total}")

    def filters(self):
        host = next(iter(self.hosts))
        word = self.all[len(self.all) // 2].name
        cases = [({"state": state}, lambda domain, state=state: domain.state == state) for state in STATES]
        cases += [
            ({"host": host}, lambda domain: domain in here),
            ({"q": "database"}, lambda domain: "database" in domain.title.lower()),
            ({"q": word}, lambda domain: domain.name == word),
            ({"q": "alice", "state": "running", "host": host}, lambda domain: domain in here and (domain.owner, domain.state) == ("alice", "running")),
            ({"q": "no-vm-has-this-name"}, lambda domain: False),
        ]
        here = set(self.hosts[host])
        for query, matches in cases:
            truth = {domain.uuid for domain in self.all if matches(domain)}
            listing = self.listing(**query)
            said = {row.uuid for row in listing.rows}
            right = said == truth and listing.total == len(listing.rows) == len(truth)
            self.report.check(right, f"filter {urllib.parse.urlencode(query)}: {len(listing.rows)} rows, total {listing.total}, {len(truth)} expected")
        for owner in OWNERS[:2]:
            truth = sum(domain.owner == owner for domain in self.all)
            total = Listing.parse(self.asker.get(f"/virt/{owner}?max=1")[1]).total
            self.report.check(total == truth, f"owner {owner}: total {total}, {truth} expected")
        said = {item.get("name"): int(item.text) for item in self.asker.xml("/virt?max=1").iter(f"{HV}filter")}
        truth = collections.Counter(domain.state for domain in self.all)
        right = said.pop("all") == len(self.all) and {name: count for name, count in said.items() if count} == truth
        self.report.check(right, f"counts of the states: {', '.join(f'{count} {name}' for name, count in truth.items())}")

    def pages(self):
        """Follows the links from page to page, then takes the same pages by hand with from=."""
        truth = sorted(domain.uuid for domain in self.all)
        for sort in ("name", "-memory"):
            path, seen, pages, times = f"/virt?max={PAGE}&sort={sort}", [], 0, []
            while path and pages <= len(truth):
                taken, body = self.asker.get(path)
                listing = Listing.parse(body)
                times.append(taken)
                if pages and listing.rows[0].uuid != urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)["from"][0]:
                    break
                seen += [row.uuid for row in listing.rows]
                path, pages = listing.following, pages + 1
            right = sorted(seen) == truth and pages == -(-len(truth) // PAGE)
            line = f"{pages} pages of {PAGE} sorted by {sort}: {len(seen)} rows, {len(set(seen))} different"
            self.report.check(right, f"{line}; p50 {milliseconds(percentile(times, 50))}")

    def sorts(self):
        for column, key in SORTS.items():
            for is_descending in (False, True):
                sort = f"-{column}" if is_descending else column
                keys = [key(row) for row in self.listing(sort=sort).rows]
                right = len(keys) == len(self.all) and keys == sorted(keys, reverse=is_descending)
                self.report.check(right, f"sort={sort}: {len(keys)} rows in order")

    def latencies(self):
        for path, accept, times in (("/virt", "application/xml", 10), ("/virt", HTML, 30), (f"/virt?max={PAGE}", "application/xml", 30)):
            answers = [self.asker.get(path, accept) for _ in range(times)]
            middle = percentile([taken for taken, _ in answers], 50)
            self.report.state(f"{path} as {accept}: p50 {milliseconds(middle)}, {len(answers[0][1]) / 1024:.0f} KiB")


def fields(item) -> tuple:
    """What a domain and its row have in common."""
    return item.name, item.uuid, item.title, item.owner, item.state, item.memory, item.vcpus


def work(report: Report):
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    hosts = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    each = count // hosts
    print(f"{BINARY.parent.name}/{BINARY.name}, {each * hosts} domains on {hosts} hosts", flush=True)
    with Daemons(hosts) as daemons:
        filled = {daemon.socket: domains(each, seed=number, first=number * each + 1) for number, daemon in enumerate(daemons)}

        def fill(daemon):
            for domain in filled[daemon.socket]:
                domain.define(daemon.connection)

        in_parallel(fill, daemons)
        with Serving([daemon.uri for daemon in daemons], each * hosts) as server:
            report.state(f"complete {server.complete_after:.2f} s after the start, {server.cost.cpu:.1f} s of them processor time")
            run = Run(report, server, {name: filled[path] for path, name in server.names().items()})
            time.sleep(5)
            before = server.cost
            time.sleep(5)
            after = server.cost
            report.state(f"idle after the start: {after}; {(after.cpu - before.cpu) / 5:.1%} of a processor")
            run.lists_all()
            run.filters()
            run.sorts()
            run.pages()
            run.latencies()
            time.sleep(10)
            report.state(f"idle after all that: {server.cost}")
            report.check(server.process.poll() is None, "the server still runs")


if __name__ == "__main__":
    quiet_libvirt()
    sys.exit(Report().run(work))
