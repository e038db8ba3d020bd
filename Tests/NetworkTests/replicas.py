#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Two replicas behind nginx: the same request gives the same bytes from both and from the proxy, and one of them may die.

    replicas.py [PAGES]      at most 1,000, each in all views
"""
import collections
import re
import sys
import time

from bed import Bed, enter, until
from checks import Checks
from crawl import VIEWS, pages, with_view
from listing import Listing
from polling import Polling
from proxy import Proxy
from replica import Answer, Client, Replica
from witness import Witness, start_events

STARTS = ("/virt", "/virt?state=running&sort=-memory&max=2", "/hosts", "/commands", "/commands?missing", "/openapi.json", "/schema/handlervirt.rng")
AGE = re.compile(rb"<hv:stale [^>]*>[0-9.]+</hv:stale>")
# A fault bears the id of its request, and an answer's headers that and the time.
REQUEST = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COMPARED = ("Content-Type", "ETag", "Vary", "Cache-Control", "Content-Language")


def bytes_of(answer: Answer) -> bytes:
    body = AGE.sub(b"<hv:stale/>", answer.body)
    return REQUEST.sub(b"UUID", body) if answer.status >= 400 else body


def same(one: Answer, other: Answer) -> bool:
    headers = all(one.headers.get(name) == other.headers.get(name) for name in COMPARED if one.status < 400 or name != "ETag")
    return one.status == other.status and headers and bytes_of(one) == bytes_of(other)


def difference(one: Answer, other: Answer) -> str:
    if one.status != other.status:
        return f"{one} and {other}"
    for name in COMPARED[:1] + COMPARED[2:]:
        if one.headers.get(name) != other.headers.get(name):
            return f"{name}: {one.headers.get(name)} and {other.headers.get(name)}"
    first, second = bytes_of(one), bytes_of(other)
    if first == second:
        return f"ETag: {one.headers.get('ETag')} and {other.headers.get('ETag')} of the same bytes"
    at = next((index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    return f"{first[max(0, at - 60) : at + 40]!r} and {second[max(0, at - 60) : at + 40]!r}"


def crawl(checks: Checks, clients: list[Client], limit: int):
    """`clients` are those of the two replicas and of the proxy."""
    one, other, proxy = clients
    counts: collections.Counter[str] = collections.Counter()
    differences, changing, failing = {}, set(), []
    for path, _ in pages(one, STARTS):
        if counts["pages"] >= limit:
            break
        counts["pages"] += 1
        for view in VIEWS:
            full = with_view(path, view)
            for again in range(4):
                # One may have heard of something a moment before the other: only what stays so is a difference.
                time.sleep(again / 2)
                # What tells something else each time from one replica has nothing to agree on with another.
                first, second, third, last = one.get(full), other.get(full), proxy.get(full), one.get(full)
                if agrees := same(first, second) and same(first, third):
                    break
                if path.split("?")[0].rsplit("/", 1)[1] in changing and not same(first, last):
                    break
            counts["answers"] += 1
            counts[f"status {first.status}"] += 1
            if first.status in (0, 500):
                failing.append(f"{full}: {first}")
            if not agrees and not same(first, last):
                changing.add(path.split("?")[0].rsplit("/", 1)[1])
            elif not agrees:
                differences[full] = difference(first, second if not same(first, second) else third)
    for full, what in list(differences.items())[:12]:
        checks.note(f"{full}: {what}"[:700])
    figure = f"{dict(counts)}, {len(differences)} differ; {len(changing)} tell something else each time: {', '.join(sorted(changing))[:300]}"
    checks.check("both replicas and the proxy give the same bytes", counts["answers"] > 100 and not differences, figure)
    checks.check("no page fails", not failing, "; ".join(failing[:3]))


def conditional(checks: Checks, clients: list[Client]):
    """What one replica gave need not be sent again by another one."""
    for path in ("/virt", "/hosts", "/commands/virDomainCreate"):
        tag = clients[0].get(path).headers.get("ETag")
        answer = clients[1].ask("GET", path, None, {"Accept": "application/xml", "If-None-Match": tag or "none"})
        checks.check(f"{path}: the other replica answers 304 to this one's ETag", bool(tag) and answer.status == 304, f"{tag}, {answer.status}")


def death(checks: Checks, proxy: Proxy, replicas: list[Replica], uuid: str):
    """One is killed: those who ask the proxy notice nothing."""
    turn = iter(range(1 << 60))
    questions = {
        "list": lambda client: client.get("/virt"),
        "page": lambda client: client.get(f"/virt/nobody/{uuid}", "text/html"),
        "command": lambda client: client.get(f"/virt/nobody/{uuid}/virDomainGetState"),
    }
    with Polling(proxy.port, questions, pause=0.01) as polling:
        until(lambda: all(len(polling.answers[name]) > 20 for name in questions), 120, "it is asked")
        start = time.monotonic()
        replicas[0].end(kill=True)
        until(lambda: all(len(polling.between(name, start, float("inf"))) > 100 for name in questions), 300, "it is asked further")
    for name in questions:
        count, late, latest, wrong = polling.figures(name, start)
        figure = f"{count} answers, p99 {late * 1000:.0f} ms, max {latest * 1000:.0f} ms{f', {wrong[0]}' if wrong else ''}"
        checks.check(f"one replica killed: {name} through the proxy", not wrong and count > 100, figure)
    client = Client(proxy.port)
    answers = [client.post(f"/virt/nobody/{uuid}/{('virDomainSuspend', 'virDomainResume')[next(turn) % 2]}") for _ in range(6)]
    checks.check("one replica killed: commands through the proxy", all(answer.status == 200 for answer in answers), answers[-1])


def main(limit: int) -> int:
    bed: Bed = enter(3)
    start_events()
    checks = Checks()
    witnesses = {host: Witness(bed, host) for host in bed.hosts[:3]}
    for witness in witnesses.values():
        witness.clear()
    try:
        uuids = [witness.define(f"{host}-{n}", start=n == 0) for host, witness in witnesses.items() for n in range(2)]
        # One on two hosts, and two of one name.
        witnesses["h2"].define("h1-1", uuid=uuids[1])
        witnesses["h3"].define("h1-0")
        uris = {host: bed.uri(host) for host in witnesses}
        with Replica(uris) as one, Replica(uris) as other, Proxy([one.port, other.port]) as proxy:
            for server in (one, other):
                until(lambda server=server: len(Listing.read(server.get("/virt")).rows) >= 7, 60, "all VMs are listed")
            until(lambda: all(same(one.get(path), other.get(path)) for path in ("/virt", "/hosts")), 60, "both replicas know the same")
            clients = [Client(port) for port in (one.port, other.port, proxy.port)]
            checks.scene("crawl", crawl, checks, clients, limit)
            checks.scene("conditional", conditional, checks, clients)
            for client in clients:
                client.close()
            checks.scene("death", death, checks, proxy, [one, other], uuids[0])
            checks.check("the other server has not ended", other.is_alive, other.obituary())
    finally:
        for witness in witnesses.values():
            witness.clear()
    return checks.end()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
