# SPDX-License-Identifier: GPL-2.0-or-later
"""Roles, grants and owners as the specification has them, and whether they give somebody a permission on something."""
import fnmatch
from dataclasses import dataclass, field

from permissions import WORDS, reads

LIFECYCLE = "start stop suspend reset init_control hibernate pm_control"
OWNER = LIFECYCLE + (
    " getattr read write save inject_nmi send_input send_signal screenshot open_graphics open_device snapshot checkpoint fs_freeze fs_trim"
    " set_time set_password")


def words(kind: str, actions: str) -> list[str]:
    return [f"{kind}:{action}" for action in actions.split()]


VIEWER = ["*:getattr", "*:read", "*:search_*", "hv:metrics"]
OWNING = (
    words("domain", OWNER) + words("storage_pool", "getattr read search_storage_vols refresh")
    + words("storage_vol", "getattr read data_read data_write") + words("network", "getattr read"))
ROLES = {
    "admin": ["*:*"],
    "viewer": VIEWER,
    "operator": VIEWER + words("domain", LIFECYCLE),
    "owner": OWNING,
    "owner-xml": OWNING + ["domain:*", "storage_vol:*", "hv:raw", "hv:tune"],
}
# One's own, which the test's configuration file has.
HELPDESK = words("domain", "getattr read start write")
ROLES["helpdesk"] = HELPDESK


def gives(role: str, permission: str) -> bool:
    """Whether a role has a permission. A `*` in front of the colon stands for any word, behind it for any rest."""
    return any(
        word in ("*", permission.partition(":")[0]) and fnmatch.fnmatchcase(permission.partition(":")[2], action)
        for word, _, action in (pattern.partition(":") for pattern in ROLES[role]))


@dataclass(frozen=True)
class Thing:
    """An object that a request is about: what it is, whose it is, and where."""

    kind: str
    name: str
    owner: str | None = None
    is_disputed: bool = False
    is_there: bool = True
    # The pool of a volume, the network of a port, the domain of a snapshot.
    parent: "Thing | None" = None
    uuid: str = ""
    # Every address that it has.
    paths: tuple = ()

    @property
    def subject(self) -> "Thing":
        """What permissions are asked for: a snapshot is a part of its domain."""
        return self.parent if self.kind in ("snapshot", "checkpoint") else self

    def __str__(self):
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Grant:
    role: str
    on: str

    def holds(self, thing: Thing, caller: str) -> bool:
        """Whether something is in the scope of the grant. What is in a pool or network is there with it."""
        if self.on == "*":
            return True
        if self.on == "own":
            return not thing.is_disputed and thing.owner == caller
        kind, _, pattern = self.on.partition(":")
        kind = {"vm": "domain"}.get(kind, kind)
        return any(item is not None and item.kind == kind and fnmatch.fnmatchcase(item.name, pattern) for item in (thing, thing.parent))


@dataclass(frozen=True)
class Caller:
    """A user with his grants; without a name somebody who gives no password."""

    name: str | None
    grants: tuple = ()
    # Every user is owner of what is his.
    implied: tuple = field(default=(Grant("owner", "own"),))

    def has(self, permission: str, thing: Thing, is_read_only: bool) -> bool:
        """Whether one grant gives the permission here. In a dispute only those grants count that also give hv:owner."""
        if self.name is None or is_read_only and not reads(permission):
            return False
        return any(
            grant.holds(thing, self.name) and gives(grant.role, permission) and (not thing.is_disputed or gives(grant.role, "hv:owner"))
            for grant in self.grants + self.implied)

    def __str__(self):
        return self.name or "nobody"


CALLERS = (
    Caller(None),
    Caller("vera", (Grant("viewer", "*"),)),
    Caller("oscar", (Grant("operator", "*"),)),
    Caller("alice"),
    Caller("xena", (Grant("owner-xml", "own"),)),
    Caller("root", (Grant("admin", "*"),)),
    Caller("carl", (Grant("helpdesk", "vm:help-*"),)),
    Caller("noel"),
)
ADMIN = next(caller for caller in CALLERS if caller.name == "root")
# oscar has his role as a member of a group.
GROUPS = {"ops": ["oscar", "somebody-else"]}
OWNERS = {
    "alice": {"vms": ["alice-ruled*"], "pools": ["alice-pool"], "volumes": ["alice-*"], "networks": ["alice-*"]},
    "xena": {"pools": ["xena-pool"], "networks": ["xena-*"]},
}


def configuration() -> dict:
    """The same as the configuration file says it."""
    grants = []
    for caller in CALLERS:
        group = next((group for group, members in GROUPS.items() if caller.name in members), None)
        for grant in caller.grants:
            # `on` is left out where the role has it by itself.
            on = {} if grant.on == ("own" if grant.role == "owner-xml" else "*") else {"on": grant.on}
            grants.append({"role": grant.role, **({"group": group} if group else {"user": caller.name}), **on})
    return {"groups": GROUPS, "roles": {"helpdesk": {"permissions": HELPDESK}}, "grants": grants, "owners": OWNERS}


def getattr_of(kind: str) -> str:
    return f"{WORDS[kind]}:getattr"
