# SPDX-License-Identifier: GPL-2.0-or-later
"""What a domain is, and what each command makes of it."""
import random
from dataclasses import dataclass, replace

MEMORY = 16384
OFF, RUNNING, PAUSED = "shutoff", "running", "paused"


@dataclass(frozen=True)
class State:
    """A domain; one that is neither persistent nor running is not there."""

    persistent: bool = False
    state: str = OFF
    autostart: bool = False
    title: str = ""
    memory: int = MEMORY

    @property
    def is_there(self) -> bool:
        return self.persistent or self.state != OFF


GONE = State()


@dataclass(frozen=True)
class Step:
    """One command, its parameters, what it makes of a domain (None: libvirt refuses it), and the event by which it can be counted."""

    command: str
    parameters: tuple[tuple[str, str], ...]
    after: State | None
    event: str | None = None


def steps(now: State, chance: random.Random) -> list[tuple[int, Step]]:
    """What may be asked for next, with weights. Some of it libvirt must refuse."""
    if not now.is_there:
        return [(1, Step("virDomainDefineXML", (), State(persistent=True), "defined"))]
    title, memory, autostart = f"t{chance.randrange(1 << 30)}", 1024 * chance.randint(12, 16), not now.autostart
    is_off = now.state == OFF
    found = [
        (3 if is_off else 1, Step("virDomainCreate", (), replace(now, state=RUNNING) if is_off else None, "started")),
        (1, Step("virDomainDestroy", (), None if is_off else replace(now, state=OFF), "stopped")),
        (4 if not is_off else 1, _suspend(now)),
        (4 if now.state == PAUSED else 1, Step("virDomainResume", (), replace(now, state=RUNNING) if now.state == PAUSED else None)),
    ]
    config = ("flags", "VIR_DOMAIN_AFFECT_CONFIG")
    found += [
        (3, Step("virDomainSetMetadata", (("type", "VIR_DOMAIN_METADATA_TITLE"), ("metadata", title), config), replace(now, title=title))),
        (2, Step("virDomainSetMemoryFlags", (("memory", str(memory)), config), replace(now, memory=memory))),
        (2, Step("virDomainSetAutostart", (("autostart", str(int(autostart))),), replace(now, autostart=autostart))),
    ]
    if is_off:
        found.append((1, Step("virDomainUndefine", (), GONE, "undefined")))
    return found


def _suspend(now: State) -> Step:
    """A paused domain may be suspended once more; nothing happens then."""
    if now.state == OFF:
        return Step("virDomainSuspend", (), None, "suspended")
    return Step("virDomainSuspend", (), replace(now, state=PAUSED), "suspended" if now.state == RUNNING else None)
