# SPDX-License-Identifier: GPL-2.0-or-later
"""Virtual machines, and whose libvirt says they are: live and configured, each for itself."""
import pathlib
import re
import subprocess
import uuid as identity
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from xml.sax.saxutils import escape

import libvirt

from persons import documents, quiet, until

OWNER = "urn:handlervirt:owner:1"
NOBODY = "nobody"
ELEMENT = libvirt.VIR_DOMAIN_METADATA_ELEMENT
LIVE, CONFIG = libvirt.VIR_DOMAIN_AFFECT_LIVE, libvirt.VIR_DOMAIN_AFFECT_CONFIG
ALL_FLAGS = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE
METADATA = re.compile(r"[ \t]*<metadata>.*?</metadata>\n?", re.DOTALL)


def claim(owner: str) -> str:
    """The element that says whose a domain is."""
    return f"<o:owner xmlns:o='{OWNER}'>{escape(owner)}</o:owner>"


def metadata(*elements: str) -> str:
    return f"<metadata>{''.join(elements)}</metadata>"


def with_metadata(xml: str, text: str) -> str:
    """The same with this in place of every `<metadata>`; at the domain's first memory where there is none."""
    if METADATA.search(xml):
        return METADATA.sub(lambda _: text, xml)
    return xml.replace("<memory", f"{text}<memory", 1)


@dataclass(frozen=True)
class Owners:
    """`None`: there is no such definition."""

    live: str | None
    configured: str | None

    def are(self, owner: str) -> bool:
        said = {self.live, self.configured} - {None}
        return said == {owner}

    def __str__(self):
        return f"live {self.live}, configured {self.configured}"


class Holding:
    """A domain of firmware only, of a name and UUID of its own."""

    def __init__(self, connection: libvirt.virConnect, host: str, name: str, owner: str = "alice", directory: pathlib.Path | None = None):
        self.connection, self.host = connection, host
        self.name, self.uuid = name, str(identity.uuid4())
        self.first_owner = owner
        self.image = None
        if directory:
            self.image = directory / f"{name}.qcow2"
            subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", self.image, "8M"], check=True)
            self.image.chmod(0o666)

    def xml(self, owner: str | None = None) -> str:
        """As it is defined first."""
        owner = owner or self.first_owner
        claims = [] if owner == NOBODY else [claim(owner)]
        rest = f"<uuid>{self.uuid}</uuid>{metadata(*claims)}"
        return documents.domain(self.name, devices=documents.disk(self.image) if self.image else "", rest=rest, memory=16384)

    def define(self, running: bool = False) -> "Holding":
        self.connection.defineXML(self.xml())
        if running:
            self.domain.create()
        return self

    @property
    def domain(self) -> libvirt.virDomain:
        return self.connection.lookupByUUIDString(self.uuid)

    @property
    def path(self) -> str:
        """At its first owner's."""
        return self.at(self.first_owner)

    def at(self, owner: str) -> str:
        return f"/virt/{owner}/{self.uuid}"

    @property
    def host_path(self) -> str:
        return f"/hosts/{self.host}/domains/{self.uuid}"

    def stored(self) -> str:
        """All of its configuration, passwords too."""
        return self.domain.XMLDesc(ALL_FLAGS)

    def owners(self) -> Owners:
        def read() -> Owners:
            domain = self.domain
            live = said(domain, LIVE) if domain.isActive() else None
            return Owners(live, said(domain, CONFIG) if domain.isPersistent() else None)

        try:
            return read()
        except libvirt.libvirtError:  # it stopped in between, or it is gone
            return quiet(read) or Owners(None, None)

    def give(self, owner: str, flags: int = 0):
        """Behind the server's back. Without flags, whatever there is of it."""
        domain = self.domain
        flags = flags or LIVE * domain.isActive() | CONFIG * domain.isPersistent()
        element = None if owner == NOBODY else f"<owner>{escape(owner)}</owner>"
        domain.setMetadata(ELEMENT, element, "owner", OWNER, flags)

    def restore(self, running: bool):
        """As it was first, whatever became of it: persistent, running or not, and its first owner's."""
        domain = quiet(lambda: self.domain)
        if domain is None or not domain.isPersistent() or domain.name() != self.name or strayed(domain):
            self.clear()
            self.define()
            domain = self.domain
        if domain.hasManagedSaveImage():
            domain.managedSaveRemove()
        if domain.isActive() and (not running or domain.state()[0] != libvirt.VIR_DOMAIN_RUNNING):
            domain.destroy()
        if running and not domain.isActive():
            domain.create()
        if not self.owners().are(self.first_owner):
            self.give(self.first_owner)

    def clear(self):
        domain = quiet(lambda: self.domain)
        if domain is None:
            return
        quiet(domain.destroy)
        kept = libvirt.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA
        quiet(domain.undefineFlags, kept | libvirt.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA)
        until(lambda: quiet(lambda: self.domain) is None, 30, f"{self.name} is gone")


def strayed(domain: libvirt.virDomain) -> bool:
    """Whether its metadata holds more than one element."""
    texts = [domain.XMLDesc(flags) for flags in (0, libvirt.VIR_DOMAIN_XML_INACTIVE)]
    return any(len(ElementTree.fromstring(text).findall("metadata/*")) > 1 for text in texts)


def said(domain: libvirt.virDomain, flags: int) -> str:
    """Whose it is, by the XML, which must hold one claim and no other, and by the element that libvirt gives (without its namespace)."""
    try:
        element = ElementTree.fromstring(domain.metadata(ELEMENT, OWNER, flags))
    except libvirt.libvirtError as error:
        if error.get_error_code() != libvirt.VIR_ERR_NO_DOMAIN_METADATA:
            raise
        element = None
    root = ElementTree.fromstring(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE if flags == CONFIG else 0))
    claims = [child for child in root.iterfind("metadata/*") if child.tag.startswith(f"{{{OWNER}}}")]
    if not claims and element is None:
        return NOBODY
    if len(claims) != 1 or element is None or claims[0].tag != f"{{{OWNER}}}owner" or len(claims[0]) or claims[0].text != element.text:
        texts = [ElementTree.tostring(item, encoding="unicode") for item in [*claims, element] if item is not None]
        return f"unclear, {' and '.join(texts)}"
    return element.text or NOBODY
