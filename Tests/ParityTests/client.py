# SPDX-License-Identifier: GPL-2.0-or-later
"""What handlervirt answered, as Python values, and the server that answers it."""
import base64
import pathlib
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

import libvirt

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "BrowserTests"))
from server import HV, ROOT, Server  # noqa: E402  (the browser tests' server is ours too)

__all__ = ["HV", "ROOT", "Answer", "Client", "Cpus", "Object", "Server", "Unreadable", "Xml", "segment"]


class Unreadable(Exception):
    """A document that says something else than its rules allow."""


@dataclass(frozen=True)
class Object:
    """A libvirt object: its kind, and what it is called."""

    rel: str
    name: str


@dataclass(frozen=True)
class Cpus:
    """A CPU map: the numbers of the processors in it."""

    numbers: frozenset

    @staticmethod
    def parse(text: str) -> "Cpus":
        numbers = set()
        for part in filter(None, text.strip().split(",")):
            first, _, last = part.partition("-")
            numbers.update(range(int(first), int(last or first) + 1))
        return Cpus(frozenset(numbers))

    @staticmethod
    def of(booleans) -> "Cpus":
        return Cpus(frozenset(number for number, is_set in enumerate(booleans) if is_set))


@dataclass(frozen=True)
class Xml:
    """XML that libvirt wrote, in canonical form."""

    text: str

    @staticmethod
    def parse(text: str) -> "Xml":
        return Xml(ElementTree.canonicalize(text, rewrite_prefixes=True).strip())


def segment(name: str) -> str:
    """A name as a segment of a path, by the rule that the server's links follow."""
    if name in ("", ".", "..") or "/" in name or name.startswith("~"):
        return "~" + base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")
    return urllib.parse.quote(name, safe="")


def value(element: ElementTree.Element):
    """One value of a result as Python writes it."""
    kind, text = element.tag.removeprefix(HV), element.text or ""
    match kind:
        case "integer" | "version":
            return int(text)
        case "double":
            return float(text)
        case "boolean":
            return {"true": True, "false": False}[text]
        case "string":
            return text
        case "enum":
            name = element.get("name")
            if name and getattr(libvirt, name, int(text)) != int(text):
                raise Unreadable(f"{name} is {getattr(libvirt, name)}, not {text}")
            return int(text)
        case "bytes":
            return base64.b64decode(text, validate=True)
        case "cpus":
            return Cpus.parse(text)
        case "xml":
            (child,) = element
            child.tail = None
            return Xml.parse(ElementTree.tostring(child, encoding="unicode"))
        case "object":
            return Object(element.get("rel"), element.get("id") or element.get("name"))
        case "list":
            return [value(child) for child in element]
        case "structure":
            fields = {}
            for child in element:
                if child.get("name") in fields:
                    raise Unreadable(f"two fields are called {child.get('name')}")
                (fields[child.get("name")],) = map(value, child)
            return fields
    raise Unreadable(f"a value may not be {element.tag}")


@dataclass
class Answer:
    """The answer to one call: either `result` (None: nothing but success), or a libvirt error's `code`, or neither and a `trouble`."""

    status: int
    document: ElementTree.Element
    result: object = None
    code: int | None = None
    trouble: str | None = None
    request: str = field(default="", repr=False)

    def __str__(self):
        if self.trouble:
            return self.trouble
        return f"libvirt error {self.code}" if self.code is not None else repr(self.result)


def read(response) -> Answer:
    try:
        document = response.xml
    except ElementTree.ParseError as error:
        return Answer(response.status, None, trouble=f"{response.status} without XML: {error}: {response.body[:200]!r}")
    answer = Answer(response.status, document)
    if document.tag == f"{HV}fault":
        code = document.findtext(f"{HV}code")
        message = document.findtext(f"{HV}message")
        parameter = document.find(f"{HV}parameter")
        if code is None or response.status == 500:
            about = f" ({parameter.get('name')}: {parameter.text})" if parameter is not None else ""
            answer.trouble = f"{response.status} {message}{about}"
        answer.code = int(code) if code else None
    elif document.tag != f"{HV}command" or document.findtext(f"{HV}outcome") != "ok":
        answer.trouble = f"{response.status}, was not run: a {document.tag.removeprefix(HV)} document"
    else:
        values = document.find(f"{HV}result")
        try:
            answer.result = value(values[0]) if len(values) else None
        except (Unreadable, ValueError, KeyError) as error:
            answer.trouble = f"unreadable: {error!r}"
    return answer


class Client:
    """Calls libvirt's functions over HTTP, on the host with this URI or on the only one."""

    def __init__(self, server: Server, uri: str | None = None):
        self.server = server
        rows = server.get("/hosts").xml.iter(f"{HV}host")
        self.host = next(row.get("href") for row in rows if uri in (None, row.findtext(f"{HV}uri")))

    def call(self, path: str, function: str, parameters=(), method: str = "GET") -> Answer:
        """Runs a function on the object at `path`, which is below the host's unless it begins with a slash."""
        base = path if path.startswith("/") else f"{self.host}/{path}" if path else self.host
        target = f"{base}/{function}"
        pairs = [(name, str(item)) for name, given in dict(parameters).items() for item in (given if isinstance(given, list) else [given])]
        if method == "GET":
            full = f"{target}?{urllib.parse.urlencode(pairs)}" if pairs else target
            answer = read(self.server.get(full))
            # What may not be run by GET answers with its form, which says POST; what may not with these parameters, with a fault that says so.
            says = "" if answer.document is None else answer.document.findtext(f"{HV}action/{HV}method") or answer.document.findtext(f"{HV}method")
            if says != "POST" or answer.result is not None:
                answer.request = f"curl '{self.server.url}{full}'"
                return answer
        answer = read(self.server.post(target, pairs))
        data = " ".join(f"--data-urlencode {name}={item!r}" for name, item in pairs) or "--data ''"
        answer.request = f"curl {data} '{self.server.url}{target}'"
        return answer

    def post(self, path: str, function: str, **parameters) -> Answer:
        return self.call(path, function, parameters, method="POST")
