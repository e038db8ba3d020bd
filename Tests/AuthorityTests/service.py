# SPDX-License-Identifier: GPL-2.0-or-later
"""The program that the matrix asks: a handlervirt in owner visibility."""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

from client import HV, Answer, Client, password
from libvirtd import TESTS, hashed, lost_lately
from roles import ADMIN, CALLERS, Thing, configuration

sys.path.append(str(TESTS / "NetworkTests"))
from ports import free_port  # noqa: E402

ROOT = TESTS.parent
BINARY = pathlib.Path(os.environ.get("HANDLERVIRT_BINARY", ROOT / ".build/debug/handlervirt"))
HOST = "h1"
# So often the number of calls is the same where nothing is read any more.
QUIET = 10


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

    def until(self, condition, what: str, seconds: float = 60):
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

    def times_lost(self) -> int:
        """How often it says that it has lost its host."""
        return self.output().count("host does not answer")

    def was_lost(self) -> bool:
        """Whether it has just lost its host; then it has it again. Until then it may say that the host does not answer."""
        time.sleep(0.1)
        if not lost_lately(self.output()):
            return False
        self.until(lambda: all(row.findtext(f"{HV}state") == "connected" for row in self.admin("/hosts").xml.iter(f"{HV}host")), "the host is back")
        return True

    def await_known(self, thing: Thing):
        """Until the server knows that something is as it was made."""
        domain = thing.subject

        # Its page, which is read anew, shows that its state, its name and its owner are known again.
        def is_known() -> bool:
            answer = self.admin(domain.paths[0])
            if not domain.is_there:
                return answer.status == 404
            document = answer.xml
            is_disputed = document.find(f"{HV}dispute") is not None
            said = [document.findtext(f"{HV}{name}") for name in ("name", "state", "owner")]
            return said[:2] == [domain.name, "running"] and is_disputed == domain.is_disputed and (
                is_disputed or said[2] == (domain.owner or "nobody"))

        if domain.kind == "domain":
            self.until(is_known, f"{domain} is as before")
        else:
            self.until(lambda: self.admin(thing.paths[0]).status == 200, f"{thing} is as before")

    def offered(self) -> dict[str, ElementTree.Element]:
        """Every command of the server's reference."""
        return {command.get("name"): command for command in self.admin("/commands").xml.iter(f"{HV}command")}

    def settle(self) -> float:
        """Waits until nothing is read any more; returns how many calls were made until then."""
        seen = [0.0]

        def is_quiet() -> bool:
            time.sleep(0.3)
            seen.append(self.calls().get("inventory", 0))
            # For longer than a host stands still.
            return len(seen) > QUIET and len(set(seen[-QUIET:])) == 1

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
