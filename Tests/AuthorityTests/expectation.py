# SPDX-License-Identifier: GPL-2.0-or-later
"""What must become of a request: computed from permissions and roles alone, with nothing of the server's."""
import enum
from dataclasses import dataclass, field

from permissions import Function
from roles import Caller, Thing, getattr_of


class Verdict(enum.Enum):
    UNKNOWN = "401"  # who asks
    HIDDEN = "404, as if it were not there"
    ABSENT = "404, as it is not there; or 501, as the host has no such kind"
    BARRED = "403, as it is refused for all that the caller sees; or 404, as it is not there"
    DENIED = "403"
    REFUSED = "403, or 405 for GET"
    POSTED = "405, as it is for POST"
    ALLOWED = "anything but 401, and 403 and 404 of the server's own"
    EITHER = "403 or allowed: it takes XML to say"

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it may reach the host."""
        return self in (Verdict.UNKNOWN, Verdict.HIDDEN, Verdict.DENIED, Verdict.REFUSED)


@dataclass
class Cell:
    """One request of the matrix. `named` is what its XML or its saved image is about, where that is the object to be asked for."""

    caller: Caller
    method: str
    function: Function
    thing: Thing
    path: str
    flags: tuple = ()
    parameters: dict = field(default_factory=dict)
    named: Thing | None = None
    verdict: Verdict = Verdict.ALLOWED

    def sort(self, found: str) -> str:
        """What failures of cells have in common that may have one cause."""
        return f"{self.function.name} {self.flags} {self.verdict} {found[:60]}"

    def __str__(self):
        given = " ".join([*self.flags, *(f"{name}=" for name in self.parameters)])
        about = f" about {self.named}" if self.named else ""
        return f"{self.caller}: {self.method} {self.path} {given}({self.thing}{about})"


class Expectation:
    """What each caller may do, in one of the two accesses."""

    def __init__(self, things: list[Thing], is_read_only: bool):
        self.things = things
        self.is_read_only = is_read_only
        self.domains = [thing for thing in things if thing.kind == "domain" and thing.is_there]

    def has(self, caller: Caller, permissions, thing: Thing) -> bool:
        return all(caller.has(permission, thing.subject, self.is_read_only) for permission in permissions)

    def sees(self, caller: Caller, thing: Thing) -> bool:
        """Whether the caller may know of it, if it is there. A host is known to whoever sees a domain on it."""
        if thing.kind == "host":
            return self.has(caller, ["connect:getattr"], thing) or any(self.sees(caller, domain) for domain in self.domains)
        host = next(item for item in self.things if item.kind == "host" and item.is_there)
        return self.has(caller, [getattr_of(thing.kind)], thing) and (thing.kind == "domain" or self.sees(caller, host))

    def finds(self, caller: Caller, thing: Thing) -> Verdict | None:
        """Why the caller does not get at it; None if he does."""
        if caller.name is None:
            return Verdict.UNKNOWN
        if not self.sees(caller, thing.subject):
            return Verdict.HIDDEN
        return None if thing.is_there else Verdict.ABSENT

    def of(self, caller: Caller, method: str, function: Function, thing: Thing, flags=(), parameters=(), named: Thing | None = None) -> Verdict:
        if missing := self.finds(caller, thing):
            is_his = self.has(caller, function.base, thing)
            return Verdict.BARRED if missing is Verdict.ABSENT and thing.kind not in ("host", "domain") and not is_his else missing
        about = named or thing
        is_form = method == "GET" and not function.is_reading
        needed = function.base if is_form else function.needs(flags, parameters)
        if function.makes and not named:
            return self.of_form(caller, function, thing)
        if not self.has(caller, function.base, about):
            return Verdict.DENIED
        if method == "GET" and function.is_reading and set(needed) - set(function.base):
            return Verdict.POSTED if self.has(caller, needed, about) else Verdict.REFUSED
        return Verdict.ALLOWED if self.has(caller, needed, about) else Verdict.DENIED

    def of_form(self, caller: Caller, function: Function, host: Thing) -> Verdict:
        """Without XML nobody can say what it is about: who might do it to nothing at all is refused, who may to all is not."""
        if self.has(caller, function.base, host):
            return Verdict.ALLOWED
        own = Thing(function.makes, "", owner=caller.name)
        return Verdict.EITHER if any(self.has(caller, function.base, item) for item in [own, *self.things]) else Verdict.DENIED

    def offers(self, caller: Caller, function: Function, thing: Thing) -> Verdict:
        """Whether a page has it: whoever may run it with some flags and parameters finds it there."""
        return self.of(caller, "GET", function, thing)
