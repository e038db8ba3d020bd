# SPDX-License-Identifier: GPL-2.0-or-later
"""Hosts that never answered: nobody has the address, nothing listens, or TLS says no."""
import time

import machine
from bed import Bed, eventually, until
from checks import Checks
from listing import Listing
from polling import Polling
from replica import Replica

# In seconds, beyond the slowest answer of a server that has no such hosts; much less than the deadline of a call that reads.
UNDISTURBED = 2.0
# And beyond the time in which such a server has listed all. Less than a reading call may take.
SOON = 4.0
QUIET = 4
# How long the server is watched for what it may leave behind.
WATCHED = 15


def absent(bed: Bed, checks: Checks, names: list[str]):
    """`names` are the VMs of the two hosts that do answer."""
    bad = {
        "nobody": "qemu+tcp://10.77.0.99/system",
        "closed": "qemu+tcp://10.77.0.13:1/system",
        "foreign": f"qemu+tls://10.77.0.13/system?pkipath={bed.pki('foreign')}",
        "misnamed": f"qemu+tls://10.77.0.113/system?pkipath={bed.pki()}",
    }
    good = {"h1": bed.uri("h1"), "h2": bed.uri("h2", "tls")}

    def is_listed(server: Replica) -> bool:
        return {row.name for row in Listing.read(server.get("/virt")).rows} == set(names)

    start = time.monotonic()
    with Replica(good) as server:
        until(lambda: is_listed(server), 60, "the VMs of a server without such hosts")
        usual_start = machine.spent(start)
        path = Listing.read(server.get("/virt")).named("h1-on")
        questions = {
            "/virt": lambda client: client.get("/virt"),
            "/virt as HTML": lambda client: client.get("/virt", "text/html"),
            "/hosts": lambda client: client.get("/hosts"),
            "a page of another host": lambda client: client.get(f"/virt/nobody/{path.uuid}"),
        }
        with Polling(server.port, questions) as quiet:
            time.sleep(QUIET)
    start = time.monotonic()
    with Replica({**good, **bad}) as server:

        def listing() -> Listing:
            return Listing.read(server.get("/virt"))

        until(lambda: is_listed(server), 60, "the VMs of the hosts that answer")
        took = machine.spent(start)
        figure = f"{took:.2f} s after the start, else {usual_start:.2f} s"
        checks.check("four hosts never answered: the list of the others is there soon", took < usual_start + SOON, figure)
        with Polling(server.port, questions) as polling:
            faults: dict[str, str] = {}

            def are_marked() -> bool:
                nonlocal faults
                faults = listing().faults
                return all(faults.get(server.name_of(name)) for name in bad)

            eventually(are_marked, 30)
            for name, uri in bad.items():
                known = server.name_of(name)
                checks.check(f"{name} {uri.split('?')[0]}: the list says why", bool(faults.get(known)), repr(faults.get(known)))
                answer = server.get(f"{server.path_of(name)}/virNodeGetInfo")
                fine = answer.status in (502, 504) and answer.spent <= server.deadlines.reading + 1
                checks.check(f"{name}: a reading call ends in {server.deadlines.reading:g} s with 502 or 504", fine, answer)
                answer = server.post(f"{server.path_of(name)}/virDomainDefineXML", xml="<domain type='qemu'><name>x</name></domain>")
                fine = answer.status in (502, 504) and answer.spent <= server.deadlines.acting + 1
                checks.check(f"{name}: a modifying call ends in {server.deadlines.acting:g} s with 502 or 504", fine, answer)
                checks.check(f"{name}: as nothing was sent, it is not unknown", answer.text("outcome") != "unknown", answer.text("outcome"))
            before = (server.threads(), server.descriptors())
            first = time.monotonic()
            highest = before
            while time.monotonic() - first < WATCHED:
                highest = (max(highest[0], server.threads()), max(highest[1], server.descriptors()))
                time.sleep(0.2)
            after = before

            def are_few() -> bool:
                """Those of the attempt that is just under way end with it."""
                nonlocal after
                after = (server.threads(), server.descriptors())
                return after[0] <= before[0] + 4 and after[1] <= before[1] + 8

            is_back = eventually(are_few)
        for name in polling.answers:
            _, _, usual, _ = quiet.figures(name)
            count, late, latest, wrong = polling.figures(name)
            figure = f"{count} answers, p99 {late * 1000:.0f} ms, max {latest * 1000:.0f} ms, else {usual * 1000:.0f} ms{f', {wrong[0]}' if wrong else ''}"
            checks.check(f"four hosts never answered: {name} is not delayed", latest <= usual + UNDISTURBED and not wrong, figure)
        checks.check(f"{WATCHED} s of retries leave no thread and no descriptor", is_back, f"{before}, at most {highest}, then {after}")
