# SPDX-License-Identifier: GPL-2.0-or-later
"""A list of VMs as a value."""
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

from replica import HV, Answer


@dataclass(frozen=True)
class Row:
    """One VM as the list shows it."""

    uuid: str
    name: str
    state: str
    memory: int
    autostart: bool
    persistent: bool
    host: str
    stale: float | None
    is_conflict: bool
    also: tuple[str, ...]

    @staticmethod
    def read(element: ElementTree.Element) -> "Row":
        def text(name: str) -> str:
            return element.findtext(f"{HV}{name}") or ""

        stale = element.find(f"{HV}stale")
        return Row(
            uuid=element.get("id"), name=text("name"), state=text("state"), memory=int(text("memory") or -1),
            autostart=text("autostart") == "true", persistent=text("persistent") == "true", host=element.find(f"{HV}host").get("name"),
            stale=None if stale is None else float(stale.text), is_conflict=element.find(f"{HV}conflict") is not None,
            also=tuple(other.get("name") for other in element.findall(f"{HV}also/{HV}host")),
        )  # fmt: skip


@dataclass
class Listing:
    """`/virt`: its rows, and of each host that does not answer the reason."""

    rows: list[Row]
    faults: dict[str, str]

    @staticmethod
    def read(answer: Answer) -> "Listing":
        if answer.status not in (200, 300):
            raise AssertionError(f"{answer.path} answers {answer}")
        hosts = answer.xml.findall(f"{HV}host")
        faults = {host.get("name"): host.findtext(f"{HV}fault/{HV}message") or "" for host in hosts if host.find(f"{HV}fault") is not None}
        return Listing([Row.read(row) for row in answer.xml.findall(f"{HV}vm")], faults)

    def of(self, host: str) -> list[Row]:
        return [row for row in self.rows if row.host == host]

    def named(self, name: str) -> Row:
        return next(row for row in self.rows if row.name == name)

    @property
    def is_fresh(self) -> bool:
        return not self.faults and all(row.stale is None for row in self.rows)
