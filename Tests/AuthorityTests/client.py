# SPDX-License-Identifier: GPL-2.0-or-later
"""What a caller asks over HTTP, and what is answered: connections that stay open, one for each thread."""
import base64
import http.client
import re
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

HV = "{urn:handlervirt:1}"
XML, HTML = "application/xml", "text/html"
FORM = "application/x-www-form-urlencoded"
CODE = re.compile(rb"<hv:code\b")
MESSAGE = re.compile(rb"<hv:message[^>]*>(.*?)</hv:message>", re.DOTALL)
# The server closes an unused connection after a minute, perhaps just when it is used again.
KEPT = 20
# What differs between two answers that say the same.
OWN_HEADERS = {"date", "x-request-id", "etag", "content-length"}


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def xml(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.body)

    @property
    def is_libvirts(self) -> bool:
        """Whether it is a fault that libvirt found: then the gate let the request pass."""
        return bool(CODE.search(self.body))

    @property
    def message(self) -> str:
        found = MESSAGE.search(self.body)
        return found[1].decode(errors="replace") if found else self.body[:120].decode(errors="replace")

    def likeness(self, *names: str) -> tuple:
        """The answer without its request's id, its date, and these names of what was asked for."""
        body = self.body.decode(errors="replace").replace(self.headers.get("X-Request-Id", "\0"), "ID")
        for name in sorted(filter(None, names), key=len, reverse=True):
            body = body.replace(urllib.parse.quote(name), "NAME").replace(name, "NAME")
        headers = {name.lower(): value for name, value in self.headers.items() if name.lower() not in OWN_HEADERS}
        return self.status, headers, body

    def __str__(self):
        return f"{self.status}{' of libvirt' if self.is_libvirts else ''} {' '.join(self.message.split())[:160]}"


def password(name: str) -> str:
    return f"the password of {name}: \u00e4"


def authorization(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


class Client:
    """Speaks to a port of this machine, from any number of threads."""

    def __init__(self, port: int, timeout: float = 60):
        self.port, self.timeout = port, timeout
        self.local = threading.local()

    def ask(self, method: str, path: str, caller: str | None, fields=None, accept: str = XML, headers: dict | None = None) -> Answer:
        sent = {"Accept": accept, **(headers or {})}
        if caller is not None:
            sent["Authorization"] = authorization(caller, password(caller))
        body = None
        if method == "POST":
            sent["Content-Type"] = FORM
            body = urllib.parse.urlencode(fields or {}, doseq=True)
        elif fields:
            path += "?" + urllib.parse.urlencode(fields, doseq=True)
        return self._send(method, path, body, sent)

    def _send(self, method: str, path: str, body: str | None, headers: dict) -> Answer:
        connection = getattr(self.local, "connection", None)
        if connection is None or time.monotonic() - self.local.used > KEPT:
            connection = self.local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        self.local.used = time.monotonic()
        try:
            connection.request(method, path, body=body, headers=headers)
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read())
        except (OSError, http.client.HTTPException) as error:
            self.local.connection = None
            return Answer(0, {}, repr(error).encode())
        if response.will_close:
            self.local.connection = None
        return answer
