# SPDX-License-Identifier: GPL-2.0-or-later
"""handlervirt with limits of its own, and clients that say every byte themselves."""
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/NetworkTests"))
from checks import Checks, percentile  # noqa: E402

__all__ = ["BINARY", "ROOT", "Answer", "Checks", "Client", "Server", "percentile", "within"]

BINARY = os.environ.get("HANDLERVIRT_BINARY", str(ROOT / ".build/debug/handlervirt"))


def within(seconds: float, is_so) -> bool:
    """Whether it is so in time. The last look begins after that time, however long the machine stood still before."""
    end = time.monotonic() + seconds
    is_last = False
    while not is_so():
        if is_last:
            return False
        time.sleep(0.02)
        is_last = time.monotonic() > end
    return True


class Server:
    """Starts the server on a port of its own, and stops it by its pid."""

    def __init__(self, *arguments: str, limits: dict | None = None, before: str = ""):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="handlervirt-serving-"))
        settings = self.folder / "settings.yaml"
        lines = ["limits:"] + [f"  {name}: {value}" for name, value in (limits or {}).items()]
        settings.write_text("\n".join(lines) + "\n" if limits else "{}\n")
        command = [BINARY, "--listen", "127.0.0.1:0", *(["--config", str(settings)] if limits else []), *arguments]
        self.log_file = self.folder / "log"
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(["bash", "-c", f'{before} exec "$@"', "bash", *command], stderr=log)
        started = within(60, lambda: self.process.poll() is not None or self.address())
        if not started or not self.address():
            text = self.log()
            self.stop()
            raise RuntimeError(f"handlervirt did not start: {text[-2000:]}")
        self.scheme, self.port = self.address()
        # Its host may answer a moment later than it serves.
        if self.scheme == "http" and not within(60, self.is_ready):
            self.stop()
            raise RuntimeError("handlervirt does not become ready")

    def is_ready(self) -> bool:
        with Client(self) as client:
            return client.ask().status == 200

    def address(self) -> tuple[str, int] | None:
        found = re.search(r"serving read-\w+ at (https?)://127\.0\.0\.1:(\d+)/", self.log())
        return (found[1], int(found[2])) if found else None

    def log(self) -> str:
        return self.log_file.read_text(errors="replace")

    def metric(self, name: str, source: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> float:
        """The sum of a metric, over its labels or where the name has some."""
        with Client(self, source=source, tls=tls) as client:
            return client.metric(name)

    def memory(self) -> float:
        """MiB that are resident."""
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024

    def wait(self, seconds: float) -> float | None:
        """How long the process took to end; nil if it did not."""
        start = time.monotonic()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        return time.monotonic() - start

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            if self.wait(15) is None:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


@dataclass(frozen=True)
class Answer:
    status: int
    version: str
    headers: dict[str, str]
    body: bytes

    @property
    def is_fault(self) -> bool:
        """Whether it is a whole fault of ours, with its id and what each answer says."""
        identifier = self.headers.get("x-request-id", "-")
        return (
            f'id="{identifier}"'.encode() in self.body
            and f">{self.status}</hv:status>".encode() in self.body
            and self.headers.get("x-content-type-options") == "nosniff"
            and "default-src 'none'" in self.headers.get("content-security-policy", "")
        )

    @property
    def closes(self) -> bool:
        return self.headers.get("connection") == "close"


class Client:
    """One connection."""

    def __init__(self, server: Server, source: str = "127.0.0.1", tls: ssl.SSLContext | None = None, receive: int | None = None, timeout: float = 60):
        self.socket = socket.socket()
        if receive:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        self.socket.settimeout(timeout)
        self.socket.bind((source, 0))
        self.socket.connect(("127.0.0.1", server.port))
        self.raw = self.socket
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.buffer = b""

    def send(self, data: bytes | str):
        self.socket.sendall(data.encode() if isinstance(data, str) else data)

    def more(self) -> bool:
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        self.buffer += data
        return bool(data)

    def read(self, has_body: bool = True) -> Answer | None:
        """The next answer; None if the connection ends before."""
        while b"\r\n\r\n" not in self.buffer:
            if not self.more():
                return None
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        version, status, *_ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0")) if has_body else 0
        while len(self.buffer) < length:
            if not self.more():
                return None
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        return Answer(int(status), version, headers, body)

    def ask(self, path: str = "/health", *headers: str, method: str = "GET", body: str = "") -> Answer | None:
        self.send(f"{method} {path} HTTP/1.1\r\n" + "".join(f"{line}\r\n" for line in ("Host: localhost", *headers)) + "\r\n" + body)
        return self.read(method != "HEAD")

    def metric(self, name: str) -> float:
        """No number at all, which equals none, where the connection or the request is refused."""
        answer = self.ask("/metrics")
        if answer is None or answer.status != 200:
            return float("nan")
        text = answer.body.decode()
        return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith((name + "{", name + " ")) or line.startswith(name) and "{" in name)

    def ends(self, seconds: float) -> float | None:
        """After how long the connection ended, without another byte; None if it did not."""
        start = time.monotonic()
        self.socket.settimeout(seconds)
        try:
            data = self.socket.recv(65536)
        except TimeoutError:
            return None
        except (ConnectionResetError, ssl.SSLError, OSError):
            data = b""
        return None if data else time.monotonic() - start

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
