# SPDX-License-Identifier: GPL-2.0-or-later
"""Random requests for the commands that the server's own reference lists: some right, most wrong in one way or another."""
import base64
import random
import urllib.parse
import uuid
from dataclasses import dataclass

import documents
from client import HV, segment

DOMAIN = "6695eb01-f6a4-8304-79aa-97f2502e193f"
# What libvirt's test driver holds when it starts. A domain may also be called by its name.
OBJECTS = {
    "domain": [f"/virt/nobody/{DOMAIN}", "/virt/nobody/test", f"{{host}}/domains/{DOMAIN}"],
    "host": ["{host}"],
    "network": ["{host}/networks/default"],
    "port": [f"{{host}}/networks/default/ports/{uuid.UUID(int=7)}"],
    "pool": ["{host}/pools/default-pool"],
    "volume": ["{host}/pools/default-pool/volumes/fuzz"],
    "interface": ["{host}/interfaces/eth1"],
    "device": ["{host}/devices/computer", "{host}/devices/scsi_host1"],
    "filter": ["{host}/filters/fuzz"],
    "binding": ["{host}/bindings/vnet0"],
    "secret": [f"{{host}}/secrets/{uuid.UUID(int=9)}"],
    "snapshot": [f"/virt/nobody/{DOMAIN}/snapshots/fuzz", f"{{host}}/domains/{DOMAIN}/snapshots/fuzz"],
    "checkpoint": [f"/virt/nobody/{DOMAIN}/checkpoints/fuzz"],
}
ODD_NAMES = ["..", ".", "~", "~Lg", "~!!", "a/b", "a b", "x" * 300, "é\u0301🐟", "<b>&\"'", "%2f", "?#;", "\u202e", "virDomainDestroy", "0", "-1"]
RAW_SEGMENTS = ["%00", "%zz", "%", "%ff%fe", "%2e%2e", "%0a", "~Li4", "~____", "", "+"]
BOUNDARIES = [0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**53, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**31), -(2**63)]
TEXTS = ["", " ", "0", "true", "vda", "eth0", "x86_64", "qemu", "\x00", "\r\n", "a" * 5000, "ü\u0308", "\ud83d\ude00", "𝔘𝔫𝔦", "\ufffe", "<", "]]>", "%s%n", "'\"", "1e9", "0x10"]
ETHERNET = "<interface type='ethernet' name='eth1'><mac address='aa:bb:cc:dd:ee:ff'/></interface>"
XML = [
    documents.tiny("test", DOMAIN), documents.tiny("fuzz"), documents.network("default", "fuzz0", "192.168.232"), documents.pool("default-pool", "/nonesuch"),
    documents.volume("fuzz", "raw"), documents.snapshot("fuzz"), documents.checkpoint("fuzz"), documents.nwfilter("fuzz"), documents.secret("fuzz"),
    documents.disk("/nonesuch"), ETHERNET, "<cpu><model>Nehalem</model></cpu>",
    "<a/>", "<a>", "", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a xmlns='urn:\u00fc'/>", "<x>" * 400 + "</x>" * 400,
]  # fmt: skip
METHODS = ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"]
# These write files, or read them as if they had: theirs are in the scratch directory, whatever else is wrong with them.
FILES = ("to", "from", "file")


@dataclass(frozen=True)
class Parameter:
    name: str
    type: str
    required: bool
    repeatable: bool
    constants: tuple[str, ...]


@dataclass(frozen=True)
class Command:
    name: str
    kind: str
    method: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    pairs: tuple[tuple[str, str], ...]
    accept: str = "application/xml"

    @property
    def form(self) -> str:
        return urllib.parse.urlencode(self.pairs, errors="surrogatepass")

    @property
    def target(self) -> str:
        return f"{self.path}?{self.form}" if self.pairs and self.method != "POST" else self.path

    def curl(self, url: str) -> str:
        data = f" --data '{self.form}'" if self.method == "POST" else ""
        method = "" if self.method in ("GET", "POST") else f" --request {self.method}"
        return f"curl{method} --header 'Accept: {self.accept}'{data} '{url}{self.target}'"


def read_command(element) -> Command:
    """A command of the reference, as /commands/<name> describes it."""
    parameters = tuple(
        Parameter(
            parameter.get("name"),
            parameter.findtext(f"{HV}type"),
            parameter.findtext(f"{HV}required") == "true",
            parameter.findtext(f"{HV}repeatable") == "true",
            tuple(constant.get("name") for constant in parameter.iter(f"{HV}constant")),
        )
        for parameter in element.iter(f"{HV}parameter")
    )
    return Command(element.get("name"), element.find(f"{HV}object").get("rel"), element.findtext(f"{HV}method"), parameters)


