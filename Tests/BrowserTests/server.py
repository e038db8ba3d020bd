# SPDX-License-Identifier: GPL-2.0-or-later
"""The real binary, started for a test and stopped after it."""
import base64
import http.client
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/NetworkTests"))
from ports import free_port  # noqa: E402

BINARY = pathlib.Path(os.environ.get("HANDLERVIRT_BINARY", ROOT / ".build/debug/handlervirt"))
HV = "{urn:handlervirt:1}"

# Every kind of page: what it is called, and where it is.
PAGES = {
    "vms": "/virt",
    "vms-of-owner": "/virt/nobody",
    "vms-none": "/virt?q=no-vm-has-this-name",
    "vm": "{vm}",
    "command-result": "{vm}/virDomainGetInfo",
    "command-xml": "{vm}/virDomainGetXMLDesc",
    "command-form": "{vm}/virDomainSetMemoryFlags",
    "command-confirmation": "{forced}",
    "command-define": "{host}/virDomainDefineXML",
    "hosts": "/hosts",
    "host": "{host}",
    "networks": "{host}/networks",
    "network": "{host}/networks/default",
    "pools": "{host}/pools",
    "pool": "{host}/pools/default-pool",
    "volumes-none": "{host}/pools/default-pool/volumes",
    "interface": "{host}/interfaces/eth1",
    "devices": "{host}/devices",
    "device": "{host}/devices/computer",
    "snapshots-none": "{vm}/snapshots",
    "command-typed": "{vm}/virDomainSetSchedulerParametersFlags",
    "command-choices": "{vm}/virDomainSetLifecycleAction",
    "command-objects": "{host}/virConnectListAllNodeDevices",
    "commands": "/commands",
    "commands-missing": "/commands?missing",
    "commands-one": "/commands/virDomainSetMemoryFlags",
    "settings": "/settings",
    "audit": "/audit",
    "health": "/health",
    "fault": "/virt/nobody/no-such-vm",
}


# How long a page waits for its host, in seconds. One that took longer may show what was known before.
PATIENCE = 2


class Response:
    def __init__(self, response: http.client.HTTPResponse):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def xml(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.body)


class Server:
    """`with Server("--access", "read-write") as server:` serves test:///default on a free port."""

    def __init__(self, *options: str, connect: str = "test:///default", credentials: str = ""):
        """`credentials`: NAME:PASSWORD of who asks here; who asks in a browser is another matter."""
        self.port = free_port()
        self.credentials = credentials
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = tempfile.TemporaryFile()
        # Only what the test says: nothing of handlervirt's from the environment of who runs it.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDLERVIRT_")}
        command = [str(BINARY), "--listen", f"127.0.0.1:{self.port}", "--connect", connect, *options]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=environment, cwd=ROOT)

    def __enter__(self) -> "Server":
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def _wait(self):
        """Until it answers, and knows the VMs of its host."""
        deadline = time.monotonic() + 60
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.output()}")
            try:
                response = self.get("/virt", timeout=5)
                if response.status == 200 and response.xml.find(f"{HV}vm") is not None:
                    return
            except (OSError, http.client.HTTPException):
                pass
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server does not list its VMs:\n{self.output()}")
            time.sleep(0.05)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def output(self) -> str:
        # Where the server goes on to write is not moved: it shares the position in the file.
        size = os.fstat(self.log.fileno()).st_size
        return os.pread(self.log.fileno(), size, 0).decode(errors="replace")

    def get(self, path: str, accept: str = "application/xml", timeout: float = 30) -> Response:
        return self._request("GET", path, {"Accept": accept}, None, timeout)

    def post(self, path: str, fields: dict[str, str], accept: str = "application/xml") -> Response:
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return self._request("POST", path, headers, urllib.parse.urlencode(fields), 30)

    def _request(self, method, path, headers, body, timeout) -> Response:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        if self.credentials:
            headers["Authorization"] = "Basic " + base64.b64encode(self.credentials.encode()).decode()
        try:
            connection.request(method, path, body=body, headers=headers)
            return Response(connection.getresponse())
        finally:
            connection.close()

    @property
    def host(self) -> str:
        """The path of the only host."""
        return self.get("/hosts").xml.find(f"{HV}host").get("href")

    def define(self, xml: str):
        start = time.monotonic()
        response = self.post(f"{self.host}/virDomainDefineXML", {"xml": xml})
        assert response.status in (200, 201), (response.status, response.body)
        if time.monotonic() - start >= PATIENCE:
            self.state(f"{self.host}/domains/{ElementTree.fromstring(xml).findtext('uuid')}")

    def start(self, path: str):
        response = self.post(f"{path}/virDomainCreate", {})
        assert response.status == 200, (response.status, response.body)

    def vm(self, name: str) -> str:
        """The path of the VM with this name."""
        for row in self.get("/virt").xml.iter(f"{HV}vm"):
            if row.findtext(f"{HV}name") == name:
                return row.get("href")
        raise LookupError(name)

    def action(self, path: str, rel: str) -> str:
        """The path of the first action of this kind that the document at `path` offers."""
        return next(action.get("href") for action in self.get(path).xml.iter(f"{HV}action") if action.get("rel") == rel)

    def page(self, name: str) -> str:
        """The path of one of `PAGES`."""
        path = PAGES[name]
        if "{" not in path:
            return path
        vm = self.vm("test")
        if path == "{forced}":
            return self.action(vm, "forced")
        return path.format(vm=vm, host=self.host)

    def state(self, path: str) -> str:
        """The state of a VM as its host has it now."""
        return self.fresh(path).xml.findtext(f"{HV}state")

    def fresh(self, path: str) -> Response:
        """What the server has read for this answer."""
        for _ in range(5):
            start = time.monotonic()
            response = self.get(path)
            if time.monotonic() - start < PATIENCE:
                break
        return response


def domain_xml(name: str, uuid: str, memory: int = 524288, title: str = "", description: str = "") -> str:
    """The XML of a domain for the test driver, with everything escaped."""
    domain = ElementTree.Element("domain", type="test")
    for tag, text in (("name", name), ("uuid", uuid), ("title", title), ("description", description), ("memory", str(memory)), ("vcpu", "1")):
        if text:
            ElementTree.SubElement(domain, tag).text = text
    ElementTree.SubElement(ElementTree.SubElement(domain, "os"), "type").text = "hvm"
    return ElementTree.tostring(domain, encoding="unicode")

