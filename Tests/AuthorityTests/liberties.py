# SPDX-License-Identifier: GPL-2.0-or-later
"""What the owner of a VM may do with it who has no other role, and what an operator may; and that the rest is refused and not done."""
import pathlib

import libvirt

from holdings import Holding
from persons import Answer
from registry import Registry


def plain_owner(registry: Registry, vm: Holding, directory: pathlib.Path):
    """`vm` is bob's."""
    checks, bob, at = registry.checks, registry.person("bob"), vm.path
    registry.ready(vm, False)

    def may(what: str, command: str, is_so=lambda: True, path: str = at, **given):
        answer = bob.post(f"{path}/{command}", **given)
        checks.check(f"an owner may {what}", answer.status == 200 and bool(is_so()), answer)

    def may_not(what: str, command: str, is_untouched=lambda: True, path: str = at, statuses=(403,), **given):
        before = vm.stored()
        answer = bob.post(f"{path}/{command}", **given)
        fits = answer.status in statuses and answer.xml.tag.endswith("}fault")
        checks.check(f"an owner may not {what}", fits and bool(is_untouched()) and vm.stored() == before, answer)

    def snapshots() -> list[str]:
        return [item.getName() for item in vm.domain.listAllSnapshots()]

    def described() -> bool:
        xml = vm.domain.snapshotLookupByName("by-name").getXMLDesc()
        return "<description>a &lt;b&gt; &amp; c</description>" in xml

    may("take a snapshot by name and description", "virDomainSnapshotCreateXML", described, name="by-name", description="a <b> & c")
    odd = "x]]><b>&\"c"
    may("name a snapshot as it likes", "virDomainSnapshotCreateXML", lambda: odd in snapshots(), name=odd)
    raw = "<domainsnapshot><name>raw</name></domainsnapshot>"
    may_not("take one by XML", "virDomainSnapshotCreateXML", lambda: "raw" not in snapshots(), xmlDesc=raw)
    both = {"name": "both", "xmlDesc": raw}
    may_not("take one by a name and XML", "virDomainSnapshotCreateXML", lambda: not {"raw", "both"} & set(snapshots()), statuses=(403, 422), **both)
    for flag in ("REDEFINE", "REUSE_EXT", "DISK_ONLY"):
        flags = [f"VIR_DOMAIN_SNAPSHOT_CREATE_{flag}"]
        may_not(f"take one with {flag}", "virDomainSnapshotCreateXML", lambda: "flagged" not in snapshots(), name="flagged", flags=flags)
        may_not(f"take one by XML with {flag}", "virDomainSnapshotCreateXML", lambda: "raw" not in snapshots(), xmlDesc=raw, flags=flags)
    may("go back to it", "virDomainRevertToSnapshot", path=f"{at}/snapshots/by-name")
    may("delete it", "virDomainSnapshotDelete", lambda: "by-name" not in snapshots(), path=f"{at}/snapshots/by-name")

    may("start it", "virDomainCreate", lambda: vm.domain.isActive())
    may("pause it", "virDomainSuspend", lambda: vm.domain.state()[0] == libvirt.VIR_DOMAIN_PAUSED)
    may("let it go on", "virDomainResume", lambda: vm.domain.state()[0] == libvirt.VIR_DOMAIN_RUNNING)
    less = lambda: "<currentMemory unit='KiB'>8192" in vm.stored()  # noqa: E731
    may("set its memory", "virDomainSetMemoryFlags", less, memory=8192, flags=["VIR_DOMAIN_AFFECT_CONFIG"])
    file = directory / "taken"
    disk = "<disk type='file'><source file='/etc/hostname'/><target dev='vdz' bus='virtio'/><readonly/></disk>"
    for function in ("virDomainAttachDevice", "virDomainAttachDeviceFlags", "virDomainUpdateDeviceFlags", "virDomainDetachDevice"):
        may_not(f"{function}", function, lambda: "/etc/hostname" not in vm.domain.XMLDesc(), xml=disk)
    for function, parameter in (("virDomainSave", "to"), ("virDomainSaveFlags", "to"), ("virDomainSaveParams", "file"), ("virDomainCoreDump", "to")):
        may_not(f"{function} to a path", function, lambda: not file.exists() and vm.domain.isActive(), **{parameter: str(file)})
    may_not("undefine it", "virDomainUndefine")
    may_not("pin it", "virDomainPinVcpu", vcpu=0, cpumap="0")
    may_not("take a larger share", "virDomainSetSchedulerParametersFlags", cpu_shares=2048, flags=["VIR_DOMAIN_AFFECT_CONFIG"])
    may_not("copy its disk to a path", "virDomainBlockCopy", lambda: not file.exists(), disk="vda", destxml=disk)
    may_not("rebase its disk on a path", "virDomainBlockRebase", disk="vda", base="/etc/hostname")
    may_not("define it", "virDomainDefineXML", path=f"/hosts/{vm.host}", xml=vm.stored())
    for flag in ("VIR_DOMAIN_XML_SECURE", "VIR_DOMAIN_XML_MIGRATABLE"):
        may_not(f"read its XML with {flag}", "virDomainGetXMLDesc", flags=[flag])
    answer: Answer = bob.get(f"{at}/virDomainGetXMLDesc")
    checks.check("an owner may read its XML", answer.status == 200, answer)
    may("force it off", "virDomainDestroy", lambda: not vm.domain.isActive())
    offered(registry, vm)


def offered(registry: Registry, vm: Holding):
    """What the page of a VM offers: nothing that is refused."""
    registry.catch_up(vm)
    actions = {item.get("name") for item in registry.person("bob").get(vm.path).xml.iter() if item.tag.endswith("}action")}
    forbidden = {"virDomainDefineXML", "virDomainAttachDevice", "virDomainSave", "virDomainUndefine", "virDomainPinVcpu", "owner"} & actions
    missing = {"virDomainCreate", "virDomainSnapshotCreateXML", "virDomainManagedSave"} - actions
    figure = f"too much {forbidden}, too little {missing}"
    registry.checks.check("its page offers an owner what he may do, and nothing else", not forbidden and not missing, figure)
    admins = {item.get("name") for item in registry.service.root.get(vm.path).xml.iter() if item.tag.endswith("}action")}
    registry.checks.check("an admin's offers the owner", "owner" in admins)


def operator(registry: Registry, vm: Holding):
    """carol sees all, and starts and stops all."""
    checks, carol = registry.checks, registry.person("carol")
    registry.ready(vm, False)
    answer = carol.post(f"{vm.path}/virDomainCreate")
    checks.check("an operator may start it", answer.status == 200 and bool(vm.domain.isActive()), answer)
    for function, given in {
        "virDomainSetMemory": {"memory": 8192}, "virDomainSnapshotCreateXML": {"name": "x"}, "virDomainUndefine": {},
        "virDomainRename": {"new_name": "x"},
    }.items():  # fmt: skip
        before = vm.stored()
        answer = carol.post(f"{vm.path}/{function}", **given)
        checks.check(f"an operator may not {function}", answer.status == 403 and vm.stored() == before, answer.status)
    answer = carol.post(f"{vm.path}/virDomainDestroy")
    checks.check("an operator may force it off", answer.status == 200 and not vm.domain.isActive(), answer)
