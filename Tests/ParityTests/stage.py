# SPDX-License-Identifier: GPL-2.0-or-later
"""One object of every kind on a QEMU host, made through libvirt-python, and all gone after the test."""
import contextlib
import pathlib
import shutil
import tempfile
import time

import libvirt

import documents as xml
from client import segment

libvirt.registerErrorHandler(lambda *_: None, None)


def quiet(call, *arguments):
    with contextlib.suppress(libvirt.libvirtError):
        return call(*arguments)


def until(condition, seconds: float = 180, what: str = "the stage"):
    deadline = time.monotonic() + seconds
    while not (result := quiet(condition)):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} is not ready after {seconds} s")
        time.sleep(0.1)
    return result


class Stage:
    """What a test finds on a host: its connection, and by kind the objects with their paths."""

    def __init__(self, uri: str):
        self.uri = uri
        self.connection = libvirt.open(uri)
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="hv-stage-"))
        self.undo = contextlib.ExitStack()
        self.undo.callback(shutil.rmtree, self.directory, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.undo.close()
        self.connection.close()

    def domain(self, document: str, start: bool = True) -> libvirt.virDomain:
        made = self.connection.defineXML(document)
        self.undo.callback(quiet, made.undefineFlags, 1 | 2 | 4 | 16)
        self.undo.callback(quiet, made.destroy)
        if start:
            made.create()
        return made

    def forget(self, *names: str):
        """What a test that failed midway left behind."""
        host = self.connection
        for name in names:
            for look_up in (host.lookupByName, host.networkLookupByName, host.storagePoolLookupByName, host.nwfilterLookupByName):
                if left := quiet(look_up, name):
                    quiet(getattr(left, "destroy", lambda: None))
                    quiet(left.undefine)

    def image(self, name: str, kind: str = "qcow2") -> str:
        return self.pool.createXML(xml.volume(name, kind)).path()

    def set_qemu(self):
        host = self.connection
        (self.directory / "pool").mkdir()
        self.pool = host.storagePoolDefineXML(xml.pool("parity", self.directory / "pool"))
        self.undo.callback(quiet, self.pool.undefine)
        self.undo.callback(quiet, self.pool.destroy)
        self.pool.create()
        self.network = host.networkDefineXML(xml.network("parity", "parity0", "192.168.231"))
        self.undo.callback(quiet, self.network.undefine)
        self.undo.callback(quiet, self.network.destroy)
        self.network.create()
        self.nwfilter = host.nwfilterDefineXML(xml.nwfilter("parity"))
        self.undo.callback(quiet, self.nwfilter.undefine)
        self.secret = host.secretDefineXML(xml.secret("/parity/secret"))
        self.undo.callback(quiet, self.secret.undefine)
        self.secret.setValue(b"\0open\xff sesame", 0)
        self._set_domains()
        until(lambda: self.web.guestInfo(0, 0), what="the guest's agent")
        until(lambda: self.web.authorizedSSHKeysSet("root", ["ssh-ed25519 AAAA parity"], 0) == 0, what="the guest's key")
        until(lambda: self.network.DHCPLeases(), what="the guest's lease")

    def set_test(self):
        """What the test driver lacks when it starts."""
        host = self.connection
        running = host.lookupByName("test")
        for name in ("one", "two"):
            self.undo.callback(quiet, running.snapshotCreateXML(xml.snapshot(name)).delete)
        self.domain(xml.tiny("off"), start=False)
        checked = self.domain(xml.tiny("checked"))
        self.undo.callback(quiet, checked.checkpointCreateXML(xml.checkpoint("first")).delete)
        self.undo.callback(quiet, host.storagePoolLookupByName("default-pool").createXML(xml.volume("disk", "raw")).delete)
        self.image_file = str(self.directory / "image.save")

    def _set_domains(self):
        host = self.connection
        self.web = self.domain(xml.guest("web", xml.disk(self.image("web.qcow2")) + xml.interface("parity", "parity", "parity1")))
        for name in ("first", "second"):
            self.web.checkpointCreateXML(xml.checkpoint(name))
        self.off = self.domain(xml.domain("off", xml.disk(self.image("off.qcow2"))), start=False)
        for name in ("one", "two", "third? #&%2f"):
            self.off.snapshotCreateXML(xml.snapshot(name))
        self.transient = host.createXML(xml.domain("transient", xml.disk(self.image("raw.img", "raw"), driver="raw")), libvirt.VIR_DOMAIN_START_PAUSED)
        self.undo.callback(quiet, self.transient.destroy)
        # Its job waits for a client that never comes, its disk is mirrored, and it is tainted.
        arguments = "<qemu:commandline><qemu:arg value='-name'/><qemu:arg value='guest=busy'/></qemu:commandline>"
        busy_disks = xml.disk(self.image("busy.qcow2")) + xml.disk(self.image("copied.qcow2"), "vdb")
        self.busy = self.domain(xml.domain("busy", busy_disks).replace("</domain>", arguments + "</domain>"))
        copy = f"<disk type='file'><driver type='qcow2'/><source file='{self.directory}/copy.qcow2'/></disk>"
        self.busy.blockCopy("vdb", copy, {}, libvirt.VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB)
        self.busy.backupBegin(
            f"<domainbackup mode='pull'><server transport='unix' socket='{self.directory}/backup.sock'/><disks>"
            f"<disk name='vda' backup='yes' type='file'><scratch file='{self.directory}/scratch'/></disk><disk name='vdb' backup='no'/></disks></domainbackup>",
            None,
        )
        self.undo.callback(quiet, self.busy.abortJob)
        self.saved = self.domain(xml.domain("saved"))
        self.saved.managedSave()
        self.image_file = str(self.directory / "image.save")
        imaged = self.domain(xml.domain("imaged"))
        imaged.save(self.image_file)
        for domain in (self.busy, self.web):
            until(lambda: domain.info(), what=domain.name())


def objects(connection: libvirt.virConnect) -> dict[str, list[tuple[str, object]]]:
    """Everything on a host, by kind, with its path below the host's."""
    found: dict[str, list[tuple[str, object]]] = {"host": [("", connection)]}

    def note(kind, path, item):
        found.setdefault(kind, []).append((path, item))

    def each(call, *arguments):
        return quiet(call, *arguments) or []

    for domain in connection.listAllDomains():
        # A domain where people find it, and what is below it where the host has it: both addresses must work.
        path = f"domains/{domain.UUIDString()}"
        note("domain", f"/virt/nobody/{domain.UUIDString()}", domain)
        for snapshot in each(domain.listAllSnapshots):
            note("snapshot", f"{path}/snapshots/{segment(snapshot.getName())}", snapshot)
        for checkpoint in each(domain.listAllCheckpoints):
            note("checkpoint", f"{path}/checkpoints/{segment(checkpoint.getName())}", checkpoint)
    for network in each(connection.listAllNetworks):
        path = f"networks/{segment(network.name())}"
        note("network", path, network)
        for port in each(network.listAllPorts):
            note("port", f"{path}/ports/{port.UUIDString()}", port)
    for pool in each(connection.listAllStoragePools):
        path = f"pools/{segment(pool.name())}"
        note("pool", path, pool)
        for volume in each(pool.listAllVolumes):
            note("volume", f"{path}/volumes/{segment(volume.name())}", volume)
    for interface in each(connection.listAllInterfaces):
        note("interface", f"interfaces/{segment(interface.name())}", interface)
    for device in each(connection.listAllDevices):
        note("device", f"devices/{segment(device.name())}", device)
    for nwfilter in each(connection.listAllNWFilters):
        note("filter", f"filters/{segment(nwfilter.name())}", nwfilter)
    for binding in each(connection.listAllNWFilterBindings):
        note("binding", f"bindings/{segment(binding.portDev())}", binding)
    for secret in each(connection.listAllSecrets):
        note("secret", f"secrets/{secret.UUIDString()}", secret)
    return found
