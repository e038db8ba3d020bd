#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""One domain on two hosts, one that runs on two, and two domains of one name; and what /health says of the hosts."""
import sys

from bed import enter, eventually
from checks import Checks
from listing import Listing, Row
from replica import HV, Replica
from witness import Witness, start_events

UUID = "0c0ffee0-0000-4000-8000-000000000001"


def main() -> int:
    bed = enter(3)
    start_events()
    checks = Checks()
    witnesses = {host: Witness(bed, host) for host in bed.hosts[:3]}
    for witness in witnesses.values():
        witness.clear()
    try:
        with Replica({host: bed.uri(host) for host in witnesses}) as server:

            def rows(wanted) -> list[Row]:
                """The list's rows, as soon as they are as wanted."""
                found: list[Row] = []

                def are() -> bool:
                    nonlocal found
                    found = Listing.read(server.get("/virt")).rows
                    return wanted(found)

                eventually(are)
                return found

            page = f"/virt/nobody/{UUID}"
            h1, h2 = server.name_of("h1"), server.name_of("h2")
            witnesses["h1"].define("twin", start=True, uuid=UUID)
            witnesses["h2"].define("twin", uuid=UUID)
            found = rows(lambda rows: len(rows) == 1 and rows[0].also)
            checks.check("the copy that runs is listed, and where the other is", len(found) == 1 and (found[0].host, found[0].also) == (h1, (h2,)), found)
            answer = server.get(page)
            links = [host.get("href") for host in answer.xml.findall(f"{HV}also/{HV}host")]
            checks.check("its page is that of the one that runs", answer.status == 200 and answer.xml.find(f"{HV}host").get("name") == h1, answer)
            checks.check("and links to the other", links == [f"/hosts/{h2}/domains/{UUID}"], links)
            copy = server.get(f"/hosts/{h2}/domains/{UUID}")
            checks.check("which has a page of its own", copy.status == 200 and copy.text("state") == "shutoff", f"{copy} {copy.text('state')}")
            answer = server.post(f"{page}/virDomainSuspend")
            paused = witnesses["h1"].truths()[UUID].state
            checks.check("a command hits the one that runs", answer.status == 200 and paused == "paused", f"{answer}, {paused}")
            server.post(f"{page}/virDomainResume")

            witnesses["h2"].domain(UUID).create()
            found = rows(lambda rows: len(rows) == 2 and all(row.is_conflict for row in rows))
            checks.check("two that run are a conflict in both rows", [row.is_conflict for row in found] == [True, True], found)
            checks.check("its page gives the candidates", (answer := server.get(page)).status == 300, answer)
            checks.check("a command is refused", (answer := server.post(f"{page}/virDomainSuspend")).status == 409, answer)
            answer = server.post(f"/hosts/{h2}/domains/{UUID}/virDomainDestroy")
            states = [witnesses[host].truths()[UUID].state for host in ("h1", "h2")]
            checks.check("but not at a host", answer.status == 200 and states == ["running", "shutoff"], f"{answer}, {states}")
            found = rows(lambda rows: len(rows) == 1)
            checks.check("and then there is no conflict", len(found) == 1 and not found[0].is_conflict and found[0].host == h1, found)

            witnesses["h3"].define("twin")
            found = rows(lambda rows: len(rows) == 2)
            checks.check("one name of two domains: two rows without conflict", [row.is_conflict for row in found] == [False, False], found)
            answer = server.get("/virt/nobody/twin")
            checks.check("the name gives the candidates", answer.status == 300 and len(Listing.read(answer).rows) == 2, answer)
            checks.check("a command by name is refused", (answer := server.post("/virt/nobody/twin/virDomainSuspend")).status == 409, answer)
            checks.check("and by UUID it is not", (answer := server.post(f"{page}/virDomainSuspend")).status == 200, answer)
            health(checks, bed, server, witnesses)
        with Replica({"plain": bed.uri("h1"), "encrypted": bed.uri("h1", "tls"), "other": bed.uri("h2")}) as server:
            one_host(checks, server)
    finally:
        for witness in witnesses.values():
            witness.clear()
    return checks.end()


def one_host(checks: Checks, server: Replica):
    """A host that is given twice, by TCP and by TLS."""
    def names() -> list[str]:
        return [host.get("name") for host in server.get("/hosts").xml.iter(f"{HV}host")]

    is_one = eventually(lambda: names() == ["plain", "other"])
    checks.check("two ways to one host are one host", is_one, names())
    found: list[tuple] = []

    def is_listed() -> bool:
        """The other host's copy may come later than the host."""
        nonlocal found
        found = [(row.host, row.also, row.is_conflict) for row in Listing.read(server.get("/virt")).rows]
        return found == [("plain", ("other",), False)]

    checks.check("whose domains are listed once, and are no conflict", eventually(is_listed), found)
    answer = server.get("/hosts/encrypted/virConnectGetHostname")
    checks.check("its other name still leads to it", answer.status == 200, answer)


def health(checks: Checks, bed, server: Replica, witnesses: dict[str, Witness]):
    def says() -> tuple[int, str, str, str]:
        answer = server.get("/health")
        hosts = answer.xml.find(f"{HV}hosts") if answer.status == 200 else None
        counts = ("", "") if hosts is None else (hosts.findtext(f"{HV}total"), hosts.findtext(f"{HV}answering"))
        return answer.status, answer.text("ready"), *counts

    checks.check("/health: all answer", eventually(lambda: says() == (200, "true", "3", "3")), says())
    bed.do("kill", "h3")
    is_told = eventually(lambda: says() == (200, "true", "3", "2"))
    checks.check("/health: one is dead, and the server is ready all the same", is_told, says())
    bed.do("revive", "h3")
    witnesses["h3"].open()
    metrics = server.get("/metrics", "text/plain")
    checks.check("/metrics names no domain", metrics.status == 200 and b"twin" not in metrics.body and UUID.encode() not in metrics.body, metrics)


if __name__ == "__main__":
    sys.exit(main())
