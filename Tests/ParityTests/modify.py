#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Does every modifying function do over HTTP what it is for?

    modify.py

Each is run at least once, successfully, on a real driver: QEMU and its network, storage, secret, filter and device drivers, or the test
driver where those lack something. libvirt-python sees to the effect. HANDLERVIRT_TEST_QEMU and HANDLERVIRT_TEST_TEST are URIs of hosts that
are the tests' own; a second QEMU host for migrations is started here.
"""
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import libvirt

import modify_blocks
import modify_domain
import modify_host
import modify_migration
from client import HV, ROOT, Server
from stage import Stage
from steps import Steps

NOT_HERE = {
    "virDomainSetLaunchSecurityState": "needs an AMD processor with SEV, and KVM",
    "virNodeDeviceDetachFlags": "takes a device away from the machine",
    "virNodeDeviceDettach": "takes a device away from the machine",
    "virNodeDeviceReAttach": "gives back a device that was taken away",
    "virNodeDeviceReset": "resets a device of the machine",
    "virNodeSuspendForDuration": "would put the machine to sleep",
}


@contextlib.contextmanager
def second_host():
    """Another libvirtd, which also finds tools/mdevctl."""
    home = tempfile.mkdtemp(prefix="hv-")
    script = ROOT / "Tests/testbed/host.sh"
    tools = pathlib.Path(__file__).resolve().parent / "tools"
    environment = {**os.environ, "TESTBED_HOME": home, "PATH": f"{tools}:{os.environ['PATH']}"}
    try:
        yield subprocess.run([script, "up"], env=environment, check=True, capture_output=True, text=True).stdout.strip()
    finally:
        subprocess.run([script, "down"], env=environment, check=False, capture_output=True)
        shutil.rmtree(home, ignore_errors=True)


def offered(server: Server) -> set[str]:
    return {command.get("name") for command in server.get("/commands").xml.iter(f"{HV}command") if command.findtext(f"{HV}method") == "POST"}


def on_qemu(uri: str) -> tuple[list[Steps], set[str]]:
    with second_host() as other_uri, Stage(uri) as stage:
        stage.set_qemu()
        other = libvirt.open(other_uri)
        with Server("--access", "read-write", "--connect", other_uri, connect=uri) as server:
            steps, elsewhere = Steps(server, uri), Steps(server, other_uri)
            for play in (modify_domain.life, modify_domain.saving, modify_domain.devices, modify_domain.tuning, modify_blocks.snapshots, modify_blocks.jobs):
                steps.scenario(play, stage)
            for play in (modify_host.networks, modify_host.storage, modify_host.filters, modify_host.secrets, modify_host.node, modify_domain.guest):
                steps.scenario(play, stage)
            steps.scenario(modify_migration.migration, stage, other_uri, other, elsewhere.client.host.rpartition("/")[2])
            steps.scenario(modify_migration.after_copying, stage, other_uri, other)
            steps.scenario(modify_migration.hostile, stage)
            elsewhere.scenario(modify_host.mediated_devices, other)
            wanted = offered(server)
        stage.forget("life", "life2", "renamed", "new", "new2", "passing")
        other.close()
    return [steps, elsewhere], wanted


def on_test(uri: str) -> Steps:
    with contextlib.closing(libvirt.open(uri)) as connection, Server("--access", "read-write", connect=uri) as server:
        steps = Steps(server, uri)
        steps.scenario(modify_host.test_driver, connection)
    return steps


def main() -> int:
    done, wanted = on_qemu(os.environ["HANDLERVIRT_TEST_QEMU"])
    done.append(on_test(os.environ["HANDLERVIRT_TEST_TEST"]))
    succeeded = set().union(*(steps.succeeded for steps in done))
    failures = [failure for steps in done for failure in steps.failures]
    for failure in failures:
        print(f"   FAILED {failure}")
    # What is offered as POST but only reads (a function of the class `safepost`, a secret's value) is parity.py's.
    from parity import READINGS

    wanted = (wanted | succeeded) - READINGS.keys()
    forgotten = wanted - succeeded - NOT_HERE.keys()
    print(f"{len(succeeded & wanted)} of {len(wanted)} modifying functions executed")
    for function, reason in NOT_HERE.items():
        print(f"   {function}: {reason}")
    for function in sorted(forgotten):
        print(f"   {function}: FAILED or not tried")
    return 1 if failures or forgotten else 0


if __name__ == "__main__":
    sys.exit(main())
