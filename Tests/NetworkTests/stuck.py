# SPDX-License-Identifier: GPL-2.0-or-later
"""One QEMU that does not answer its libvirtd, as it is with a disk on a dead NFS: the host is well all the same."""
import contextlib
import os
import signal
import time

import machine
from bed import eventually, until
from failing import Stage
from replica import HV, Replica

NAME = "a QEMU that hangs"
# Somebody looks at the usage so long: it is asked for every 3 s, and that call is given up after 5 s.
WATCHED = 10
SEEN_WITHIN = 1.0
# libvirt sends SIGTERM first, and SIGKILL after 10 s.
KILLED_WITHIN = 25


@contextlib.contextmanager
def hanging(pid: int):
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def a_qemu_hangs(stage: Stage, server: Replica, host: str):
    checks, bed, witness = stage.checks, stage.bed, stage.witnesses[host]
    known = server.name_of(host)
    moving, name = stage.uuids[host, "moving"], f"{host}-moving"
    pid = int(bed.do("exec", host, "cat", f"/run/libvirt/qemu/{host}-on.pid"))
    delays, wrong = [], set()
    given_up = f'handlervirt_host_calls_total{{host="{known}",kind="usage",outcome="unknown"}}'

    def shows(which: str, state: str) -> bool:
        listing = stage.listing(server)
        if not listing.is_fresh or len(listing.of(known)) != 3:
            now = time.monotonic()
            if len(listing.of(known)) != 3 or not machine.may_have_silenced(now, now):
                wrong.add(f"{len(listing.of(known))} rows, {listing.faults}")
        return listing.named(which).state == state

    def cpu_time() -> int:
        """Of the other domain; 0: it was not measured."""
        rows = server.get("/virt?usage=true").xml.findall(f"{HV}vm")
        return next(int(row.findtext(f"{HV}usage/{HV}cpu-time") or 0) for row in rows if row.get("id") == moving)

    # The first call that asks a QEMU waits for it; later ones find that out, and pass over it. So each of the two hangs anew.
    with hanging(pid), Replica({host: server.uris[host]}) as second:
        took = machine.lag(lambda: len(stage.listing(second).rows) == 3, 20)
    checks.check(f"{NAME}: a server that starts lists the host in 2 s", took <= 2, f"{took:.2f} s")
    witness.domain(stage.uuids[host, "on"]).memoryStats()  # which is when it has come to itself
    until(cpu_time, 20, "the usage is measured")
    before = server.metric(given_up)
    with hanging(pid):
        start = time.monotonic()
        while time.monotonic() - start < WATCHED:
            for change, state in (("suspend", "paused"), ("resume", "running")):
                getattr(witness.domain(moving), change)()
                delays.append(machine.lag(lambda state=state: shows(name, state), 20))
                cpu_time()
                time.sleep(0.2)
        # It is counted when it is given up, which may be a little later.
        eventually(lambda: server.metric(given_up) > before)
        missed, last = server.metric(given_up) - before, cpu_time()
        checks.check(f"{NAME}: the usage is missed once", missed == 1, missed)
        until(lambda: cpu_time() > last, 20, "the usage of another domain is measured anew")
        answer = server.post(stage.path(host, "moving", "virDomainSetMetadata"), type="VIR_DOMAIN_METADATA_TITLE", metadata="moved")
        checks.check(f"{NAME}: another domain of the host takes commands", answer.status == 200, answer)
        # libvirt holds it until it is dead, and whoever asks for it or for all waits meanwhile.
        begin = time.monotonic()
        answer = server.post(stage.path(host, "on", "virDomainDestroy"))
        until(lambda: shows(f"{host}-on", "shutoff"), 2 * KILLED_WITHIN, "it is shown as off")
        took = machine.spent(begin)
    checks.check(f"{NAME}: it is forced off, and that is seen", answer.status in (200, 504) and took <= KILLED_WITHIN, f"{answer}, {took:.1f} s")
    checks.check(f"{NAME}: its host stays what it was", not wrong, wrong or "fresh")
    checks.check(f"{NAME}: events of other domains are seen in {SEEN_WITHIN:g} s", max(delays) <= SEEN_WITHIN, f"{len(delays)}, max {max(delays):.2f} s")
    stage.restore(server, host)
