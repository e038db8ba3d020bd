# SPDX-License-Identifier: GPL-2.0-or-later
"""Every cell of the matrix: command, method, caller, object; with flags and parameters that ask for more; and with XML that names an object."""
import itertools
from collections.abc import Iterator

from documentation import POISON, Documentation
from expectation import Cell, Expectation, Verdict
from permissions import Condition, Function
from roles import CALLERS, Thing
from scenery import Scenery

# What libvirt does not take, so that whoever may post it has changed nothing; but it says whom it is about.
DOCUMENTS = {
    "domain": "<domain type='test'><name>{name}</name><uuid>{uuid}</uuid></domain>",
    "network": "<network><name>{name}</name><forward mode='nonsense'/></network>",
    "pool": "<pool type='nonsense'><name>{name}</name></pool>",
    "interface": "<interface type='nonsense' name='{name}'/>",
    "device": "<device><name>{name}</name></device>",
    "secret": "<secret ephemeral='nonsense'><uuid>{name}</uuid></secret>",
    "filter": "<filter name='{name}' chain='nonsense'><rule/></filter>",
    "binding": "<filterbinding><portdev name='{name}'/></filterbinding>",
}
OWNER = Function("owner", "domain", (Condition("hv:owner"),))
METHODS = ("GET", "POST")


class Cells:
    """The cells for one server."""

    def __init__(self, functions: list[Function], documentation: Documentation, expectation: Expectation, scenery: Scenery):
        self.functions = functions
        self.documentation = documentation
        self.expectation = expectation
        self.scenery = scenery
        self.number = itertools.count()
        # Flags and parameters that the server does not know, so nobody can give them.
        self.unknown: set[str] = set()

    def cell(self, caller, method: str, function: Function, thing: Thing, more: dict, flags=(), parameters=(), named=None) -> Cell:
        # Each address has its turn.
        path = f"{thing.paths[next(self.number) % len(thing.paths)]}/{function.name}"
        verdict = self.expectation.of(caller, method, function, thing, flags, parameters, named)
        fields = {}
        if method == "POST" or function.is_reading:
            fields = {**self.documentation.required(function), **more}
        harms = method == "POST" and not function.is_reading and not verdict.is_closed
        if harms and not named:
            fields = {**({} if function.makes else fields), **POISON}
        return Cell(caller, method, function, thing, path, tuple(flags), fields, named, verdict)

    def plain(self) -> Iterator[Cell]:
        for function in self.functions:
            for thing in self.scenery.things:
                if thing.kind == function.kind:
                    for caller, method in itertools.product(CALLERS, METHODS):
                        yield self.cell(caller, method, function, thing, {})

    def conditional(self) -> Iterator[Cell]:
        """With each flag and each parameter that asks for a permission which the function alone does not; and with none of what it assumes."""
        for function in self.functions:
            cases = []
            for condition in function.conditions:
                for flag in sorted(condition.flags) + sorted(name for name in condition.without if name.endswith("_LIVE")):
                    cases.append(((flag,), (), self.documentation.flag(function, flag), flag))
                cases += [((), (name,), self.documentation.one(function, name), name) for name in sorted(condition.parameters)]
            for flags, parameters, fields, name in cases:
                if fields is None:
                    self.unknown.add(f"{function.name} {name}")
                    continue
                for thing in self.scenery.things:
                    if thing.kind == function.kind:
                        for caller, method in itertools.product(CALLERS, METHODS if function.is_reading else ("POST",)):
                            yield self.cell(caller, method, function, thing, fields, flags, parameters)

    def about(self) -> Iterator[Cell]:
        """XML that names somebody's object, and one that is not there."""
        host = next(thing for thing in self.scenery.things if thing.kind == "host")
        for function in self.functions:
            if not function.xml or function.image:
                continue
            things = [thing for thing in self.scenery.things if thing.kind == function.makes]
            cases = [(thing, DOCUMENTS[thing.kind].format(name=thing.name, uuid=thing.uuid)) for thing in things]
            if function.makes == "domain":
                # Another one's UUID under the caller's own name.
                others = [thing for thing in things if thing.owner != "xena" and thing.is_there]
                cases += [(thing, DOCUMENTS["domain"].format(name="xenas-vm", uuid=thing.uuid)) for thing in others]
            for (thing, document), caller in itertools.product(cases, CALLERS):
                yield self.cell(caller, "POST", function, host, {function.xml: document}, named=thing)

    def saved(self, images: list[tuple[Thing, str]]) -> Iterator[Cell]:
        """Saved images, which only libvirt can read."""
        host = next(thing for thing in self.scenery.things if thing.kind == "host")
        for function in self.functions:
            if not function.image:
                continue
            for (thing, path), caller in itertools.product(images, CALLERS):
                given = {function.image: path}
                if function.name == "virDomainSaveImageDefineXML":
                    given[function.xml] = DOCUMENTS["domain"].format(name=thing.name, uuid=thing.uuid)
                yield self.cell(caller, "POST", function, host, given, (), (function.image,), thing)

    def owner(self) -> Iterator[Cell]:
        """The command that says whose a domain is: posted with the owner that it has."""
        for thing in self.scenery.things:
            path = thing.paths[0]
            if thing.kind == "domain" and path.startswith("/virt/"):
                for caller, method in itertools.product(CALLERS, METHODS):
                    verdict = self.expectation.of(caller, method, OWNER, thing)
                    given = {"owner": thing.owner or "nobody"} if method == "POST" else {}
                    yield Cell(caller, method, OWNER, thing, f"{path}/owner", (), given, None, verdict)


def sorted_by_calls(cells: list[Cell]) -> dict[str, list[Cell]]:
    """The cells by how often the host may be called: not at all; not at all, either; to look for what it is about; and as often as it takes."""
    sorts: dict[str, list[Cell]] = {name: [] for name in ("untouched", "at host", "seen", "missing", "others")}
    for cell in cells:
        is_domain = cell.thing.subject.kind == "domain"
        if not cell.verdict.is_closed:
            name = "others"
        elif cell.verdict is Verdict.UNKNOWN:
            name = "untouched"
        elif not (cell.thing.is_there and cell.thing.subject.is_there):
            # It may have come into being just now.
            name = "missing"
        elif cell.verdict is Verdict.HIDDEN:
            name = "at host" if is_domain and cell.path.startswith("/hosts/") else "untouched"
        else:
            # Who lacks the permission only for a flag may have the object looked up. Domains and hosts are known without that.
            name = "seen" if cell.flags and cell.thing.kind not in ("domain", "host") else "untouched"
        sorts[name].append(cell)
    return sorts
