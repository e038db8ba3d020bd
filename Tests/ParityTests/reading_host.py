# SPDX-License-Identifier: GPL-2.0-or-later
"""Every reading function of a host, as libvirt-python calls it."""
import libvirt

from client import Cpus
from reading import fields, flags, plain, reading, sorted_objects

H = libvirt.virConnect
CPU = "<cpu mode='custom' match='exact'><model>qemu64</model></cpu>"
OTHER_CPU = "<cpu mode='custom' match='exact'><arch>x86_64</arch><model>Nehalem</model></cpu>"
HOST_CPUS = ["<cpu><arch>x86_64</arch><model>Nehalem</model></cpu>", "<cpu><arch>x86_64</arch><model>Westmere</model></cpu>"]
CONFIGURATION = """<domain type='qemu'><name>argv</name><uuid>00000000-0000-4000-8000-000000000003</uuid><memory>65536</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='pc'>hvm</type></os>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices></domain>"""
NODE = ("model", "memory", "cpus", "mhz", "nodes", "sockets", "cores", "threads")


def _in_mebibytes(node: dict) -> dict:
    """libvirt-python gives the memory in MiB, libvirt itself in KiB."""
    return {**node, "memory": node["memory"] >> 10}


def _cpu_map(answer) -> dict:
    count, booleans, online = answer
    return {"cpumap": Cpus.of(booleans), "online": online, "cpus": count}


def _record(answer) -> dict:
    domain, parameters = answer
    return {"dom": domain, "params": parameters}


def _free_pages(answer: dict) -> list:
    return [{"cell": cell, **{f"{size}KiB": count for size, count in pages.items()}} for cell, pages in answer.items()]


def _listing(call, *of_flags):
    return reading(call, *flags(*of_flags), shape=sorted_objects, loosen=sorted_objects)


def _names(call, *variants):
    return reading(call, *variants, shape=sorted, loosen=sorted)


def _records(answer: list) -> list:
    return sorted(plain([_record(item) for item in answer]), key=lambda row: row["dom"].name)


def _by_domain(answer: list) -> list:
    return sorted(answer, key=lambda row: row["dom"].name)


