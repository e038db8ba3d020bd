# SPDX-License-Identifier: GPL-2.0-or-later
"""Somebody on the network who announces whatever harms, in packets of his own making, and listens for who believes it.

    rogue.py ADDRESS PORT COUNT

Announces COUNT odd and plain hosts and as many domains at ADDRESS, imitates h1, says `announced`, and prints how many
connections came to PORT when its input ends.
"""
import random
import socket
import struct
import sys
import threading
import time

GROUP = ("224.0.0.251", 5353)
H1 = "00000000-0000-4000-8000-000000000001"
PTR, TXT, SRV, A = 12, 16, 33, 1
FLUSH = 0x8001
LIFE = 120


def labels(*parts: bytes) -> bytes:
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def record(name: bytes, kind: int, data: bytes, group: int = FLUSH) -> bytes:
    return name + struct.pack(">HHIH", kind, group, LIFE, len(data)) + data


def text(items: list[bytes]) -> bytes:
    return b"".join(bytes([len(item)]) + item for item in items) or b"\0"


def announcement(kind: bytes, label: bytes, host: bytes, address: str, port: int, items: list[bytes]) -> bytes:
    service = labels(kind, b"_tcp", b"local")
    instance = labels(label, kind, b"_tcp", b"local")
    target = labels(host, b"local")
    answers = [
        record(service, PTR, instance, 1), record(instance, SRV, struct.pack(">HHH", 0, 0, port) + target), record(instance, TXT, text(items)),
        record(target, A, socket.inet_aton(address)),
    ]
    return struct.pack(">HHHHHH", 0, 0x8400, 0, len(answers), 0, 0) + b"".join(answers)


def plain(uuid: str, port: int, *more: bytes) -> list[bytes]:
    number = str(port).encode()
    return [b"txtvers=1", b"host-uuid=" + uuid.encode(), b"driver=qemu", b"domains=2", b"transports=tls,tcp", b"tls-port=" + number, b"tcp-port=" + number, *more]


def hostile(port: int) -> list[list[bytes]]:
    uuid = "5ca1ab1e-0000-4000-8000-000000000000"
    good = plain(uuid, port)

    def without(key: bytes, *more: bytes) -> list[bytes]:
        return [item for item in good if not item.startswith(key)] + list(more)

    command = b"?command=/usr/bin/touch%20/tmp/handlervirt-rogue"
    return [
        [*good, b"uri=qemu+ext:///system" + command, b"path=/session" + command, b"user=root", b"socket=/run/evil"],
        without(b"driver", b"driver=qemu+ext"), without(b"driver", b"driver=qemu+ssh"), without(b"driver", b"driver=qemu+ext:///system" + command),
        without(b"driver", b"driver=esx"), without(b"driver", b"driver="), without(b"driver"), without(b"host-uuid", b"host-uuid=\x1b[2J\x00<x>"),
        without(b"tls-port", b"tls-port=1 -oProxyCommand=id"), without(b"tcp-port", b"tcp-port=" + b"9" * 200),
        without(b"domains", b"domains=" + b"9" * 200), without(b"txtvers", b"txtvers=\xff\xfe"), [b"\xff" * 255] * 5, [b""], [], [b"="] * 200,
        [*good, *[b"x" * 255] * 4],
        # As much as a packet of mDNS may hold (RFC 6762, section 17), and 64 KiB, which is as much as UDP carries.
        [*good, *[b"x" * 255] * 33], [*good, *[b"x" * 255] * 254],
    ]


def send(packets: list[bytes], pause: float):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        out.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
        out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(sys.argv[1]))
        out.bind(("", 5353))
        for packet in packets:
            out.sendto(packet, GROUP)
            time.sleep(pause)


def main():
    address, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    came = []
    listener = socket.create_server((address, port), backlog=512)

    def listen():
        while True:
            connection, peer = listener.accept()
            came.append(peer)
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    chance = random.Random(5)
    packets = [announcement(b"_libvirt", f"odd {number}".encode(), f"odd{number}".encode(), address, port, items) for number, items in enumerate(hostile(port))]
    names = [b"a b", b"../..", b"<script>", b"%2e%2e", b"$(id)", b"\x1b[31m", b"\xff\xfe", "ü".encode(), b"x" * 63, b"localhost"]
    packets += [announcement(b"_libvirt", name, name, address, port, plain("5ca1ab1e-0000-4000-8000-000000000001", port)) for name in names]
    here = plain("5ca1ab1e-0000-4000-8000-000000000002", port)
    packets += [announcement(b"_libvirt", f"self {number}".encode(), b"self", where, port, here) for number, where in enumerate(["127.0.0.1", "0.0.0.0", "224.0.0.1"])]
    # h1's name, its UUID, and both.
    packets.append(announcement(b"_libvirt", b"better h1", b"other", address, port, plain(H1, port)))
    packets.append(announcement(b"_libvirt", b"newer h1", b"h1", address, port, plain("5ca1ab1e-0000-4000-8000-000000000003", port)))
    packets.append(announcement(b"_libvirt", b"real h1", b"h1", address, port, plain(H1, port)))
    for number in range(count):
        uuid = f"5ca1ab1e-0001-4000-8000-{number:012d}"
        packets.append(announcement(b"_libvirt", f"host {number}".encode(), f"rogue{number}".encode(), address, port, plain(uuid, port)))
        name = bytes(chance.randrange(1, 256) for _ in range(40)) if number % 2 else f"vm{number}".encode()
        host, owner = (b"h1", H1) if number % 4 == 0 else (f"rogue{number}".encode(), uuid)
        items = [b"txtvers=1", b"uuid=" + uuid.encode(), b"host-uuid=" + owner.encode(), b"driver=qemu", b"name=" + name, b"owner=root"]
        packets.append(announcement(b"_domu", f"vm {number}".encode(), host, address, port, items))
    send(packets, 0.0005)
    print("announced", flush=True)
    sys.stdin.read()
    print(len(came), flush=True)


if __name__ == "__main__":
    main()
