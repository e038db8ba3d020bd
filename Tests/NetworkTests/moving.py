# SPDX-License-Identifier: GPL-2.0-or-later
"""The domain that migrates, and those who look at it meanwhile."""
import collections
import contextlib
import os
import threading
import time

import machine
from bed import Bed, eventually, until
from checks import Checks
from listing import Listing
from polling import Polling
from replica import Answer, Replica
from witness import Witness, documents

NAME = "mover"
IMAGE = f"/var/lib/libvirt/images/{NAME}.qcow2"
SIZE = 32 << 20
# Of a disk that is copied at 1 MiB a second, so that the domain is on its way for longer than a machine stands still.
SMALL = 8 << 20
COPY = "VIR_MIGRATE_NON_SHARED_DISK"
FRESH_WITHIN = 2.0


class Mover:
    """A domain of firmware only, with or without a disk of its own on each host."""

    def __init__(self, bed: Bed, checks: Checks):
        self.bed, self.checks = bed, checks
        self.witnesses = {host: Witness(bed, host) for host in bed.hosts[:3]}

    def clear(self):
        for witness in self.witnesses.values():
            witness.clear()
        (self.bed.home / "random.raw").unlink(missing_ok=True)

    def begin(self, server: Replica, size: int) -> str:
        """Without a disk where `size` is 0."""
        self.clear()
        if size:
            self._make_images(size)
        devices = documents.disk(IMAGE) if size else ""
        uuid = self.witnesses["h1"].define(NAME, start=True, devices=devices)
        until(lambda: server.get(f"/virt/nobody/{uuid}").status == 200 and self.place(server, uuid) == "h1", 60, "its page")
        return uuid

    def _make_images(self, size: int):
        """Random bytes on the first host, and on the others as much room."""
        raw = self.bed.home / "random.raw"
        raw.write_bytes(os.urandom(size))
        for host in self.witnesses:
            self.bed.do("exec", host, "mkdir", "-p", os.path.dirname(IMAGE))
            if host == "h1":
                self.bed.do("exec", host, "qemu-img", "convert", "-O", "qcow2", str(raw), IMAGE)
            else:
                self.bed.do("exec", host, "qemu-img", "create", "-q", "-f", "qcow2", IMAGE, str(size))

    def holds_the_bytes(self, host: str) -> bool:
        with contextlib.suppress(RuntimeError):
            self.bed.do("exec", host, "qemu-img", "compare", "-U", "-f", "raw", "-F", "qcow2", f"{self.bed.home}/random.raw", IMAGE)
            return True
        return False

    def place(self, server: Replica, uuid: str) -> str:
        """The host that the page names."""
        answer = server.get(f"/virt/nobody/{uuid}")
        host = answer.xml.find("{urn:handlervirt:1}host") if answer.status == 200 else None
        return "" if host is None else {server.name_of(name): name for name in self.witnesses}.get(host.get("name"), "")

    def runs_at(self, host: str, uuid: str) -> bool:
        truth = self.witnesses[host].truths().get(uuid)
        return truth is not None and truth.state == "running"

    def questions(self, uuid: str) -> dict:
        return {
            "page": lambda client: client.get(f"/virt/nobody/{uuid}"),
            "page as HTML": lambda client: client.get(f"/virt/nobody/{uuid}", "text/html"),
            "page by name": lambda client: client.get(f"/virt/nobody/{NAME}"),
            "list": lambda client: listed(client.get("/virt"), uuid),
        }

    def order(self, server: Replica, uuid: str, target: str, flags: list[str], **more) -> Answer:
        path = f"/virt/nobody/{uuid}/virDomainMigrateToURI3"
        return server.post(path, dconnuri=server.name_of(target), flags=flags, **more)

    def look(self, polling: Polling, what: str, start: float):
        """None but 200, and always in the list once."""
        for name in polling.answers:
            count, late, latest, wrong = polling.figures(name, start)
            items = polling.between(name, start, float("inf"))
            # Where a domain has gone to a host that is not heard of, nobody can tell.
            excused = [item for item in items if item[2] != 200 and machine.may_have_silenced(item[0], item[0] + item[1])]
            statuses = dict(collections.Counter(status for _, _, status, _ in items))
            figure = f"{count} answers, {statuses}, p99 {late * 1000:.0f} ms, max {latest * 1000:.0f} ms{f', {wrong[0]}' if wrong else ''}"
            figure += f", {len(excused)} while the machine stood still" if excused else ""
            figure += f", in all {sum(seconds for _, seconds, _, why in items if why):.2f} s" if wrong else ""
            self.checks.check(f"{what}: {name} is always there", count > 0 and len(excused) == count - statuses.get(200, 0), figure)

    def travel(self, server: Replica, name: str, way: list[str], flags: list[str], has_disk: bool):
        uuid = self.begin(server, SIZE if has_disk else 0)
        start = time.monotonic()
        with Polling(server.port, self.questions(uuid), pause=0) as polling:
            for source, target in zip(way, way[1:], strict=False):
                answer = self.order(server, uuid, target, flags)
                step = f"{name}: {source} to {target}"
                if not self.checks.check(f"{step}", answer.status == 200 and self.runs_at(target, uuid), answer):
                    break
                self._shows(server, step, uuid, target, polling)
        self.look(polling, name, start)
        if has_disk:
            self.checks.check(f"{name}: the disk came along", self.holds_the_bytes(way[-1]))

    def _shows(self, server: Replica, step: str, uuid: str, target: str, polling: Polling):
        start = time.monotonic()
        took, busy = machine.lag(lambda: self.place(server, uuid) == target, 20), polling.slowest(start, "list")
        figure = f"{took:.2f} s after the answer; a list takes {busy:.2f} s"
        self.checks.check(f"{step}: the page names the new host", took <= FRESH_WITHIN + busy, figure)
        copies = {server.name_of(host) for host, witness in self.witnesses.items() if host != target and uuid in witness.truths()}

        def also() -> set[str]:
            return set(Listing.read(server.get("/virt")).named(NAME).also)

        is_named = eventually(lambda: also() == copies)
        self.checks.check(f"{step}: the copies that stayed behind are also named", is_named, f"{copies or 'none'}, {also() or 'none'} in the list")