READINGS = {
    "virConnectBaselineCPU": reading(
        H.baselineCPU, {"xmlCPUs": HOST_CPUS}, {"xmlCPUs": HOST_CPUS, "flags": "VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES"}, {"xmlCPUs": ["<cpu/>"]}
    ),
    "virConnectBaselineHypervisorCPU": reading(
        H.baselineHypervisorCPU,
        {"emulator": None, "arch": "x86_64", "machine": None, "virttype": "qemu", "xmlCPUs": [OTHER_CPU]},
        {"emulator": None, "arch": None, "machine": "pc", "virttype": None, "xmlCPUs": [CPU]},
    ),
    "virConnectCompareCPU": reading(H.compareCPU, {"xmlDesc": CPU}, {"xmlDesc": OTHER_CPU, "flags": "VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE"}),
    "virConnectCompareHypervisorCPU": reading(
        H.compareHypervisorCPU,
        {"emulator": None, "arch": "x86_64", "machine": None, "virttype": "qemu", "xmlCPU": CPU},
        {"emulator": None, "arch": "x86_64", "machine": "pc", "virttype": "qemu", "xmlCPU": OTHER_CPU},
    ),
    "virConnectDomainXMLFromNative": reading(H.domainXMLFromNative, {"nativeFormat": "qemu-argv", "nativeConfig": "/usr/bin/qemu-system-x86_64 -m 64"}),
    "virConnectDomainXMLToNative": reading(
        H.domainXMLToNative, {"nativeFormat": "qemu-argv", "domainXml": CONFIGURATION}, {"nativeFormat": "no", "domainXml": CONFIGURATION}
    ),
    "virConnectFindStoragePoolSources": reading(
        H.findStoragePoolSources,
        {"type": "dir", "srcSpec": None},
        {"type": "logical", "srcSpec": None},
        {"type": "netfs", "srcSpec": "<source><host name='127.0.0.1'/><format type='glusterfs'/></source>"},
        {"type": "nonesuch", "srcSpec": None},
    ),
    "virConnectGetAllDomainStats": reading(
        H.getAllDomainStats,
        {},
        {"stats": ["VIR_DOMAIN_STATS_STATE", "VIR_DOMAIN_STATS_VCPU"], "flags": ["VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE"]},
        shape=_records,
        loosen=_by_domain,
    ),
    "virConnectGetCPUModelNames": reading(H.getCPUModelNames, {"arch": "x86_64"}, {"arch": "aarch64"}, {"arch": "nonesuch"}),
    "virConnectGetCapabilities": reading(H.getCapabilities),
    "virConnectGetDomainCapabilities": reading(
        H.getDomainCapabilities,
        {"emulatorbin": None, "arch": None, "machine": None, "virttype": "qemu"},
        {"emulatorbin": None, "arch": "x86_64", "machine": "q35", "virttype": "qemu"},
        {"emulatorbin": "/usr/bin/qemu-system-x86_64", "arch": "x86_64", "machine": "pc", "virttype": "qemu"},
        {"emulatorbin": None, "arch": "s390x", "machine": None, "virttype": "qemu"},
    ),
    "virConnectGetHostname": reading(H.getHostname),
    "virConnectGetLibVersion": reading(H.getLibVersion),
    "virConnectGetMaxVcpus": reading(H.getMaxVcpus, {"type": None}, {"type": "qemu"}, {"type": "nonesuch"}),
    "virConnectGetStoragePoolCapabilities": reading(H.getStoragePoolCapabilities),
    "virConnectGetSysinfo": reading(H.getSysinfo),
    "virConnectGetType": reading(H.getType),
    "virConnectGetURI": reading(H.getURI),
    "virConnectGetVersion": reading(H.getVersion),
    "virConnectIsAlive": reading(H.isAlive),
    "virConnectIsEncrypted": reading(H.isEncrypted),
    "virConnectIsSecure": reading(H.isSecure),
    "virConnectListAllDomains": _listing(H.listAllDomains, "VIR_CONNECT_LIST_DOMAINS_ACTIVE", "VIR_CONNECT_LIST_DOMAINS_TRANSIENT"),
    "virConnectListAllInterfaces": _listing(H.listAllInterfaces, "VIR_CONNECT_LIST_INTERFACES_ACTIVE"),
    "virConnectListAllNWFilterBindings": _listing(H.listAllNWFilterBindings),
    "virConnectListAllNWFilters": _listing(H.listAllNWFilters),
    "virConnectListAllNetworks": _listing(H.listAllNetworks, "VIR_CONNECT_LIST_NETWORKS_INACTIVE"),
    "virConnectListAllNodeDevices": _listing(H.listAllDevices, "VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV"),
    "virConnectListAllSecrets": _listing(H.listAllSecrets, "VIR_CONNECT_LIST_SECRETS_EPHEMERAL"),
    "virConnectListAllStoragePools": _listing(H.listAllStoragePools, "VIR_CONNECT_LIST_STORAGE_POOLS_DIR"),
    "virConnectListDefinedDomains": _names(H.listDefinedDomains),
    "virConnectListDefinedInterfaces": _names(H.listDefinedInterfaces),
    "virConnectListDefinedNetworks": _names(H.listDefinedNetworks),
    "virConnectListDefinedStoragePools": _names(H.listDefinedStoragePools),
    "virConnectListDomains": _names(H.listDomainsID),
    "virConnectListInterfaces": _names(H.listInterfaces),
    "virConnectListNWFilters": _names(H.listNWFilters),
    "virConnectListNetworks": _names(H.listNetworks),
    "virConnectListSecrets": _names(H.listSecrets),
    "virConnectListStoragePools": _names(H.listStoragePools),
    "virConnectNumOfDefinedDomains": reading(H.numOfDefinedDomains),
    "virConnectNumOfDefinedInterfaces": reading(H.numOfDefinedInterfaces),
    "virConnectNumOfDefinedNetworks": reading(H.numOfDefinedNetworks),
    "virConnectNumOfDefinedStoragePools": reading(H.numOfDefinedStoragePools),
    "virConnectNumOfDomains": reading(H.numOfDomains),
    "virConnectNumOfInterfaces": reading(H.numOfInterfaces),
    "virConnectNumOfNWFilters": reading(H.numOfNWFilters),
    "virConnectNumOfNetworks": reading(H.numOfNetworks),
    "virConnectNumOfSecrets": reading(H.numOfSecrets),
    "virConnectNumOfStoragePools": reading(H.numOfStoragePools),
    "virDomainSaveImageGetXMLDesc": reading(
        H.saveImageGetXMLDesc, {"file": "{image}"}, {"file": "{image}", "flags": "VIR_DOMAIN_SAVE_IMAGE_XML_SECURE"}, {"file": "/nonesuch"}
    ),
    # Its other arguments are ignored, says libvirt.
    "virGetVersion": reading(lambda connection: libvirt.getVersion()),
    "virNodeGetCPUMap": reading(H.getCPUMap, shape=_cpu_map),
    "virNodeGetCPUStats": reading(H.getCPUStats, {"cpuNum": -1}, {"cpuNum": 0}, {"cpuNum": 1000}),
    "virNodeGetCellsFreeMemory": reading(H.getCellsFreeMemory, {"startCell": 0, "maxCells": 1}, {"startCell": 7, "maxCells": 1}),
    "virNodeGetFreeMemory": reading(H.getFreeMemory),
    "virNodeGetFreePages": reading(
        H.getFreePages,
        {"pages": [4, 2048], "startCell": 0, "cellCount": 1},
        {"pages": [4], "startCell": 9, "cellCount": 1},
        shape=_free_pages,
    ),
    "virNodeGetInfo": reading(H.getInfo, shape=fields(*NODE), loosen=_in_mebibytes),
    "virNodeGetMemoryParameters": reading(H.getMemoryParameters),
    "virNodeGetMemoryStats": reading(H.getMemoryStats, {"cellNum": -1}, {"cellNum": 0}, {"cellNum": 99}),
    "virNodeGetSEVInfo": reading(H.getSEVInfo),
    "virNodeGetSecurityModel": reading(H.getSecurityModel, shape=fields("model", "doi")),
    "virNodeListDevices": _names(H.listDevices, {"cap": None}, {"cap": "pci"}, {"cap": "nonesuch"}),
    "virNodeNumOfDevices": reading(H.numOfDevices, {"cap": None}, {"cap": "pci"}),
}
