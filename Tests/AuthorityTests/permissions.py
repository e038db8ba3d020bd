# SPDX-License-Identifier: GPL-2.0-or-later
"""Which permissions each libvirt function asks for, from libvirt's own annotations (libvirt-acl.tsv) and the rules of handlervirt's."""
import csv
import pathlib
from dataclasses import dataclass

from annotations import NAMESPACES, OPTIONAL, RAW, RAW_FLAGS, SUPPLIED, TUNING, TYPED

HERE = pathlib.Path(__file__).resolve().parent
CALLABLE = ("get", "safepost", "post")
# The kind of object that a function is called on, by the type of its first argument, and libvirt's word for it in permissions.
KINDS = {
    "virConnectPtr": "host", "virDomainPtr": "domain", "virDomainPtr *": "domain", "virDomainSnapshotPtr": "snapshot",
    "virDomainCheckpointPtr": "checkpoint", "virNetworkPtr": "network", "virNetworkPortPtr": "port", "virStoragePoolPtr": "pool",
    "virStorageVolPtr": "volume", "virInterfacePtr": "interface", "virNodeDevicePtr": "device", "virNWFilterPtr": "filter",
    "virNWFilterBindingPtr": "binding", "virSecretPtr": "secret",
}
WORDS = {
    "host": "connect", "domain": "domain", "snapshot": "domain", "checkpoint": "domain", "network": "network", "port": "network_port",
    "pool": "storage_pool", "volume": "storage_vol", "interface": "interface", "device": "node_device", "filter": "nwfilter",
    "binding": "nwfilter_binding", "secret": "secret",
}

@dataclass(frozen=True)
class Condition:
    """A permission, and when it is asked for: always, or if one of these flags or parameters is given, or if none of those flags is."""

    permission: str
    flags: frozenset = frozenset()
    without: frozenset = frozenset()
    parameters: frozenset = frozenset()

    @property
    def is_constant(self) -> bool:
        return not (self.flags or self.without or self.parameters)

    def holds(self, flags, parameters) -> bool:
        if self.flags or self.without:
            return bool(self.flags & set(flags)) or bool(self.without) and not self.without & set(flags)
        return not self.parameters or bool(self.parameters & set(parameters))

    def __str__(self):
        parts = sorted(self.flags) + [f"!{name}" for name in sorted(self.without)] + [f"{name}=" for name in sorted(self.parameters)]
        return f"{self.permission}?{'|'.join(parts)}" if parts else self.permission


@dataclass(frozen=True)
class Function:
    """One libvirt function: the kind of object that it is called on, and what it asks for."""

    name: str
    kind: str
    conditions: tuple
    reason: str = ""
    arguments: tuple = ()

    def needs(self, flags=(), parameters=()) -> list[str]:
        return [item.permission for item in self.conditions if item.holds(flags, parameters)]

    @property
    def base(self) -> list[str]:
        """What it asks for whatever it is called with: enough to see its form."""
        return [item.permission for item in self.conditions if item.is_constant]

    @property
    def xml(self) -> str | None:
        """The argument that names its object, if it makes one from XML."""
        return next((name for name in self.arguments if "xml" in name.lower()), None) if self.makes else None

    @property
    def image(self) -> str | None:
        """The argument that is a saved image, which names its domain."""
        saved = next((name for name in self.arguments if name in ("from", "file")), None)
        return "file" if self.name == "virDomainRestoreParams" else saved if self.makes else None

    @property
    def is_reading(self) -> bool:
        return all(map(reads, self.base))

    @property
    def makes(self) -> str | None:
        """The kind of the object that its XML or its saved image names; None if it is called on the object itself."""
        words = {permission.partition(":")[0] for permission in self.base} - {"hv"}
        return next((kind for kind, word in WORDS.items() if self.kind == "host" and {word} == words and word != "connect"), None)


def reads(permission: str) -> bool:
    """Whether it only lets one look, which read-only access gives and GET may do."""
    return permission.partition(":")[2] in ("getattr", "read") or ":search_" in permission or permission in ("hv:settings", "hv:metrics", "hv:audit")


def conditions(row: str) -> list[Condition]:
    """Reads a row of libvirt-acl.tsv. What it filters a list by is asked of each item, not of the call."""
    found = []
    for term in row.split(" & "):
        if term == "none" or term.startswith("filter:"):
            continue
        word, action, *rest = term.split(":")
        # object:action, object:action:FLAG, object:action:!A|B, object:action::argument:CONSTANT
        when = rest[-1] if rest else ""
        names = frozenset(filter(None, when.lstrip("!").split("|")))
        found.append(Condition(f"{word}:{action}", without=names) if when.startswith("!") else Condition(f"{word}:{action}", flags=names))
    return found


def reach(name: str, arguments: list[tuple[str, str]]) -> list[Condition]:
    """What a function that is not a mere reading asks for beside libvirt's own permissions."""
    found = [Condition("hv:tune")] if TUNING.fullmatch(name) else []
    raw = [argument for argument, kind in arguments if "char *" in kind and ("xml" in argument.lower() or argument in RAW)]
    raw += [argument for argument, kind in arguments if argument == "clonevol"] + list(TYPED.get(name, ()))
    if name in NAMESPACES:
        return found
    optional = OPTIONAL.get(name, set()) | set(TYPED.get(name, ())) - {"file"}
    if set(raw) - optional:
        return found + [Condition("hv:raw")]
    if raw:
        found.append(Condition("hv:raw", parameters=frozenset(raw)))
    return found + [Condition("hv:raw", flags=frozenset([flag])) for flag in RAW_FLAGS.get(name, ())]


def rows(path: pathlib.Path) -> list[list[str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def functions() -> dict[str, Function]:
    """All that can be called by URL."""
    # RPCs and functions are named alike, but for the underscores.
    annotations = {rpc.replace("_", ""): row for rpc, row in rows(HERE / "libvirt-acl.tsv")}
    found = {}
    for _, name, group, _, text in rows(HERE / "libvirt-functions.tsv"):
        if group not in CALLABLE:
            continue
        arguments = [tuple(part.split(":", 1)) for part in text.split(", ")]
        kind = KINDS.get(arguments[0][1], "host")
        row, reason = SUPPLIED.get(name) or (annotations[name[3:].lower()], "")
        asked = conditions(row)
        if not all(reads(item.permission) for item in asked if item.is_constant):
            asked += reach(name, arguments)
        found[name] = Function(name, kind, tuple(asked), reason, tuple(argument for argument, _ in arguments))
    return found
