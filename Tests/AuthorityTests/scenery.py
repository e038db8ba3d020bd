# SPDX-License-Identifier: GPL-2.0-or-later
"""The objects that the matrix is about, made through libvirt-python on a test driver, and put right again after a change."""
import contextlib
import pathlib

import libvirt

from roles import Thing
from things import ABSENT, CHECKED, DOMAINS, NETWORKS, POOLS, PREFIX, VOLUMES, of_domains, of_host

libvirt.registerErrorHandler(lambda *_: None, None)
NAMESPACE = "urn:handlervirt:owner:1"


def quiet(call, *arguments):
    with contextlib.suppress(libvirt.libvirtError):
        return call(*arguments)


def domain_xml(name: str, uuid: str, owner: str | None) -> str:
    metadata = f"<metadata><owner xmlns='{NAMESPACE}'>{owner}</owner></metadata>" if owner else ""
    return (
        f"<domain type='test'><name>{name}</name><uuid>{uuid}</uuid>{metadata}<memory>8192</memory><vcpu current='1'>2</vcpu>"
        "<os><type>hvm</type></os>"
        "<devices><disk type='file' device='disk'><source file='/nonesuch'/><target dev='vda' bus='virtio'/></disk></devices></domain>")


class Scenery:
    """Makes all of it, and again whatever is not as it was."""

    def __init__(self, uri: str, directory: pathlib.Path):
        self.host = libvirt.open(uri)
        self.directory = directory
        self.things = of_host() + of_domains()

    def __enter__(self) -> "Scenery":
        self.restore()
        return self

    def __exit__(self, *_):
        self.clear()
        self.host.close()

    def find(self, kind: str, name: str) -> Thing:
        return next(item for item in self.things if (item.kind, item.name) == (kind, name))

    def restore(self):
        # What a restored image or XML may have made of those that are not there.
        for number in ABSENT:
            self.remove_domain(f"{PREFIX}{number}")
        for name, number, owner, _ in DOMAINS + CHECKED:
            self.restore_domain(name, f"{PREFIX}{number}", owner)
        for number, name in enumerate(NETWORKS):
            document = f"<network><name>{name}</name><uuid>{PREFIX}01{number:02}</uuid><bridge name='vbr{number}'/></network>"
            self.restore_object(self.host.networkLookupByName, self.host.networkDefineXML, name, document)
        for number, name in enumerate(POOLS):
            document = f"<pool type='dir'><name>{name}</name><uuid>{PREFIX}02{number:02}</uuid><target><path>/{name}</path></target></pool>"
            self.restore_object(self.host.storagePoolLookupByName, self.host.storagePoolDefineXML, name, document)
        for name, pool, _ in VOLUMES:
            found = self.host.storagePoolLookupByName(pool)
            if name not in found.listVolumes():
                found.createXML(f"<volume><name>{name}</name><capacity>1024</capacity></volume>")
        interface = quiet(self.host.interfaceLookupByName, "eth1") or self.host.interfaceDefineXML(
            "<interface type='ethernet' name='eth1'><mac address='aa:bb:cc:dd:ee:ff'/></interface>")
        quiet(interface.create)

    def broken(self) -> list[str]:
        """What is not as it was made."""
        found = []
        for name, number, owner, _ in DOMAINS + CHECKED:
            domain = quiet(self.host.lookupByUUIDString, f"{PREFIX}{number}")
            if not domain or not self.is_whole(domain, name, owner):
                found.append(name)
        for look_up, names in ((self.host.networkLookupByName, NETWORKS), (self.host.storagePoolLookupByName, POOLS)):
            for name in names:
                item = quiet(look_up, name)
                if not item or not item.isActive() or not item.isPersistent() or item.autostart():
                    found.append(name)
        for name, pool, _ in VOLUMES:
            if name not in (quiet(self.host.storagePoolLookupByName(pool).listVolumes) or []):
                found.append(name)
        return found

    def restore_object(self, look_up, define, name: str, document: str):
        found = quiet(look_up, name)
        if not found or not found.isPersistent():
            found = define(document)
        if not found.isActive():
            found.create(0) if isinstance(found, libvirt.virStoragePool) else found.create()
        found.setAutostart(False)

    def restore_domain(self, name: str, uuid: str, owner: str | None):
        """Nothing is done to a domain that is as it was: running, with its snapshot, its checkpoint and its owner."""
        found = quiet(self.host.lookupByUUIDString, uuid)
        if found and self.is_whole(found, name, owner):
            return
        self.remove_domain(uuid)
        found = self.host.defineXML(domain_xml(name, uuid, owner))
        found.create()
        if name.endswith("check"):
            found.checkpointCreateXML("<domaincheckpoint><name>first</name><disks><disk name='vda' checkpoint='bitmap'/></disks></domaincheckpoint>")
        else:
            found.snapshotCreateXML("<domainsnapshot><name>one</name></domainsnapshot>")
        if name == "in-dispute":
            found.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, "<owner>xena</owner>", "o", NAMESPACE, libvirt.VIR_DOMAIN_AFFECT_CONFIG)

    def is_whole(self, domain: libvirt.virDomain, name: str, owner: str | None) -> bool:
        stored = "xena" if name == "in-dispute" else owner
        parts = (["first"], []) if name.endswith("check") else ([], ["one"])
        return bool(
            domain.name() == name and domain.isPersistent() and domain.state()[0] == libvirt.VIR_DOMAIN_RUNNING and not domain.autostart()
            and tuple([item.getName() for item in items] for items in (domain.listAllCheckpoints(), domain.listAllSnapshots())) == parts
            and (owner_in(domain, libvirt.VIR_DOMAIN_AFFECT_LIVE), owner_in(domain, libvirt.VIR_DOMAIN_AFFECT_CONFIG)) == (owner, stored))

    def remove_domain(self, uuid: str):
        found = quiet(self.host.lookupByUUIDString, uuid)
        if not found:
            return
        for item in quiet(found.listAllCheckpoints) or []:
            quiet(item.delete)
        for item in quiet(found.listAllSnapshots) or []:
            quiet(item.delete)
        quiet(found.managedSaveRemove)
        quiet(found.destroy)
        quiet(found.undefine)

    def clear(self):
        for _, number, *_ in DOMAINS + CHECKED:
            self.remove_domain(f"{PREFIX}{number}")
        for look_up, names in ((self.host.networkLookupByName, NETWORKS), (self.host.storagePoolLookupByName, POOLS)):
            for name in names:
                if found := quiet(look_up, name):
                    quiet(found.destroy)
                    quiet(found.undefine)

    def image(self, name: str) -> tuple[Thing, str]:
        """A saved image of one of the domains, or of one that is not there any more; the domain is as before."""
        domain = self.find("domain", name)
        _, number, owner, _ = next((row for row in DOMAINS + CHECKED if row[0] == name), (name, domain.uuid[-4:], None, None))
        path = self.directory / f"{name}.save"
        if not domain.is_there:
            self.host.defineXML(domain_xml(name, domain.uuid, owner)).create()
        self.host.lookupByUUIDString(domain.uuid).save(str(path))
        self.restore_domain(name, domain.uuid, owner) if domain.is_there else self.remove_domain(domain.uuid)
        return domain, str(path)


def owner_in(domain: libvirt.virDomain, where: int) -> str | None:
    text = quiet(domain.metadata, libvirt.VIR_DOMAIN_METADATA_ELEMENT, NAMESPACE, where)
    return text.partition(">")[2].partition("<")[0] if text else None

