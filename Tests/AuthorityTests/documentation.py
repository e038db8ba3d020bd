# SPDX-License-Identifier: GPL-2.0-or-later
"""How a command is called, as the server's own reference says: parameters and flags, with sound values for them. Never who may call it."""
import xml.etree.ElementTree as ElementTree

from client import HV
from permissions import Function
from service import HOST, Service

# No parameter of any command. What may be run is posted with it, so that it passes the gate and changes nothing.
POISON = {"no-such-parameter": "1"}
VALUES = {
    "string": "x", "xml": "<nothing/>", "boolean": "true", "cpus": "0", "host": HOST, "double": "0.5", "bytes": "eA==",
    "unsigned": "1", "integer": "1", "int": "1",
}
# Flags that the reference gives by another name of the same value.
OTHER_NAMES = {"VIR_DOMAIN_SNAPSHOT_XML_SECURE": "VIR_DOMAIN_XML_SECURE", "VIR_DOMAIN_SAVE_IMAGE_XML_SECURE": "VIR_DOMAIN_XML_SECURE"}


def value(parameter: ElementTree.Element) -> str:
    constants = [constant.get("name") for constant in parameter.findall(f"{HV}constant")]
    minimum = parameter.findtext(f"{HV}minimum")
    kind = parameter.findtext(f"{HV}type")
    if constants:
        return constants[0]
    return minimum if minimum and not minimum.startswith("-") else VALUES.get(kind, "1")


class Documentation:
    """The reference of a server, asked for each command once."""

    def __init__(self, service: Service):
        self.service = service
        self.offered = service.offered()
        self.parameters = {name: self.read(name) for name in self.offered}

    def read(self, name: str) -> list[ElementTree.Element]:
        document = self.service.admin(f"/commands/{name}").xml
        return list(document.iter(f"{HV}parameter"))

    def required(self, function: Function) -> dict[str, str]:
        """Sound values for all that must be given."""
        return {item.get("name"): value(item) for item in self.parameters.get(function.name, []) if item.findtext(f"{HV}required") == "true"}

    def one(self, function: Function, name: str) -> dict[str, str] | None:
        """A sound value for one parameter; None if there is none of that name."""
        return next(({name: value(item)} for item in self.parameters.get(function.name, []) if item.get("name") == name), None)

    def flag(self, function: Function, constant: str) -> dict[str, str] | None:
        """The parameter that takes a constant; None if none does."""
        for item in self.parameters.get(function.name, []):
            names = {found.get("name") for found in item.findall(f"{HV}constant")}
            if taken := next((name for name in (constant, OTHER_NAMES.get(constant)) if name in names), None):
                return {item.get("name"): taken}
        return None

    def permissions(self, name: str) -> set[tuple[str, str]]:
        """What the reference says that a command asks for: each permission with when."""
        found = set()
        for item in self.offered[name].findall(f"{HV}permission"):
            # Several flags are one condition each, several with a ! are one condition together.
            when = (item.get("name") or "").split()
            together = ["|".join(sorted(when))] if any(word.startswith("!") for word in when) else when or [""]
            found |= {(item.text, condition) for condition in together}
        return found
