// SPDX-License-Identifier: GPL-2.0-or-later

/// The calls of functions whose arguments are of no regular family: what is a buffer, how long it is, who frees it.
enum Adapter {
    static let calls: [String: Function.Call] = [
        "virConnectGetAllDomainStats": allDomainStatistics, "virDomainListGetStats": domainStatistics,
        "virConnectListDomains": domainIdentifiers, "virGetVersion": libraryVersion,
        "virDomainBlockPeek": blockPeek, "virDomainMemoryPeek": memoryPeek,
        "virDomainBlockStats": blockStatistics, "virDomainInterfaceStats": interfaceStatistics, "virDomainMemoryStats": memoryStatistics,
        "virDomainGetCPUStats": cpuStatistics, "virDomainGetDiskErrors": diskErrors, "virDomainGetFSInfo": fileSystems,
        "virDomainGetIOThreadInfo": ioThreads, "virDomainGetSecurityLabel": securityLabel, "virDomainGetSecurityLabelList": securityLabels,
        "virDomainInterfaceAddresses": interfaceAddresses, "virDomainGetBlockJobInfo": blockJob, "virDomainGetJobStats": jobStatistics,
        "virDomainGetSchedulerParameters": schedulerParameters, "virDomainGetSchedulerParametersFlags": schedulerParametersFlags,
        "virDomainGetEmulatorPinInfo": emulatorPins, "virDomainGetVcpuPinInfo": vcpuPins, "virDomainGetVcpus": vcpus,
        "virDomainMigrate": migrate, "virDomainMigrate2": migrate2, "virDomainMigrate3": migrate3, "virDomainSendKey": sendKey,
        "virNetworkGetDHCPLeases": leases, "virNodeAllocPages": allocatePages, "virNodeGetCPUMap": cpuMap,
        "virNodeGetCPUStats": nodeCPUStatistics, "virNodeGetMemoryStats": nodeMemoryStatistics,
        "virNodeGetCellsFreeMemory": cellsFreeMemory, "virNodeGetFreePages": freePages,
        "virSecretGetValue": secretValue, "virSecretSetValue": setSecretValue, "virStorageVolCreateXMLFrom": cloneVolume,
    ]
}
