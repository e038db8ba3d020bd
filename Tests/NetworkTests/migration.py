#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A domain goes from host to host while its page is read as fast as it can be: the page is always there.

    migration.py [NAME...]      only the scenes whose name holds one of these words
"""
import sys

from bed import enter
from checks import Checks
from moving import COPY, Mover, replica_dies
from replica import Replica
from witness import start_events

LIVE, PEER, TLS = "VIR_MIGRATE_LIVE", "VIR_MIGRATE_PEER2PEER", "VIR_MIGRATE_TLS"
WHOLLY = ["VIR_MIGRATE_PERSIST_DEST", "VIR_MIGRATE_UNDEFINE_SOURCE"]
WAY = ["h1", "h2", "h3", "h1"]
# The name, how the hosts are joined, the flags, and whether there is a disk.
SCENES = [
    ("tcp", "tcp", [LIVE, PEER, *WHOLLY], False),
    ("tcp, copied storage", "tcp", [LIVE, PEER, COPY, *WHOLLY], True),
    ("tcp, a copy stays behind", "tcp", [LIVE, PEER], False),
    ("tls", "tls", [LIVE, PEER, TLS, *WHOLLY], False),
    ("tls, copied storage", "tls", [LIVE, PEER, TLS, COPY, *WHOLLY], True),
]
DEATH = "replica dies"


def main(words: list[str]) -> int:
    bed = enter(3)
    start_events()
    checks = Checks()
    mover = Mover(bed, checks)

    def is_wanted(name: str) -> bool:
        return not words or any(word in name for word in words)

    try:
        for name, kind, flags, has_disk in SCENES:
            if is_wanted(name):
                with Replica({host: bed.uri(host, kind) for host in bed.hosts[:3]}) as server:
                    checks.scene(name, mover.travel, server, name, WAY, flags, has_disk)
                    checks.check(f"{name}: the server has not ended", server.is_alive, server.obituary())
        if is_wanted(DEATH):
            checks.scene(DEATH, replica_dies, mover, [LIVE, PEER, *WHOLLY])
    finally:
        mover.clear()
    return checks.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
