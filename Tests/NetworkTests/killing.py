#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A host's libvirtd is killed again and again while clients read and act: the server stays, and stays as it is.

    killing.py [TIMES [SEED]]      50 times
"""
import collections
import concurrent.futures
import contextlib
import random
import sys
import time

import libvirt

import machine
from bed import Bed, enter, eventually, until
from checks import Checks, percentile
from failing import ask
from listing import Listing
from polling import Polling
from replica import Answer, Client, Replica
from witness import Witness, start_events

VICTIM = "h1"
# What the kills may cost a request that does not name the victim, in seconds, beyond the slowest answer of a while without them.
# Much less than the deadline of a call that reads.
UNDISTURBED = 2.0
QUIET = 5
TOGETHER = 12
REVIVALS = 6
# Rounds in which caches fill and threads are made; the most that was taken until then is what counts.
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


def warm(server: Replica, uuids: dict[str, list[str]]):
    """As many connections to each host as there will ever be."""
    with concurrent.futures.ThreadPoolExecutor(TOGETHER) as pool:
        for first, *_ in uuids.values():
            for method, command in (("GET", "virDomainGetInfo"), ("POST", "virDomainResume")):
                list(pool.map(lambda path, method=method: ask(server.port, method, path), [f"/virt/nobody/{first}/{command}"] * TOGETHER))


def revivals(checks: Checks, bed: Bed, server: Replica, witness: Witness, uuids: list[str]):
    """A destroy that meets a libvirtd which is still finding its domains kills its domain, and then hears that it does not run."""
    answers: collections.Counter[tuple[int, str]] = collections.Counter()
    lies = []
    # Of these an attempt before the last one may have happened.
    doubtful: set[str] = set()

    def destroy(uuid: str) -> Answer:
        client = Client(server.port)
        while True:
            answer = client.post(f"/virt/nobody/{uuid}/virDomainDestroy")
            if answer.status == 502 and answer.text("outcome") == "unknown":
                doubtful.add(uuid)
            # Until then there is nobody to send it to.
            if answer.status != 502 or "not running" in str(answer):
                return answer
            time.sleep(0.01)

    for _ in range(REVIVALS):
        for uuid in uuids:
            with contextlib.suppress(libvirt.libvirtError):
                witness.domain(uuid).create()
            # The commands of before may have left it paused.
            with contextlib.suppress(libvirt.libvirtError):
                witness.domain(uuid).resume()
        until(lambda: all(row.state == "running" for row in Listing.read(server.get("/virt")).rows if row.uuid in uuids), 60, "all run")
        bed.do("kill", VICTIM)
        until(lambda: Listing.read(server.get("/virt")).faults, 20, "the end of libvirtd is noticed")
        doubtful.clear()
        with concurrent.futures.ThreadPoolExecutor(len(uuids)) as pool:
            sent = {uuid: pool.submit(destroy, uuid) for uuid in uuids}
            bed.do("revive", VICTIM)
            told = {uuid: answer.result(120) for uuid, answer in sent.items()}
        witness.open()
        for uuid, answer in told.items():
            outcome = "ok" if answer.status in (200, 303) else answer.text("outcome")
            answers[answer.status, outcome] += 1
            if outcome == "failed" and uuid not in doubtful and witness.truths()[uuid].state == "shutoff":
                lies.append(str(answer))
    checks.check("no destroy that happened is said to have failed, by a libvirtd that is just back", not lies, f"{dict(answers)} {lies[:1]}")


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
            until(lambda: {row.uuid for row in Listing.read(server.get("/virt")).rows} == known, 60, "all VMs are listed")
            warm(server, uuids)
            asked = questions(uuids)
            figures, recoveries, excesses = [], [], []

            def is_fresh() -> bool:
                with contextlib.suppress(AssertionError):
                    return Listing.read(server.get("/virt")).is_fresh
                return False

            def taken() -> tuple[int, int, int]:
                return server.threads(), server.descriptors(), server.anonymous() // 1024

            with Polling(server.port, asked, pause=0.005) as polling:
                quiet = time.monotonic()
                time.sleep(QUIET)
                begin = time.monotonic()
                figures.append(taken())
                for _ in range(times):
                    bed.do("kill", VICTIM)
                    time.sleep(chance.uniform(0, 0.5))
                    bed.do("revive", VICTIM)
                    witnesses[VICTIM].open()
                    start = time.monotonic()
                    recoveries.append(machine.lag(is_fresh, 30))
                    # What every answer takes longer on a machine that is so busy is not the time until it is fresh.
                    excesses.append(recoveries[-1] - polling.slowest(start, *(name for name in asked if not name.endswith("victim"))))
                    time.sleep(chance.uniform(0, 0.2))
                    if not server.is_alive:
                        break
                    figures.append(taken())
            checks.scene("revivals", revivals, checks, bed, server, witnesses[VICTIM], uuids[VICTIM])
            checks.check("the server never ended", server.is_alive, server.obituary() or f"{len(figures) - 1} kills")
            for name in asked:
                usual = polling.figures(name, quiet, begin)[2]
                count, late, latest, wrong = polling.figures(name)
                statuses = collections.Counter(status for _, _, status, _ in polling.answers[name])
                figure = f"{count} answers, p99 {late * 1000:.0f} ms, max {latest * 1000:.0f} ms, {dict(statuses)}"
                if name.endswith("victim"):
                    allowed = {200, 303, 409, 502, 504}
                    checks.check(f"{name}: nothing but 200, 409, 502 and 504", count > 0 and set(statuses) <= allowed, figure)
                else:
                    checks.check(f"{name}: no error", count > 0 and not wrong, f"{figure} {wrong[:1]}")
                    checks.check(f"{name}: not delayed", latest <= usual + UNDISTURBED, f"max {latest * 1000:.0f} ms, usual {usual * 1000:.0f} ms")
            slowest, usual = max(recoveries), percentile(recoveries, 0.5)
            figure = f"median {usual:.2f} s, max {slowest:.2f} s, {max(excesses):.2f} s beyond the slowest other answer"
            checks.check("the list is fresh again in 2 s", max(excesses) <= 2, figure)
            if len(figures) > WARM + 1 and server.is_alive:
                first = tuple(max(column) for column in zip(*figures[: WARM + 1], strict=True))
                last = taken()

                def is_settled() -> bool:
                    """Threads for calls end after 10 s without one."""
                    nonlocal last
                    last = taken()
                    return last[0] <= first[0] + 1 and last[1] <= first[1] + 2

                eventually(is_settled, 30)
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
