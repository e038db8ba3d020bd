# SPDX-License-Identifier: GPL-2.0-or-later
"""One owner's VMs with all that a host holds for them: networks, pools, volumes, filters, secrets, snapshots, a saved image."""
import contextlib
import pathlib
from xml.sax.saxutils import escape

import libvirt

from holdings import NOBODY, claim
from marks import Marks
from persons import documents, quiet, until

COMMON_NET, COMMON_POOL = "commons-net", "commons-pool"
HAS_GUEST = (documents.GUEST / "vmlinuz").exists()


class Commons:
    """A network that several use, and a pool in which several have volumes."""

    def __init__(self, connection: libvirt.virConnect, directory: pathlib.Path, undo: contextlib.ExitStack):
        self.undo = undo
        self.network = connection.networkDefineXML(documents.network(COMMON_NET, "commons0", "10.99.99"))
        undo.callback(quiet, self.network.undefine)
        undo.callback(quiet, self.network.destroy)
        self.network.create()
        (directory / COMMON_POOL).mkdir()
        self.pool = connection.storagePoolDefineXML(documents.pool(COMMON_POOL, directory / COMMON_POOL))
        undo.callback(quiet, self.pool.undefine)
        undo.callback(quiet, self.pool.destroy)
        self.pool.create()


class Estate:
    """`web` runs (and, where there is a guest, has an address), `off` has snapshots, the odd one an odd name, `saved` lies in a file."""

    def __init__(self, connection: libvirt.virConnect, directory: pathlib.Path, marks: Marks, commons: Commons, owner: str = ""):
        self.connection, self.marks, self.undo = connection, marks, commons.undo
        self.owner = owner or marks.name("owner")
        self.directory = directory / marks.name("files")
        self.directory.mkdir()
        self.image = str(self.directory / marks.name("image"))
        self.vms: dict[str, str] = {}
        self._make_objects()
        self.shared = commons.pool.createXML(documents.volume(marks.name("shared"))).path()
        self._make_domains(commons)

    def _make_objects(self):
        host, marks = self.connection, self.marks

        def identified(xml: str) -> str:
            return xml.replace("</name>", f"</name><uuid>{marks.uuid()}</uuid>", 1)

        net = identified(documents.network(marks.name("net"), f"{marks.stem}0", marks.net))
        static = f"<host mac='{marks.mac()}' name='{marks.name('host')}' ip='{marks.net}.30'/></dhcp>"
        self.network = host.networkDefineXML(net.replace("</dhcp>", static))
        self._keep(self.network)
        (self.directory / "pool").mkdir()
        self.pool = host.storagePoolDefineXML(identified(documents.pool(marks.name("pool"), self.directory / "pool")))
        self._keep(self.pool)
        self.network.create()
        self.pool.create()
        nwfilter = documents.nwfilter(marks.name("filter")).replace("<rule", f"<uuid>{marks.uuid()}</uuid><rule", 1)
        self.nwfilter = host.nwfilterDefineXML(nwfilter)
        self.undo.callback(quiet, self.nwfilter.undefine)
        secret = host.secretDefineXML(documents.secret(f"/{marks.name('secret')}").replace("<desc", f"<uuid>{marks.uuid()}</uuid><desc", 1))
        self.undo.callback(quiet, secret.undefine)
        secret.setValue(marks.name("value").encode(), 0)
        self.disk = self.pool.createXML(documents.volume(marks.name("disk.qcow2"))).path()
        self.data = self.pool.createXML(documents.volume(marks.name("data.qcow2"))).path()

    def _keep(self, item):
        self.undo.callback(quiet, item.undefine)
        self.undo.callback(quiet, item.destroy)

    def _text(self) -> str:
        marks = self.marks
        claims = "" if self.owner == NOBODY else claim(self.owner)
        tags = f"<h:handlervirt xmlns:h='urn:handlervirt:1'><h:tag>{marks.name('tag')}</h:tag><h:note>{marks.name('note')}</h:note></h:handlervirt>"
        titles = f"<title>{marks.name('title')}</title><description>{marks.name('description')}</description>"
        return f"<uuid>{marks.uuid()}</uuid>{titles}<metadata>{claims}{tags}</metadata>"

    def _interface(self, network: str, number: int) -> str:
        marks = self.marks
        reference = f"<filterref filter='{marks.name('filter')}'/>" if number == 1 else ""
        source = f"<mac address='{marks.mac()}'/><source network='{network}'/><target dev='{marks.stem}{number}'/>"
        return f"<interface type='network'>{source}<model type='virtio'/>{reference}</interface>"

    def _define(self, what: str, name: str, devices: str = "", is_guest: bool = False, start: bool = False) -> libvirt.virDomain:
        if is_guest:
            xml = documents.guest(name, devices)
            start_of, _, rest = xml.partition("<title>")
            xml = start_of + self._text() + rest.partition("</metadata>")[2]
        else:
            xml = documents.domain(escape(name), devices, self._text(), memory=16384)
        domain = self.connection.defineXML(xml)
        self.undo.callback(quiet, domain.undefineFlags, 1 | 2 | 16)
        self.undo.callback(quiet, domain.destroy)
        if start:
            domain.create()
        self.vms[what] = domain.UUIDString()
        return domain

    def _make_domains(self, commons: Commons):
        marks = self.marks
        off = self._define("off", marks.name("off"), documents.disk(self.data))
        for number in (1, 2):
            off.snapshotCreateXML(documents.snapshot(marks.name(f"snapshot{number}")))
        self._define("odd", f"~{marks.stem}?&<b>")
        self._define("saved", marks.name("saved"), start=True).save(self.image)
        devices = documents.disk(self.disk) + documents.disk(self.shared, "vdb")
        devices += self._interface(marks.name("net"), 1) + self._interface(COMMON_NET, 2)
        self.web = self._define("web", marks.name("web"), devices, is_guest=HAS_GUEST, start=True)
        self.web.checkpointCreateXML(documents.checkpoint(marks.name("checkpoint")))
        for network in (self.network, commons.network):
            for port in network.listAllPorts():
                if marks.found(port.XMLDesc().encode()):
                    marks.draw(port.UUIDString())

    def await_lease(self):
        if HAS_GUEST:
            until(lambda: quiet(self.network.DHCPLeases), 240, f"{self.marks.stem} has a lease")

    def rules(self) -> dict:
        """Its part of the configuration's `owners`."""
        mine = [self.marks.name("*")]
        return {"pools": mine, "volumes": mine, "networks": [*mine, COMMON_NET]}

    def condition(self) -> list[str]:
        """All of it as libvirt knows it: the same again, if nothing was done to it."""
        found = []
        for uuid in self.vms.values():
            domain = self.connection.lookupByUUIDString(uuid)
            snapshots = sorted(item.getName() for item in domain.listAllSnapshots())
            found.append(f"{domain.name()} {domain.state()} {domain.autostart()} {snapshots} {domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)}")
        found.append(self.network.XMLDesc())
        found.append(str(sorted(volume.name() for volume in self.pool.listAllVolumes())))
        return found
