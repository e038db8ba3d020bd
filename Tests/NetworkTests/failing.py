# SPDX-License-Identifier: GPL-2.0-or-later
"""One fault of one host, from its beginning to the end of what it left behind."""
import concurrent.futures
import contextlib
import socket
import time
from dataclasses import dataclass

import libvirt

import machine
from bed import Bed, eventually, until
from checks import Checks
from listing import Listing
from polling import Polling
from replica import Answer, Client, Replica
from witness import Truth, Witness

SILENT, REFUSED, SLOW = "silent", "refused", "slow"
# What a fault of one host may cost a request that does not name it, in seconds, beyond the slowest answer of a while without a fault.
# Much less than the deadline of a call that reads.
UNDISTURBED = 2.0
QUIET = 3
FRESH_WITHIN = 2.0
READERS = 7
# A fault lasts at least so long that the server tries again and again, in seconds.
LASTS = 6
PORTS = {"h1": 16509, "h2": 16514, "h3": 16509}


@dataclass(frozen=True)
class Fault:
    """How a host fails, how it is healed, and what is to be seen of it from outside."""

    name: str
    host: str
    injection: tuple[str, ...]
    cure: tuple[str, ...]
    kind: str
    # Its libvirtd is reached on its UNIX socket all the time; is another process afterwards.
    is_reached: bool = False
    restarts: bool = False


def ask(port: int, method: str, path: str) -> Answer:
    client = Client(port)
    try:
        return client.get(path) if method == "GET" else client.post(path)
    finally:
        client.close()


