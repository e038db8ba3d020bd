# SPDX-License-Identifier: GPL-2.0-or-later
"""A host's networks, storage, filters, secrets, devices and interfaces, on the real drivers and, where those need hardware, on the test driver."""
import libvirt

import documents as xml
from client import segment
from stage import Stage
from steps import Steps, gone, vm


def networks(steps: Steps, stage: Stage):
    host = stage.connection
    steps.do("", "virNetworkDefineXML", lambda: host.networkLookupByName("new"), xml=xml.network("new", "new0", "192.168.233"))
    steps.do("", "virNetworkDefineXMLFlags", xml=xml.network("new2", "new1", "192.168.234"), flags="VIR_NETWORK_DEFINE_VALIDATE")
    new, at = host.networkLookupByName("new"), "networks/new"
    steps.do(at, "virNetworkSetAutostart", new.autostart, autostart=1)
    steps.do(at, "virNetworkCreate", new.isActive)
    entry = "<host mac='52:54:00:00:00:01' ip='192.168.233.9'/>"
    steps.do(
        at, "virNetworkUpdate", lambda: "192.168.233.9" in new.XMLDesc(), command="VIR_NETWORK_UPDATE_COMMAND_ADD_LAST",
        section="VIR_NETWORK_SECTION_IP_DHCP_HOST", parentIndex=-1, xml=entry, flags="VIR_NETWORK_UPDATE_AFFECT_LIVE",
    )  # fmt: skip
    port = "<networkport><uuid>00000000-0000-4000-8000-000000000002</uuid><owner><name>nobody</name><uuid>00000000-0000-4000-8000-000000000001</uuid></owner>" \
        "<mac address='52:54:00:00:00:02'/></networkport>"
    made = steps.do(at, "virNetworkPortCreateXML", new.listAllPorts, xmldesc=port)
    ports = f"{at}/ports/{made.name}"
    average = lambda: new.listAllPorts()[0].parameters()["inbound.average"] == 64  # noqa: E731
    steps.do(ports, "virNetworkPortSetParameters", average, **{"inbound.average": 64, "inbound.peak": 128})
    steps.do(ports, "virNetworkPortDelete", lambda: not new.listAllPorts())
    steps.do(at, "virNetworkDestroy", lambda: not new.isActive())
    steps.do(at, "virNetworkUndefine", lambda: gone(host.networkLookupByName, "new"))
    host.networkLookupByName("new2").undefine()
    for function, more in (("virNetworkCreateXML", {}), ("virNetworkCreateXMLFlags", {"flags": "VIR_NETWORK_CREATE_VALIDATE"})):
        steps.do("", function, lambda: host.networkLookupByName("passing").isActive(), xmlDesc=xml.network("passing", "passing0", "192.168.235"), **more)
        host.networkLookupByName("passing").destroy()


def storage(steps: Steps, stage: Stage):
    host, directory = stage.connection, stage.directory / "new"
    steps.do("", "virStoragePoolDefineXML", lambda: host.storagePoolLookupByName("new"), xml=xml.pool("new", directory))
    pool, at = host.storagePoolLookupByName("new"), "pools/new"
    steps.do(at, "virStoragePoolBuild", directory.is_dir)
    steps.do(at, "virStoragePoolSetAutostart", pool.autostart, autostart=1)
    steps.do(at, "virStoragePoolCreate", pool.isActive)
    made = steps.do(at, "virStorageVolCreateXML", lambda: pool.listVolumes() == ["disk"], xmlDesc=xml.volume("disk", "raw", 1 << 20))
    assert made is None or (made.rel, made.name) == ("volume", "disk"), made
    disk, disk_at = pool.storageVolLookupByName("disk"), f"{at}/volumes/disk"
    clone = disk.key() if steps.parameter_type("virStorageVolCreateXMLFrom", "clonevol") == "string" else "disk"
    steps.do(at, "virStorageVolCreateXMLFrom", lambda: "clone" in pool.listVolumes(), xmlDesc=xml.volume("clone", "raw", 1 << 20), clonevol=clone)
    steps.do(disk_at, "virStorageVolResize", lambda: disk.info()[1] == 2 << 20, capacity=2 << 20)
    (directory / "disk").write_bytes(b"\xff" * 4096)
    steps.do(disk_at, "virStorageVolWipe", lambda: not any((directory / "disk").read_bytes()))
    (directory / "clone").write_bytes(b"\xff" * 4096)
    wiped = lambda: not any((directory / "clone").read_bytes())  # noqa: E731
    steps.do(f"{at}/volumes/clone", "virStorageVolWipePattern", wiped, algorithm="VIR_STORAGE_VOL_WIPE_ALG_ZERO")
    steps.do(disk_at, "virStorageVolDelete", lambda: pool.listVolumes() == ["clone"])
    (directory / "third").write_bytes(b"")
    steps.do(at, "virStoragePoolRefresh", lambda: "third" in pool.listVolumes())
    steps.do(at, "virStoragePoolDestroy", lambda: not pool.isActive())
    for name in ("clone", "third"):
        (directory / name).unlink()
    steps.do(at, "virStoragePoolDelete", lambda: not directory.exists())
    steps.do(at, "virStoragePoolUndefine", lambda: gone(host.storagePoolLookupByName, "new"))
    directory.mkdir()
    steps.do("", "virStoragePoolCreateXML", lambda: host.storagePoolLookupByName("passing").isActive(), xmlDesc=xml.pool("passing", directory))
    host.storagePoolLookupByName("passing").destroy()


