# SPDX-License-Identifier: GPL-2.0-or-later
"""One QEMU that does not answer its libvirtd, as it is with a disk on a dead NFS: the host is well all the same."""
import contextlib
import os
import signal
import time

from bed import until
from failing import Stage
from replica import Replica

NAME = "a QEMU that hangs"
# Somebody looks at the usage so long: it is asked for every 3 s, and that call is given up after 5 s.
WATCHED = 10
SEEN_WITHIN = 1.0


@contextlib.contextmanager
def hanging(pid: int):
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def a_qemu_hangs(stage: Stage, server: Replica, host: str):
    checks, bed, witness = stage.checks, stage.bed, stage.witnesses[host]
    known = server.name_of(host)
    moving, name = stage.uuids[host, "moving"], f"{host}-moving"
    pid = int(bed.do("exec", host, "cat", f"/run/libvirt/qemu/{host}-on.pid"))
    delays, wrong = [], set()

    def shows(state: str) -> bool:
        listing = stage.listing(server)
        if not listing.is_fresh or len(listing.of(known)) != 3:
            wrong.add(f"{len(listing.of(known))} rows, {listing.faults}")
        server.get("/virt?usage=true")
        return listing.named(name).state == state

    # The first call that asks a QEMU waits for it; later ones find that out, and pass over it. So each of the two hangs anew.
    with hanging(pid), Replica({host: server.uris[host]}) as second:
        begin = time.monotonic()
        until(lambda: len(stage.listing(second).rows) == 3, 20, "a new server lists all")
        took = time.monotonic() - begin
    checks.check(f"{NAME}: a server that starts lists the host in 2 s", took <= 2, f"{took:.2f} s")
    witness.domain(stage.uuids[host, "on"]).memoryStats()  # which is when it has come to itself
    with hanging(pid):
        start = time.monotonic()
        while time.monotonic() - start < WATCHED:
            for change, state in (("suspend", "paused"), ("resume", "running")):
                getattr(witness.domain(moving), change)()
                begin = time.monotonic()
                until(lambda state=state: shows(state), 20, f"{name} is {state}")
                delays.append(time.monotonic() - begin)
                time.sleep(0.2)
        answer = server.post(stage.path(host, "moving", "virDomainSetMetadata"), type="VIR_DOMAIN_METADATA_TITLE", metadata="moved")
    checks.check(f"{NAME}: its host stays what it was", not wrong, f"{wrong or 'fresh'} for {WATCHED} s")
    checks.check(f"{NAME}: events of other domains are seen in {SEEN_WITHIN:g} s", max(delays) <= SEEN_WITHIN, f"{len(delays)}, max {max(delays):.2f} s")
    checks.check(f"{NAME}: another domain of the host takes commands", answer.status == 200, answer)
    stage.restore(server, host)
