#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Can an owner change whose a VM is, by anything that is done to one? Every way there is, on QEMU, alone and while an admin gives the VM to another.

    ownership.py [NAME...]      only the scenes whose name holds one of these words

HANDLERVIRT_BINARY is the server, HANDLERVIRT_TEST_QEMU the URI of a libvirtd of the tests' own; without it one is started. Migration is
migrations.py, on hosts of its own, and runs at the end where network namespaces can be made.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import libvirt

import definitions
import disputes
import images
import liberties
import rules
import snapshots
import transfers
from holdings import Holding
from persons import Checks, Service, libvirtd
from races import Way, play
from registry import GRANTS, USERS, Registry

HOST = "h1"
MIGRATION = "migration"


class Play:
    """The scenes, each with VMs of its own."""

    def __init__(self, uri: str, directory: pathlib.Path, checks: Checks, words: list[str]):
        self.hosts = {HOST: uri}
        self.connection = libvirt.open(uri)
        self.directory, self.checks, self.words = directory, checks, words
        self.count = 0

    def is_wanted(self, name: str) -> bool:
        return not self.words or any(word in name for word in self.words)

    def holding(self, owner: str = "alice", has_disk: bool = False) -> Holding:
        self.count += 1
        return Holding(self.connection, HOST, f"vm-{self.count}", owner, self.directory if has_disk else None)

    def ways(self, registry: Registry, name: str, ways: list[Way], who: str = "alice"):
        """One VM serves all of them: first those that are for one which is off."""
        if not self.is_wanted(name):
            return
        vm = self.holding(who, any(way.has_disk for way in ways))
        try:
            for way in sorted(ways, key=lambda way: way.running):
                self.checks.scene(way.name, play, registry, way, vm, who)
        finally:
            vm.clear()

    def scene(self, name: str, scene, *arguments, vms: tuple[Holding, ...] = ()):
        if self.is_wanted(name):
            try:
                self.checks.scene(name, scene, *arguments)
            finally:
                for vm in vms:
                    vm.clear()

    def run(self):
        with Service(self.hosts, USERS, GRANTS) as service:
            registry = Registry(service, self.checks)
            files = images.Files(self.directory)
            self.transfers(registry)
            for name, ways in {
                "definitions": definitions.definitions, "creations": definitions.creations, "annotations": definitions.annotations,
                "restarts": definitions.restarts, "snapshots": snapshots.ways, "images": files.ways, "managed": images.managed_ways,
            }.items():  # fmt: skip
                self.ways(registry, name, ways())
            self.ways(registry, "plain owners", definitions.plain_owners(), "bob")
            mine, foreign = self.holding(), self.holding("bob")
            self.scene("strangers", definitions.strangers, registry, mine, foreign, vms=(mine, foreign))
            for name, scene, has_disk in (
                ("snapshots, succession", snapshots.succession, True), ("images, succession", files.succession, False),
                ("managed, succession", images.managed_succession, False), ("disputes", disputes.disputes, False),
            ):  # fmt: skip
                vm = self.holding(has_disk=has_disk)
                self.scene(name, scene, registry, vm, vms=(vm,))
            vm = self.holding("bob", has_disk=True)
            self.scene("liberties, owner", liberties.plain_owner, registry, vm, self.directory, vms=(vm,))
            vm = self.holding()
            self.scene("liberties, operator", liberties.operator, registry, vm, vms=(vm,))
            self.checks.check("the server has not ended", service.is_alive, service.obituary())
        for scene in (rules.by_name, rules.by_host):
            self.scene(f"rules, {scene.__name__}", scene, self.hosts, self.connection, self.checks)

    def transfers(self, registry: Registry):
        for scene in (transfers.states, transfers.names, transfers.addresses):
            vm = self.holding()
            self.scene(f"transfers, {scene.__name__}", scene, registry, vm, vms=(vm,))


def migrations(checks: Checks):
    if os.geteuid() != 0:
        checks.note("migration is left out: network namespaces need root")
        return
    program = pathlib.Path(__file__).resolve().parent / "migrations.py"
    checks.check("migration, see above", subprocess.run(["/usr/bin/python3", str(program)], check=False).returncode == 0)


def main(words: list[str]) -> int:
    checks = Checks()
    with libvirtd("qemu") as uri, tempfile.TemporaryDirectory(prefix="hv-owners-") as directory:
        Play(uri, pathlib.Path(directory), checks, words).run()
    if not words or any(word in MIGRATION for word in words):
        migrations(checks)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
