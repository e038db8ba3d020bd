# SPDX-License-Identifier: GPL-2.0-or-later
"""A domain's life and its configuration, on QEMU."""
import xml.etree.ElementTree as ElementTree

import libvirt

import documents as xml
from stage import Stage, until
from steps import OFF, Steps, gone, state, vm

LIVE, CONFIG = "VIR_DOMAIN_AFFECT_LIVE", "VIR_DOMAIN_AFFECT_CONFIG"


def life(steps: Steps, stage: Stage):
    host = stage.connection
    made = steps.do("", "virDomainDefineXML", lambda: host.lookupByName("life"), xml=xml.domain("life"))
    steps.do("", "virDomainDefineXMLFlags", xml=xml.domain("life2"), flags="VIR_DOMAIN_DEFINE_VALIDATE")
    domain, other, at = host.lookupByName("life"), host.lookupByName("life2"), vm(made)
    steps.do(at, "virDomainSetAutostart", domain.autostart, autostart=1)
    steps.do(at, "virDomainSetAutostart", lambda: not domain.autostart(), autostart="false")
    steps.do(vm(other), "virDomainRename", lambda: host.lookupByName("renamed"), new_name="renamed")
    steps.do(at, "virDomainCreate", domain.isActive)
    steps.do(vm(other), "virDomainCreateWithFlags", lambda: state(other) == libvirt.VIR_DOMAIN_PAUSED, flags="VIR_DOMAIN_START_PAUSED")
    steps.do(at, "virDomainSuspend", lambda: state(domain) == libvirt.VIR_DOMAIN_PAUSED)
    steps.do(at, "virDomainResume", lambda: state(domain) == libvirt.VIR_DOMAIN_RUNNING)
    steps.do(at, "virDomainReset")
    steps.do(at, "virDomainInjectNMI")
    steps.do(at, "virDomainSendKey", codeset="VIR_KEYCODE_SET_LINUX", holdtime=10, keycodes=[29, 56, 111])
    steps.do(at, "virDomainReboot", flags="VIR_DOMAIN_REBOOT_ACPI_POWER_BTN")
    steps.do(at, "virDomainShutdown")
    steps.do(at, "virDomainShutdownFlags", flags="VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN")
    steps.do(at, "virDomainStartDirtyRateCalc", seconds=1)
    steps.do(
        at, "virDomainSetMetadata", lambda: "hello" in domain.metadata(2, "urn:parity:2"), type="VIR_DOMAIN_METADATA_ELEMENT", metadata="<note>hello</note>",
        key="p", uri="urn:parity:2", flags=[LIVE, CONFIG],
    )  # fmt: skip
    steps.do(
        at, "virDomainSetLifecycleAction", lambda: "<on_poweroff>restart" in domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE),
        type="VIR_DOMAIN_LIFECYCLE_POWEROFF", action="VIR_DOMAIN_LIFECYCLE_ACTION_RESTART", flags=[LIVE, CONFIG],
    )  # fmt: skip
    steps.do(at, "virDomainDestroy", lambda: state(domain) == OFF)
    steps.do(vm(other), "virDomainDestroyFlags", lambda: state(other) == OFF, flags="VIR_DOMAIN_DESTROY_GRACEFUL")
    steps.do(at, "virDomainUndefine", lambda: gone(host.lookupByName, "life"))
    flags = ["VIR_DOMAIN_UNDEFINE_MANAGED_SAVE", "VIR_DOMAIN_UNDEFINE_NVRAM"]
    steps.do(vm(other), "virDomainUndefineFlags", lambda: gone(host.lookupByName, "renamed"), flags=flags)
    for function in ("virDomainCreateXML", "virDomainCreateLinux"):
        steps.do("", function, lambda: host.lookupByName("passing").isActive(), xmlDesc=xml.domain("passing"))
        host.lookupByName("passing").destroy()


