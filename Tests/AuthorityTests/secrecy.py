# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether what is hidden is answered exactly like what is not there: status, headers and body, but for its name and the request's id."""
import itertools

from client import HTML, XML, Answer
from expectation import Cell, Expectation, Verdict
from judgement import Bench
from roles import CALLERS, Caller, Thing
from scenery import Scenery

# Of each kind something hidden from somebody, and what is not there; a few commands of each.
PAIRS = (
    ("host", "h1", "h9", ("virNodeGetInfo", "virNodeSetMemoryParameters", "virDomainDefineXML")),
    ("domain", "xenas-vm", "nonesuch", ("virDomainGetInfo", "virDomainDestroy", "virDomainSetMetadata", "owner", "no-such-command")),
    ("domain", "alice-ruled", "alice-rules", ("virDomainGetInfo", "virDomainDestroy", "virDomainRename", "owner")),
    ("domain", "in-dispute", "nonesuch", ("virDomainGetInfo", "virDomainDestroy")),
    ("network", "no-ones-n", "nonesuchn", ("virNetworkGetXMLDesc", "virNetworkDestroy", "virNetworkGetDHCPLeases")),
    ("network", "xena-netw", "nonesuchn", ("virNetworkGetXMLDesc", "virNetworkDestroy")),
    ("pool", "nos-pool", "not-pool", ("virStoragePoolGetInfo", "virStoragePoolDestroy", "virStorageVolCreateXML")),
    ("volume", "disk-n", "disk-0", ("virStorageVolGetInfo", "virStorageVolDelete")),
    ("interface", "eth1", "eth9", ("virInterfaceGetXMLDesc", "virInterfaceDestroy")),
    ("device", "computer", "compuuut", ("virNodeDeviceGetXMLDesc", "virNodeDeviceReset")),
)
# What is below some of them.
BELOW = {
    "domain": ("snapshots", "snapshots/one", "snapshots/one/virDomainSnapshotDelete", "checkpoints"), "network": ("ports",), "pool": ("volumes",),
    "host": ("networks", "domains/x", "interfaces/eth1"),
}
VIEWS = ((XML, ""), (HTML, ""), (XML, "?view=html"), (XML, "?view=json"))


class Secrecy:
    def __init__(self, bench: Bench, expectation: Expectation, scenery: Scenery):
        self.bench, self.expectation, self.scenery = bench, expectation, scenery

    def compare(self):
        for kind, name, absent, commands in PAIRS:
            hidden, none = self.scenery.find(kind, name), self.scenery.find(kind, absent)
            for caller in CALLERS[1:]:
                if self.expectation.finds(caller, hidden) is Verdict.HIDDEN:
                    for end in ("", *commands, *BELOW.get(kind, ())):
                        self.alike(caller, hidden, none, end)

    def alike(self, caller: Caller, hidden: Thing, none: Thing, end: str):
        client, report = self.bench.service.client, self.bench.report
        # The same addresses, of which only the last name differs.
        paths = [(here, there) for here, there in zip(hidden.paths, none.paths) if here.rpartition("/")[0] == there.rpartition("/")[0]]
        if hidden.is_disputed:
            paths = [(here, there) for here, there in zip(hidden.paths, none.paths[1:])]
        for (here, there), (accept, view), method in itertools.product(paths, VIEWS, ("GET", "POST")):
            names = (hidden.uuid, hidden.name, none.uuid, none.name)
            while True:
                first, second = (
                    client.ask(method, f"{path}{'/' if end else ''}{end}{view}", caller.name, accept=accept) for path in (here, there))
                pair = first.likeness(*names), second.likeness(*names)
                # Where nothing is, an answer names the hosts that do not answer just now.
                if pair[0] == pair[1] or not self.bench.service.was_lost():
                    break
            what = next((part for part, *values in zip(("status", "headers", "body"), *pair) if values[0] != values[1]), None)
            report.check(
                what is None, f"{self.bench.service.access}  {caller}: {method} {here}/{end}{view} ({accept}) differs in its {what} from {there}: "
                f"{first} | {second}")

    def refusals(self, cells: list[Cell], answers: list[Answer]):
        """What XML names is not told either: a refusal is the same for another's object and for none."""
        report = self.bench.report
        bodies: dict[tuple, set] = {}
        for cell, answer in zip(cells, answers):
            if cell.verdict is Verdict.DENIED and cell.named.owner != cell.caller.name:
                key = cell.caller.name, cell.path
                bodies.setdefault(key, set()).add(str(answer.likeness(cell.named.name, cell.named.uuid)))
        for (caller, path), different in bodies.items():
            access = self.bench.service.access
            report.check(len(different) == 1, f"{access}  {caller}: POST {path} tells objects apart that it refuses: {sorted(different)[:2]}")
