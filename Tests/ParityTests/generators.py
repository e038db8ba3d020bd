# SPDX-License-Identifier: GPL-2.0-or-later
"""Random requests for the commands that the server's own reference lists: some right, most wrong in one way or another."""
import base64
import random
import urllib.parse
from dataclasses import dataclass

import documents
from client import HV, segment
from nonsense import (
    BOUNDARIES,
    DOMAIN,
    ETHERNET,
    FILES,
    METHODS,
    NEARLY,
    OBJECTS,
    ODD_NAMES,
    PAGES,
    RAW_SEGMENTS,
    STRANGERS,
    TEXTS,
    XML,
)


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

    def document(self) -> Request:
        """A page that is no command: a list, an object, the reference."""
        pick = self.random.choice
        path = pick(["/virt", "/virt/nobody", "/hosts", "/commands", self.host] + [path.rpartition("/")[0] for path in OBJECTS[pick(list(OBJECTS))]])
        query = [(name, pick(PAGES)) for name in ("max", "from", "q", "sort", "missing", "host", "state")]
        return Request("GET", path.format(host=self.host) or "/virt", tuple(self.random.sample(query, self.random.randrange(3))))

    def request(self, commands: list[Command]) -> Request:
        chance = self.random.random
        if chance() < 0.03:
            return self.document()
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
            pairs.append((self.random.choice(STRANGERS), self.random.choice(TEXTS)))
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
            letters = [(1, 128), (160, 0xD7FF), (0x10000, 0x10FFFF)]
            return "".join(chr(self.random.randrange(*self.random.choice(letters))) for _ in range(self.random.randrange(1, 40)))
        if kind == 4:
            return self.random.choice(NEARLY)
        return self.valid(parameter)[:3] + self.random.choice(TEXTS)