class Generator:
    def __init__(self, seed: int, host: str, scratch: str):
        self.random = random.Random(seed)
        self.host = host
        self.scratch = scratch

    def request(self, commands: list[Command]) -> Request:
        chance = self.random.random
        command = self.random.choice(commands)
        method = command.method
        if chance() < 0.08:
            method = self.random.choice(METHODS) if chance() < 0.3 else {"GET": "POST", "POST": "GET"}[method]
        name = command.name
        if chance() < 0.05:
            name = self.random.choice([name.removeprefix("vir"), name.lower(), name + "x", "virConnectClose", "..", "🐟"])
        view = self.random.choice(["html", "json", "raw", "csv", "nonesuch"]) if chance() < 0.04 else None
        pairs = self.pairs(command) + ([("view", view)] if view else [])
        return Request(method, f"{self.place(command.kind)}/{urllib.parse.quote(name)}", tuple(pairs))

    def mend(self) -> list[Request]:
        """What brings back the objects that earlier requests took away."""
        domain, host = f"/virt/nobody/{DOMAIN}", self.host
        steps = [
            (host, "virDomainDefineXML", XML[0]),
            (domain, "virDomainCreate", None),
            (domain, "virDomainSnapshotCreateXML", documents.snapshot("fuzz")),
            (host, "virNetworkDefineXML", XML[2]),
            (f"{host}/networks/default", "virNetworkCreate", None),
            (host, "virStoragePoolDefineXML", XML[3]),
            (f"{host}/pools/default-pool", "virStoragePoolCreate", None),
            (f"{host}/pools/default-pool", "virStorageVolCreateXML", documents.volume("fuzz", "raw")),
            (host, "virInterfaceDefineXML", ETHERNET),
        ]
        names = {"virDomainSnapshotCreateXML": "xmlDesc", "virStorageVolCreateXML": "xmlDesc"}
        return [Request("POST", f"{path}/{name}", ((names.get(name, "xml"), xml),) if xml else ()) for path, name, xml in steps]

    def requests(self, commands: list[Command], count: int) -> list[Request]:
        made = []
        while len(made) < count:
            made += self.mend() if self.random.random() < 0.02 else [self.request(commands)]
        return made[:count]

    def place(self, kind: str) -> str:
        path = self.random.choice(OBJECTS[kind]).format(host=self.host)
        odd = self.random.random()
        if odd < 0.06:
            parent, _, _ = path.rpartition("/")
            return f"{parent}/{segment(self.random.choice(ODD_NAMES))}"
        if odd < 0.1:
            parts = path.split("/")
            parts[self.random.randrange(1, len(parts))] = self.random.choice(RAW_SEGMENTS)
            return "/".join(parts)
        if odd < 0.13:
            return self.random.choice(OBJECTS[self.random.choice(list(OBJECTS))]).format(host=self.host)
        return path

    def pairs(self, command: Command) -> list[tuple[str, str]]:
        chance = self.random.random
        pairs = []
        care = chance() < 0.5
        for parameter in command.parameters:
            if chance() < (0.03 if parameter.required else 0.6 if care else 0.3):
                continue
            for _ in range(self.random.choice([1, 1, 2, 5]) if parameter.repeatable else 1 if chance() < 0.98 else 2):
                given = self.valid(parameter) if care or chance() < 0.5 else self.invalid(parameter)
                if parameter.name in FILES:
                    given = f"{self.scratch}/{urllib.parse.quote(given, safe='', errors='replace')[:200]}"
                pairs.append((parameter.name, given))
        if chance() < 0.05:
            pairs.append((self.random.choice(["nonesuch", "flags", "xml", "", "ü", "domain", "conn"]), self.random.choice(TEXTS)))
        self.random.shuffle(pairs) if chance() < 0.2 else None
        return pairs

    def valid(self, parameter: Parameter) -> str:
        pick = self.random.choice
        if parameter.constants:
            return pick(parameter.constants)
        match parameter.type:
            case "boolean":
                return pick(["true", "false", "1", "0"])
            case "int" | "unsigned":
                return str(pick([0, 1, 2, 1024, 65536]))
            case "double":
                return pick(["0", "1.5"])
            case "xml":
                return pick(XML[:12])
            case "uuid":
                return DOMAIN
            case "bytes":
                return base64.b64encode(self.random.randbytes(pick([0, 1, 16]))).decode()
            case "cpus":
                return pick(["0", "0-1", "0-3,^2", ""])
        return pick(["test", "vda", "fuzz", "x86_64", "eth0", "default", "52:54:00:00:00:01", "1-2"])

    def invalid(self, parameter: Parameter) -> str:
        kind = self.random.randrange(6)
        if kind == 0:
            return str(self.random.choice(BOUNDARIES))
        if kind == 1:
            return self.random.choice(TEXTS)
        if kind == 2:
            return self.random.choice(XML)
        if kind == 3:
            return "".join(chr(self.random.choice([self.random.randrange(1, 128), self.random.randrange(160, 0xD7FF)])) for _ in range(self.random.randrange(1, 40)))
        if kind == 4:
            return self.random.choice(["VIR_NONESUCH", "0-", "^", "0-100000", "4294967295-0", "nan", "inf", "1,5", "-0", "+1", " 1", "0b1", "===", "A", "QQ==QQ=="])
        return self.valid(parameter)[:3] + self.random.choice(TEXTS)
