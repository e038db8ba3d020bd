# SPDX-License-Identifier: GPL-2.0-or-later
"""A domain's disks, their jobs, and its snapshots and checkpoints, on QEMU."""
import libvirt

import documents as xml
from client import segment
from stage import Stage
from steps import Steps, gone, vm


def snapshots(steps: Steps, stage: Stage):
    off, at = stage.off, vm(stage.off)
    made = steps.do(at, "virDomainSnapshotCreateXML", lambda: off.snapshotLookupByName("new"), xmlDesc=xml.snapshot("new"))
    assert made is None or made.name == "new", made
    current = lambda: off.snapshotCurrent().getName() == "third? #&%2f"  # noqa: E731
    steps.do(f"{at}/snapshots/{segment('third? #&%2f')}", "virDomainRevertToSnapshot", current)
    steps.do(f"{at}/snapshots/new", "virDomainSnapshotDelete", lambda: gone(off.snapshotLookupByName, "new"))
    web, at = stage.web, vm(stage.web)
    steps.do(at, "virDomainCheckpointCreateXML", lambda: web.checkpointLookupByName("new"), xmlDesc=xml.checkpoint("new"))
    steps.do(f"{at}/checkpoints/new", "virDomainCheckpointDelete", lambda: gone(web.checkpointLookupByName, "new"))


def jobs(steps: Steps, stage: Stage):
    domain = stage.domain(xml.domain("jobs", xml.disk(stage.image("base.qcow2"))))
    steps.await_known(domain)
    at, directory = vm(domain), stage.directory
    job = lambda: domain.blockJobInfo("vda")  # noqa: E731
    source = lambda: domain.XMLDesc().partition("<source file='")[2].partition("'")[0].rpartition("/")[2]  # noqa: E731

    def overlay(name: str):
        domain.snapshotCreateXML(
            f"<domainsnapshot><disks><disk name='vda' snapshot='external'><source file='{directory}/{name}'/></disk></disks></domainsnapshot>",
            libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY | libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA,
        )

    steps.do(at, "virDomainBlockResize", lambda: domain.blockInfo("vda")[0] == 16 << 20, disk="vda", size=16 << 20, flags="VIR_DOMAIN_BLOCK_RESIZE_BYTES")
    overlay("one")
    steps.do(at, "virDomainBlockPull", lambda: not job() and "base.qcow2" not in domain.XMLDesc(), disk="vda", bandwidth=0)
    overlay("two")
    # libvirt hears of it a moment after QEMU has all.
    ready = lambda: (found := job()) and found["cur"] == found["end"] and "ready='yes'" in domain.XMLDesc()  # noqa: E731
    steps.do(at, "virDomainBlockCommit", ready, disk="vda", flags="VIR_DOMAIN_BLOCK_COMMIT_ACTIVE")
    steps.do(at, "virDomainBlockJobAbort", lambda: source() == "one", disk="vda", flags="VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT")
    overlay("three")
    steps.do(at, "virDomainBlockRebase", lambda: not job() and "/one'" not in domain.XMLDesc(), disk="vda", bandwidth=0)
    destination = f"<disk type='file'><driver type='qcow2'/><source file='{directory}/four'/></disk>"
    steps.do(at, "virDomainBlockCopy", job, disk="vda", destxml=destination, bandwidth=1 << 20, flags="VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB")
    steps.do(at, "virDomainBlockJobSetSpeed", lambda: job()["bandwidth"] == 7, disk="vda", bandwidth=7)
    domain.blockJobAbort("vda")
    for function in ("virDomainAbortJob", "virDomainAbortJobFlags"):
        steps.do(at, "virDomainBackupBegin", domain.backupGetXMLDesc, backupXML=backup(directory, function))
        steps.do(at, function, lambda: gone(domain.backupGetXMLDesc))


def backup(directory, name: str) -> str:
    """A backup that waits for a client."""
    return (
        f"<domainbackup mode='pull'><server transport='unix' socket='{directory}/{name}.sock'/><disks>"
        f"<disk name='vda' backup='yes' type='file'><scratch file='{directory}/{name}.scratch'/></disk></disks></domainbackup>"
    )
