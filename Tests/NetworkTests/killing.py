#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A host's libvirtd is killed again and again while clients read and act: the server stays, and stays as it is.

    killing.py [TIMES [SEED]]      50 times
"""
import collections
import contextlib
import random
import sys
import time

from bed import enter, until
from checks import Checks, percentile
from listing import Listing
from polling import Polling
from replica import Answer, Client, Replica
from witness import Witness, start_events

VICTIM = "h1"
UNDISTURBED = 1.0
# The figures of the first round that count: before it, caches fill and threads are made.
WARM = 5


def questions(uuids: dict[str, list[str]]) -> dict:
    """Lists, pages, and commands that modify, of the victim and of the others."""

    def by_turns(paths: list[str]):
        turn = iter(range(1 << 60))
        return lambda client: client.post(paths[next(turn) % len(paths)])

    def switching(uuid: str):
        return by_turns([f"/virt/nobody/{uuid}/virDomainSuspend", f"/virt/nobody/{uuid}/virDomainResume"])

    def visiting(paths: list[str]):
        turn = iter(range(1 << 60))

        def visit(client: Client) -> Answer:
            path = paths[next(turn) % len(paths)]
            return client.get(path, "text/html" if next(turn) % 3 else "application/xml")

        return visit

    def pages(host: str) -> list[str]:
        return [path for uuid in uuids[host] for path in (f"/virt/nobody/{uuid}", f"/virt/nobody/{uuid}/virDomainGetInfo")]

    others = [host for host in uuids if host != VICTIM]
    return {
        "lists": visiting(["/virt", "/virt?state=running&sort=-memory", "/virt/nobody", "/hosts"]),
        "pages of the others": visiting([path for host in others for path in pages(host)]),
        "commands of the others": switching(uuids[others[0]][0]),
        "more commands of the others": switching(uuids[others[1]][0]),
        "pages of the victim": visiting(pages(VICTIM)),
        "commands of the victim": switching(uuids[VICTIM][0]),
    }


def main(times: int, seed: int) -> int:
    bed = enter(3)
    start_events()
    checks = Checks()
    chance = random.Random(seed)
    checks.note(f"libvirtd of {VICTIM} is killed {times} times; seed {seed}")
    witnesses = {host: Witness(bed, host) for host in bed.hosts[:3]}
    for witness in witnesses.values():
        witness.clear()
    uuids = {host: [witness.define(f"{host}-{n}", start=n < 2) for n in range(4)] for host, witness in witnesses.items()}
    try:
        with Replica({host: bed.uri(host, "tls" if host == "h2" else "tcp") for host in witnesses}) as server:
            known = {row for ids in uuids.values() for row in ids}
            until(lambda: {row.uuid for row in Listing.read(server.get("/virt")).rows} == known, 20, "all VMs are listed")
            asked = questions(uuids)
            figures, recoveries = [], []
            with Polling(server.port, asked, pause=0.005) as polling:
                for _ in range(times):
                    bed.do("kill", VICTIM)
                    time.sleep(chance.uniform(0, 0.5))
                    bed.do("revive", VICTIM)
                    start = time.monotonic()
                    with contextlib.suppress(TimeoutError, AssertionError):
                        until(lambda: Listing.read(server.get("/virt")).is_fresh, 30, "fresh")
                    recoveries.append(time.monotonic() - start)
                    time.sleep(chance.uniform(0, 0.2))
                    if not server.is_alive:
                        break
                    figures.append((server.threads(), server.descriptors(), server.anonymous() // 1024))
            checks.check("the server never ended", server.is_alive, server.obituary() or f"{len(figures)} kills")
            for name in asked:
                count, late, latest, wrong = polling.figures(name)
                statuses = collections.Counter(status for _, _, status, _ in polling.answers[name])
                figure = f"{count} answers, p99 {late * 1000:.0f} ms, max {latest * 1000:.0f} ms, {dict(statuses)}"
                if name.endswith("victim"):
                    allowed = {200, 303, 409, 502, 504}
                    checks.check(f"{name}: nothing but 200, 409, 502 and 504", count > 0 and set(statuses) <= allowed, figure)
                else:
                    checks.check(f"{name}: no error", count > 0 and not wrong, f"{figure} {wrong[:1]}")
                    checks.check(f"{name}: not delayed", latest <= UNDISTURBED, f"p99 {late * 1000:.0f} ms, max {latest * 1000:.0f} ms")
            slowest, usual = max(recoveries), percentile(recoveries, 0.5)
            checks.check("the list is fresh again in 2 s", slowest <= 2, f"median {usual:.2f} s, max {slowest:.2f} s")
            if len(figures) > WARM and server.is_alive:
                with contextlib.suppress(TimeoutError):
                    until(lambda: server.descriptors() <= figures[WARM][1] and server.threads() <= figures[WARM][0], 15, "settled")
                last = (server.threads(), server.descriptors(), server.anonymous() // 1024)
                first = figures[WARM]
                checks.check("no thread more than after the first kills", last[0] <= first[0] + 1, f"{first[0]}, then {last[0]}")
                checks.check("no descriptor more", last[1] <= first[1] + 2, f"{first[1]}, then {last[1]}")
                checks.check("no memory to speak of", last[2] <= first[2] * 1.3 + 20, f"{first[2]} MiB, then {last[2]} MiB")
    finally:
        for witness in witnesses.values():
            witness.clear()
    return checks.end()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [50, 1][len(numbers) :])))
