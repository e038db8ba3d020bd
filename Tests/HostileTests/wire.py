# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests as bytes, which no HTTP library would send."""
import dataclasses
import re
import socket
import time

import machine

PATIENCE = 5.0
# Who waits for an answer also waits while the machine stands still.
LONGEST = 4 * PATIENCE


@dataclasses.dataclass(frozen=True)
class Answer:
    """Status 0: the connection ended without an answer. -1: neither came at all. `seconds` are without those in which the machine stood still."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def exchange(port: int, request: bytes, patience: float = LONGEST) -> Answer:
    """Sends all and reads one answer."""
    start = time.monotonic()

    def left() -> float:
        return max(0.01, patience - (time.monotonic() - start))

    data = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
            try:
                connection.settimeout(left())
                connection.sendall(request)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has answered already, perhaps
            while True:
                connection.settimeout(left())
                chunk = connection.recv(1 << 16)
                data += chunk
                if not chunk or is_whole(data):
                    break
    except TimeoutError:
        return Answer(-1, {}, data, spent(start))
    except ConnectionError:
        pass
    return read(data, spent(start))


def spent(start: float) -> float:
    """Seconds since then. Only where they are many it matters whether it was the machine."""
    seconds = time.monotonic() - start
    return seconds if seconds < PATIENCE else machine.spent(start)


def is_whole(data: bytes) -> bool:
    head, separator, body = data.partition(b"\r\n\r\n")
    if not separator:
        return False
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return length is not None and len(body) >= int(length[1])


def read(data: bytes, seconds: float) -> Answer:
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) < 2 or not words[1].isdigit():
        return Answer(0, {}, data, seconds)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    return Answer(int(words[1]), headers, body, seconds)


def request(method: str, target: bytes | str, headers: dict[str, str] | list[tuple[bytes, bytes]] = (), body: bytes = b"", host: bool = True) -> bytes:
    target = target.encode() if isinstance(target, str) else target
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()] if isinstance(headers, dict) else list(headers)
    lines = [method.encode() + b" " + target + b" HTTP/1.1"]
    if host:
        lines.append(b"Host: localhost")
    lines += [name + b": " + value for name, value in pairs]
    if body:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, b"Connection: close", b"", b""]) + body


def multipart(fields: list[tuple[str, bytes]], boundary: bytes = b"B") -> bytes:
    parts = [b"--" + boundary + b'\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value + b"\r\n" for name, value in fields]
    return b"".join(parts) + b"--" + boundary + b"--\r\n"
