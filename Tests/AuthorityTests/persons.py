# SPDX-License-Identifier: GPL-2.0-or-later
"""A server where everybody sees only what is his, and those who ask it."""
import base64
import contextlib
import pathlib
import sys
import tempfile
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree

import libvirt

from libvirtd import EXCUSED, TESTS, hashed, libvirtd, lost_lately

sys.path += [str(TESTS / "NetworkTests"), str(TESTS / "ParityTests")]
import documents  # noqa: E402  (the other tests' helpers are these tests' too)
from bed import Bed, enter, until  # noqa: E402
from checks import Checks  # noqa: E402
from crawl import VIEWS, links, with_view  # noqa: E402
from replica import DEFAULTS, FORM, HV, SHORT, Answer, Client, Deadlines, Replica  # noqa: E402

libvirt.registerErrorHandler(lambda *_: None, None)

__all__ = [
    "DEFAULTS", "FORM", "HV", "LOOKS", "PATIENCE", "VIEWS", "Answer", "Bed", "Checks", "Person", "Service", "documents", "enter", "found", "libvirtd", "links", "quiet", "segment",
    "until", "with_view",
]  # fmt: skip

PASSWORD = "open-sesame"
# How long the server waits for its host, in seconds, before it answers without having read anew what was done.
PATIENCE = 2
# How often one looks at most where it was slow.
LOOKS = 5


def segment(name: str) -> str:
    """A name as a segment of a path, by the rule that the server's links follow."""
    if name in ("", ".", "..") or "/" in name or name.startswith("~"):
        return "~" + base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")
    return urllib.parse.quote(name, safe="")


def quiet(call, *arguments):
    with contextlib.suppress(libvirt.libvirtError):
        return call(*arguments)


def found(condition, seconds: float = 60):
    """What it says, as soon as it says something true; what it says after so long otherwise."""
    with contextlib.suppress(TimeoutError):
        return until(condition, seconds, "")
    return condition()


class Person(Client):
    """Somebody with a name and the password; `None` has neither. One per thread."""

    # When anybody was answered late for the last time.
    late = float("-inf")

    def __init__(self, port: int, name: str | None, timeout: float = 90, server: "Service | None" = None):
        super().__init__(port, timeout)
        self.name, self.server = name, server
        pair = base64.b64encode(f"{name}:{PASSWORD}".encode()).decode("ascii")
        self.credentials = {} if name is None else {"Authorization": f"Basic {pair}"}

    def ask(self, method: str, path: str, body: str | bytes | None, headers: dict) -> Answer:
        for _ in range(LOOKS):
            answer = super().ask(method, path, body, {**self.credentials, **headers})
            if answer.seconds >= PATIENCE:
                Person.late = time.monotonic()
            # What a host did not answer is asked once more where that was the machine's fault.
            if method == "POST" or answer.status not in (503, 504) or not self.server or not self.server.was_slow():
                break
        return answer

    def listed(self, path: str = "/virt") -> dict[str, ElementTree.Element]:
        """The rows of a list of VMs, by UUID. None, where there is no such list."""
        answer = self.get(path)
        return {row.get("id"): row for row in answer.xml.findall(f"{HV}vm")} if answer.status == 200 else {}


class Service(Replica):
    """A read-write server in owner visibility, where these users are known. Root may everything."""

    def __init__(self, hosts: dict[str, str], users: list[str], grants: list[dict], deadlines: Deadlines = SHORT, **more):
        self.files = tempfile.TemporaryDirectory(prefix="hv-users-")
        users_file = pathlib.Path(self.files.name) / "users"
        lines = [f"{name}:{hashed(PASSWORD)}\n" for name in ["root", *users]]
        users_file.write_text("".join(lines), encoding="utf-8")
        grants = [{"role": "admin", "user": "root"}, *grants]
        settings = {"visibility": "owner", "users": str(users_file), "grants": grants, **more}
        self.persons = threading.local()
        super().__init__(hosts, deadlines=deadlines, settings=settings)

    def person(self, name: str | None) -> Person:
        """The calling thread's."""
        known = self.persons.__dict__
        if name not in known:
            known[name] = Person(self.port, name, server=self)
        return known[name]

    @property
    def root(self) -> Person:
        return self.person("root")

    def was_slow(self) -> bool:
        """Whether it may not have read yet what was done: it was slow, or has just lost a host. Then it has all hosts again."""
        if time.monotonic() - Person.late >= EXCUSED:
            time.sleep(0.1)
            if not lost_lately(self.output()):
                return False
        until(self._answers, 60, "the hosts are back")
        return True

    def _answers(self) -> bool:
        if not self.is_alive:
            raise RuntimeError(f"the server ended: {self.obituary()}")
        answer = Person(self.port, "root").get("/hosts")
        rows = answer.xml.findall(f"{HV}host") if answer.status == 200 else []
        return bool(rows) and all(row.findtext(f"{HV}state") == "connected" for row in rows)

    def stop(self):
        super().stop()
        self.files.cleanup()
