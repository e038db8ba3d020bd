// SPDX-License-Identifier: GPL-2.0-or-later

/// What libvirt asks for before each function, one line a function: the annotations of its RPC protocol, which its API description
/// lacks. `object:action?FLAG|FLAG` only with one of those constants; `?impact` if `..._AFFECT_CONFIG` is given, or neither it nor
/// `..._AFFECT_LIVE`; `*object:action` of each item of a list.
///
/// Where this differs from the annotations: what only reads a handle asks for getattr; `virDomainSetSchedulerParameters`, annotated as
/// a read, writes; `virDomainCreateLinux` and the `virDomainMigrate` family have none of their own; SECURE asks for read_secure.
enum PermissionTable {
    /// Checked by a test: every line can be read, and its constants are known.
    static let requirements: [String: [Requirement]] = Dictionary(
        uniqueKeysWithValues: lines.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return (words[0], words.dropFirst().flatMap(Requirement.reading))
        })

    private static let lines = """
        virConnectBaselineCPU connect:read
        virConnectBaselineHypervisorCPU connect:write
        virConnectCompareCPU connect:read
        virConnectCompareHypervisorCPU connect:write
        virConnectGetCPUModelNames connect:read
        virConnectGetCapabilities connect:read
        virConnectGetHostname connect:getattr
        virConnectGetLibVersion connect:getattr
        virConnectGetMaxVcpus connect:read
        virConnectGetSysinfo connect:read
        virConnectGetType connect:getattr
        virConnectGetURI connect:getattr
        virConnectGetVersion connect:getattr
        virConnectIsAlive connect:getattr
        virConnectIsEncrypted connect:getattr
        virConnectIsSecure connect:getattr
        virGetVersion connect:getattr
        virNodeAllocPages connect:write
        virNodeGetCPUMap connect:read
        virNodeGetCPUStats connect:read
        virNodeGetCellsFreeMemory connect:read
        virNodeGetFreeMemory connect:read
        virNodeGetFreePages connect:read
        virNodeGetInfo connect:read
        virNodeGetMemoryParameters connect:read
        virNodeGetMemoryStats connect:read
        virNodeGetSEVInfo connect:read
        virNodeGetSecurityModel connect:read
        virNodeSetMemoryParameters connect:write
        virNodeSuspendForDuration connect:pm_control
        virConnectDomainXMLFromNative connect:write
        virConnectDomainXMLToNative connect:write
        virConnectGetAllDomainStats connect:search_domains *domain:read
        virConnectGetDomainCapabilities connect:write
        virConnectListAllDomains connect:search_domains *domain:getattr
        virConnectListDefinedDomains connect:search_domains *domain:getattr
        virConnectListDomains connect:search_domains *domain:getattr
        virConnectNumOfDefinedDomains connect:search_domains *domain:getattr
        virConnectNumOfDomains connect:search_domains *domain:getattr
        virDomainAbortJob domain:write
        virDomainAbortJobFlags domain:write
        virDomainAddIOThread domain:write domain:save?impact
        virDomainAgentSetResponseTimeout domain:write
        virDomainAttachDevice domain:write
        virDomainAttachDeviceFlags domain:write domain:save?impact
        virDomainAuthorizedSSHKeysGet domain:write
        virDomainAuthorizedSSHKeysSet domain:write
        virDomainBackupBegin domain:checkpoint domain:block_write
        virDomainBackupGetXMLDesc domain:read
        virDomainBlockCommit domain:block_write
        virDomainBlockCopy domain:block_write
        virDomainBlockJobAbort domain:write
        virDomainBlockJobSetSpeed domain:write
        virDomainBlockPeek domain:block_read
        virDomainBlockPull domain:block_write
        virDomainBlockRebase domain:block_write
        virDomainBlockResize domain:block_write
        virDomainBlockStats domain:read
        virDomainBlockStatsFlags domain:read
        virDomainCoreDump domain:core_dump
        virDomainCoreDumpWithFormat domain:core_dump
        virDomainCreate domain:start
        virDomainCreateLinux domain:write domain:start
        virDomainCreateWithFlags domain:start
        virDomainCreateXML domain:write domain:start
        virDomainDefineXML domain:write domain:save
        virDomainDefineXMLFlags domain:write domain:save
        virDomainDelIOThread domain:write domain:save?impact
        virDomainDestroy domain:stop
        virDomainDestroyFlags domain:stop
        virDomainDetachDevice domain:write
        virDomainDetachDeviceAlias domain:write domain:save?impact
        virDomainDetachDeviceFlags domain:write domain:save?impact
        virDomainFSFreeze domain:fs_freeze
        virDomainFSThaw domain:fs_freeze
        virDomainFSTrim domain:fs_trim
        virDomainGetAutostart domain:read
        virDomainGetBlkioParameters domain:read
        virDomainGetBlockInfo domain:read
        virDomainGetBlockIoTune domain:read
        virDomainGetBlockJobInfo domain:read
        virDomainGetCPUStats domain:read
        virDomainGetControlInfo domain:read
        virDomainGetDiskErrors domain:read
        virDomainGetEmulatorPinInfo domain:read
        virDomainGetFSInfo domain:fs_freeze
        virDomainGetGuestInfo domain:write
        virDomainGetGuestVcpus domain:write
        virDomainGetHostname domain:write
        virDomainGetID domain:getattr
        virDomainGetIOThreadInfo domain:read
        virDomainGetInfo domain:read
        virDomainGetInterfaceParameters domain:read
        virDomainGetJobInfo domain:read
        virDomainGetJobStats domain:read
        virDomainGetLaunchSecurityInfo domain:read
        virDomainGetMaxMemory domain:read
        virDomainGetMaxVcpus domain:read
        virDomainGetMemoryParameters domain:read
        virDomainGetMessages domain:read
        virDomainGetMetadata domain:read
        virDomainGetName domain:getattr
        virDomainGetNumaParameters domain:read
        virDomainGetOSType domain:read
        virDomainGetPerfEvents domain:read
        virDomainGetSchedulerParameters domain:read
        virDomainGetSchedulerParametersFlags domain:read
        virDomainGetSchedulerType domain:read
        virDomainGetSecurityLabel domain:read
        virDomainGetSecurityLabelList domain:read
        virDomainGetState domain:read
        virDomainGetTime domain:write
        virDomainGetUUID domain:getattr
        virDomainGetUUIDString domain:getattr
        virDomainGetVcpuPinInfo domain:read
        virDomainGetVcpus domain:read
        virDomainGetVcpusFlags domain:read domain:write?VIR_DOMAIN_VCPU_GUEST
        virDomainGetXMLDesc domain:read domain:read_secure?VIR_DOMAIN_XML_SECURE|VIR_DOMAIN_XML_MIGRATABLE
        virDomainHasManagedSaveImage domain:read
        virDomainInjectNMI domain:inject_nmi
        virDomainInterfaceAddresses domain:read domain:write?VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT
        virDomainInterfaceStats domain:read
        virDomainIsActive domain:read
        virDomainIsPersistent domain:read
        virDomainIsUpdated domain:read
        virDomainListGetStats domain:read
        virDomainManagedSave domain:hibernate
        virDomainManagedSaveDefineXML domain:write domain:hibernate
        virDomainManagedSaveGetXMLDesc domain:read domain:read_secure?VIR_DOMAIN_SAVE_IMAGE_XML_SECURE
        virDomainManagedSaveRemove domain:hibernate
        virDomainMemoryPeek domain:mem_read
        virDomainMemoryStats domain:read
        virDomainMigrate domain:migrate
        virDomainMigrate2 domain:migrate
        virDomainMigrate3 domain:migrate
        virDomainMigrateGetCompressionCache domain:migrate
        virDomainMigrateGetMaxDowntime domain:migrate
        virDomainMigrateGetMaxSpeed domain:migrate
        virDomainMigrateSetCompressionCache domain:migrate
        virDomainMigrateSetMaxDowntime domain:migrate
        virDomainMigrateSetMaxSpeed domain:migrate
        virDomainMigrateStartPostCopy domain:migrate
        virDomainMigrateToURI domain:migrate
        virDomainMigrateToURI2 domain:migrate
        virDomainMigrateToURI3 domain:migrate
        virDomainPMSuspendForDuration domain:pm_control
        virDomainPMWakeup domain:pm_control
        virDomainPinEmulator domain:write domain:save?impact
        virDomainPinIOThread domain:write domain:save?impact
        virDomainPinVcpu domain:write
        virDomainPinVcpuFlags domain:write domain:save?impact
        virDomainReboot domain:init_control domain:write?VIR_DOMAIN_REBOOT_GUEST_AGENT
        virDomainRename domain:write domain:save
        virDomainReset domain:reset
        virDomainRestore domain:start domain:write
        virDomainRestoreFlags domain:start domain:write
        virDomainRestoreParams domain:start domain:write
        virDomainResume domain:suspend
        virDomainSave domain:hibernate
        virDomainSaveFlags domain:hibernate
        virDomainSaveImageDefineXML domain:write domain:hibernate
        virDomainSaveImageGetXMLDesc domain:write domain:read_secure?VIR_DOMAIN_SAVE_IMAGE_XML_SECURE
        virDomainSaveParams domain:hibernate
        virDomainSendKey domain:send_input
        virDomainSendProcessSignal domain:send_signal
        virDomainSetAutostart domain:write
        virDomainSetBlkioParameters domain:write domain:save?impact
        virDomainSetBlockIoTune domain:write domain:save?impact
        virDomainSetBlockThreshold domain:write
        virDomainSetGuestVcpus domain:write
        virDomainSetIOThreadParams domain:write domain:save?impact
        virDomainSetInterfaceParameters domain:write domain:save?impact
        virDomainSetLaunchSecurityState domain:write
        virDomainSetLifecycleAction domain:write
        virDomainSetMaxMemory domain:write
        virDomainSetMemory domain:write
        virDomainSetMemoryFlags domain:write domain:save?impact
        virDomainSetMemoryParameters domain:write domain:save?impact
        virDomainSetMemoryStatsPeriod domain:write domain:save?impact
        virDomainSetMetadata domain:write domain:save?impact
        virDomainSetNumaParameters domain:write domain:save?impact
        virDomainSetPerfEvents domain:write
        virDomainSetSchedulerParameters domain:write domain:save
        virDomainSetSchedulerParametersFlags domain:write domain:save?impact
        virDomainSetTime domain:set_time
        virDomainSetUserPassword domain:set_password
        virDomainSetVcpu domain:write domain:save?impact
        virDomainSetVcpus domain:write
        virDomainSetVcpusFlags domain:write domain:save?impact domain:write?VIR_DOMAIN_VCPU_GUEST
        virDomainShutdown domain:init_control
        virDomainShutdownFlags domain:init_control domain:write?VIR_DOMAIN_SHUTDOWN_GUEST_AGENT
        virDomainStartDirtyRateCalc domain:write
        virDomainSuspend domain:suspend
        virDomainUndefine domain:delete
        virDomainUndefineFlags domain:delete
        virDomainUpdateDeviceFlags domain:write domain:save?impact
        virDomainHasCurrentSnapshot domain:read
        virDomainListAllSnapshots domain:read
        virDomainRevertToSnapshot domain:snapshot
        virDomainSnapshotCreateXML domain:snapshot domain:fs_freeze?VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE
        virDomainSnapshotCurrent domain:read
        virDomainSnapshotDelete domain:snapshot
        virDomainSnapshotGetName domain:read
        virDomainSnapshotGetParent domain:read
        virDomainSnapshotGetXMLDesc domain:read domain:read_secure?VIR_DOMAIN_SNAPSHOT_XML_SECURE
        virDomainSnapshotHasMetadata domain:read
        virDomainSnapshotIsCurrent domain:read
        virDomainSnapshotListAllChildren domain:read
        virDomainSnapshotListChildrenNames domain:read
        virDomainSnapshotListNames domain:read
        virDomainSnapshotNum domain:read
        virDomainSnapshotNumChildren domain:read
        virDomainCheckpointCreateXML domain:checkpoint domain:fs_freeze?VIR_DOMAIN_CHECKPOINT_CREATE_QUIESCE
        virDomainCheckpointDelete domain:checkpoint
        virDomainCheckpointGetName domain:read
        virDomainCheckpointGetParent domain:read
        virDomainCheckpointGetXMLDesc domain:read domain:read_secure?VIR_DOMAIN_CHECKPOINT_XML_SECURE
        virDomainCheckpointListAllChildren domain:read
        virDomainListAllCheckpoints domain:read
        virConnectListAllNetworks connect:search_networks *network:getattr
        virConnectListDefinedNetworks connect:search_networks *network:getattr
        virConnectListNetworks connect:search_networks *network:getattr
        virConnectNumOfDefinedNetworks connect:search_networks *network:getattr
        virConnectNumOfNetworks connect:search_networks *network:getattr
        virNetworkCreate network:start
        virNetworkCreateXML network:write network:start
        virNetworkCreateXMLFlags network:write network:start
        virNetworkDefineXML network:write network:save
        virNetworkDefineXMLFlags network:write network:save
        virNetworkDestroy network:stop
        virNetworkGetAutostart network:read
        virNetworkGetBridgeName network:read
        virNetworkGetDHCPLeases network:read
        virNetworkGetName network:getattr
        virNetworkGetUUID network:getattr
        virNetworkGetUUIDString network:getattr
        virNetworkGetXMLDesc network:read
        virNetworkIsActive network:read
        virNetworkIsPersistent network:read
        virNetworkListAllPorts network:search_ports *network_port:getattr
        virNetworkPortCreateXML network_port:create
        virNetworkPortDelete network_port:delete
        virNetworkPortGetParameters network_port:read
        virNetworkPortGetUUID network_port:getattr
        virNetworkPortGetUUIDString network_port:getattr
        virNetworkPortGetXMLDesc network_port:read
        virNetworkPortSetParameters network_port:write
        virNetworkSetAutostart network:write
        virNetworkUndefine network:delete
        virNetworkUpdate network:write network:save?impact
        virConnectFindStoragePoolSources connect:detect_storage_pools
        virConnectGetStoragePoolCapabilities connect:read
        virConnectListAllStoragePools connect:search_storage_pools *storage_pool:getattr
        virConnectListDefinedStoragePools connect:search_storage_pools *storage_pool:getattr
        virConnectListStoragePools connect:search_storage_pools *storage_pool:getattr
        virConnectNumOfDefinedStoragePools connect:search_storage_pools *storage_pool:getattr
        virConnectNumOfStoragePools connect:search_storage_pools *storage_pool:getattr
        virStoragePoolBuild storage_pool:format
        virStoragePoolCreate storage_pool:start
        virStoragePoolCreateXML storage_pool:start storage_pool:write
        virStoragePoolDefineXML storage_pool:write storage_pool:save
        virStoragePoolDelete storage_pool:format
        virStoragePoolDestroy storage_pool:stop
        virStoragePoolGetAutostart storage_pool:read
        virStoragePoolGetInfo storage_pool:read
        virStoragePoolGetName storage_pool:getattr
        virStoragePoolGetUUID storage_pool:getattr
        virStoragePoolGetUUIDString storage_pool:getattr
        virStoragePoolGetXMLDesc storage_pool:read
        virStoragePoolIsActive storage_pool:read
        virStoragePoolIsPersistent storage_pool:read
        virStoragePoolListAllVolumes storage_pool:search_storage_vols *storage_vol:getattr
        virStoragePoolListVolumes storage_pool:search_storage_vols *storage_vol:getattr
        virStoragePoolNumOfVolumes storage_pool:search_storage_vols *storage_vol:getattr
        virStoragePoolRefresh storage_pool:refresh
        virStoragePoolSetAutostart storage_pool:write
        virStoragePoolUndefine storage_pool:delete
        virStorageVolCreateXML storage_vol:create
        virStorageVolCreateXMLFrom storage_vol:create
        virStorageVolDelete storage_vol:delete
        virStorageVolGetInfo storage_vol:read
        virStorageVolGetInfoFlags storage_vol:read
        virStorageVolGetKey storage_vol:getattr
        virStorageVolGetName storage_vol:getattr
        virStorageVolGetPath storage_vol:read
        virStorageVolGetXMLDesc storage_vol:read
        virStorageVolResize storage_vol:resize
        virStorageVolWipe storage_vol:format
        virStorageVolWipePattern storage_vol:format
        virConnectListAllInterfaces connect:search_interfaces *interface:getattr
        virConnectListDefinedInterfaces connect:search_interfaces *interface:getattr
        virConnectListInterfaces connect:search_interfaces *interface:getattr
        virConnectNumOfDefinedInterfaces connect:search_interfaces *interface:getattr
        virConnectNumOfInterfaces connect:search_interfaces *interface:getattr
        virInterfaceChangeBegin connect:interface_transaction
        virInterfaceChangeCommit connect:interface_transaction
        virInterfaceChangeRollback connect:interface_transaction
        virInterfaceCreate interface:start
        virInterfaceDefineXML interface:write interface:save
        virInterfaceDestroy interface:stop
        virInterfaceGetMACString interface:getattr
        virInterfaceGetName interface:getattr
        virInterfaceGetXMLDesc interface:read
        virInterfaceIsActive interface:read
        virInterfaceUndefine interface:delete
        virConnectListAllNodeDevices connect:search_node_devices *node_device:getattr
        virNodeDeviceCreate node_device:start
        virNodeDeviceCreateXML node_device:write node_device:start
        virNodeDeviceDefineXML node_device:write
        virNodeDeviceDestroy node_device:stop
        virNodeDeviceDetachFlags node_device:detach
        virNodeDeviceDettach node_device:detach
        virNodeDeviceGetAutostart node_device:read
        virNodeDeviceGetName node_device:getattr
        virNodeDeviceGetParent node_device:read
        virNodeDeviceGetXMLDesc node_device:read
        virNodeDeviceIsActive node_device:read
        virNodeDeviceIsPersistent node_device:read
        virNodeDeviceListCaps node_device:read
        virNodeDeviceNumOfCaps node_device:read
        virNodeDeviceReAttach node_device:detach
        virNodeDeviceReset node_device:detach
        virNodeDeviceSetAutostart node_device:write
        virNodeDeviceUndefine node_device:delete
        virNodeListDevices connect:search_node_devices *node_device:getattr
        virNodeNumOfDevices connect:search_node_devices *node_device:getattr
        virConnectListAllNWFilterBindings connect:search_nwfilter_bindings *nwfilter_binding:getattr
        virConnectListAllNWFilters connect:search_nwfilters *nwfilter:getattr
        virConnectListNWFilters connect:search_nwfilters *nwfilter:getattr
        virConnectNumOfNWFilters connect:search_nwfilters *nwfilter:getattr
        virNWFilterBindingCreateXML nwfilter_binding:create
        virNWFilterBindingDelete nwfilter_binding:delete
        virNWFilterBindingGetFilterName nwfilter_binding:getattr
        virNWFilterBindingGetPortDev nwfilter_binding:getattr
        virNWFilterBindingGetXMLDesc nwfilter_binding:read
        virNWFilterDefineXML nwfilter:write nwfilter:save
        virNWFilterDefineXMLFlags nwfilter:write nwfilter:save
        virNWFilterGetName nwfilter:getattr
        virNWFilterGetUUID nwfilter:getattr
        virNWFilterGetUUIDString nwfilter:getattr
        virNWFilterGetXMLDesc nwfilter:read
        virNWFilterUndefine nwfilter:delete
        virConnectListAllSecrets connect:search_secrets *secret:getattr
        virConnectListSecrets connect:search_secrets *secret:getattr
        virConnectNumOfSecrets connect:search_secrets *secret:getattr
        virSecretDefineXML secret:write secret:save
        virSecretGetUUID secret:getattr
        virSecretGetUUIDString secret:getattr
        virSecretGetUsageID secret:getattr
        virSecretGetUsageType secret:getattr
        virSecretGetValue secret:read_secure
        virSecretGetXMLDesc secret:read
        virSecretSetValue secret:write
        virSecretUndefine secret:delete
        """
}