class Stage:
    """On each host one domain that runs, one that does not, and one that runs and is changed behind the server's back."""

    def __init__(self, bed: Bed, checks: Checks):
        self.bed, self.checks = bed, checks
        self.witnesses = {host: Witness(bed, host) for host in bed.hosts[:3]}
        # Threads for calls, other threads and descriptors: how many there may be after any number of faults.
        self.allowed = (0, 0, 0)

    def __enter__(self) -> "Stage":
        self.uuids = {}
        for host, witness in self.witnesses.items():
            witness.clear()
            for role in ("on", "off", "moving"):
                self.uuids[host, role] = witness.define(f"{host}-{role}", start=role != "off")
        return self

    def __exit__(self, *_):
        for witness in self.witnesses.values():
            witness.clear()

    def of(self, host: str) -> list[Truth]:
        return list(self.witnesses[host].truths().values())

    def path(self, host: str, role: str, command: str = "") -> str:
        return f"/virt/nobody/{self.uuids[host, role]}" + (f"/{command}" if command else "")

    def listing(self, server: Replica) -> Listing:
        return Listing.read(server.get("/virt"))

    def begin(self, server: Replica) -> bool:
        names = {f"{host}-{role}" for host, role in self.uuids}
        start = time.monotonic()

        def are_listed() -> bool:
            listing = self.listing(server)
            return listing.is_fresh and {row.name for row in listing.rows} == names

        until(are_listed, 60, "all VMs are listed")
        self.checks.note(f"all hosts listed {time.monotonic() - start:.2f} s after the first answer; deadlines {server.deadlines}")
        # As many connections as it will ever have.
        for host in self.witnesses:
            self._together(server, [("GET", self.path(host, "on", "virDomainGetInfo"))] * READERS)
            self._together(server, [("POST", self.path(host, "on", name)) for name in ("virDomainSuspend", "virDomainResume")])
            server.post(self.path(host, "on", "virDomainResume"))
            self._hear(host, ("on",), start)
        # Not more than there are while all hosts are asked at once. Other threads are of pools, which do not outgrow the cores by much and begin empty.
        self.allowed = tuple(map(sum, zip(self._holds(server), (4, 8, 2), strict=True)))
        return True

    def _hear(self, host: str, roles: tuple[str, ...], since: float):
        """Waits until the events of what was suspended and resumed since have come: a later one would be counted as of what follows."""
        witness = self.witnesses[host]

        def is_heard(uuid: str) -> bool:
            return witness.count(uuid, "resumed", since) == witness.count(uuid, "suspended", since) > 0

        until(lambda: all(is_heard(self.uuids[host, role]) for role in roles), 20, f"the events of {host}")

    def _together(self, server: Replica, requests: list[tuple[str, str]]) -> list[Answer]:
        with concurrent.futures.ThreadPoolExecutor(len(requests)) as pool:
            return [future.result() for future in [pool.submit(ask, server.port, *request) for request in requests]]

    def _questions(self, host: str) -> dict:
        """What does not name that host. A list that misses a VM is wrong, whosever it is."""
        names = {f"{host}-{role}" for host, role in self.uuids}
        turns = iter(lambda: None, 0)
        others = [other for other in self.witnesses if other != host]

        def listed(client: Client) -> Answer:
            answer = client.get("/virt")
            if answer.status == 200 and (missing := names - {row.name for row in Listing.read(answer).rows}):
                raise AssertionError(f"not listed: {missing}")
            return answer

        def turn(client: Client) -> Answer:
            next(turns)
            command = ("virDomainSuspend", "virDomainResume")[turn.count % 2]
            turn.count += 1
            return client.post(self.path(others[0], "on", command))

        turn.count = 0
        return {
            "/virt": listed,
            "/virt as HTML": lambda client: client.get("/virt", "text/html"),
            "/hosts": lambda client: client.get("/hosts"),
            "another host's VM": lambda client: client.get(self.path(others[0], "on")),
            "a reading command of another host": lambda client: client.get(self.path(others[1], "on", "virDomainGetInfo")),
            "a modifying command of another host": turn,
        }

    def play(self, server: Replica, fault: Fault):
        checks, host, witness = self.checks, fault.host, self.witnesses[fault.host]
        checks.note(f"{fault.name} on {host} {server.uris[host].split('?')[0]}")
        with Polling(server.port, self._questions(host)) as polling:
            quiet = time.monotonic()
            time.sleep(QUIET)
            # An open connection for what will be sent into the fault.
            self._together(server, [("POST", self.path(host, role, "virDomainSuspend")) for role in ("on", "moving")])
            self._together(server, [("POST", self.path(host, role, "virDomainResume")) for role in ("on", "moving")])
            self._hear(host, ("on", "moving"), quiet)
            start = time.monotonic()
            self.bed.do(fault.injection[0], host, *fault.injection[1:])
            try:
                if fault.kind == REFUSED:
                    # What is sent into a line before its end is noticed is unknown, and rightly so.
                    eventually(lambda: server.name_of(host) in self.listing(server).faults, 10)
                answers = self._calls(server, fault, start)
                self._marks(server, fault)
                time.sleep(max(0.0, start + LASTS - time.monotonic()))
                if fault.is_reached:
                    witness.domain(self.uuids[host, "moving"]).suspend()
            finally:
                self.bed.do(fault.cure[0], host)
            if fault.restarts or witness.is_deaf:
                witness.open()
            self._heals(server, fault, polling)
            end = time.monotonic()
        for name in polling.answers:
            usual = polling.figures(name, quiet, start)[2]
            count, late, latest, wrong = polling.figures(name, start, end)
            is_well = count > 0 and latest <= usual + UNDISTURBED and not wrong
            figure = f"{count} answers, p99 {late * 1000:.0f} ms, max {latest * 1000:.0f} ms, usual {usual * 1000:.0f} ms"
            figure += f", {len(wrong)} wrong: {wrong[0]}" if wrong else ""
            checks.check(f"{fault.name}: {name} is not delayed", is_well, figure)
        self._happened(fault, witness, start, answers)
        self._leaves_nothing(server, fault)
        self.restore(server, host)

    def _calls(self, server: Replica, fault: Fault, start: float) -> dict[str, Answer]:
        """To the failing host: many readers at once, and two that modify."""
        host, name, limits = fault.host, fault.name, server.deadlines
        readers = [("GET", self.path(host, "on", "virDomainGetInfo"))] * READERS
        actors = [("POST", self.path(host, "off", "virDomainCreate")), ("POST", self.path(host, "on", "virDomainSuspend"))]
        pages = [("GET", self.path(host, "on")), ("GET", server.path_of(host))]
        answers = self._together(server, readers + actors + pages)
        reading, acting, shown = answers[:READERS], answers[READERS : READERS + 2], answers[READERS + 2 :]
        slowest = max(reading, key=lambda answer: answer.spent)
        if fault.kind == SLOW:
            self.checks.check(f"{name}: {READERS} reading calls succeed", all(answer.status == 200 for answer in reading), f"slowest: {slowest}")
            self.checks.check(f"{name}: modifying calls succeed", all(answer.status == 200 for answer in acting), "; ".join(map(str, acting)))
        else:
            due = limits.reading if fault.kind == SILENT else 1
            fine = all(answer.status in (502, 504) and answer.spent <= due + 1 for answer in reading)
            self.checks.check(f"{name}: {READERS} reading calls at once end in {due:g} s with 502 or 504", fine, f"slowest: {slowest}")
            due = limits.acting if fault.kind == SILENT else 1
            for answer in acting:
                command = answer.path.rsplit("/", 1)[1]
                fine = answer.status in (502, 504) and answer.spent <= due + 1
                self.checks.check(f"{name}: {command} ends in {due:g} s with 502 or 504", fine, answer)
            # Their connections were there before the fault, so at least one was sent. What was not need not be unknown.
            outcomes = [answer.text("outcome") for answer in acting]
            if fault.kind == SILENT:
                # Where the machine stood still before they were sent, the server may have noticed the fault and closed them.
                is_late = machine.stalled(start, acting[0].start + 1) > 1
                fine = ("unknown" in outcomes or is_late) and set(outcomes) <= {"unknown", "failed"}
                self.checks.check(f"{name}: a modifying call that was sent is unknown", fine, outcomes)
            else:
                self.checks.check(f"{name}: modifying calls that were not sent are not unknown", "unknown" not in outcomes, outcomes)
        for answer in shown:
            fine = answer.status in (200, 502, 504) and answer.spent <= limits.reading + 1
            self.checks.check(f"{name}: {answer.path} ends in {limits.reading:g} s", fine, answer)
        return {"virDomainCreate": acting[0], "virDomainSuspend": acting[1]}

    def _marks(self, server: Replica, fault: Fault):
        """The list says that, why and since when."""
        checks, name, known = self.checks, fault.name, server.name_of(fault.host)
        listed = f"{name}: its VMs stay listed"
        # A stall of the machine may mark any host for a moment, so all is asked until it is as it should be.
        listing = Listing([], {})

        def is_said() -> bool:
            nonlocal listing
            listing = self.listing(server)
            own, others = listing.of(known), [row for row in listing.rows if row.host != known]
            if fault.kind == SLOW:
                return len(own) == 3 and known not in listing.faults
            is_old = bool(listing.faults.get(known)) and all(row.stale is not None for row in own)
            return len(own) == 3 and is_old and len(others) == 6 and all(row.stale is None for row in others)

        start = time.monotonic()
        eventually(is_said)
        rows = listing.of(known)
        if fault.kind == SLOW:
            checks.check(f"{listed}, and are not old", len(rows) == 3 and known not in listing.faults, listing.faults)
            return
        took = f"{time.monotonic() - start:.1f} s after the calls"
        checks.check(f"{listed}", len(rows) == 3, len(rows))
        checks.check(f"{name}: they are marked as old", all(row.stale is not None for row in rows), [row.stale for row in rows])
        checks.check(f"{name}: the list says why", bool(listing.faults.get(known)), f"{listing.faults.get(known)!r}, {took}")
        others = [row for row in listing.rows if row.host != known]
        checks.check(f"{name}: no other VM is marked", all(row.stale is None for row in others) and len(others) == 6, len(others))
        states: dict[str, str] = {}

        def are_right() -> bool:
            nonlocal states
            states = {row.get("name"): row.findtext("{urn:handlervirt:1}state") for row in server.get("/hosts").xml.findall("{urn:handlervirt:1}host")}
            return all(state == ("unreachable" if host == known else "connected") for host, state in states.items())

        checks.check(f"{name}: /hosts says unreachable of this one only", eventually(are_right), states)
        first = next(iter(rows), None)
        if first and first.stale is not None:
            with contextlib.suppress(TimeoutError, StopIteration):
                until(lambda: (self.listing(server).named(first.name).stale or 0) > first.stale, 20, "it grows older")
            later = self.listing(server).named(first.name).stale
            checks.check(f"{name}: the age grows", later is not None and later > first.stale, f"{first.stale} s, then {later} s")

    def _heals(self, server: Replica, fault: Fault, polling: Polling):
        host, witness = fault.host, self.witnesses[fault.host]
        address = server.uris[host].split("//")[1].split("/")[0]

        def listens() -> bool:
            with contextlib.suppress(OSError), socket.create_connection((address, PORTS[host]), 0.2):
                return True
            return False

        until(listens, 60, f"{host} listens again")

        def is_true() -> bool:
            listing = self.listing(server)
            if witness.is_deaf:
                witness.open()
            shown = {row.uuid: row.state for row in listing.of(server.name_of(host))}
            try:
                truths = {truth.uuid: truth.state for truth in witness.truths().values()}
            except libvirt.libvirtError:  # a libvirtd that was frozen may just have closed the connection
                return False
            return listing.is_fresh and shown == truths

        start = time.monotonic()
        took, busy = machine.lag(is_true, 30), polling.slowest(start)
        figure = f"{took:.2f} s, of which other answers take {busy:.2f} s"
        self.checks.check(f"{fault.name}: the list is true again {FRESH_WITHIN:g} s after healing", took <= FRESH_WITHIN + busy, figure)

    def _happened(self, fault: Fault, witness: Witness, start: float, answers: dict[str, Answer]):
        """As often as it was said, and not once more when there was time to repeat it."""
        kinds = {"virDomainCreate": ("off", "started"), "virDomainSuspend": ("on", "suspended")}
        for command, (role, kind) in kinds.items():
            uuid, answer = self.uuids[fault.host, role], answers[command]
            first = witness.count(uuid, kind, start)
            with contextlib.suppress(Exception):
                domain = witness.domain(uuid)
                _ = domain.destroy() if role == "off" else domain.resume()
            time.sleep(2)  # the absence of an event cannot be waited for
            count = witness.count(uuid, kind, start)
            outcome = "ok" if answer.status in (200, 303) else answer.text("outcome")
            allowed = {"ok": {1}, "unknown": {0, 1}}.get(outcome, {0})
            said = outcome or answer.status or answer.error
            self.checks.check(f"{fault.name}: {command} happened as it was said", first in allowed and count in allowed, f"{said}, {first}, later {count} times")

    def _holds(self, server: Replica) -> tuple[int, int, int]:
        calls = server.call_threads()
        return calls, server.threads() - calls, server.descriptors()

    def _leaves_nothing(self, server: Replica, fault: Fault):
        start = time.monotonic()
        held = self._holds(server)
        # Threads for calls end after 10 s without one.
        while not (is_back := all(map(int.__le__, held, self.allowed))) and time.monotonic() - start < 30:
            time.sleep(0.1)
            held = self._holds(server)
        figure = f"{held} after {time.monotonic() - start:.1f} s, at most {self.allowed}"
        self.checks.check(f"{fault.name}: threads for calls, other threads and descriptors are as few as before", is_back, figure)

    def restore(self, server: Replica, host: str):
        """All as at the beginning, for the next fault."""
        for other, witness in self.witnesses.items():
            for role in ("on", "off", "moving"):
                domain = witness.domain(self.uuids[other, role])
                state = witness.truths()[self.uuids[other, role]].state
                if role == "off" and state != "shutoff":
                    domain.destroy()
                elif role != "off" and state == "shutoff":
                    domain.create()
                elif role != "off" and state == "paused":
                    domain.resume()
        until(lambda: self.listing(server).is_fresh, 60, f"{host} is listed again")
        until(lambda: {row.state for row in self.listing(server).rows if not row.name.endswith("-off")} == {"running"}, 60, "all run again")
