#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every way in which a host can fail: what it costs those who do not ask for it, what those are told who do, and what is left after it.

    faults.py [NAME...]      only the faults whose name holds one of these words

HANDLERVIRT_BINARY is the server. See bed.py for HANDLERVIRT_TEST_CLUSTER.
"""
import sys

from absent import absent
from bed import Bed, enter
from checks import Checks
from failing import REFUSED, SILENT, SLOW, Fault, Stage
from midst import NAME as MIDST
from midst import killed_in_the_midst
from replica import Replica
from stuck import NAME as STUCK
from stuck import a_qemu_hangs
from witness import start_events

FAULTS = [
    Fault("SIGSTOP", "h1", ("freeze",), ("thaw",), SILENT),
    Fault("kill -9", "h1", ("kill",), ("revive",), REFUSED, restarts=True),
    Fault("cable cut", "h1", ("cut",), ("join",), SILENT, is_reached=True),
    Fault("packets dropped", "h1", ("drop",), ("deliver",), SILENT, is_reached=True),
    Fault("port closed", "h1", ("halt",), ("revive",), REFUSED, restarts=True),
    Fault("50 ms a packet", "h1", ("slow", "50"), ("fast",), SLOW, is_reached=True),
    Fault("SIGSTOP, TLS", "h2", ("freeze",), ("thaw",), SILENT),
    Fault("kill -9, TLS", "h2", ("kill",), ("revive",), REFUSED, restarts=True),
    Fault("packets dropped, TLS", "h2", ("drop",), ("deliver",), SILENT, is_reached=True),
    Fault("50 ms a packet, TLS", "h2", ("slow", "50"), ("fast",), SLOW, is_reached=True),
]
ABSENT = "never existed, TLS refused"


def main(words: list[str]) -> int:
    bed: Bed = enter(3)
    start_events()
    checks = Checks()

    def is_wanted(name: str) -> bool:
        return not words or any(word in name for word in words)

    chosen = [fault for fault in FAULTS if is_wanted(fault.name)]
    is_midst, is_stuck = is_wanted(MIDST), is_wanted(STUCK)
    with Stage(bed, checks) as stage:
        while chosen or is_midst or is_stuck:
            with Replica({"h1": bed.uri("h1"), "h2": bed.uri("h2", "tls"), "h3": bed.uri("h3")}) as server:
                if not checks.scene("all hosts answer", stage.begin, server):
                    checks.note(server.output()[-1500:])
                    break
                while chosen and server.is_alive:
                    fault = chosen.pop(0)
                    checks.scene(fault.name, stage.play, server, fault)
                if is_stuck and server.is_alive:
                    is_stuck = False
                    checks.scene(STUCK, a_qemu_hangs, stage, server, "h1")
                if is_midst and server.is_alive:
                    is_midst = False
                    checks.scene(MIDST, killed_in_the_midst, stage, server, "h1")
                checks.check("the server has not ended", server.is_alive, server.obituary())
        if is_wanted(ABSENT):
            checks.scene(ABSENT, absent, bed, checks, [row.name for host in ("h1", "h2") for row in stage.of(host)])
    return checks.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
