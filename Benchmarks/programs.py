# SPDX-License-Identifier: GPL-2.0-or-later
"""The servers that are measured: started on a free port, stopped by their process."""
import http.client
import os
import pathlib
import socket
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
WORKERS = 2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """`with Program("name", lambda port: [command]) as program:` has begun to listen."""

    def __init__(self, name: str, command, **environment: str):
        self.name = name
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [str(part) for part in command(self.port)], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, cwd=ROOT,
            env=os.environ | environment)

    def __enter__(self) -> "Program":
        deadline = time.monotonic() + 60
        while True:
            if self.process.poll() is not None or time.monotonic() > deadline:
                output = self.output()
                self.stop()
                raise RuntimeError(f"{self.name} did not start:\n{output}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def output(self) -> str:
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def get(self, path: str, accept: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Accept": accept})
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(f"{self.name}: {path} answered {response.status}: {body[:500]!r}\n{self.output()[-3000:]}")
        return body


def handlervirt(binary: pathlib.Path, uri: str) -> Program:
    """Read-only, as by default, and without a line in its log for each request: the peers write none either."""
    return Program("handlervirt", lambda port: [binary, "--listen", f"127.0.0.1:{port}", "--connect", uri, "--log-level", "warning"])


def flask(uri: str, links: pathlib.Path) -> Program:
    gunicorn = ROOT / ".venv-bench/bin/gunicorn"

    def command(port: int) -> list:
        return [gunicorn, "--workers", WORKERS, "--worker-class", "gthread", "--threads", 4, "--bind", f"127.0.0.1:{port}",
                "--chdir", HERE / "peers", "flask_list:app"]

    return Program("Flask", command, PEER_URI=uri, PEER_STYLESHEETS=str(ROOT / "Stylesheets"), PEER_LINKS=str(links))


def bare(binary: pathlib.Path, size: int) -> Program:
    return Program("bare Hummingbird", lambda port: [binary, port, size])
