# SPDX-License-Identifier: GPL-2.0-or-later
"""Domains of which a test knows everything: name, owner, title, state, memory."""
import random
import uuid
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

OWNER = "urn:handlervirt:owner:1"
OWNERS = ("nobody", "alice", "bob", "carol", "dave")
STATES = ("running", "paused", "shutoff")
WORDS = ("web", "mail", "database", "cache", "build", "backup", "router", "proxy")


@dataclass(frozen=True)
class Domain:
    name: str
    uuid: str
    title: str
    owner: str
    state: str
    memory: int
    vcpus: int

    @property
    def xml(self) -> str:
        domain = ElementTree.Element("domain", type="test")
        for tag, text in (("name", self.name), ("uuid", self.uuid), ("title", self.title)):
            ElementTree.SubElement(domain, tag).text = text
        if self.owner != "nobody":
            metadata = ElementTree.SubElement(domain, "metadata")
            ElementTree.SubElement(metadata, "owner", xmlns=OWNER).text = self.owner
        ElementTree.SubElement(domain, "memory").text = str(self.memory)
        ElementTree.SubElement(domain, "vcpu").text = str(self.vcpus)
        ElementTree.SubElement(ElementTree.SubElement(domain, "os"), "type").text = "hvm"
        return ElementTree.tostring(domain, encoding="unicode")

    def define(self, connection):
        domain = connection.defineXML(self.xml)
        if self.state != "shutoff":
            domain.create()
        if self.state == "paused":
            domain.suspend()


def domains(count: int, seed: int, first: int = 1) -> list[Domain]:
    """The same ones for the same seed, in the order of their names."""
    chance = random.Random(seed)
    return [
        Domain(
            name=f"vm-{number:05}",
            uuid=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            title=f"{chance.choice(WORDS).capitalize()} of {chance.choice(WORDS)} {number}",
            owner=chance.choice(OWNERS),
            state=chance.choice(STATES),
            memory=chance.choice((262144, 524288, 1048576, 2097152)),
            vcpus=chance.choice((1, 2, 4)),
        )
        for number in range(first, first + count)
    ]
