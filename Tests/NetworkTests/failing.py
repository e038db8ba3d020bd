# SPDX-License-Identifier: GPL-2.0-or-later
"""One fault of one host, from its beginning to the end of what it left behind."""
import concurrent.futures
import contextlib
import socket
import time
from dataclasses import dataclass

from bed import Bed, until
from checks import Checks
from listing import Listing
from polling import Polling
from replica import Answer, Client, Replica
from witness import Truth, Witness

SILENT, REFUSED, SLOW = "silent", "refused", "slow"
# What a fault of one host may cost a request that does not name it, in seconds, beyond the slowest answer of a while without a fault.
UNDISTURBED = 1.0
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
        until(lambda: self.listing(server).is_fresh and {row.name for row in self.listing(server).rows} == names, 20, "all VMs are listed")
        self.checks.note(f"all hosts listed {time.monotonic() - start:.2f} s after the first answer; deadlines {server.deadlines}")
        # As many connections as it will ever have.
        for host in self.witnesses:
            self._together(server, [("GET", self.path(host, "on", "virDomainGetInfo"))] * READERS)
            self._together(server, [("POST", self.path(host, "on", name)) for name in ("virDomainSuspend", "virDomainResume")])
            server.post(self.path(host, "on", "virDomainResume"))
        # Not more than there are while all hosts are asked at once. Other threads are of pools, which do not outgrow the cores by much and begin empty.
        self.allowed = tuple(map(sum, zip(self._holds(server), (4, 8, 2), strict=True)))
        return True

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
            start = time.monotonic()
            self.bed.do(fault.injection[0], host, *fault.injection[1:])
            try:
                answers = self._calls(server, fault)
                self._marks(server, fault)
                time.sleep(max(0.0, start + LASTS - time.monotonic()))
                if fault.is_reached:
                    witness.domain(self.uuids[host, "moving"]).suspend()
            finally:
                self.bed.do(fault.cure[0], host)
            if fault.restarts:
                witness.open()
            self._heals(server, fault)
            end = time.monotonic()
        stall = polling.stall(start, end)
        for name in polling.answers:
            usual = polling.figures(name, quiet, start)[2] + stall
            count, late, latest, wrong = polling.figures(name, start, end)
            is_well = count > 0 and latest <= usual + UNDISTURBED and not wrong
            figure = f"{count} answers, p99 {late * 1000:.0f} ms, max {latest * 1000:.0f} ms, usual {usual * 1000:.0f} ms"
            figure += f", {len(wrong)} wrong: {wrong[0]}" if wrong else ""
            checks.check(f"{fault.name}: {name} is not delayed", is_well, figure)
        self._happened(fault, witness, start, answers)
        self._leaves_nothing(server, fault)
        self.restore(server, host)

    def _calls(self, server: Replica, fault: Fault) -> dict[str, Answer]:
        """To the failing host: many readers at once, and two that modify."""
        host, name, limits = fault.host, fault.name, server.deadlines
        readers = [("GET", self.path(host, "on", "virDomainGetInfo"))] * READERS
        actors = [("POST", self.path(host, "off", "virDomainCreate")), ("POST", self.path(host, "on", "virDomainSuspend"))]
        pages = [("GET", self.path(host, "on")), ("GET", server.path_of(host))]
        answers = self._together(server, readers + actors + pages)
        reading, acting, shown = answers[:READERS], answers[READERS : READERS + 2], answers[READERS + 2 :]
        slowest = max(reading, key=lambda answer: answer.seconds)
        if fault.kind == SLOW:
            self.checks.check(f"{name}: {READERS} reading calls succeed", all(answer.status == 200 for answer in reading), f"slowest: {slowest}")
            self.checks.check(f"{name}: modifying calls succeed", all(answer.status == 200 for answer in acting), "; ".join(map(str, acting)))
        else:
            due = limits.reading if fault.kind == SILENT else 1
            fine = all(answer.status in (502, 504) and answer.seconds <= due + 1 for answer in reading)
            self.checks.check(f"{name}: {READERS} reading calls at once end in {due:g} s with 502 or 504", fine, f"slowest: {slowest}")
            due = limits.acting if fault.kind == SILENT else 1
            for answer in acting:
                command = answer.path.rsplit("/", 1)[1]
                fine = answer.status in (502, 504) and answer.seconds <= due + 1
                self.checks.check(f"{name}: {command} ends in {due:g} s with 502 or 504", fine, answer)
            # Their connections were there before the fault, so at least one was sent. What was not need not be unknown.
            outcomes = [answer.text("outcome") for answer in acting]
            if fault.kind == SILENT:
                fine = "unknown" in outcomes and set(outcomes) <= {"unknown", "failed"}
                self.checks.check(f"{name}: a modifying call that was sent is unknown", fine, outcomes)
            else:
                self.checks.check(f"{name}: modifying calls that were not sent are not unknown", "unknown" not in outcomes, outcomes)
        for answer in shown:
            fine = answer.status in (200, 502, 504) and answer.seconds <= limits.reading + 1
            self.checks.check(f"{name}: {answer.path} ends in {limits.reading:g} s", fine, answer)
        return {"virDomainCreate": acting[0], "virDomainSuspend": acting[1]}

    def _marks(self, server: Replica, fault: Fault):
        """The list says that, why and since when."""
        checks, name, known = self.checks, fault.name, server.name_of(fault.host)
        listed = f"{name}: its VMs stay listed"
        if fault.kind == SLOW:
            listing = self.listing(server)
            checks.check(f"{listed}, and are not old", len(listing.of(known)) == 3 and known not in listing.faults, listing.faults)
            return
        start = time.monotonic()
        with contextlib.suppress(TimeoutError):
            until(lambda: known in self.listing(server).faults, 20, "marked")
        listing = self.listing(server)
        rows = listing.of(known)
        took = f"{time.monotonic() - start:.1f} s after the calls"
        checks.check(f"{listed}", len(rows) == 3, len(rows))
        checks.check(f"{name}: they are marked as old", all(row.stale is not None for row in rows), [row.stale for row in rows])
        checks.check(f"{name}: the list says why", bool(listing.faults.get(known)), f"{listing.faults.get(known)!r}, {took}")
        others = [row for row in listing.rows if row.host != known]
        checks.check(f"{name}: no other VM is marked", all(row.stale is None for row in others) and len(others) == 6, len(others))
        states = {row.get("name"): row.findtext("{urn:handlervirt:1}state") for row in server.get("/hosts").xml.findall("{urn:handlervirt:1}host")}
        right = all(state == ("unreachable" if host == known else "connected") for host, state in states.items())
        checks.check(f"{name}: /hosts says unreachable of this one only", right, states)
        first = next(iter(rows), None)
        if first and first.stale is not None:
            with contextlib.suppress(TimeoutError, StopIteration):
                until(lambda: (self.listing(server).named(first.name).stale or 0) > first.stale, 3, "it grows older")
            later = self.listing(server).named(first.name).stale
            checks.check(f"{name}: the age grows", later is not None and later > first.stale, f"{first.stale} s, then {later} s")

    def _heals(self, server: Replica, fault: Fault):
        host, witness = fault.host, self.witnesses[fault.host]
        address = server.uris[host].split("//")[1].split("/")[0]

        def listens() -> bool:
            with contextlib.suppress(OSError), socket.create_connection((address, PORTS[host]), 0.2):
                return True
            return False

        until(listens, 20, f"{host} listens again")
        start = time.monotonic()

        def is_true() -> bool:
            listing = self.listing(server)
            shown = {row.uuid: row.state for row in listing.of(server.name_of(host))}
            return listing.is_fresh and shown == {truth.uuid: truth.state for truth in witness.truths().values()}

        with contextlib.suppress(TimeoutError):
            until(is_true, 30, "fresh")
        took = time.monotonic() - start
        self.checks.check(f"{fault.name}: the list is true again {FRESH_WITHIN:g} s after healing", took <= FRESH_WITHIN, f"{took:.2f} s")

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
        while not (is_back := all(map(int.__le__, held, self.allowed))) and time.monotonic() - start < 20:
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
        until(lambda: {row.state for row in self.listing(server).rows if not row.name.endswith("-off")} == {"running"}, 20, "all run again")