def saving(steps: Steps, stage: Stage):
    domain = stage.domain(xml.domain("saver"))
    steps.await_known(domain)
    at, image = vm(domain), str(stage.directory / "saver.image")
    off, on = (lambda: state(domain) == OFF), domain.isActive
    steps.do(at, "virDomainManagedSave", domain.hasManagedSaveImage)
    changed = domain.managedSaveGetXMLDesc(1).replace("<on_crash>destroy", "<on_crash>restart")
    steps.do(at, "virDomainManagedSaveDefineXML", lambda: "<on_crash>restart" in domain.managedSaveGetXMLDesc(0), dxml=changed)
    steps.do(at, "virDomainManagedSaveRemove", lambda: not domain.hasManagedSaveImage())
    domain.create()
    steps.do(at, "virDomainSave", off, to=image)
    changed = stage.connection.saveImageGetXMLDesc(image, 1).replace("<on_crash>destroy", "<on_crash>restart")
    look = lambda: "<on_crash>restart" in stage.connection.saveImageGetXMLDesc(image, 0)  # noqa: E731
    steps.do("", "virDomainSaveImageDefineXML", look, file=image, dxml=changed)
    steps.do("", "virDomainRestore", on, **{"from": image})
    steps.do(at, "virDomainSaveFlags", off, to=image, flags="VIR_DOMAIN_SAVE_PAUSED")
    steps.do("", "virDomainRestoreFlags", lambda: state(domain) == libvirt.VIR_DOMAIN_RUNNING, **{"from": image, "flags": "VIR_DOMAIN_SAVE_RUNNING"})
    steps.do(at, "virDomainSaveParams", off, file=image)
    steps.do("", "virDomainRestoreParams", on, file=image)
    for number, function in enumerate(("virDomainCoreDump", "virDomainCoreDumpWithFormat")):
        core = stage.directory / f"core{number}"
        format_ = {"dumpformat": "VIR_DOMAIN_CORE_DUMP_FORMAT_RAW"} if number else {}
        steps.do(at, function, lambda: core.stat().st_size, to=core, flags=["VIR_DUMP_MEMORY_ONLY", "VIR_DUMP_LIVE"], **format_)


def tuning(steps: Steps, stage: Stage):
    web, off = stage.web, stage.off
    at, at_off = vm(web), vm(off)
    steps.do(at_off, "virDomainSetMaxMemory", lambda: off.maxMemory() == 131072, memory=131072)
    steps.do(at, "virDomainSetMemory", lambda: web.info()[2] == 180224, memory=180224)
    steps.do(at, "virDomainSetMemoryFlags", lambda: web.info()[2] == 196608, memory=196608, flags=[LIVE, CONFIG])
    steps.do(at, "virDomainSetMemoryStatsPeriod", lambda: "period='7'" in web.XMLDesc(), period=7, flags=LIVE)
    steps.do(at, "virDomainSetMemoryParameters", lambda: web.memoryParameters(2)["hard_limit"] == 1048576, hard_limit=1048576, flags=CONFIG)
    steps.do(at, "virDomainSetNumaParameters", lambda: web.numaParameters(2)["numa_nodeset"] == "0", numa_nodeset="0", flags=CONFIG)
    steps.do(at, "virDomainSetPerfEvents", lambda: web.perfEvents(2)["cpu_cycles"], cpu_cycles="true", flags=CONFIG)
    steps.do(at_off, "virDomainSetSchedulerParameters", lambda: off.schedulerParameters()["cpu_shares"] == 1024, cpu_shares=1024)
    steps.do(at_off, "virDomainSetSchedulerParametersFlags", lambda: off.schedulerParameters()["vcpu_quota"] == 50000, vcpu_quota=50000, flags=CONFIG)
    steps.do(at, "virDomainSetBlkioParameters", lambda: web.blkioParameters(2)["weight"] == 500, weight=500, flags=CONFIG)
    steps.do(at, "virDomainSetBlockIoTune", lambda: web.blockIoTune("vda")["read_iops_sec"] == 9000, disk="vda", read_iops_sec=9000)
    steps.do(at, "virDomainSetBlockThreshold", dev="vda", threshold=1 << 20)
    inbound = lambda: web.interfaceParameters(xml.MAC, 2)["inbound.average"] == 100  # noqa: E731
    steps.do(at, "virDomainSetInterfaceParameters", inbound, **{"device": xml.MAC, "inbound.average": 100, "inbound.peak": 200, "flags": CONFIG})
    steps.do(at, "virDomainSetIOThreadParams", iothread_id=1, poll_max_ns=4096, flags=LIVE)
    threads = lambda: {row[0] for row in web.ioThreadInfo()}  # noqa: E731
    steps.do(at, "virDomainAddIOThread", lambda: 7 in threads(), iothread_id=7, flags=LIVE)
    steps.do(at, "virDomainDelIOThread", lambda: 7 not in threads(), iothread_id=7, flags=LIVE)
    steps.do(at, "virDomainPinEmulator", lambda: web.emulatorPinInfo()[0] and sum(web.emulatorPinInfo()) == 1, cpumap="0")
    steps.do(at, "virDomainPinIOThread", lambda: [sum(row[1]) for row in web.ioThreadInfo() if row[0] == 1] == [1], iothread_id=1, cpumap="0")
    steps.do(at, "virDomainPinVcpu", lambda: sum(web.vcpuPinInfo()[0]) == 1, vcpu=0, cpumap="0")
    steps.do(at, "virDomainPinVcpuFlags", lambda: sum(web.vcpuPinInfo(2)[1]) == 1, vcpu=1, cpumap="0", flags=[LIVE, CONFIG])
    steps.do(at, "virDomainSetVcpu", lambda: web.vcpusFlags(2) == 3, vcpumap="2", state=1, flags=CONFIG)
    steps.do(at, "virDomainSetVcpusFlags", lambda: web.vcpusFlags(1) == 3, nvcpus=3, flags=LIVE)
    steps.do(at, "virDomainSetVcpus", lambda: web.vcpusFlags(1) == 4, nvcpus=4)
    steps.do(at, "virDomainMigrateSetCompressionCache", lambda: web.migrateGetCompressionCache() == 1 << 20, cacheSize=1 << 20)
    steps.do(at, "virDomainMigrateSetMaxDowntime", lambda: web.migrateGetMaxDowntime() == 500, downtime=500)
    steps.do(at, "virDomainMigrateSetMaxSpeed", lambda: web.migrateGetMaxSpeed() == 99, bandwidth=99)


