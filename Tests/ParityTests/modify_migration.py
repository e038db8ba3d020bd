# SPDX-License-Identifier: GPL-2.0-or-later
"""Domains that move between two hosts. These have no network in common, so all goes through UNIX sockets."""
import pathlib
import subprocess
import tempfile

import libvirt

import documents as xml
from stage import Stage, quiet, until
from steps import Steps, state, vm

LIVE, PEER = "VIR_MIGRATE_LIVE", "VIR_MIGRATE_PEER2PEER"


def migration(steps: Steps, stage: Stage, uri: str, other: libvirt.virConnect, other_host: str):
    domain = stage.domain(xml.domain("mover"), start=False)
    at = vm(domain)
    directory = pathlib.Path(tempfile.mkdtemp(prefix="hv-move-", dir=stage.directory))

    def destination(function: str, name: str) -> str:
        """A host that the server has joined is called by its name."""
        return other_host if steps.parameter_type(function, name) == "host" else uri

    def move(function: str, **parameters):
        for connection in (stage.connection, other):
            quiet(lambda host: host.lookupByName("mover").destroy(), connection)
        domain.create()
        steps.await_known(domain, "running")
        arrived = lambda: other.lookupByName("mover").isActive() and not domain.isActive()  # noqa: E731
        steps.do(at, function, arrived, **parameters)

    socket = f"unix://{directory}/socket"
    move("virDomainMigrate", dconn=destination("virDomainMigrate", "dconn"), flags=LIVE, uri=socket)
    move("virDomainMigrate2", dconn=destination("virDomainMigrate2", "dconn"), flags=LIVE, uri=socket)
    move("virDomainMigrate3", dconn=destination("virDomainMigrate3", "dconn"), flags=LIVE, migrate_uri=socket)
    move("virDomainMigrateToURI", duri=destination("virDomainMigrateToURI", "duri"), flags=[LIVE, PEER, "VIR_MIGRATE_TUNNELLED"])
    move("virDomainMigrateToURI2", dconnuri=destination("virDomainMigrateToURI2", "dconnuri"), miguri=socket, flags=[LIVE, PEER])
    move("virDomainMigrateToURI3", dconnuri=destination("virDomainMigrateToURI3", "dconnuri"), migrate_uri=socket, flags=[LIVE, PEER])
    quiet(lambda: other.lookupByName("mover").destroy())


def after_copying(steps: Steps, stage: Stage, uri: str, other: libvirt.virConnect):
    """A slow move that is told to go on from the other side. It takes long because a kernel and its files are in the guest's memory."""
    mover = stage.domain(xml.guest("slow", ""))
    until(lambda: mover.guestInfo(0, 0), what="the agent of the guest that moves")
    # By virsh: libvirt-python keeps its other threads waiting while it migrates.
    migrate = ["virsh", "--connect", stage.uri, "migrate", "slow", uri, "--live", "--p2p", "--postcopy", "--bandwidth", "1"]
    migrate += ["--migrateuri", f"unix://{stage.directory}/slow.sock"]
    with subprocess.Popen(migrate, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as move:
        try:
            until(lambda: move.poll() is not None or mover.jobStats().get("memory_processed"), what="the migration")
            assert move.poll() is None, move.stderr.read()
            arrived = lambda: state(other.lookupByName("slow")) == libvirt.VIR_DOMAIN_RUNNING  # noqa: E731
            # Two hosts have it now, so it is asked for on one of them.
            steps.do(f"domains/{mover.UUIDString()}", "virDomainMigrateStartPostCopy", arrived)
        finally:
            quiet(mover.abortJob)
    quiet(lambda: other.lookupByName("slow").destroy())


def hostile(steps: Steps, stage: Stage):
    """A connection's URI can name a program, which libvirtd would run as root: such a one must be refused."""
    domain = stage.domain(xml.domain("hostile"))
    steps.await_known(domain)
    program, proof = stage.directory / "program", stage.directory / "was-run"
    program.write_text(f"#!/bin/sh\ntouch {proof}\n")
    program.chmod(0o755)
    for function, name in (("virDomainMigrateToURI", "duri"), ("virDomainMigrateToURI2", "dconnuri"), ("virDomainMigrateToURI3", "dconnuri")):
        for uri in (f"qemu+ext:///system?command={program}", f"qemu+ssh://far/system?command={program}", f"qemu+libssh2://far/system?netcat={program}"):
            answer = steps.client.post(vm(domain), function, **{name: uri, "flags": [LIVE, PEER]})
            if proof.exists() or answer.status < 400:
                steps.failures.append(f"{function}: {uri} was {'run' if proof.exists() else 'accepted'}\n      {answer.request}")
                proof.unlink(missing_ok=True)
