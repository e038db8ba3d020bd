# SPDX-License-Identifier: GPL-2.0-or-later
"""What really happened on a host: libvirt's own events and states, read through its UNIX socket and not through the network."""
import collections
import contextlib
import sys
import threading
import time
from dataclasses import dataclass

import libvirt

from bed import ROOT, Bed, until

sys.path.append(str(ROOT / "Tests/ParityTests"))
import documents  # noqa: E402  (the parity tests' domains will do here too)

libvirt.registerErrorHandler(lambda *_: None, None)

STATES = ("no state", "running", "blocked", "paused", "shutdown", "shutoff", "crashed", "pmsuspended")
EVENTS = ("defined", "undefined", "started", "suspended", "resumed", "stopped", "shutdown", "pmsuspended", "crashed")


@dataclass(frozen=True)
class Truth:
    """One domain of a host as libvirt knows it."""

    uuid: str
    name: str
    state: str
    memory: int
    autostart: bool
    persistent: bool


@dataclass(frozen=True)
class Event:
    time: float
    uuid: str
    kind: str


def _run_events():
    while True:
        libvirt.virEventRunDefaultImpl()


def start_events():
    """Before the first witness is called."""
    libvirt.virEventRegisterDefaultImpl()
    threading.Thread(target=_run_events, daemon=True).start()


class Witness:
    """Hears all that happens on one host, while its libvirtd runs."""

    def __init__(self, bed: Bed, host: str):
        self.host = host
        self.uri = bed.uri(host, "unix")
        self.events: list[Event] = []
        self.marks = 0
        self.connection: libvirt.virConnect | None = None
        self.open()

    def open(self):
        """Anew after its libvirtd was started again; what happened while it did not listen is only to be seen in the states."""
        self.connection = until(self._connect, 60, f"{self.host} answers on its UNIX socket")
        self.connection.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, self._heard, None)

    def _connect(self) -> libvirt.virConnect | None:
        with contextlib.suppress(libvirt.libvirtError):
            return libvirt.open(self.uri)
        return None

    @property
    def is_deaf(self) -> bool:
        """A libvirtd that was frozen may close the connections of those whom it has not heard of for so long."""
        return not self.connection.isAlive()

    def hear_all(self):
        """Waits until it has heard whatever happened until now: events come in their order, so that of a domain made for it is the last."""
        self.marks += 1
        domain = self.connection.defineXML(documents.domain(f"mark-{self.marks}", memory=16384))
        uuid = domain.UUIDString()
        domain.undefine()
        until(lambda: self.count(uuid, "undefined"), 20, f"{self.host} tells of what happened")

    def _heard(self, _connection, domain, event, _detail, _opaque):
        self.events.append(Event(time.monotonic(), domain.UUIDString(), EVENTS[event]))

    def count(self, uuid: str, kind: str, since: float = 0) -> int:
        return sum(1 for event in list(self.events) if event.uuid == uuid and event.kind == kind and event.time >= since)

    def counts(self, uuid: str) -> collections.Counter:
        return collections.Counter(event.kind for event in list(self.events) if event.uuid == uuid)

    def truths(self) -> dict[str, Truth]:
        found = {}
        for domain in self.connection.listAllDomains():
            with contextlib.suppress(libvirt.libvirtError):  # it went away meanwhile
                state, _, memory, _, _ = domain.info()
                uuid = domain.UUIDString()
                found[uuid] = Truth(uuid, domain.name(), STATES[state], memory, bool(domain.autostart()), bool(domain.isPersistent()))
        return found

    def define(self, name: str, start: bool = False, uuid: str = "", **options) -> str:
        """A domain of firmware only. Returns its UUID."""
        rest = options.pop("rest", "") + (f"<uuid>{uuid}</uuid>" if uuid else "")
        domain = self.connection.defineXML(documents.domain(name, rest=rest, memory=options.pop("memory", 16384), **options))
        if start:
            domain.create()
        return domain.UUIDString()

    def domain(self, uuid: str) -> libvirt.virDomain:
        return self.connection.lookupByUUIDString(uuid)

    def clear(self):
        """No domain is left."""
        if not self.connection.isAlive():
            self.open()
        for domain in self.connection.listAllDomains():
            with contextlib.suppress(libvirt.libvirtError):
                domain.destroy()
            with contextlib.suppress(libvirt.libvirtError):
                domain.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA)
