# SPDX-License-Identifier: GPL-2.0-or-later
"""Every reading function of networks, storage, devices, interfaces, filters and secrets, as libvirt-python calls it."""
import libvirt

from reading import fields, flags, reading, sorted_objects

N, P = libvirt.virNetwork, libvirt.virNetworkPort
POOL, VOLUME = libvirt.virStoragePool, libvirt.virStorageVol
DEVICE, INTERFACE = libvirt.virNodeDevice, libvirt.virInterface
FILTER, BINDING, SECRET = libvirt.virNWFilter, libvirt.virNWFilterBinding, libvirt.virSecret

VOLUME_INFO = fields("type", "capacity", "allocation")

READINGS = {
    "virNetworkGetAutostart": reading(N.autostart),
    "virNetworkGetBridgeName": reading(N.bridgeName),
    "virNetworkGetDHCPLeases": reading(N.DHCPLeases, {}, {"mac": "52:54:00:aa:bb:01"}, {"mac": "52:54:00:00:00:99"}, {"mac": "no address"}),
    "virNetworkGetName": reading(N.name),
    "virNetworkGetUUID": reading(N.UUID),
    "virNetworkGetUUIDString": reading(N.UUIDString),
    "virNetworkGetXMLDesc": reading(N.XMLDesc, *flags("VIR_NETWORK_XML_INACTIVE")),
    "virNetworkIsActive": reading(N.isActive),
    "virNetworkIsPersistent": reading(N.isPersistent),
    "virNetworkListAllPorts": reading(N.listAllPorts, shape=sorted_objects, loosen=sorted_objects),
    "virNetworkPortGetParameters": reading(P.parameters),
    "virNetworkPortGetUUID": reading(P.UUID),
    "virNetworkPortGetUUIDString": reading(P.UUIDString),
    "virNetworkPortGetXMLDesc": reading(P.XMLDesc),
    "virStoragePoolGetAutostart": reading(POOL.autostart),
    "virStoragePoolGetInfo": reading(POOL.info, shape=fields("state", "capacity", "allocation", "available")),
    "virStoragePoolGetName": reading(POOL.name),
    "virStoragePoolGetUUID": reading(POOL.UUID),
    "virStoragePoolGetUUIDString": reading(POOL.UUIDString),
    "virStoragePoolGetXMLDesc": reading(POOL.XMLDesc, *flags("VIR_STORAGE_XML_INACTIVE")),
    "virStoragePoolIsActive": reading(POOL.isActive),
    "virStoragePoolIsPersistent": reading(POOL.isPersistent),
    "virStoragePoolListAllVolumes": reading(POOL.listAllVolumes, shape=sorted_objects, loosen=sorted_objects),
    "virStoragePoolListVolumes": reading(POOL.listVolumes, shape=sorted, loosen=sorted),
    "virStoragePoolNumOfVolumes": reading(POOL.numOfVolumes),
    "virStorageVolGetInfo": reading(VOLUME.info, shape=VOLUME_INFO),
    "virStorageVolGetInfoFlags": reading(VOLUME.infoFlags, *flags("VIR_STORAGE_VOL_GET_PHYSICAL"), shape=VOLUME_INFO),
    "virStorageVolGetKey": reading(VOLUME.key),
    "virStorageVolGetName": reading(VOLUME.name),
    "virStorageVolGetPath": reading(VOLUME.path),
    "virStorageVolGetXMLDesc": reading(VOLUME.XMLDesc),
    "virInterfaceGetMACString": reading(INTERFACE.MACString),
    "virInterfaceGetName": reading(INTERFACE.name),
    "virInterfaceGetXMLDesc": reading(INTERFACE.XMLDesc, *flags("VIR_INTERFACE_XML_INACTIVE")),
    "virInterfaceIsActive": reading(INTERFACE.isActive),
    "virNodeDeviceGetAutostart": reading(DEVICE.autostart),
    "virNodeDeviceGetName": reading(DEVICE.name),
    "virNodeDeviceGetParent": reading(DEVICE.parent),
    "virNodeDeviceGetXMLDesc": reading(DEVICE.XMLDesc),
    "virNodeDeviceIsActive": reading(DEVICE.isActive),
    "virNodeDeviceIsPersistent": reading(DEVICE.isPersistent),
    "virNodeDeviceListCaps": reading(DEVICE.listCaps),
    "virNodeDeviceNumOfCaps": reading(DEVICE.numOfCaps),
    "virNWFilterGetName": reading(FILTER.name),
    "virNWFilterGetUUID": reading(FILTER.UUID),
    "virNWFilterGetUUIDString": reading(FILTER.UUIDString),
    "virNWFilterGetXMLDesc": reading(FILTER.XMLDesc),
    "virNWFilterBindingGetFilterName": reading(BINDING.filterName),
    "virNWFilterBindingGetPortDev": reading(BINDING.portDev),
    "virNWFilterBindingGetXMLDesc": reading(BINDING.XMLDesc),
    "virSecretGetUUID": reading(SECRET.UUID),
    "virSecretGetUUIDString": reading(SECRET.UUIDString),
    "virSecretGetUsageID": reading(SECRET.usageID),
    "virSecretGetUsageType": reading(SECRET.usageType),
    "virSecretGetValue": reading(SECRET.value),
    "virSecretGetXMLDesc": reading(SECRET.XMLDesc),
}
