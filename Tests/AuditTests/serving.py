# SPDX-License-Identifier: GPL-2.0-or-later
"""A server whose audit is looked at, what asks it, and what is counted."""
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/AuthorityTests"))
BINARY = os.environ.get("HANDLERVIRT_BINARY", str(ROOT / ".build/debug/handlervirt"))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# After how long the other end has nothing more to say, in seconds: longer than a machine stands still.
SILENCE = 5


class Server:
    """`with Server(["--connect", uri], directory) as server:` serves until the end of the block. What it says is in `log`."""

    def __init__(self, arguments: list[str], directory: str, limits=None):
        self.log = tempfile.NamedTemporaryFile(dir=directory, prefix="log-", delete=False)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDLERVIRT_")}
        environment.setdefault("SWIFT_BACKTRACE", "enable=no")
        self.process = subprocess.Popen(
            [BINARY, "--listen", "127.0.0.1:0", *arguments],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=environment, preexec_fn=limits,
        )  # fmt: skip
        self.port = 0

    def __enter__(self) -> "Server":
        end = time.monotonic() + 60
        while not (found := re.search(r"serving .* at https?://127\.0\.0\.1:(\d+)/", self.said())):
            if self.process.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise RuntimeError(f"the server did not start: {self.said()}")
            time.sleep(0.02)
        self.port = int(found.group(1))
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        self.log.close()

    def said(self) -> str:
        return pathlib.Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def ask(self, method: str, path: str, fields=None, headers=None, body: bytes | None = None) -> tuple[int, dict, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = dict(headers or {})
            if fields is not None:
                body, headers = urllib.parse.urlencode(fields).encode(), {**FORM, **headers}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def await_page(self, path: str, headers=None):
        """The server begins to serve when a host that is slow is not known yet."""
        end = time.monotonic() + 60
        while (status := self.ask("GET", path, headers=headers)[0]) != 200:
            if time.monotonic() > end:
                raise TimeoutError(f"{path} is not there: {status}: {self.said()[-1500:]}")
            time.sleep(0.05)

    def raw(self, data: bytes) -> bytes:
        """What comes back for these bytes, until the other end closes or is silent."""
        import socket

        with socket.create_connection(("127.0.0.1", self.port), 20) as link:
            link.settimeout(SILENCE)
            link.sendall(data)
            said = b""
            try:
                while piece := link.recv(65536):
                    said += piece
            except OSError:
                pass
            return said


def records(path: str) -> list[dict]:
    """Every line of an audit; a line that is torn or no JSON is an error."""
    data = pathlib.Path(path).read_bytes()
    if data and not data.endswith(b"\n"):
        raise ValueError(f"the last line is torn: {data[-200:]!r}")
    return [json.loads(line) for line in data.split(b"\n")[:-1]]


class Checks:
    def __init__(self):
        self.failed = 0
        self.made = 0

    def check(self, what: str, holds: bool, detail: str = ""):
        self.made += 1
        if not holds:
            self.failed += 1
            print(f"FAILED {what} {detail}", flush=True)

    def finish(self, said: str):
        print(f"{said}; {self.made} checks, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)
