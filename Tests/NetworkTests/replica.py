# SPDX-License-Identifier: GPL-2.0-or-later
"""A handlervirt of the tests' own, what it answers, and what it takes from the machine."""
import contextlib
import functools
import http.client
import json
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import machine
from bed import ROOT, until
from ports import free_port

HV = "{urn:handlervirt:1}"
BINARY = pathlib.Path(os.environ.get("HANDLERVIRT_BINARY", ROOT / ".build/debug/handlervirt"))
TAGS = re.compile(rb"<(style|script|title|nav).*?</\1>|<[^>]*>", re.DOTALL)
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Deadlines:
    """How long the server lets each kind of call take, in seconds."""

    reading: float
    acting: float
    lasting: float


DEFAULTS = Deadlines(10, 30, 30)
# Longer than a machine stands still: what a sound host was asked must not end so.
SHORT = Deadlines(5, 8, 60)


@dataclass
class Answer:
    """`status` 0 stands for none; then `error` says why. Times are of the monotonic clock."""

    path: str
    status: int
    headers: dict
    body: bytes
    start: float
    seconds: float
    error: str = ""

    @functools.cached_property
    def xml(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.body)

    @property
    def spent(self) -> float:
        """`seconds` without those in which the machine stood still."""
        return machine.spent(self.start, self.start + self.seconds)

    def text(self, name: str) -> str:
        """The first element of that name, wherever it is."""
        with contextlib.suppress(ElementTree.ParseError):
            return self.xml.findtext(f".//{HV}{name}") or ""
        return ""

    def __str__(self):
        said = self.text("message") or (TAGS.sub(b" ", self.body).decode(errors="replace") if self.status >= 400 else "")
        what = self.error or f"{self.status} {self.text('outcome')} {' '.join(said.split())}"
        return f"{what.strip()[:240]} after {self.seconds:.2f} s"


@functools.cache
def knows_config() -> bool:
    run = subprocess.run([BINARY, "--help"], capture_output=True, text=True, timeout=30, check=False)
    return "--config" in run.stdout


# Seconds after which an unused connection is not used again: the server closes it after a minute, perhaps just then.
KEPT = 20


class Client:
    """Speaks HTTP to a port of this machine. One per thread; it keeps its connection."""

    def __init__(self, port: int, timeout: float = 90):
        self.port, self.timeout = port, timeout
        self.connection: http.client.HTTPConnection | None = None
        self.used = 0.0

    def get(self, path: str, accept: str = "application/xml") -> Answer:
        return self.ask("GET", path, None, {"Accept": accept})

    def post(self, path: str, **fields) -> Answer:
        body = urllib.parse.urlencode(fields, doseq=True)
        return self.ask("POST", path, body, {"Accept": "application/xml", "Content-Type": FORM})

    def ask(self, method: str, path: str, body: str | None, headers: dict) -> Answer:
        start = time.monotonic()
        if start - self.used > KEPT:
            self.close()
        self.used = start
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            self.connection.request(method, path, body=body, headers=headers)
            response = self.connection.getresponse()
            answer = Answer(path, response.status, dict(response.getheaders()), response.read(), start, 0)
            if response.will_close:
                self.close()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            answer = Answer(path, 0, {}, b"", start, 0, repr(error))
        answer.seconds = time.monotonic() - start
        return answer

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


class Replica:
    """`with Replica({"h1": uri}) as server:` serves these hosts on a free port of the namespace that it is started in."""

    def __init__(self, hosts: dict[str, str], *options: str, deadlines: Deadlines = SHORT, settings: dict | None = None):
        self.port = free_port()
        self.uris = hosts
        self.deadlines = deadlines
        self.directory = tempfile.TemporaryDirectory(prefix="hv-replica-")
        self.log = open(f"{self.directory.name}/log", "w+b")
        command = [str(BINARY), "--listen", f"127.0.0.1:{self.port}", "--access", "read-write", "--log-level", "notice", *options]
        if knows_config():
            # JSON is YAML as well.
            times = {"reading": deadlines.reading, "acting": deadlines.acting, "lasting": deadlines.lasting}
            known = {"hosts": [{"name": name, "uri": uri} for name, uri in hosts.items()], "deadlines": times, **(settings or {})}
            config = pathlib.Path(self.directory.name) / "config.yaml"
            config.write_text(json.dumps(known), encoding="ascii")
            command += ["--config", str(config)]
        else:
            self.deadlines = DEFAULTS
            for uri in hosts.values():
                command += ["--connect", uri]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDLERVIRT_")}
        environment.setdefault("SWIFT_BACKTRACE", "enable=no")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=environment, cwd=ROOT)
        self.local = threading.local()

    def __enter__(self) -> "Replica":
        try:
            until(self._answers, 60, "the server answers")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"the server ended with {self.process.returncode}: {self.output()[-800:]}")
        return self.client.get("/hosts").status == 200

    @property
    def client(self) -> Client:
        """The calling thread's."""
        if not hasattr(self.local, "client"):
            self.local.client = Client(self.port)
        return self.local.client

    def get(self, path: str, accept: str = "application/xml") -> Answer:
        return self.client.get(path, accept)

    def post(self, path: str, **fields) -> Answer:
        return self.client.post(path, **fields)

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def obituary(self) -> str:
        """How it ended, if it did."""
        return "" if self.is_alive else f"it ended with {self.process.returncode}: {self.output()[-600:]}"

    def end(self, kill: bool = False):
        """Ends the process; `stop` does the rest."""
        if self.is_alive:
            if kill:
                self.process.kill()
            else:
                self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def stop(self):
        self.end()
        self.log.close()
        self.directory.cleanup()

    def output(self) -> str:
        self.log.flush()
        return pathlib.Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    # What it takes.

    def threads(self) -> int:
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def call_threads(self) -> int:
        """Those that run calls to hosts, or wait for one."""
        return int(self.metric("handlervirt_call_threads"))

    def metric(self, series: str) -> float:
        """The value of a series, as `name{label="value"}`; 0 where there is none."""
        lines = self.get("/metrics", "text/plain").body.decode("utf-8").splitlines()
        return next((float(line.rsplit(" ", 1)[1]) for line in lines if line.rsplit(" ", 1)[0] == series), 0)

    def descriptors(self) -> int:
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def anonymous(self) -> int:
        """Its own memory, in KiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon:"))

    # What it says.

    def path_of(self, host: str) -> str:
        """The path of a host: its own name where the server knows it, or the one with its URI."""
        return f"/hosts/{self.name_of(host)}"

    @functools.cache
    def name_of(self, host: str) -> str:
        rows = self.get("/hosts").xml.findall(f"{HV}host")
        names = {row.get("name"): row.findtext(f"{HV}uri") for row in rows}
        if host in names:
            return host
        return next(name for name, uri in names.items() if uri.split("?")[0] == self.uris[host].split("?")[0])
