# SPDX-License-Identifier: GPL-2.0-or-later
"""Ports for servers that have to be told theirs."""
import contextlib
import random
import socket


def free_port() -> int:
    """None of those that clients are given for their end of a connection: one of them could take it before it is listened to."""
    while True:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", random.randrange(20000, 32000)))
            return probe.getsockname()[1]
