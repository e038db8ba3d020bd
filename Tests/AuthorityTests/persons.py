# SPDX-License-Identifier: GPL-2.0-or-later
"""A server where everybody sees only what is his, and those who ask it."""
import base64
import contextlib
import pathlib
import sys
import tempfile
import threading
import urllib.parse
import xml.etree.ElementTree as ElementTree

import libvirt

from libvirtd import TESTS, hashed, libvirtd

sys.path += [str(TESTS / "NetworkTests"), str(TESTS / "ParityTests")]
import documents  # noqa: E402  (the other tests' helpers are these tests' too)
from bed import Bed, enter, until  # noqa: E402
from checks import Checks  # noqa: E402
from crawl import VIEWS, links, with_view  # noqa: E402
from replica import FORM, HV, SHORT, Answer, Client, Deadlines, Replica  # noqa: E402

libvirt.registerErrorHandler(lambda *_: None, None)

__all__ = [
    "FORM", "HV", "VIEWS", "Answer", "Bed", "Checks", "Person", "Service", "documents", "enter", "found", "libvirtd", "links", "quiet", "segment",
    "until", "with_view",
]  # fmt: skip

PASSWORD = "open-sesame"


def segment(name: str) -> str:
    """A name as a segment of a path, by the rule that the server's links follow."""
    if name in ("", ".", "..") or "/" in name or name.startswith("~"):
        return "~" + base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")
    return urllib.parse.quote(name, safe="")


def quiet(call, *arguments):
    with contextlib.suppress(libvirt.libvirtError):
        return call(*arguments)


def found(condition, seconds: float = 15):
    """What it says, as soon as it says something true; what it says after so long otherwise."""
    with contextlib.suppress(TimeoutError):
        return until(condition, seconds, "")
    return condition()


class Person(Client):
    """Somebody with a name and the password; `None` has neither. One per thread."""

    def __init__(self, port: int, name: str | None, timeout: float = 90):
        super().__init__(port, timeout)
        self.name = name
        pair = base64.b64encode(f"{name}:{PASSWORD}".encode()).decode("ascii")
        self.credentials = {} if name is None else {"Authorization": f"Basic {pair}"}

    def ask(self, method: str, path: str, body: str | bytes | None, headers: dict) -> Answer:
        return super().ask(method, path, body, {**self.credentials, **headers})

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
            known[name] = Person(self.port, name)
        return known[name]

    @property
    def root(self) -> Person:
        return self.person("root")

    def _answers(self) -> bool:
        if not self.is_alive:
            raise RuntimeError(f"the server ended: {self.obituary()}")
        answer = self.root.get("/hosts")
        rows = answer.xml.findall(f"{HV}host") if answer.status == 200 else []
        return bool(rows) and all(row.findtext(f"{HV}state") == "connected" for row in rows)

    def stop(self):
        super().stop()
        self.files.cleanup()