def filters(steps: Steps, stage: Stage):
    host = stage.connection
    steps.do("", "virNWFilterDefineXML", lambda: host.nwfilterLookupByName("new"), xmlDesc=xml.nwfilter("new"))
    steps.do("", "virNWFilterDefineXMLFlags", lambda: host.nwfilterLookupByName("new2"), xmlDesc=xml.nwfilter("new2"), flags="VIR_NWFILTER_DEFINE_VALIDATE")
    for name in ("new", "new2"):
        steps.do(f"filters/{name}", "virNWFilterUndefine", lambda: gone(host.nwfilterLookupByName, name))
    binding = host.nwfilterBindingLookupByPortDev("parity1").XMLDesc()
    steps.do("bindings/parity1", "virNWFilterBindingDelete", lambda: gone(host.nwfilterBindingLookupByPortDev, "parity1"))
    steps.do("", "virNWFilterBindingCreateXML", lambda: host.nwfilterBindingLookupByPortDev("parity1"), xml=binding)


def secrets(steps: Steps, stage: Stage):
    host = stage.connection
    made = steps.do("", "virSecretDefineXML", lambda: host.secretLookupByUsage(1, "/parity/new"), xml=xml.secret("/parity/new"))
    secret = host.secretLookupByUsage(1, "/parity/new")
    assert made is None or made.name == secret.UUIDString(), made
    at = f"secrets/{secret.UUIDString()}"
    steps.do(at, "virSecretSetValue", lambda: secret.value() == b"\0\xff=", value="AP89")
    steps.do(at, "virSecretUndefine", lambda: gone(host.secretLookupByUsage, 1, "/parity/new"))


def node(steps: Steps, stage: Stage):
    """The machine itself: it is told what it does already, and one page more that is given back."""
    host = stage.connection
    scanned = host.getMemoryParameters()["shm_pages_to_scan"]
    steps.do("", "virNodeSetMemoryParameters", lambda: host.getMemoryParameters()["shm_pages_to_scan"] == scanned, shm_pages_to_scan=scanned)
    steps.do("", "virNodeAllocPages", pageSizes=2048, pageCounts=1, startCell=0, cellCount=1, flags="VIR_NODE_ALLOC_PAGES_ADD")
    host.allocPages({2048: 0}, 0, 1, libvirt.VIR_NODE_ALLOC_PAGES_SET)


def mediated_devices(steps: Steps, connection: libvirt.virConnect):
    """On a host that has tools/mdevctl."""
    parent = next(device.name() for device in connection.listAllDevices() if device.name().startswith("pci_"))
    name = f"mdev_b3e9f8a0_0000_4000_8000_000000000001_{parent.removeprefix('pci_')}"
    document = f"<device><parent>{parent}</parent><capability type='mdev'><type id='t'/><uuid>b3e9f8a0-0000-4000-8000-000000000001</uuid></capability></device>"
    made = steps.do("", "virNodeDeviceDefineXML", lambda: connection.nodeDeviceLookupByName(name), xmlDesc=document)
    device, at = connection.nodeDeviceLookupByName(name), f"devices/{segment(made.name)}"
    steps.do(at, "virNodeDeviceSetAutostart", device.autostart, autostart=1)
    steps.do(at, "virNodeDeviceCreate")
    steps.do(at, "virNodeDeviceUndefine")


def test_driver(steps: Steps, connection: libvirt.virConnect):
    """What needs hardware, or what QEMU and the small guest do not have."""
    host = connection
    at = vm(host.lookupByName("test"))
    steps.do(at, "virDomainSetTime", seconds=1_700_000_000, nseconds=5)
    steps.do(at, "virDomainSetUserPassword", user="root", password="secret")
    steps.do(at, "virDomainSendProcessSignal", pid_value=1, signum="VIR_DOMAIN_PROCESS_SIGNAL_HUP")
    vport = "<device><parent>scsi_host1</parent><capability type='scsi_host'><capability type='fc_host'>" \
        "<wwnn>2000000034563456</wwnn><wwpn>1000000034563456</wwpn></capability></capability></device>"
    made = steps.do("", "virNodeDeviceCreateXML", xmlDesc=vport)
    if made:
        steps.do(f"devices/{segment(made.name)}", "virNodeDeviceDestroy", lambda: gone(host.nodeDeviceLookupByName, made.name))
    steps.do("", "virInterfaceChangeBegin")
    document = "<interface type='ethernet' name='eth7'><mac address='aa:bb:cc:dd:ee:f7'/></interface>"
    steps.do("", "virInterfaceDefineXML", lambda: host.interfaceLookupByName("eth7"), xml=document)
    steps.do("", "virInterfaceChangeRollback", lambda: gone(host.interfaceLookupByName, "eth7"))
    steps.do("", "virInterfaceChangeBegin")
    steps.do("", "virInterfaceChangeCommit")
    interface = host.interfaceDefineXML(document)
    steps.do("interfaces/eth7", "virInterfaceCreate", interface.isActive)
    steps.do("interfaces/eth7", "virInterfaceDestroy", lambda: not interface.isActive())
    steps.do("interfaces/eth7", "virInterfaceUndefine", lambda: gone(host.interfaceLookupByName, "eth7"))
