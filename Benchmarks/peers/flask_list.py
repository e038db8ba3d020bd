# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of VMs and a VM's page as most such programs make them: Flask, libvirt-python, lxml; libvirt is read for each request.

It answers with handlervirt's documents and transforms them by handlervirt's stylesheets, so that only the way there differs. What can be
had in bulk is read in bulk, and only what the page shows is read one by one. One connection for each worker stays open, stylesheets are
compiled once.

Environment: PEER_URI, PEER_STYLESHEETS (a directory), PEER_LINKS (a JSON file: the links of a VM's page, which depend on no VM).
"""
import functools
import json
import os
import pathlib
import urllib.parse
from collections import Counter

import libvirt
from flask import Flask, Response, request
from lxml import etree

NAMESPACE = "urn:handlervirt:1"
HV = f"{{{NAMESPACE}}}"
STATES = ("no state", "running", "blocked", "paused", "shutdown", "shutoff", "crashed", "pmsuspended")
STATE_NAMES = tuple(f"VIR_DOMAIN_{text.replace(' ', '').upper()}" for text in STATES)
COLUMNS = ("name", "state", "host", "owner", "vcpus", "memory")
ROWS = 100

app = Flask(__name__)


@functools.cache
def connection() -> libvirt.virConnect:
    return libvirt.openReadOnly(os.environ["PEER_URI"])


@functools.cache
def stylesheet(root: str) -> etree.XSLT:
    return etree.XSLT(etree.parse(pathlib.Path(os.environ["PEER_STYLESHEETS"]) / f"html/pages/{root}.xsl"))


@functools.cache
def links() -> list:
    return json.loads(pathlib.Path(os.environ["PEER_LINKS"]).read_text())


def element(parent, tag: str, text: str | None = None, /, **attributes: str):
    child = etree.SubElement(parent, HV + tag, attributes)
    child.text = text
    return child


def target(path: str, **query) -> str:
    pairs = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urllib.parse.urlencode(pairs)}" if pairs else path


def root(tag: str, href: str, views: tuple[str, ...], up: str | None = None, **attributes: str):
    document = etree.Element(HV + tag, {**attributes, "href": href}, nsmap={"hv": NAMESPACE})
    element(document, "link", rel="self", href=href)
    if up:
        element(document, "link", rel="up", href=up)
    for view in views:
        element(document, "link", rel="alternate", name=view, href=f"{href}{'&' if '?' in href else '?'}view={view}")
    element(document, "access", "read-only")
    return document


def constants(prefix: str) -> dict[int, str]:
    """The texts of a state's reasons, by number."""
    return {value: name for name, value in vars(libvirt).items() if name.startswith(f"VIR_DOMAIN_{prefix}_") and isinstance(value, int)}


@functools.cache
def reason_name(state: int, reason: int) -> tuple[str, str]:
    prefix = STATE_NAMES[state].removeprefix("VIR_DOMAIN_")
    name = constants(prefix).get(reason, f"VIR_DOMAIN_{prefix}_UNKNOWN")
    return name, name.removeprefix(f"VIR_DOMAIN_{prefix}_").lower().replace("_", " ")


def summary(parent, domain, description, state: int, reason: int, autostart: bool, persistent: bool) -> str:
    """What a row and a page have in common; `description` is the domain's XML, parsed. Returns the owner."""
    owner = description.findtext("metadata/{urn:handlervirt:owner:1}owner") or "nobody"
    notes = description.find(f"metadata/{HV}notes")
    vcpus = description.find("vcpu")
    maximum = description.findtext("memory")
    element(parent, "name", domain.name())
    element(parent, "uuid", domain.UUIDString())
    for name in ("title", "description"):
        if text := description.findtext(name):
            element(parent, name, text)
    element(parent, "owner", owner, href=f"/virt/{urllib.parse.quote(owner, safe='')}")
    tags = element(parent, "tags")
    for tag in notes.findall(f"{HV}tag") if notes is not None else ():
        element(tags, "tag", tag.text)
    element(parent, "state", STATES[state], name=STATE_NAMES[state])
    name, text = reason_name(state, reason)
    element(parent, "reason", text, name=name)
    element(parent, "vcpus", vcpus.get("current") or vcpus.text)
    element(parent, "memory", description.findtext("currentMemory") or maximum, unit="KiB")
    element(parent, "maximum-memory", maximum, unit="KiB")
    element(parent, "autostart", str(autostart).lower())
    element(parent, "persistent", str(persistent).lower())
    element(parent, "host", name="test", href="/hosts/test")
    return owner


def answer(document, name: str, is_html: bool) -> Response:
    if is_html:
        return Response(bytes(stylesheet(name)(document)), content_type="text/html; charset=utf-8")
    return Response(etree.tostring(document, encoding="UTF-8", xml_declaration=True), content_type="application/xml; charset=utf-8")


def wants_html() -> bool:
    return "text/html" in request.headers.get("Accept", "")


@app.get("/virt")
def vms():
    is_html = wants_html()
    asked = request.args.get("max", type=int)
    maximum = asked or (ROWS if is_html else None)
    start = request.args.get("from")
    host = connection()
    domains = sorted(host.getAllDomainStats(libvirt.VIR_DOMAIN_STATS_STATE), key=lambda pair: pair[0].name())
    persistent = {domain.UUID() for domain in host.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_PERSISTENT)}
    autostart = {domain.UUID() for domain in host.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_AUTOSTART)}
    counts = Counter(STATES[stats["state.state"]] for _, stats in domains)
    first = next((index for index, (domain, _) in enumerate(domains) if domain.UUIDString() == start), 0)
    end = min(len(domains), first + maximum) if maximum else len(domains)

    document = root("vms", target("/virt", max=asked, **{"from": start}), ("xml", "html", "raw", "json", "csv"))
    query = element(document, "query")
    if maximum:
        element(query, "max", str(maximum))
    sorts = element(document, "sorts")
    for column in COLUMNS:
        element(sorts, "sort", name=column, href=target("/virt", max=asked, sort=column))
    filters = element(document, "filters")
    element(filters, "filter", str(len(domains)), name="all", href=target("/virt", max=asked))
    for state in STATES:
        element(filters, "filter", str(counts[state]), name=state, href=target("/virt", max=asked, state=state))
    element(document, "total", str(len(domains)))
    element(document, "link", rel="usage", href=target("/virt", max=asked, usage="true"))
    if end < len(domains):
        element(document, "link", rel="next", href=target("/virt", max=asked, **{"from": domains[end][0].UUIDString()}))
    for domain, stats in domains[first:end]:
        row = element(document, "vm", id=domain.UUIDString())
        owner = summary(
            row, domain, etree.fromstring(domain.XMLDesc()), stats["state.state"], stats["state.reason"],
            domain.UUID() in autostart, domain.UUID() in persistent)
        row.set("href", f"/virt/{urllib.parse.quote(owner, safe='')}/{domain.UUIDString()}")
    return answer(document, "vms", is_html)


@app.get("/virt/<owner>/<uuid>")
def vm(owner: str, uuid: str):
    domain = connection().lookupByUUIDString(uuid)
    description = etree.fromstring(domain.XMLDesc())
    state, reason = domain.state()
    address = f"/virt/{urllib.parse.quote(owner, safe='')}/{uuid}"
    document = root("vm", address, ("xml", "html", "raw", "json"), up="/virt", id=uuid)
    summary(document, domain, description, state, reason, bool(domain.autostart()), bool(domain.isPersistent()))
    collections = element(document, "collections")
    for name in ("snapshots", "checkpoints"):
        element(collections, "link", rel="collection", name=name, href=f"{address}/{name}")
    group = element(document, "links")
    for rel, name, suffix, text in links():
        element(group, "link", text, rel=rel, name=name, href=address + suffix)
    element(document, "actions")
    element(element(document, "result"), "xml").append(description)
    return answer(document, "vm", wants_html())
