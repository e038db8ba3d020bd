# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands that are run for real, by everybody on everybody's objects: they do what they do for who may, and nothing for who may not."""
from collections.abc import Callable

import libvirt

from cells import Cells
from expectation import Cell
from judgement import Bench, trouble
from permissions import Function
from roles import CALLERS, Thing
from scenery import Scenery, quiet

# By kind: commands with what they are given.
DEEDS = {
    "domain": [
        ("virDomainSuspend", {}), ("virDomainShutdown", {}), ("virDomainReboot", {}), ("virDomainDestroy", {}), ("virDomainDestroyFlags", {}),
        ("virDomainCreate", {}), ("virDomainManagedSave", {}), ("virDomainSetAutostart", {"autostart": "true"}), ("virDomainUndefine", {}),
        ("virDomainSetMemory", {"memory": "4096"}), ("virDomainSetVcpusFlags", {"nvcpus": "1"}), ("virDomainRename", {"new_name": "{name}-2"}),
        ("virDomainSetMetadata", {"type": "VIR_DOMAIN_METADATA_TITLE", "metadata": "deed"}),
        ("virDomainSnapshotCreateXML", {"name": "deed"}),
        ("virDomainSnapshotCreateXML", {"xmlDesc": "<domainsnapshot><name>deed</name></domainsnapshot>"}),
        ("virDomainGetXMLDesc", {"flags": "VIR_DOMAIN_XML_SECURE"}), ("virDomainSetUserPassword", {"user": "root", "password": "x"}),
    ],
    "snapshot": [("virDomainRevertToSnapshot", {}), ("virDomainSnapshotDelete", {})],
    "network": [("virNetworkDestroy", {}), ("virNetworkSetAutostart", {"autostart": "true"}), ("virNetworkUndefine", {})],
    "pool": [("virStoragePoolRefresh", {}), ("virStoragePoolDestroy", {}), ("virStoragePoolSetAutostart", {"autostart": "true"})],
    "volume": [("virStorageVolDelete", {}), ("virStorageVolWipe", {})],
    "interface": [("virInterfaceDestroy", {})],
}
FLAGS = {"virDomainGetXMLDesc": ("VIR_DOMAIN_XML_SECURE",)}


class Deeds:
    def __init__(self, bench: Bench, cells: Cells, functions: dict[str, Function], scenery: Scenery):
        self.bench, self.cells, self.functions, self.scenery = bench, cells, functions, scenery
        self.done = 0

    def run(self):
        for thing in self.scenery.things:
            for name, given in DEEDS.get(thing.kind, ()):
                if thing.is_there and name in self.cells.documentation.offered:
                    for caller in CALLERS:
                        self.deed(self.cells.cell(
                            caller, "POST", self.functions[name], thing, {}, FLAGS.get(name, ()), tuple(given)), given)

    def deed(self, cell: Cell, given: dict):
        report = self.bench.report
        # A new name that leaves the domain in the same grants and with the same owner.
        cell.parameters = {name: text.replace("{name}", cell.thing.name) for name, text in given.items()}
        before = self.state(cell.thing)
        answer = self.bench.answer(cell)
        report.cells += 1
        while cell.verdict.is_closed and trouble(cell.verdict, answer) and self.bench.service.was_lost():
            answer = self.bench.answer(cell)
        if found := trouble(cell.verdict, answer):
            report.fail(f"{self.bench.service.access}  {cell} for real: {found}", f"real {cell.sort(found)}")
        if answer.status < 400:
            self.done += 1
        after = self.state(cell.thing)
        if cell.verdict.is_closed:
            report.check(before == after, f"{self.bench.service.access}  {cell} for real: it is refused, but {before} became {after}")
        if before != after:
            self.put_right(cell.thing)

    def state(self, thing: Thing) -> tuple:
        """What libvirt says of something, to tell whether it changed."""
        host = self.scenery.host
        domain = quiet(host.lookupByUUIDString, thing.subject.uuid) if thing.subject.kind == "domain" else None
        if domain:
            return of_domain(domain)
        look_up: dict[str, Callable] = {
            "network": host.networkLookupByName, "pool": host.storagePoolLookupByName, "interface": host.interfaceLookupByName,
            "volume": lambda name: host.storagePoolLookupByName(thing.parent.name).storageVolLookupByName(name),
        }
        found = quiet(look_up[thing.kind], thing.name) if thing.kind in look_up else None
        return tuple(quiet(getattr(found, name)) for name in ("XMLDesc", "isActive", "autostart") if hasattr(found, name))

    def put_right(self, thing: Thing):
        """As it was, and the server knows it."""
        self.scenery.restore()
        try:
            self.bench.service.await_known(thing)
        except TimeoutError as error:
            self.bench.report.fail(f"{self.bench.service.access}  run for real: {error}")


def of_domain(domain: libvirt.virDomain) -> tuple:
    """The configuration, the state and what there is of saved states. What moves by itself is not in it."""
    return (
        quiet(domain.XMLDesc, libvirt.VIR_DOMAIN_XML_INACTIVE), quiet(domain.state), quiet(domain.autostart), quiet(domain.isPersistent),
        quiet(domain.hasManagedSaveImage),
        (quiet(domain.info) or [])[:4],
        tuple(sorted((item.getName(), item.isCurrent()) for item in quiet(domain.listAllSnapshots) or [])))
