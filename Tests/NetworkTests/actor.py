# SPDX-License-Identifier: GPL-2.0-or-later
"""A client that has one domain to itself, does one thing after the other to it, and notes what it was told."""
import collections
import random
import time
import uuid as identity
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import libvirt

from model import GONE, MEMORY, PAUSED, State, Step, steps
from replica import Answer, Client, Replica
from witness import STATES, Witness, documents

THINKS = 1.0  # seconds, at most
COUNTED = ("started", "stopped", "suspended", "defined", "undefined")


class Actor:
    """`state` is what the domain must be by all that was acknowledged; `pending` is the step of which nobody knows."""

    def __init__(self, server: Replica, witness: Witness, name: str, seed: int):
        self.server, self.witness, self.prefix = server, witness, name
        self.domains = 0
        self.chance = random.Random(seed)
        self.client = Client(server.port)
        self.outcomes: collections.Counter[str] = collections.Counter()
        self.wrong: list[str] = []
        self.anew()

    def anew(self):
        """Another domain: one whose history is not certain is never used again, nor its name: it may be defined even now."""
        self.domains += 1
        self.name = f"{self.prefix}-{self.domains}"
        self.uuid = str(identity.UUID(int=self.chance.getrandbits(128), version=4))
        self.state: State = GONE
        self.pending: Step | None = None
        self.counts: collections.Counter[str] = collections.Counter()
        self.log: list[str] = []
        # What is wrong with it would only be said again and again.
        self.rests = False

    def fail(self, what: str):
        self.wrong.append(f"{self.name} {self.uuid} on {self.witness.host}: {what}; before: {' | '.join(self.log[-6:])}")

    @property
    def is_idle(self) -> bool:
        return self.rests or self.pending is not None

    def act(self, is_disturbed, weather=lambda: ""):
        """One step. `is_disturbed` says whether its host has a fault, or had one in this round; `weather` names the one that it has."""
        choices = steps(self.state, self.chance)
        step = self.chance.choices([step for _, step in choices], [weight for weight, _ in choices])[0]
        answer = self._send(step)
        outcome = "ok" if answer.status in (200, 303) else answer.text("outcome") or "failed"
        self.outcomes[outcome] += 1
        said = f" ({answer.text('message')[:80]})" if outcome == "failed" else ""
        self.log.append(f"{step.command} {outcome} {answer.status} {answer.seconds:.2f} s{f' in {weather()}' if weather() else ''}{said}")
        if answer.status in (0, 300, 404, 500):
            self.fail(f"{step.command} answers {answer}")
            self.rests = True
        elif outcome == "ok" and step.after is None:
            self.fail(f"{step.command} of a domain that is {self.state.state} was acknowledged")
        elif outcome == "failed" and step.after is not None and not is_disturbed():
            self.fail(f"{step.command} of a domain that is {self.state.state} failed on a sound host: {answer}")
        if answer.status == 0 or (outcome == "unknown" and step.after is not None):
            self.pending = step
        elif outcome == "ok" and step.after is not None:
            self._apply(step)

    def think(self):
        """As people do between two things, so that a round is as long as a fault and not only as many steps."""
        time.sleep(self.chance.uniform(0, THINKS))

    def _apply(self, step: Step):
        self.state = step.after
        if step.event:
            self.counts[step.event] += 1

    def _send(self, step: Step) -> Answer:
        if step.command == "virDomainDefineXML":
            document = documents.domain(self.name, rest=f"<uuid>{self.uuid}</uuid>", memory=MEMORY)
            return self.client.post(f"{self.server.path_of(self.witness.host)}/{step.command}", xml=document)
        return self.client.post(f"/virt/nobody/{self.uuid}/{step.command}", **dict(step.parameters))

    def truth(self) -> State:
        """As the host's libvirt knows it."""
        try:
            domain = self.witness.domain(self.uuid)
            document = ElementTree.fromstring(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))
            memory, title = int(document.findtext("currentMemory")), document.findtext("title") or ""
            return State(bool(domain.isPersistent()), STATES[domain.state()[0]], bool(domain.autostart()), title, memory)
        except libvirt.libvirtError as error:
            if error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN:
                return GONE
            raise

    def is_as_said(self) -> bool:
        truth = self.truth()
        if truth == self.state or (self.pending is not None and truth == self.pending.after):
            return True
        # QEMU starts a domain paused, and a libvirtd that is killed then lets it stay so.
        return self.pending is not None and self.pending.command == "virDomainCreate" and truth == replace(self.state, state=PAUSED)

    def is_counted(self) -> bool:
        """What is unknown counts once or not at all: it may happen even now."""
        counts = self.witness.counts(self.uuid)
        maybe = self.pending.event if self.pending else None
        return all(0 <= counts[kind] - self.counts[kind] <= (kind == maybe) for kind in COUNTED)

    def settle(self):
        """What was unknown is known where it happened. Where it did not, it may still, so the domain is given up."""
        truth = self.truth()
        if self.pending and truth == self.pending.after and truth != self.state:
            self._apply(self.pending)
            self.pending = None

    def give_up(self):
        for call in ("destroy", "undefine"):
            try:
                getattr(self.witness.domain(self.uuid), call)()
            except libvirt.libvirtError:
                pass
        self.anew()

    def hear_again(self):
        """Events were missed: what is counted begins here."""
        self.counts = self.witness.counts(self.uuid)
