# SPDX-License-Identifier: GPL-2.0-or-later
"""The program that the matrix asks: a handlervirt in owner visibility."""
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ElementTree

from client import HV, Answer, Client, password
from libvirtd import TESTS, hashed
from roles import ADMIN, CALLERS, configuration

ROOT = TESTS.parent
BINARY = pathlib.Path(os.environ.get("HANDLERVIRT_BINARY", ROOT / ".build/debug/handlervirt"))
HOST = "h1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """`with Service(uri, "read-only") as service:` serves one host. Without roles everybody may do everything, as a server without users has it."""

    def __init__(self, uri: str, access: str, has_roles: bool = True):
        self.access, self.has_roles = access, has_roles
        self.directory = tempfile.TemporaryDirectory(prefix="hv-authority-")
        home = pathlib.Path(self.directory.name)
        self.port = free_port()
        self.client = Client(self.port)
        settings = {"hosts": [{"name": HOST, "uri": uri}], "listen": f"127.0.0.1:{self.port}", "access": access, "log-level": "notice", "trusted-proxy": ["127.0.0.1"]}
        if has_roles:
            settings |= {"visibility": "owner", "users": "users.htpasswd", **configuration()}
            names = [caller.name for caller in CALLERS if caller.name]
            lines = [f"{name}:{hashed(password(name))}\n" for name in names]
            (home / "users.htpasswd").write_text("".join(lines), encoding="ascii")
        # JSON is YAML as well.
        (home / "config.yaml").write_text(json.dumps(settings), encoding="ascii")
        self.log = open(home / "log", "w+b")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDLERVIRT_")}
        environment.setdefault("SWIFT_BACKTRACE", "enable=no")
        command = [str(BINARY), "--config", str(home / "config.yaml")]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=environment, cwd=ROOT)

    def __enter__(self) -> "Service":
        try:
            self.until(lambda: self.admin("/virt").xml.find(f"{HV}vm") is not None, "the server lists its VMs")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.directory.cleanup()

    def until(self, condition, what: str, seconds: float = 30):
        deadline = time.monotonic() + seconds
        while True:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}: {self.output()[-1500:]}")
            with contextlib.suppress(ElementTree.ParseError, LookupError):
                if condition():
                    return
            if time.monotonic() > deadline:
                raise TimeoutError(f"not within {seconds} s: {what}\n{self.output()[-1500:]}")
            time.sleep(0.02)

    def output(self) -> str:
        self.log.flush()
        return pathlib.Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def admin(self, path: str, method: str = "GET", fields=None) -> Answer:
        return self.client.ask(method, path, ADMIN.name if self.has_roles else None, fields)

    def offered(self) -> dict[str, ElementTree.Element]:
        """Every command of the server's reference."""
        return {command.get("name"): command for command in self.admin("/commands").xml.iter(f"{HV}command")}

    def settle(self) -> float:
        """Waits until the host is read for the first time; returns how many calls that took."""
        seen = [0.0]

        def is_quiet() -> bool:
            time.sleep(0.3)
            seen.append(self.calls().get("inventory", 0))
            return len(seen) > 3 and seen[-1] == seen[-2] == seen[-3]

        self.until(is_quiet, "the server has read its host")
        return seen[-1]

    def calls(self) -> dict[str, float]:
        """How often libvirt was called, by the kind of call."""
        found: dict[str, float] = {}
        for line in self.admin("/metrics").body.decode().splitlines():
            if line.startswith("handlervirt_host_calls_total{"):
                labels, _, number = line.rpartition(" ")
                kind = labels.partition('kind="')[2].partition('"')[0]
                found[kind] = found.get(kind, 0) + float(number)
        if not found:
            raise RuntimeError("/metrics does not count the calls to hosts")
        return found