def guest(steps: Steps, stage: Stage):
    """What the guest's agent and its power management do."""
    web, at = stage.web, vm(stage.web)
    steps.do(at, "virDomainAgentSetResponseTimeout", timeout=20)
    keys = lambda: sorted(web.authorizedSSHKeysGet("root")) == ["ssh-ed25519 BBBB two", "ssh-ed25519 CCCC three"]  # noqa: E731
    steps.do(at, "virDomainAuthorizedSSHKeysSet", keys, user="root", keys=["ssh-ed25519 BBBB two", "ssh-ed25519 CCCC three"])
    steps.do(at, "virDomainFSFreeze")
    steps.do(at, "virDomainFSThaw")
    steps.do(at, "virDomainFSTrim", minimum=0)
    steps.do(at, "virDomainSetGuestVcpus", lambda: web.guestVcpus()["online"] == "0", cpumap="1", state=0)
    steps.do(at, "virDomainPMSuspendForDuration", lambda: state(web) == libvirt.VIR_DOMAIN_PMSUSPENDED, target="VIR_NODE_SUSPEND_TARGET_MEM", duration=0)
    steps.do(at, "virDomainPMWakeup", lambda: state(web) == libvirt.VIR_DOMAIN_RUNNING)


def devices(steps: Steps, stage: Stage):
    domain = stage.domain(xml.domain("devices"))
    steps.await_known(domain)
    at = vm(domain)
    aliased = xml.disk(stage.image("aliased.qcow2"), "vdd").replace("<target", "<alias name='ua-aliased'/><target")
    plain, configured = xml.disk(stage.image("plain.qcow2"), "vdb"), xml.disk(stage.image("configured.qcow2"), "vdc")

    def disks(flags: int = 0) -> set:
        return {target.get("dev") for target in ElementTree.fromstring(domain.XMLDesc(flags)).iter("target")}

    steps.do(at, "virDomainAttachDevice", lambda: "vdb" in disks(), xml=plain)
    steps.do(at, "virDomainAttachDeviceFlags", lambda: "vdc" in disks(2), xml=configured, flags=CONFIG)
    steps.do(at, "virDomainAttachDeviceFlags", lambda: "vdd" in disks(2), xml=aliased, flags=CONFIG)
    read_only = configured.replace("<target", "<readonly/><target")
    steps.do(at, "virDomainUpdateDeviceFlags", lambda: "<readonly/>" in domain.XMLDesc(2), xml=read_only, flags=CONFIG)
    steps.do(at, "virDomainDetachDeviceFlags", lambda: "vdc" not in disks(2), xml=configured, flags=CONFIG)
    steps.do(at, "virDomainDetachDeviceAlias", lambda: "vdd" not in disks(2), alias="ua-aliased", flags=CONFIG)
    # Only an operating system lets go of a running one.
    web, hot = stage.web, xml.disk(stage.image("hot.qcow2"), "vdb")
    web.attachDevice(hot)
    # What it has not found yet it does not let go of either.
    until(lambda: web.guestInfo(libvirt.VIR_DOMAIN_GUEST_INFO_DISKS)["disk.count"] == 2, what="the guest's second disk")
    steps.do(vm(web), "virDomainDetachDevice", lambda: "hot.qcow2" not in web.XMLDesc(), xml=hot)
