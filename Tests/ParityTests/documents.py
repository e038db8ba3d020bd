# SPDX-License-Identifier: GPL-2.0-or-later
"""The XML of the objects that these tests put on their QEMU host."""
import os
import pathlib
from xml.sax.saxutils import escape

GUEST = pathlib.Path(os.environ.get("HANDLERVIRT_TEST_GUEST", pathlib.Path(__file__).resolve().parents[2] / ".build-guest"))
MAC = "52:54:00:aa:bb:01"


def disk(path, target: str = "vda", driver: str = "qcow2") -> str:
    return f"<disk type='file' device='disk'><driver name='qemu' type='{driver}'/><source file='{path}'/><target dev='{target}' bus='virtio'/></disk>"


def domain(name: str, devices: str = "", rest: str = "", memory: int = 65536, vcpus: str = "<vcpu>1</vcpu>") -> str:
    """A domain of firmware only: it starts at once, and needs nothing."""
    return f"""<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>{name}</name><memory unit='KiB'>{memory}</memory>{vcpus}
      <os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>{rest}
      <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>{devices}<memballoon model='virtio'/></devices></domain>"""


def tiny(name: str, uuid: str = "") -> str:
    """A domain for the test driver."""
    identity = f"<name>{name}</name>" + (f"<uuid>{uuid}</uuid>" if uuid else "")
    devices = f"<devices>{disk('/nonesuch')}</devices>"
    return f"<domain type='test'>{identity}<memory>1024</memory><vcpu current='1'>2</vcpu><os><type>hvm</type></os>{devices}</domain>"


def guest(name: str, devices: str, rest: str = "") -> str:
    """A domain that boots the small Linux of Tests/testbed/guest.sh, with its agent."""
    return f"""<domain type='qemu'><name>{name}</name><title>A guest</title><description>With an agent</description>
      <metadata><p:role xmlns:p="urn:parity:1">web</p:role></metadata>
      <memory unit='KiB'>262144</memory><currentMemory unit='KiB'>196608</currentMemory><vcpu current='2'>4</vcpu>
      <iothreads>2</iothreads>
      <os><type arch='x86_64' machine='pc'>hvm</type><kernel>{GUEST}/vmlinuz</kernel><initrd>{GUEST}/initrd.gz</initrd>
      <cmdline>console=ttyS0 quiet</cmdline></os>
      <features><acpi/></features><cpu><numa><cell id='0' cpus='0-3' memory='262144' unit='KiB'/></numa></cpu>{rest}
      <pm><suspend-to-mem enabled='yes'/><suspend-to-disk enabled='yes'/></pm>
      <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>{devices}
      <serial type='pty'/><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
      <graphics type='vnc' port='-1' autoport='yes' passwd='secret'/><video><model type='cirrus'/></video><memballoon model='virtio'/></devices></domain>"""


def interface(network: str, nwfilter: str, target: str) -> str:
    return (
        f"<interface type='network'><mac address='{MAC}'/><source network='{network}'/><target dev='{target}'/><model type='virtio'/>"
        f"<filterref filter='{nwfilter}'/></interface>"
    )


def network(name: str, bridge: str, subnet: str) -> str:
    return f"""<network><name>{name}</name><bridge name='{bridge}'/>
      <ip address='{subnet}.1' netmask='255.255.255.0'><dhcp><range start='{subnet}.10' end='{subnet}.20'/></dhcp></ip></network>"""


def pool(name: str, directory) -> str:
    return f"<pool type='dir'><name>{name}</name><target><path>{directory}</path></target></pool>"


def volume(name: str, kind: str = "qcow2", capacity: int = 8 << 20) -> str:
    # A checkpoint's bitmaps need version 3 of the format, which libvirt calls 1.1.
    compat = "<compat>1.1</compat>" if kind == "qcow2" else ""
    return f"<volume><name>{name}</name><capacity unit='bytes'>{capacity}</capacity><target><format type='{kind}'/>{compat}</target></volume>"


def nwfilter(name: str) -> str:
    return f"<filter name='{name}' chain='root'><rule action='accept' direction='inout' priority='500'><tcp dstportstart='22'/></rule></filter>"


def secret(usage: str) -> str:
    return f"<secret ephemeral='no' private='no'><description>for tests</description><usage type='volume'><volume>{usage}</volume></usage></secret>"


def snapshot(name: str) -> str:
    name = escape(name)
    return f"<domainsnapshot><name>{name}</name><description>of {name}</description></domainsnapshot>"


def checkpoint(name: str) -> str:
    return f"<domaincheckpoint><name>{name}</name><disks><disk name='vda' checkpoint='bitmap'/></disks></domaincheckpoint>"
