# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests in which somebody says what he can only guess: names, UUIDs and paths of others, to be told more."""
import uuid as identity

import libvirt

from estates import COMMON_NET, COMMON_POOL, Estate
from holdings import NOBODY
from marks import Marks
from persons import Checks, segment
from prying import Pry

READINGS = ["virDomainGetInfo", "domainGetUUIDString", "virDomainGetXMLDesc"]
BELOW = ["", *(f"/{name}" for name in [*READINGS, "snapshots", "checkpoints", "owner", "virDomainDestroy", "nonesuch"])]
ON_HOST = [
    "virConnectListAllDomains", "virConnectGetAllDomainStats", "virConnectNumOfDomains", "virConnectListDefinedDomains", "virConnectListNetworks",
    "virConnectListAllStoragePools", "virConnectListAllSecrets", "virConnectListAllNWFilterBindings", "virNodeListDevices",
]  # fmt: skip
FILES = {"virDomainRestore": "from", "virDomainSaveImageGetXMLDesc": "file", "virDomainRestoreParams": "file", "virDomainSaveImageDefineXML": "file"}
COMMON = [f"networks/{COMMON_NET}{below}" for below in ("", "/ports", "/virNetworkGetDHCPLeases", "/virNetworkListAllPorts", "/virNetworkGetXMLDesc")]
# What is there, and is nobody's; and what is not there.
UNOWNED = [
    ("devices", "computer", "cemputer"), ("devices", "net_lo_00_00_00_00_00_00", "net_lx_00_00_00_00_00_00"),
    ("filters", "clean-traffic", "clean-traffik"),
]  # fmt: skip
QUERIES = ["q={}", "q={}&sort=owner", "q={}&view=csv", "q={}&view=json", "q={}&view=html", "q={}&view=raw", "from={}", "from={}&max=1", "host={}"]
MATCHES = ["name", "uuid", "owner", "tag", "title", "description", "note"]


def names(pry: Pry, theirs: Estate, mine: Estate, ghost: Marks, host: str):
    """A VM by all its keys, at all owners and its host; lists of an owner; and a host's other objects by theirs."""
    marks = theirs.marks
    keys = [*theirs.vms.values(), *(uuid.upper() for uuid in theirs.vms.values()), marks.name("off"), marks.name("web"), f"~{marks.stem}?&<b>"]
    owners = {theirs.owner, mine.owner, NOBODY, ghost.name("owner"), pry.person.name}
    for key in keys:
        for place in [*(f"/virt/{segment(owner)}/{segment(key)}" for owner in owners), f"/hosts/{host}/domains/{segment(key)}"]:
            for below in BELOW:
                pry.compare(place + below, marks, ghost)
                pry.compare(place + below, marks, ghost, accept="text/html")
            for command, given in (("virDomainSuspend", {}), ("owner", {"owner": pry.person.name}), ("virDomainDestroy", {})):
                pry.compare(f"{place}/{command}", marks, ghost, "POST", given)
            pry.compare(place, marks, ghost, "HEAD")
            pry.compare(place, marks, ghost, "PUT")
    if theirs.owner != NOBODY:
        for query in ("", "?view=json", "?view=csv", "?view=html", "?q=x", "?max=1", "?usage=true"):
            pry.compare(f"/virt/{theirs.owner}{query}", marks, ghost)
    for kind, name in {
        "networks": marks.name("net"), "pools": marks.name("pool"), "filters": marks.name("filter"), "interfaces": f"{marks.stem}0",
        "bindings": f"{marks.stem}1",
    }.items():  # fmt: skip
        place = f"/hosts/{host}/{kind}/{name}"
        for below in ("", "/volumes", "/ports", "/virNetworkGetDHCPLeases", "/virStoragePoolGetInfo", f"/volumes/{marks.name('disk.qcow2')}"):
            pry.compare(place + below, marks, ghost)
    for volume in (theirs.disk, theirs.shared, theirs.image):
        for pool in (marks.name("pool"), mine.marks.name("pool"), COMMON_POOL):
            for key in (volume, volume.rpartition("/")[2]):
                pry.compare(f"/hosts/{host}/pools/{pool}/volumes/{segment(key)}", marks, ghost)
    for port in marks.drawn:
        for network in (COMMON_NET, marks.name("net"), mine.marks.name("net")):
            pry.compare(f"/hosts/{host}/networks/{network}/ports/{port}", marks, ghost)


