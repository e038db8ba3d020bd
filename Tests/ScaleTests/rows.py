# SPDX-License-Identifier: GPL-2.0-or-later
"""What a list says, as Python values."""
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

from serving import HV


@dataclass(frozen=True)
class Row:
    name: str
    uuid: str
    title: str
    owner: str
    state: str
    memory: int
    vcpus: int
    host: str


@dataclass(frozen=True)
class Listing:
    total: int
    rows: list[Row]
    silent: frozenset[str]
    stale: frozenset[str]
    following: str | None

    @staticmethod
    def parse(body: bytes) -> "Listing":
        """`silent`: the hosts that do not answer; `stale`: those of rows that are old; `following`: where the next page is."""
        document = ElementTree.fromstring(body)
        vms = document.findall(f"{HV}vm")
        links = (link.get("href") for link in document.findall(f"{HV}link") if link.get("rel") == "next")
        return Listing(
            total=int(document.findtext(f"{HV}total")),
            rows=[_row(vm) for vm in vms],
            silent=frozenset(host.get("name") for host in document.findall(f"{HV}host")),
            stale=frozenset(_host(vm) for vm in vms if vm.find(f"{HV}stale") is not None),
            following=next(links, None),
        )


def _host(vm: ElementTree.Element) -> str:
    return vm.find(f"{HV}host").get("name")


def _row(vm: ElementTree.Element) -> Row:
    def text(name: str) -> str:
        return vm.findtext(f"{HV}{name}") or ""

    return Row(text("name"), vm.get("id"), text("title"), text("owner"), text("state"), int(text("memory")), int(text("vcpus")), _host(vm))
