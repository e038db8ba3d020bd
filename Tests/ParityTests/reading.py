# SPDX-License-Identifier: GPL-2.0-or-later
"""How a reading function is called through libvirt-python, and how its answer becomes what the document says."""
from collections.abc import Callable
from dataclasses import dataclass

import libvirt

from client import Cpus, Object

_KINDS = {
    libvirt.virDomain: ("domain", "UUIDString"),
    libvirt.virNetwork: ("network", "UUIDString"),
    libvirt.virNetworkPort: ("port", "UUIDString"),
    libvirt.virStoragePool: ("pool", "UUIDString"),
    libvirt.virStorageVol: ("volume", "name"),
    libvirt.virInterface: ("interface", "name"),
    libvirt.virNodeDevice: ("device", "name"),
    libvirt.virNWFilter: ("filter", "UUIDString"),
    libvirt.virNWFilterBinding: ("binding", "portDev"),
    libvirt.virSecret: ("secret", "UUIDString"),
    libvirt.virDomainSnapshot: ("snapshot", "getName"),
    libvirt.virDomainCheckpoint: ("checkpoint", "getName"),
}


@dataclass
class Reading:
    """`call(object, *arguments)` in Python; `variants` are parameters as HTTP wants them, in the order in which Python does.

    `shape` turns Python's answer into the document's, `loosen` the document's into what Python can say.
    """

    call: Callable
    variants: list[dict]
    shape: Callable = lambda answer: answer
    loosen: Callable = lambda answer: answer

    def native(self, item, variant: dict):
        libvirt.virResetLastError()
        answer = self.call(item, *map(_argument, variant.values()))
        # Some methods return None where libvirt failed, and raise nothing.
        if answer is None and libvirt.virGetLastError():
            raise libvirt.libvirtError("no answer")
        return plain(self.shape(answer))

    def parameters(self, variant: dict) -> dict:
        return {name: item for name, item in variant.items() if item is not None}


def _argument(item):
    """A parameter as libvirt-python takes it: constants are given by name."""
    if isinstance(item, str) and item.startswith("VIR_"):
        return getattr(libvirt, item)
    if isinstance(item, list) and item and all(isinstance(name, str) and name.startswith("VIR_") for name in item):
        total = 0
        for name in item:
            total |= getattr(libvirt, name)
        return total
    return item


def plain(answer):
    """Objects become what links to them say."""
    for kind, (rel, identity) in _KINDS.items():
        if isinstance(answer, kind):
            return Object(rel, getattr(answer, identity)())
    if isinstance(answer, dict):
        return {name: plain(item) for name, item in answer.items()}
    if isinstance(answer, (list, tuple)):
        return [plain(item) for item in answer]
    return answer


def reading(call, *variants: dict, **more) -> Reading:
    return Reading(call, list(variants) or [{}], **more)


def flags(*names: str, **before) -> list[dict]:
    """Variants of a function that takes flags: none, and each of these."""
    return [{**before}, *({**before, "flags": name} for name in names)]


def fields(*names: str) -> Callable:
    """A structure that Python returns as a list."""
    return lambda answer: dict(zip(names, answer, strict=True))


def each(shape: Callable) -> Callable:
    return lambda answer: [shape(item) for item in answer]


def sorted_objects(answer: list) -> list:
    return sorted(plain(answer), key=lambda item: (item.rel, item.name))


def cpus(booleans) -> Cpus:
    return Cpus.of(booleans)
