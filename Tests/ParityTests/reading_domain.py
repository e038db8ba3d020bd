# SPDX-License-Identifier: GPL-2.0-or-later
"""Every reading function of a domain, its snapshots and its checkpoints, as libvirt-python calls it."""
import libvirt

from client import Cpus
from reading import cpus, each, fields, flags, reading, sorted_objects

D, S, C = libvirt.virDomain, libvirt.virDomainSnapshot, libvirt.virDomainCheckpoint

IMPACT = ("VIR_DOMAIN_AFFECT_LIVE", "VIR_DOMAIN_AFFECT_CONFIG")
JOB = "type timeElapsed timeRemaining dataTotal dataProcessed dataRemaining memTotal memProcessed memRemaining fileTotal fileProcessed fileRemaining"
COUNTERS = ("rx_bytes", "rx_packets", "rx_errs", "rx_drop", "tx_bytes", "tx_packets", "tx_errs", "tx_drop")
DISKS = ({"disk": "vda"}, {"disk": "vdb"}, {"disk": "nonesuch"})


def _known(*names: str):
    """Counters, of which libvirt says -1 where the hypervisor does not count; the document leaves those out."""
    return lambda answer: {name: number for name, number in fields(*names)(answer).items() if number != -1}


def _memory_statistics(answer: dict) -> dict:
    return {"VIR_DOMAIN_MEMORY_STAT_" + {"actual": "actual_balloon"}.get(name, name).upper(): number for name, number in answer.items()}


def _vcpus(answer) -> list:
    of_info = fields("number", "state", "cpuTime", "cpu")
    return [{**of_info(info), "cpumap": Cpus.of(booleans)} for info, booleans in zip(*answer, strict=True)]


def _flat(answer: dict) -> dict:
    """libvirt-python puts the type among the typed parameters."""
    return {"type": answer["type"], **answer["params"]}


def _interfaces(answer: dict) -> list:
    return [{"name": name, "hwaddr": found["hwaddr"], "addrs": found["addrs"] or []} for name, found in answer.items()]


def _cpu_statistics(domain, first, count):
    """libvirt-python asks for the total or for all processors."""
    return domain.getCPUStats(first == -1, 0)[:count]


def _record(answer) -> dict:
    domain, parameters = answer
    return {"dom": domain, "params": parameters}


def _statistics(domain, *arguments):
    return domain.connect().domainListGetStats([domain], *arguments)