def listed(answer: Answer, uuid: str) -> Answer:
    """Once, not twice, not never, and not in conflict with itself."""
    if answer.status == 200:
        listing = Listing.read(answer)
        rows = [row for row in listing.rows if row.uuid == uuid]
        if (len(rows) != 1 and not listing.faults) or len(rows) > 1 or any(row.is_conflict for row in rows):
            raise AssertionError(f"{len(rows)} rows: {[(row.host, row.state, row.is_conflict) for row in rows]}")
    return answer


def replica_dies(mover: Mover, flags: list[str]):
    """The replica that ordered a migration is killed in its midst. The hosts finish it, and another replica shows it."""
    checks, bed = mover.checks, mover.bed
    uris = {host: bed.uri(host) for host in mover.witnesses}
    with Replica(uris) as doomed, Replica(uris) as other:
        uuid = mover.begin(other, SMALL)
        until(lambda: mover.place(doomed, uuid) == "h1", 60, "the page of the other replica")
        start = time.monotonic()
        answers: list[Answer] = []
        order = threading.Thread(target=lambda: answers.append(mover.order(doomed, uuid, "h2", [*flags, COPY], bandwidth=1)))
        with Polling(other.port, mover.questions(uuid), pause=0) as polling:
            order.start()
            domain = mover.witnesses["h1"].domain(uuid)
            until(lambda: domain.jobInfo()[0] != 0 or answers, 20, "the migration goes on")
            checks.check("replica dies: the migration is under way", not answers and domain.jobInfo()[0] != 0, answers[0] if answers else domain.jobInfo()[:3])
            doomed.end(kill=True)
            killed = time.monotonic()
            order.join(30)
            checks.check("replica dies: its client is told nothing", not answers or answers[0].status == 0, answers[0] if answers else "")
            checks.check("replica dies: the domain is still where it was", not mover.runs_at("h2", uuid), f"{time.monotonic() - killed:.1f} s after the kill")
            has_arrived = eventually(lambda: mover.runs_at("h2", uuid), 120)
            took = time.monotonic() - killed
            checks.check("replica dies: the migration completes", has_arrived, f"{took:.1f} s after the kill")
            arrived = time.monotonic()
            took, busy = machine.lag(lambda: mover.place(other, uuid) == "h2", 20), polling.slowest(arrived, "list")
            figure = f"{took:.2f} s after its arrival; a list takes {busy:.2f} s"
            checks.check("replica dies: the other replica names the new host", took <= FRESH_WITHIN + busy, figure)
        mover.look(polling, "replica dies", start)
