# SPDX-License-Identifier: GPL-2.0-or-later
"""handlervirt with many hosts, asked on a connection that stays open, and what it costs the machine."""
import http.client
import os
import pathlib
import re
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "BrowserTests"))
from server import BINARY, HV, Server  # noqa: E402  (the browser tests' server is ours too)

__all__ = ["BINARY", "HTML", "HV", "XML", "Asker", "Cost", "Serving", "accounting"]

XML = "application/xml"
HTML = "text/html"


class Asker:
    """One client with one connection. Requests are timed from the first byte sent to the last one read."""

    def __init__(self, port: int, timeout: float = 30):
        self.port = port
        self.timeout = timeout
        self.connection = None

    def get(self, path: str, accept: str = XML) -> tuple[float, bytes]:
        """How long the answer took, in seconds, and its body. It must have status 200."""
        taken, status, body = self.answer(path, accept)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}: {body[:500]!r}")
        return taken, body

    def answer(self, path: str, accept: str = XML) -> tuple[float, int, bytes]:
        """How long the answer took, its status and its body."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            start = time.perf_counter()
            self.connection.request("GET", path, headers={"Accept": accept})
            response = self.connection.getresponse()
            body = response.read()
            taken = time.perf_counter() - start
        except BaseException:
            self.connection.close()
            self.connection = None
            raise
        return taken, response.status, body

    def xml(self, path: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.get(path)[1])


@dataclass(frozen=True)
class Cost:
    """What a process holds at one moment; memory in MiB, processor time in seconds."""

    resident: float
    anonymous: float
    threads: int
    descriptors: int
    cpu: float

    def __str__(self):
        return f"{self.resident:.0f} MiB resident, {self.anonymous:.0f} MiB of it anonymous, {self.threads} threads, {self.descriptors} descriptors"


def accounting(pid: int) -> Cost:
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    number = {name: int(value) for name, value in re.findall(r"^(\w+):\s+(\d+)", status, re.MULTILINE)}
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return Cost(
        resident=number["VmRSS"] / 1024,
        anonymous=number["RssAnon"] / 1024,
        threads=number["Threads"],
        descriptors=len(os.listdir(f"/proc/{pid}/fd")),
        cpu=(int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"),
    )


class Serving(Server):
    """`with Serving(uris) as server:` serves these hosts. It has started when it lists so many VMs, and every host answers."""

    def __init__(self, uris: list[str], vms: int, *options: str, patience: float = 120):
        self.started = time.monotonic()
        self.vms = vms
        self.patience = patience
        more = [part for uri in uris[1:] for part in ("--connect", uri)]
        super().__init__("--log-level", "warning", *more, *options, connect=uris[0])

    def _wait(self):
        asker = Asker(self.port)
        deadline = self.started + self.patience
        seen = None
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.output()}")
            try:
                # HTML holds 100 rows however many there are, the XML with max=1 one.
                document = asker.xml("/virt?max=1")
                total, missing = int(document.findtext(f"{HV}total")), len(document.findall(f"{HV}host"))
                seen = f"{total} VMs, {missing} hosts that do not answer"
                if total == self.vms and not missing:
                    self.complete_after = time.monotonic() - self.started
                    return
            except OSError:
                pass
            if time.monotonic() > deadline:
                raise RuntimeError(f"after {self.patience} s the server lists {seen} of {self.vms}:\n{self.output()[-3000:]}")
            time.sleep(0.02)

    @property
    def cost(self) -> Cost:
        return accounting(self.process.pid)

    def names(self) -> dict[pathlib.Path, str]:
        """The name of each host, by the path of its socket, which only it has in its URI."""
        rows = self.get("/hosts").xml.iter(f"{HV}host")
        return {pathlib.Path(row.findtext(f"{HV}uri").partition("socket=")[2]): row.get("name") for row in rows}
