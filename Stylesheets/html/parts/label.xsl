<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What the properties are called on a page. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:active" mode="label">State</xsl:template>
  <xsl:template match="hv:allocation" mode="label">Allocated</xsl:template>
  <xsl:template match="hv:also" mode="label">Also defined on</xsl:template>
  <xsl:template match="hv:autostart" mode="label">Start with the host</xsl:template>
  <xsl:template match="/*/*/hv:autostart" mode="label">Autostart</xsl:template>
  <xsl:template match="hv:available" mode="label">Free</xsl:template>
  <xsl:template match="hv:bridge" mode="label">Bridge</xsl:template>
  <xsl:template match="hv:capability" mode="label">Capabilities</xsl:template>
  <xsl:template match="hv:capacity" mode="label">Capacity</xsl:template>
  <xsl:template match="hv:code" mode="label">Error code</xsl:template>
  <xsl:template match="hv:cores" mode="label">Cores per socket</xsl:template>
  <xsl:template match="hv:cpus" mode="label">CPUs</xsl:template>
  <xsl:template match="hv:created" mode="label">Created</xsl:template>
  <xsl:template match="hv:current" mode="label">Current</xsl:template>
  <xsl:template match="hv:description" mode="label">Description</xsl:template>
  <xsl:template match="hv:domain" mode="label">Raised by</xsl:template>
  <xsl:template match="hv:driver" mode="label">Driver</xsl:template>
  <xsl:template match="hv:ephemeral" mode="label">Ephemeral</xsl:template>
  <xsl:template match="hv:filter" mode="label">Filter</xsl:template>
  <xsl:template match="hv:forward" mode="label">Forwarding</xsl:template>
  <xsl:template match="hv:frequency" mode="label">Clock</xsl:template>
  <xsl:template match="hv:group" mode="label">Group</xsl:template>
  <xsl:template match="hv:host" mode="label">Host</xsl:template>
  <xsl:template match="hv:hostname" mode="label">Host name</xsl:template>
  <xsl:template match="hv:hypervisor-version" mode="label">Hypervisor</xsl:template>
  <xsl:template match="hv:level" mode="label">Level</xsl:template>
  <xsl:template match="hv:libvirt-version" mode="label">libvirt</xsl:template>
  <xsl:template match="hv:mac" mode="label">MAC address</xsl:template>
  <xsl:template match="hv:maximum-memory" mode="label">Maximum memory</xsl:template>
  <xsl:template match="hv:memory" mode="label">Memory</xsl:template>
  <xsl:template match="hv:method" mode="label">Method</xsl:template>
  <xsl:template match="hv:model" mode="label">CPU model</xsl:template>
  <xsl:template match="hv:name" mode="label">Name</xsl:template>
  <xsl:template match="hv:note" mode="label">Note</xsl:template>
  <xsl:template match="hv:numa-nodes" mode="label">NUMA nodes</xsl:template>
  <xsl:template match="hv:object" mode="label">Object</xsl:template>
  <xsl:template match="hv:outcome" mode="label">Outcome</xsl:template>
  <xsl:template match="hv:owner" mode="label">Owner</xsl:template>
  <xsl:template match="hv:parameter" mode="label">Parameter</xsl:template>
  <xsl:template match="hv:parent" mode="label">Parent</xsl:template>
  <xsl:template match="hv:path" mode="label">Path</xsl:template>
  <xsl:template match="hv:permission" mode="label">Permission</xsl:template>
  <xsl:template match="hv:persistent" mode="label">Persistent</xsl:template>
  <xsl:template match="hv:pool" mode="label">Pool</xsl:template>
  <xsl:template match="hv:private" mode="label">Private</xsl:template>
  <xsl:template match="hv:reason" mode="label">Reason</xsl:template>
  <xsl:template match="hv:returns" mode="label">Returns</xsl:template>
  <xsl:template match="hv:running" mode="label">Running VMs</xsl:template>
  <xsl:template match="hv:signature" mode="label">C function</xsl:template>
  <xsl:template match="hv:since" mode="label">Since libvirt</xsl:template>
  <xsl:template match="hv:sockets" mode="label">Sockets per node</xsl:template>
  <xsl:template match="hv:state" mode="label">State</xsl:template>
  <xsl:template match="hv:snapshot/hv:state" mode="label">State saved</xsl:template>
  <xsl:template match="hv:status" mode="label">Status</xsl:template>
  <xsl:template match="hv:tags" mode="label">Tags</xsl:template>
  <xsl:template match="hv:threads" mode="label">Threads per core</xsl:template>
  <xsl:template match="hv:total" mode="label">VMs</xsl:template>
  <xsl:template match="hv:type" mode="label">Type</xsl:template>
  <xsl:template match="hv:uri" mode="label">libvirt URI</xsl:template>
  <xsl:template match="hv:usage" mode="label">Usage ID</xsl:template>
  <xsl:template match="hv:usage-type" mode="label">Used for</xsl:template>
  <xsl:template match="hv:used-by" mode="label">Used by</xsl:template>
  <xsl:template match="hv:uuid" mode="label">UUID</xsl:template>
  <xsl:template match="hv:vcpus" mode="label">vCPUs</xsl:template>

</xsl:stylesheet>