READINGS = {
    "virDomainAuthorizedSSHKeysGet": reading(D.authorizedSSHKeysGet, {"user": "root"}, {"user": "nobody-here"}),
    "virDomainBackupGetXMLDesc": reading(D.backupGetXMLDesc),
    "virDomainBlockPeek": reading(
        D.blockPeek, {"disk": "vda", "offset": 0, "size": 512}, {"disk": "vda", "offset": 7, "size": 1}, {"disk": "no", "offset": 0, "size": 9}
    ),
    "virDomainBlockStats": reading(D.blockStats, *DISKS, shape=_known("rd_req", "rd_bytes", "wr_req", "wr_bytes", "errs")),
    "virDomainBlockStatsFlags": reading(D.blockStatsFlags, *DISKS, {"disk": "vda", "flags": "VIR_TYPED_PARAM_STRING_OKAY"}),
    "virDomainGetAutostart": reading(D.autostart),
    "virDomainGetBlkioParameters": reading(D.blkioParameters, *flags(*IMPACT)),
    "virDomainGetBlockInfo": reading(D.blockInfo, *DISKS, shape=fields("capacity", "allocation", "physical")),
    "virDomainGetBlockIoTune": reading(D.blockIoTune, *DISKS, {"disk": "vda", "flags": IMPACT[1]}),
    "virDomainGetBlockJobInfo": reading(D.blockJobInfo, *DISKS, {"disk": "vdb", "flags": "VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES"}),
    "virDomainGetCPUStats": reading(_cpu_statistics, {"start_cpu": -1, "ncpus": 1}, {"start_cpu": 0, "ncpus": 1}),
    "virDomainGetControlInfo": reading(D.controlInfo, shape=fields("state", "details", "stateTime")),
    "virDomainGetDiskErrors": reading(D.diskErrors, shape=lambda errors: [{"disk": disk, "error": error} for disk, error in errors.items()]),
    "virDomainGetEmulatorPinInfo": reading(D.emulatorPinInfo, *flags(*IMPACT), shape=cpus),
    "virDomainGetFSInfo": reading(D.fsInfo, shape=each(fields("mountpoint", "name", "fstype", "devAlias"))),
    "virDomainGetGuestInfo": reading(
        D.guestInfo, {}, {"types": "VIR_DOMAIN_GUEST_INFO_OS"}, {"types": ["VIR_DOMAIN_GUEST_INFO_HOSTNAME", "VIR_DOMAIN_GUEST_INFO_TIMEZONE"]}
    ),
    "virDomainGetGuestVcpus": reading(D.guestVcpus),
    "virDomainGetHostname": reading(D.hostname, *flags("VIR_DOMAIN_GET_HOSTNAME_AGENT", "VIR_DOMAIN_GET_HOSTNAME_LEASE")),
    "virDomainGetID": reading(D.ID),
    "virDomainGetIOThreadInfo": reading(D.ioThreadInfo, *flags(*IMPACT), shape=each(lambda row: {"iothread_id": row[0], "cpumap": Cpus.of(row[1])})),
    "virDomainGetInfo": reading(D.info, shape=fields("state", "maxMem", "memory", "nrVirtCpu", "cpuTime")),
    "virDomainGetInterfaceParameters": reading(
        D.interfaceParameters, {"device": "parity1"}, {"device": "52:54:00:aa:bb:01", "flags": IMPACT[1]}, {"device": "no"}
    ),
    "virDomainGetJobInfo": reading(D.jobInfo, shape=fields(*JOB.split())),
    "virDomainGetJobStats": reading(D.jobStats, *flags("VIR_DOMAIN_JOB_STATS_COMPLETED"), loosen=_flat),
    "virDomainGetLaunchSecurityInfo": reading(D.launchSecurityInfo),
    "virDomainGetMaxMemory": reading(D.maxMemory),
    "virDomainGetMaxVcpus": reading(D.maxVcpus),
    "virDomainGetMemoryParameters": reading(D.memoryParameters, *flags(*IMPACT)),
    "virDomainGetMessages": reading(D.messages, *flags("VIR_DOMAIN_MESSAGE_TAINTING", "VIR_DOMAIN_MESSAGE_DEPRECATION")),
    "virDomainGetMetadata": reading(
        D.metadata,
        {"type": "VIR_DOMAIN_METADATA_TITLE", "uri": None},
        {"type": "VIR_DOMAIN_METADATA_DESCRIPTION", "uri": None, "flags": "VIR_DOMAIN_AFFECT_CONFIG"},
        {"type": "VIR_DOMAIN_METADATA_ELEMENT", "uri": "urn:parity:1"},
        {"type": "VIR_DOMAIN_METADATA_ELEMENT", "uri": "urn:nothing"},
    ),
    "virDomainGetName": reading(D.name),
    "virDomainGetNumaParameters": reading(D.numaParameters, *flags(*IMPACT)),
    "virDomainGetOSType": reading(D.OSType),
    "virDomainGetPerfEvents": reading(D.perfEvents, *flags(*IMPACT)),
    "virDomainGetSchedulerParameters": reading(D.schedulerParameters),
    "virDomainGetSchedulerParametersFlags": reading(D.schedulerParametersFlags, *flags(*IMPACT)),
    "virDomainGetSchedulerType": reading(D.schedulerType, shape=fields("type", "nparams")),
    "virDomainGetSecurityLabel": reading(D.securityLabel, shape=fields("label", "enforcing")),
    "virDomainGetSecurityLabelList": reading(D.securityLabelList, shape=each(fields("label", "enforcing"))),
    "virDomainGetState": reading(D.state, shape=fields("state", "reason")),
    "virDomainGetTime": reading(D.getTime),
    "virDomainGetUUID": reading(D.UUID),
    "virDomainGetUUIDString": reading(D.UUIDString),
    "virDomainGetVcpuPinInfo": reading(D.vcpuPinInfo, *flags(*IMPACT), shape=each(cpus)),
    "virDomainGetVcpus": reading(D.vcpus, shape=_vcpus),
    "virDomainGetVcpusFlags": reading(
        D.vcpusFlags, *flags("VIR_DOMAIN_AFFECT_CURRENT", "VIR_DOMAIN_VCPU_MAXIMUM", "VIR_DOMAIN_VCPU_CONFIG", "VIR_DOMAIN_VCPU_GUEST")
    ),
    "virDomainGetXMLDesc": reading(D.XMLDesc, *flags("VIR_DOMAIN_XML_INACTIVE", "VIR_DOMAIN_XML_SECURE", "VIR_DOMAIN_XML_MIGRATABLE")),
    "virDomainHasCurrentSnapshot": reading(D.hasCurrentSnapshot),
    "virDomainHasManagedSaveImage": reading(D.hasManagedSaveImage),
    "virDomainInterfaceAddresses": reading(
        D.interfaceAddresses, *({"source": f"VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_{source}"} for source in ("LEASE", "AGENT", "ARP")), shape=_interfaces
    ),
    "virDomainInterfaceStats": reading(D.interfaceStats, {"device": "parity1"}, {"device": "no"}, shape=_known(*COUNTERS)),
    "virDomainIsActive": reading(D.isActive),
    "virDomainIsPersistent": reading(D.isPersistent),
    "virDomainIsUpdated": reading(D.isUpdated),
    "virDomainListAllCheckpoints": reading(D.listAllCheckpoints, *flags("VIR_DOMAIN_CHECKPOINT_LIST_ROOTS"), shape=sorted_objects, loosen=sorted_objects),
    "virDomainListAllSnapshots": reading(D.listAllSnapshots, *flags("VIR_DOMAIN_SNAPSHOT_LIST_LEAVES"), shape=sorted_objects, loosen=sorted_objects),
    "virDomainListGetStats": reading(_statistics, {}, {"stats": ["VIR_DOMAIN_STATS_STATE", "VIR_DOMAIN_STATS_BLOCK"]}, shape=each(_record)),
    "virDomainManagedSaveGetXMLDesc": reading(D.managedSaveGetXMLDesc, *flags("VIR_DOMAIN_SAVE_IMAGE_XML_SECURE")),
    "virDomainMemoryPeek": reading(
        D.memoryPeek, {"start": 0, "size": 16, "flags": "VIR_MEMORY_PHYSICAL"}, {"start": 4096, "size": 4, "flags": "VIR_MEMORY_VIRTUAL"}
    ),
    "virDomainMemoryStats": reading(D.memoryStats, shape=_memory_statistics),
    "virDomainMigrateGetCompressionCache": reading(D.migrateGetCompressionCache),
    "virDomainMigrateGetMaxDowntime": reading(D.migrateGetMaxDowntime),
    "virDomainMigrateGetMaxSpeed": reading(D.migrateGetMaxSpeed, *flags("VIR_DOMAIN_MIGRATE_MAX_SPEED_POSTCOPY")),
    "virDomainSnapshotCurrent": reading(D.snapshotCurrent),
    "virDomainSnapshotListNames": reading(D.snapshotListNames, *flags("VIR_DOMAIN_SNAPSHOT_LIST_ROOTS"), shape=sorted, loosen=sorted),
    "virDomainSnapshotNum": reading(D.snapshotNum, *flags("VIR_DOMAIN_SNAPSHOT_LIST_LEAVES")),
    "virDomainSnapshotGetName": reading(S.getName),
    "virDomainSnapshotGetParent": reading(S.getParent),
    "virDomainSnapshotGetXMLDesc": reading(S.getXMLDesc, *flags("VIR_DOMAIN_SNAPSHOT_XML_SECURE")),
    "virDomainSnapshotHasMetadata": reading(S.hasMetadata),
    "virDomainSnapshotIsCurrent": reading(S.isCurrent),
    "virDomainSnapshotListAllChildren": reading(
        S.listAllChildren, *flags("VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS"), shape=sorted_objects, loosen=sorted_objects
    ),
    "virDomainSnapshotListChildrenNames": reading(S.listChildrenNames, *flags("VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS"), shape=sorted, loosen=sorted),
    "virDomainSnapshotNumChildren": reading(S.numChildren, *flags("VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS")),
    "virDomainCheckpointGetName": reading(C.getName),
    "virDomainCheckpointGetParent": reading(C.getParent),
    "virDomainCheckpointGetXMLDesc": reading(C.getXMLDesc, *flags("VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN", "VIR_DOMAIN_CHECKPOINT_XML_SECURE")),
    "virDomainCheckpointListAllChildren": reading(
        C.listAllChildren, *flags("VIR_DOMAIN_CHECKPOINT_LIST_DESCENDANTS"), shape=sorted_objects, loosen=sorted_objects
    ),
}
