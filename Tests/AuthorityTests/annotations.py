# SPDX-License-Identifier: GPL-2.0-or-later
"""What libvirt-acl.tsv does not say of a function, or says wrongly; and which functions reach beyond their object, as the specification says."""
import re

# What has no row in libvirt-acl.tsv, or a wrong one: the permissions, and why.
SUPPLIED = {
    "virConnectIsAlive": ("connect:getattr", "asks the connection, which takes connect:getattr to open"),
    "virConnectIsEncrypted": ("connect:getattr", "as above"),
    "virConnectIsSecure": ("connect:getattr", "annotated `none`, but a connection takes connect:getattr to open"),
    "virGetVersion": ("connect:getattr", "as virConnectGetLibVersion"),
    "virDomainGetID": ("domain:getattr", "reads the handle, which takes getattr to look up"),
    "virDomainGetName": ("domain:getattr", "the same"),
    "virDomainGetUUID": ("domain:getattr", "the same"),
    "virDomainGetUUIDString": ("domain:getattr", "the same"),
    "virDomainSnapshotGetName": ("domain:read", "reads the handle, and domain_snapshot_lookup_by_name asks for read"),
    "virDomainCheckpointGetName": ("domain:read", "reads the handle, and domain_checkpoint_lookup_by_name asks for read"),
    "virInterfaceGetMACString": ("interface:getattr", "reads the handle"),
    "virInterfaceGetName": ("interface:getattr", "the same"),
    "virNWFilterBindingGetFilterName": ("nwfilter_binding:getattr", "the same"),
    "virNWFilterBindingGetPortDev": ("nwfilter_binding:getattr", "the same"),
    "virNWFilterGetName": ("nwfilter:getattr", "the same"),
    "virNWFilterGetUUID": ("nwfilter:getattr", "the same"),
    "virNWFilterGetUUIDString": ("nwfilter:getattr", "the same"),
    "virNetworkGetName": ("network:getattr", "the same"),
    "virNetworkGetUUID": ("network:getattr", "the same"),
    "virNetworkGetUUIDString": ("network:getattr", "the same"),
    "virNetworkPortGetUUID": ("network_port:getattr", "the same"),
    "virNetworkPortGetUUIDString": ("network_port:getattr", "the same"),
    "virNodeDeviceGetName": ("node_device:getattr", "the same"),
    "virSecretGetUUID": ("secret:getattr", "the same"),
    "virSecretGetUUIDString": ("secret:getattr", "the same"),
    "virSecretGetUsageID": ("secret:getattr", "the same"),
    "virSecretGetUsageType": ("secret:getattr", "the same"),
    "virStoragePoolGetName": ("storage_pool:getattr", "the same"),
    "virStoragePoolGetUUID": ("storage_pool:getattr", "the same"),
    "virStoragePoolGetUUIDString": ("storage_pool:getattr", "the same"),
    "virStorageVolGetKey": ("storage_vol:getattr", "the same"),
    "virStorageVolGetName": ("storage_vol:getattr", "the same"),
    "virDomainListGetStats": ("domain:read", "connect_get_all_domain_stats for domains that are named: its filter is domain:read"),
    "virDomainCreateLinux": ("domain:write & domain:start", "an alias of virDomainCreateXML"),
    "virDomainMigrate": ("domain:migrate", "the client makes it of domain_migrate_begin, perform, finish and confirm, which ask for it"),
    "virDomainMigrate2": ("domain:migrate", "the same"),
    "virDomainMigrate3": ("domain:migrate", "the same"),
    "virDomainMigrateToURI": ("domain:migrate", "the same"),
    "virDomainMigrateToURI2": ("domain:migrate", "the same"),
    "virDomainMigrateToURI3": ("domain:migrate", "the same"),
    "virDomainSaveImageGetXMLDesc": (
        "domain:write & domain:read_secure:VIR_DOMAIN_SAVE_IMAGE_XML_SECURE", "annotated `domain:write`, but SECURE asks for read_secure"),
    "virDomainSetSchedulerParameters": ("domain:write & domain:save", "annotated `domain:read`, but it writes (FIELD.md)"),
}

TUNING = re.compile(
    "virDomain(PinVcpu(Flags)?|PinEmulator|PinIOThread|SetSchedulerParameters(Flags)?|SetBlkioParameters|SetNumaParameters|SetMemoryParameters"
    "|SetInterfaceParameters|SetBlockIoTune|SetPerfEvents)")
# String arguments that name a file, a URI, an address or native configuration. `uri` is the name of a namespace in these two.
RAW = set("from to file base top emulatorbin emulator nativeConfig srcSpec clonevol driverName uri miguri".split())
NAMESPACES = ("virDomainGetMetadata", "virDomainSetMetadata")
# Typed parameters, which the description of a function does not name.
MIGRATION = ("migrate_uri", "disks_uri", "graphics_uri", "listen_address", "destination_xml", "persistent_xml")
WEIGHTS = tuple(f"device_{name}" for name in "weight read_iops_sec write_iops_sec read_bytes_sec write_bytes_sec".split())
# What is saved or restored is always a file here, although newer drivers do without its name.
TYPED = {
    "virDomainSaveParams": ("file", "dxml"), "virDomainRestoreParams": ("file", "dxml"), "virDomainMigrate3": MIGRATION,
    "virDomainMigrateToURI3": MIGRATION, "virDomainSetBlkioParameters": WEIGHTS,
}
# Raw arguments that may be left out. A snapshot and a checkpoint are also made by name and description.
OPTIONAL = {
    "virDomainBlockCommit": {"base", "top"}, "virDomainBlockRebase": {"base"}, "virDomainMigrate": {"uri"}, "virDomainMigrate2": {"uri", "dxml"},
    "virDomainMigrateToURI2": {"miguri", "dxml"}, "virDomainSnapshotCreateXML": {"xmlDesc"}, "virDomainCheckpointCreateXML": {"xmlDesc"},
    "virConnectGetDomainCapabilities": {"emulatorbin"}, "virConnectFindStoragePoolSources": {"srcSpec"}, "virNodeDeviceDetachFlags": {"driverName"},
    "virConnectBaselineHypervisorCPU": {"emulator", "xmlCPUs"},
}
RAW_FLAGS = {
    "virDomainSnapshotCreateXML": [f"VIR_DOMAIN_SNAPSHOT_CREATE_{name}" for name in ("REDEFINE", "REUSE_EXT", "DISK_ONLY")],
    # The second one means nothing without the first one.
    "virDomainCheckpointCreateXML": [f"VIR_DOMAIN_CHECKPOINT_CREATE_{name}" for name in ("REDEFINE", "REDEFINE_VALIDATE")],
    "virDomainBlockRebase": ["VIR_DOMAIN_BLOCK_REBASE_REUSE_EXT"],
}
