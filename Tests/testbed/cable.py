#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""cable.py INTERFACE INTERFACE MILLISECONDS PID-FILE: a cable between two interfaces in which each packet takes that long.

It stands in for the kernel's netem where the kernel has none. Frames go through as they are, with the header that says which of
their checksums the sender left to the hardware, and whether it is still to be cut into packets.
"""
import collections
import os
import select
import socket
import struct
import sys
import time

SOL_PACKET = 263
PACKET_ADD_MEMBERSHIP = 1
PACKET_VNET_HDR = 15
PACKET_IGNORE_OUTGOING = 23
PACKET_MR_PROMISC = 1
ALL_PROTOCOLS = 3
FRAME = 1 << 17


def plug(interface: str) -> socket.socket:
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    end.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    end.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    end.bind((interface, ALL_PROTOCOLS))
    everything = struct.pack("iHH8s", socket.if_nametoindex(interface), PACKET_MR_PROMISC, 0, b"")
    end.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, everything)
    end.setblocking(False)
    return end


def main(first: str, second: str, delay: str, pid_file: str):
    ends = [plug(first), plug(second)]
    other = {ends[0]: ends[1], ends[1]: ends[0]}
    seconds = int(delay) / 1000
    under_way: collections.deque[tuple[float, socket.socket, bytes]] = collections.deque()
    with open(f"{pid_file}.new", "w", encoding="ascii") as file:
        file.write(f"{os.getpid()}\n")
    os.rename(f"{pid_file}.new", pid_file)
    while True:
        wait = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        for end in select.select(ends, [], [], wait)[0]:
            try:
                under_way.append((time.monotonic() + seconds, other[end], end.recv(FRAME)))
            except OSError:
                pass  # the interface is down: so is the cable
        while under_way and under_way[0][0] <= time.monotonic():
            _, end, frame = under_way.popleft()
            try:
                end.send(frame)
            except OSError:
                pass


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
