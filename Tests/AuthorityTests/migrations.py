#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Can an owner change whose a VM is by sending it to another host? Live and offline, with XML for the destination and without, alone and in races.

    migrations.py [NAME...]      only the ways whose name holds one of these words

HANDLERVIRT_BINARY is the server. See NetworkTests/bed.py for HANDLERVIRT_TEST_CLUSTER.
"""
import sys

import libvirt

from holdings import Holding, claim, metadata, with_metadata
from persons import Answer, Bed, Checks, Person, Service, enter, quiet
from races import Way, play
from registry import FORGED, GRANTS, USERS, Registry

HOSTS = ("h1", "h2")
WHOLLY = ["VIR_MIGRATE_PERSIST_DEST", "VIR_MIGRATE_UNDEFINE_SOURCE"]
PEER = "VIR_MIGRATE_PEER2PEER"
# To send a VM to a host one needs this on it.
ROLES = {"traveller": {"permissions": ["connect:getattr", "domain:migrate", "domain:start", "domain:write"]}}
TRAVELLERS = [*GRANTS, {"role": "traveller", "user": "alice", "on": "host:*"}]
TEXTS = {"another owner": metadata(claim(FORGED)), "no owner": ""}


class Traveller(Holding):
    """It is where it runs, or else where it is."""

    def __init__(self, connections: dict[str, libvirt.virConnect], name: str, owner: str = "alice"):
        self.connections = connections
        super().__init__(connections[HOSTS[0]], HOSTS[0], name, owner)

    @property
    def domain(self) -> libvirt.virDomain:
        copies = {host: copy for host, one in self.connections.items() if (copy := quiet(one.lookupByUUIDString, self.uuid))}
        self.host = max(copies, key=lambda host: bool(quiet(copies[host].isActive)), default=HOSTS[0])
        self.connection = self.connections[self.host]
        return copies[self.host] if copies else super().domain

    def clear(self):
        for host in self.connections:
            self.host, self.connection = host, self.connections[host]
            if domain := quiet(self.connection.lookupByUUIDString, self.uuid):
                quiet(domain.destroy)
                quiet(domain.undefine)
        self.host, self.connection = HOSTS[0], self.connections[HOSTS[0]]


def migrating(live: bool, function: str = "virDomainMigrateToURI3", **texts: str):
    """`texts`: what the metadata of each XML is that is sent along."""

    def take(vm: Traveller, person: Person) -> list[Answer]:
        domain = vm.domain
        target = next(host for host in HOSTS if host != vm.host)
        flags = ["VIR_MIGRATE_LIVE" if live else "VIR_MIGRATE_OFFLINE", *WHOLLY]
        given = {"dconnuri" if "URI" in function else "dconn": target, "flags": [*flags, PEER] if "URI" in function else flags}
        for parameter, text in texts.items():
            secure = libvirt.VIR_DOMAIN_XML_SECURE | libvirt.VIR_DOMAIN_XML_MIGRATABLE
            xml = domain.XMLDesc(secure | libvirt.VIR_DOMAIN_XML_INACTIVE * (parameter == "persistent_xml" or not live))
            given[parameter] = with_metadata(xml, text)
        return [person.post(f"{vm.path}/{function}", **given)]

    return take


def ways() -> list[Way]:
    found = []
    for live in (True, False):
        state = "live" if live else "offline"
        plain = {"answers": (200,), "effect": ("it moved", moved)}
        found.append(Way(f"migration, {state}", migrating(live), live, note_place, 4, may_fail=True, **plain))
        for name, text in TEXTS.items():
            refused = {"answers": (403,)} if name == "another owner" else {}
            for parameters in (("destination_xml",), ("persistent_xml",), ("destination_xml", "persistent_xml")):
                take = migrating(live, **dict.fromkeys(parameters, text))
                tries = 4 if live and len(parameters) == 2 else 0
                title = f"migration, {state}, {name} in {' and '.join(parameters)}"
                found.append(Way(title, take, live, note_place, tries, may_fail=True, **refused))
    for function, parameter in (
        ("virDomainMigrateToURI2", "dxml"), ("virDomainMigrate2", "dxml"), ("virDomainMigrate3", "destination_xml"),
        ("virDomainMigrate3", "persistent_xml"),
    ):  # fmt: skip
        for name, text in TEXTS.items():
            found.append(Way(f"{function}, {name} in {parameter}", migrating(True, function, **{parameter: text}), True, note_place, 0))
    return found


def note_place(vm: Traveller):
    vm.came_from = vm.host if vm.domain else ""


def moved(vm: Traveller) -> bool:
    return bool(vm.domain) and vm.host != vm.came_from


def renaming(bed: Bed, checks: Checks, connections: dict[str, libvirt.virConnect]):
    """By name it would be bob's there."""
    with Service(uris(bed), USERS, TRAVELLERS, roles=ROLES, owners={"bob": {"vms": ["bob-*"]}}) as service:
        registry = Registry(service, checks)
        vm = Traveller(connections, "free")
        try:
            for live in (True, False):
                registry.ready(vm, live)
                flags = ["VIR_MIGRATE_LIVE" if live else "VIR_MIGRATE_OFFLINE", PEER, *WHOLLY]
                answer = registry.person("alice").post(f"{vm.path}/virDomainMigrateToURI3", dconnuri="h2", flags=flags, destination_name="bob-1")
                name = f"migration, {'live' if live else 'offline'}, to another name that is bob's by a rule"
                registry.still(name, vm, "alice", answer.status)
                checks.check(f"{name} is refused", answer.status == 403 and vm.domain.name() == "free", f"{answer}, {vm.domain.name()}")
        finally:
            vm.clear()


def uris(bed: Bed) -> dict[str, str]:
    return {host: bed.uri(host) for host in HOSTS}


def main(words: list[str]) -> int:
    bed = enter(2)
    checks = Checks()
    connections = {host: libvirt.open(bed.uri(host, "unix")) for host in HOSTS}
    chosen = [way for way in ways() if not words or any(word in way.name for word in words)]
    with Service(uris(bed), USERS, TRAVELLERS, roles=ROLES) as service:
        registry = Registry(service, checks)
        for number, way in enumerate(chosen):
            vm = Traveller(connections, f"traveller-{number}")
            checks.scene(way.name, play, registry, way, vm)
            vm.clear()
        checks.check("the server has not ended", service.is_alive, service.obituary())
    if not words or any(word in "renaming" for word in words):
        checks.scene("renaming", renaming, bed, checks, connections)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