def hosts(pry: Pry, host: str):
    """A host's objects that are nobody's; and for who sees nothing on it, the host."""
    for kind, name, ghost in UNOWNED:
        pry.same(f"/hosts/{host}/{kind}/{name}", f"/hosts/{host}/{kind}/{ghost}", lambda text, name=name, ghost=ghost: text.replace(name, ghost))
    if not pry.person.listed():
        other = host.replace("s", "z")

        def swap(text: str) -> str:
            return text.replace(host, other)

        pages = ["", "/networks", "/pools", f"/pools/{COMMON_POOL}", f"/networks/{COMMON_NET}", *(f"/{name}" for name in ON_HOST)]
        for below in pages:
            pry.same(f"/hosts/{host}{below}", f"/hosts/{other}{below}", swap)
        pry.same(f"/virt?host={host}&view=csv", f"/virt?host={other}&view=csv", swap)


def lists(pry: Pry, theirs: Estate, ghost: Marks):
    """What is searched for is found only where it is hers: lists are the same for what there is and for what there is not."""
    marks = theirs.marks
    terms = [marks.name(what) if what not in ("uuid", "name") else theirs.vms["web"] if what == "uuid" else marks.name("web") for what in MATCHES]
    for term in [*terms, marks.stem, marks.node]:
        for query in QUERIES:
            for path in ("/virt", f"/virt/{pry.person.name}"):
                pry.compare(f"{path}?{query.format(term)}", marks, ghost)


def lures(checks: Checks, pry: Pry, mine: Estate, theirs: Estate, ghost: Marks, host: str):
    """Commands on her own VMs, and on the host, with identifiers of others. Where the answer may not differ it is compared; it never tells more."""
    connection, marks = mine.connection, theirs.marks
    off, web = (f"/virt/{mine.owner}/{mine.vms[which]}" for which in ("off", "web"))
    own = connection.lookupByUUIDString(mine.vms["off"]).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE)
    uuid, name = mine.vms["off"], mine.marks.name("off")
    define, create = (f"/hosts/{host}/{function}" for function in ("virDomainDefineXML", "virDomainCreateXML"))
    for command, parameter in ((define, "xml"), (create, "xmlDesc")):
        for text in (
            own.replace(uuid, theirs.vms["off"]).replace(f">{name}<", f">{marks.name('new')}<"),
            own.replace(uuid, theirs.vms["off"]).replace(f">{name}<", f">{marks.name('off')}<"),
            own.replace(f"<uuid>{uuid}</uuid>", "").replace(f">{name}<", f">{marks.name('web')}<"),
            own.replace(uuid, str(identity.UUID(int=7))).replace(f">{name}<", f">{marks.name('web')}<"),
        ):
            pry.compare(command, marks, ghost, "POST", {parameter: text})
        # These name what is hers, and libvirt itself says what is in the way.
        for text in (own.replace(f">{name}<", f">{marks.name('web')}<"), own.replace("</devices>", devices(theirs) + "</devices>")):
            pry.ask("POST", command, {parameter: text})
    pry.ask("POST", f"{off}/virDomainRename", {"new_name": marks.name("web")})
    for path in (theirs.image, theirs.disk):
        for command, parameter in FILES.items():
            given = {parameter: path} | ({"dxml": own} if "Define" in command else {})
            pry.ask("POST", f"/hosts/{host}/{command}", given)
            pry.ask("GET", f"/hosts/{host}/{command}?{parameter}={path}")
    pry.ask("POST", f"{web}/virDomainBlockCopy", {"disk": "vda", "destxml": f"<disk type='file'><source file='{theirs.disk}'/></disk>"})
    pry.ask("POST", f"{web}/virDomainAttachDevice", {"xml": devices(theirs)})
    pool = f"/hosts/{host}/pools/{mine.marks.name('pool')}"
    volume = f"<volume><name>{mine.marks.name('clone')}</name><capacity>1048576</capacity></volume>"
    for clone in (theirs.disk, theirs.shared, marks.name("disk.qcow2")):
        pry.compare(f"{pool}/virStorageVolCreateXMLFrom", marks, ghost, "POST", {"xmlDesc": volume, "clonevol": clone})
    pry.compare(f"{off}/virDomainSnapshotCreateXML", marks, ghost, "GET")
    for command in ON_HOST:
        for method in ("GET", "POST"):
            pry.ask(method, f"/hosts/{host}/{command}", {} if method == "POST" else None)
    leaked = len(pry.leaks)
    for path in COMMON:
        pry.look(f"/hosts/{host}/{path}")
        pry.ask("POST", f"/hosts/{host}/{path}", {})
    checks.check("a network that several use tells one nothing of the others", len(pry.leaks) == leaked, "; ".join(pry.leaks[leaked : leaked + 4]))


def devices(theirs: Estate) -> str:
    """A disk and an interface that clash with others'."""
    marks = theirs.marks
    disk = f"<disk type='file'><driver type='qcow2'/><source file='{theirs.disk}'/><target dev='vdx' bus='virtio'/></disk>"
    return disk + f"<interface type='network'><source network='{marks.name('net')}'/><target dev='{marks.stem}1'/></interface>"
