# SPDX-License-Identifier: GPL-2.0-or-later
"""What a server that discovers makes of what three hosts announce, and of what somebody else does.

    discover.py [SCENE...]

It makes the cluster of Tests/testbed/cluster.sh, or takes the one that is up (HANDLERVIRT_TEST_CLUSTER). The programs are
HANDLERVIRT_BINARY and HANDLERVIRT_DOMUMDNS, or those in .build/debug. It needs root.
"""
import os
import pathlib
import select
import subprocess
import sys
import time

from station import AVAHI, ROOT, Station
from bed import PYTHON, SCRIPT, eventually, until  # noqa: E402  (found by station)
from checks import Checks
from replica import HV, Replica

import bed as testbed
import machine

PORTS = ("--tcp-port", "16509", "--tls-port", "16514")
LAN = {"network": "10.77.0.0/24", "transport": "tcp"}
# How much longer than before an answer may take while a rogue speaks, in seconds: much less than the deadline of a call to a host.
UNDISTURBED = 2.0
SCHEMA = ROOT / "Public/schema/handlervirt.rng"


class Stage:
    def __init__(self, bed, checks: Checks):
        self.bed, self.checks = bed, checks
        self.stations = {host: Station(bed, host) for host in bed.hosts}
        self.h1, self.h2, self.h3 = (self.stations[host] for host in ("h1", "h2", "h3"))
        # The server's own avahi-daemon, at the switch, where this program is.
        self.home = bed.home / "avahi-hub"
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = self.avahi("up", "hub")
        for station in self.stations.values():
            station.undefine_all()
        self.h1.define(["web", "one"])
        self.h2.define(["web", "two", "dots.and spaces"])
        self.h3.define(["web"])

    def avahi(self, verb: str, *more: str) -> str:
        run = subprocess.run([str(AVAHI), verb, str(self.home), *more], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=True)
        return run.stdout.strip()

    def announce(self):
        for station in self.stations.values():
            if station.process is None or station.process.poll() is not None:
                station.announce(*PORTS)

    def server(self, *allow: dict, options: tuple = (), hosts: dict | None = None, keep: int = 600) -> Replica:
        return Replica(hosts or {}, "--discover", *options, settings={"discovery": {"keep": keep, "allow": list(allow)}})

    def truth(self) -> set:
        return {(host, uuid) for host, station in self.stations.items() for uuid in station.virsh("list", "--all", "--uuid").split()}

    @staticmethod
    def rows(server: Replica, only_told: bool = True) -> set:
        rows = server.get("/virt").xml.findall(f"{HV}vm")
        return {(row.find(f"{HV}host").get("name"), row.get("id")) for row in rows if not only_told or row.find(f"{HV}announced") is None}

    @staticmethod
    def announced(server: Replica) -> dict:
        entries = server.get("/hosts").xml.findall(f"{HV}announced")
        return {entry.get("name"): (entry.findtext(f"{HV}state"), entry.findtext(f"{HV}reason") or "") for entry in entries}

    def until_listed(self, server: Replica, truth: set, what: str = "all VMs are listed"):
        if not eventually(lambda: self.rows(server) == truth, 120):
            raise TimeoutError(f"not within 120 s: {what}: {sorted(self.rows(server) ^ truth)[:4]} differ; {self.announced(server)}")

    @staticmethod
    def gone(server: Replica) -> list:
        """Those whose announcement went."""
        return server.get("/hosts").xml.findall(f"{HV}announced/{HV}gone")

    def valid(self, server: Replica, paths=("/hosts", "/virt", "/settings", "/nowhere", "/virt/nobody")) -> str:
        """What is wrong with its pages."""
        for path in paths:
            run = subprocess.run(["xmllint", "--noout", "--relaxng", str(SCHEMA), "-"], input=server.get(path).body, capture_output=True, timeout=60, check=False)
            if run.returncode:
                return f"{path}: {run.stderr.decode(errors='replace')[:200]}"
            page = server.get(path, "text/html")
            if page.status not in (200, 404):
                return f"{path} as HTML: {page}"
        return ""

    # Scenes

    def nothing(self):
        """From nothing to all VMs."""
        self.announce()
        truth = self.truth()
        took = []
        for _ in range(3):
            start = time.monotonic()
            with self.server(LAN) as server:
                self.until_listed(server, truth)
                took.append(machine.spent(start))
                problem = self.valid(server)
                self.checks.check("pages are valid", not problem, problem)
        self.checks.check("from the server's start to all VMs of three hosts within 3 s", max(took) < 3, " ".join(f"{one:.2f}" for one in took))
        with self.server(LAN) as server:
            self.until_listed(server, truth)
            for station in self.stations.values():
                station.withdraw()
            until(lambda: len(self.gone(server)) == 3, 60, "it is heard that their announcements went")
            time.sleep(2)
            self.checks.check("hosts whose announcement went stay while they answer", self.rows(server) == truth)
        with self.server(LAN) as server:
            start = time.monotonic()
            self.announce()
            self.until_listed(server, truth)
            took = machine.spent(start)
            self.checks.check("from domumdns' start to all VMs of three hosts within 3 s", took < 3, f"{took:.2f} s")

    def follow(self):
        self.announce()
        truth = self.truth()
        with self.server(LAN) as server:
            self.until_listed(server, truth)
            took = []
            for number in range(5):
                self.h2.define([f"new{number}"])
                took.append(machine.lag(lambda: f">new{number}<".encode() in server.get("/virt").body, 20, 0.005))
            self.checks.check("a domain defined on h2 is listed within 2 s", max(took) < 2, " ".join(f"{one:.3f}" for one in took))
            for number in range(5):
                self.h2.virsh("undefine", f"new{number}")
            self.until_listed(server, truth, "they are gone again")
            many = server.get("/virt/nobody/web")
            self.checks.check("a name on three hosts: all are candidates", many.status == 300 and len(many.xml.findall(f"{HV}vm")) == 3, many.status)

    def restarts(self):
        """avahi-daemon, the server's and a host's, restarted."""
        self.announce()
        truth = self.truth()
        with self.server(LAN) as server:
            self.until_listed(server, truth)
            lost = 0
            for number in range(10):
                avahi = (lambda verb: self.h1.avahi(verb)) if number % 2 else (lambda verb: self.avahi(verb))
                avahi("stop")
                time.sleep(0.5)
                lost += self.rows(server) != truth
                avahi("start")
                until(lambda: len(self.announced(server)) == 3, 60, "all are announced")
                lost += self.rows(server) != truth
            self.checks.check("avahi-daemon restarted ten times: no VM is missing at any time", lost == 0, lost)
            until(lambda: not self.gone(server), 60, "all are heard again")
            self.checks.check("and all are heard again", True)

    def cable(self):
        self.announce()
        truth = self.truth()
        with self.server(LAN) as server:
            self.until_listed(server, truth)
            self.bed.do("cut", "h2")
            until(lambda: server.get("/hosts/h2").text("state") == "unreachable", 60, "h2 is unreachable")
            self.checks.check("a cable cut: its VMs stay", self.rows(server) == truth)
            self.bed.do("join", "h2")
            took = machine.lag(lambda: server.get("/hosts/h2").text("state") == "connected", 20)
            self.checks.check("joined: it is back within 3 s", took < 3, f"{took:.2f} s")
            self.checks.check("and nothing is missing", self.rows(server) == truth)

    def rules(self):
        """TLS, by name and by authority; nothing; a host that is configured."""
        self.announce()
        truth = self.truth()
        own, other = pathlib.Path(self.bed.pki()), pathlib.Path(self.bed.pki("foreign"))

        def tls(pki):
            return {"certificate": str(pki / "clientcert.pem"), "key": str(pki / "clientkey.pem")}

        with self.server({"name": "h*", "tls": {"ca": str(own / "cacert.pem"), **tls(own)}}) as server:
            self.until_listed(server, truth, "all VMs are listed by TLS")
            self.checks.check("a rule by name: TLS to the announced address, with the announced name in the certificate", True, server.get("/hosts/h1").text("uri"))
        with self.server({"ca": str(own / "cacert.pem"), "tls": tls(own)}) as server:
            self.until_listed(server, truth, "all VMs are listed by TLS")
            self.checks.check("a rule by authority: all that it signed are joined", True)
        with self.server({"ca": str(other / "cacert.pem"), "tls": tls(other)}) as server:
            until(lambda: self.rows(server, False) == truth, 60, "all VMs are listed, as announced")
            time.sleep(2)
            self.checks.check("another authority: none is connected to, and what they announced stays, marked", not self.rows(server) and self.rows(server, False) == truth)
            page = server.get("/virt/nobody/one")
            self.checks.check("such a VM has a page", page.status == 200 and page.text("announced") == "true", page)
            page = server.get("/virt/nobody/one/virDomainGetState")
            self.checks.check("a command goes to the host as usual, which does not answer", page.status in (502, 503), page)
            problem = self.valid(server, ("/virt", "/hosts", "/virt/nobody/one"))
            self.checks.check("pages are valid", not problem, problem)
        with self.server() as server:
            until(lambda: len(self.announced(server)) == 3, 60, "all are announced")
            states = {}

            def are_refused() -> bool:
                nonlocal states
                states = self.announced(server)
                return len(states) == 3 and all(state == "refused" and "No rule" in reason for state, reason in states.values())

            self.checks.check("without a rule all are refused, with the reason", eventually(are_refused), states)
            self.checks.check("and nothing is listed", not self.rows(server, False))
        with self.server(options=("--trust-network",)) as server:
            until(lambda: len(self.announced(server)) == 3, 60, "all are announced")
            pages = [server.get(path, "text/html").body for path in ("/virt", "/hosts", "/settings", "/commands", "/nowhere")]
            self.checks.check("--trust-network is said on every page", all(b'class="banner"' in page and b"trusts the network" in page for page in pages))
        with self.server(LAN, hosts={"first": self.bed.uri("h1")}) as server:
            until(lambda: len(self.rows(server)) == len(truth), 60, "all VMs are listed")
            names: list[str] = []

            def is_known() -> bool:
                """Its announcement may be heard after its VMs are listed."""
                nonlocal names
                names = [row.get("name") for row in server.get("/hosts").xml.findall(f"{HV}host")]
                return names[0] == "first" and len(names) == 3 and self.announced(server).get("h1", ("",))[0] == "known"

            self.checks.check("a host that is configured is known, and there once", eventually(is_known), names)

    def leaving(self):
        """A host that went and does not answer is let go of after a while."""
        self.announce()
        truth = self.truth()
        with self.server(LAN, keep=3) as server:
            self.until_listed(server, truth)
            self.h3.withdraw()
            self.bed.do("halt", "h3")
            start = time.monotonic()
            until(lambda: all(host != "h3" for host, _ in self.rows(server, False)), 60, "h3 is gone")
            self.checks.check("it is let go of", True, f"{time.monotonic() - start:.1f} s after it was halted; keep is 3 s")
            self.bed.do("revive", "h3")
            self.announce()
            self.until_listed(server, truth, "h3 is back")
            self.checks.check("and comes back", True)

    def rogue(self):
        self.announce()
        truth = self.truth()
        mark = pathlib.Path("/tmp/handlervirt-rogue")
        allow = [{"name": f"h{number}", "transport": "tcp"} for number in (1, 2, 3)]
        with self.server(*allow) as server:
            self.until_listed(server, truth)
            before = server.anonymous()
            usual = max(server.get("/virt").spent for _ in range(10))
            count = int(os.environ.get("HANDLERVIRT_ROGUES", "10000"))
            with self._rogue(count) as rogue:
                wrong, most, slowest = [], before, 0.0
                start = time.monotonic()
                is_through = False
                while time.monotonic() - start < 240:
                    is_through = is_through or bool(select.select([rogue.stdout], [], [], 0)[0] and rogue.stdout.readline())
                    page = server.get("/virt")
                    slowest, most = max(slowest, page.spent), max(most, server.anonymous())
                    if page.status != 200 or self.rows(server) != truth:
                        wrong.append(str(page))
                    if is_through and time.monotonic() - start > 25:
                        break
                    time.sleep(0.1)
                problem = self.valid(server)
                states = self.announced(server)
                children = self._children(server)
                rogue.stdin.close()
                connections = rogue.stdout.readline().decode().strip()
            log = server.output()
        refused = sum(state == "refused" for state, _ in states.values())
        imitations = [name for name, (_, reason) in states.items() if reason.startswith("It bears")]
        lines = [line for line in log.splitlines() if "an announcement is refused" in line]
        self.checks.check("the rogue has said all", is_through)
        self.checks.note(f"{count} hosts and domains announced: {len(states)} remembered, {refused} refused; reasons {sorted({reason[:40] for _, reason in states.values()})}")
        self.checks.check("a rogue: 0 connections", connections == "0", connections)
        self.checks.check("0 processes", not children and not mark.exists(), children)
        self.checks.check("all VMs of the real hosts are listed throughout, and no other", not wrong, wrong[:2])
        self.checks.check("memory is bounded", most - before < 48 * 1024, f"{before} KiB, at most {most} KiB")
        self.checks.check("lists are answered meanwhile", slowest < usual + UNDISTURBED, f"slowest {slowest:.2f} s, else {usual:.2f} s")
        self.checks.check("pages are valid", not problem, problem)
        self.checks.check("imitations are refused", len(imitations) >= 1, imitations)
        self.checks.check("what is remembered is bounded", len(states) <= 544, len(states))
        self.checks.check("one line in the log for each kind", 1 <= len(lines) <= 8, f"{len(lines)} lines")

    def trusting(self):
        """The same rogue where everything is believed: the listener that counts does count, and there are limits all the same."""
        # What an earlier rogue said is still in the server's cache, and h1's avahi-daemon has given its name up for another.
        for avahi in (self.avahi, self.h1.avahi, self.h2.avahi, self.h3.avahi):
            avahi("stop")
            avahi("start")
        self.announce()
        truth = self.truth()
        with self.server(options=("--trust-network",)) as server:
            self.until_listed(server, truth)
            usual = max(server.get("/hosts").spent for _ in range(10))
            with self._rogue(600) as rogue:
                rogue.stdout.readline()
                time.sleep(15)
                page = server.get("/hosts")
                joined = len(page.xml.findall(f"{HV}host"))
                listed = truth <= self.rows(server, False)
                children = self._children(server)
                problem = self.valid(server, ("/hosts", "/virt"))
                figure = f"{server.anonymous()} KiB, {server.threads()} threads, {server.descriptors()} descriptors"
                rogue.stdin.close()
                connections = int(rogue.stdout.readline())
        self.checks.check("--trust-network: the rogue is connected to", connections > 0, f"{connections} connections; {figure}")
        self.checks.check("at most 256 announced hosts are joined", joined <= 256, joined)
        self.checks.check("the real hosts are there, no process is started", listed and not children, children)
        self.checks.check("/hosts is answered meanwhile", page.spent < usual + UNDISTURBED, f"{page.spent:.2f} s, else {usual:.2f} s")
        self.checks.check("pages are valid", not problem, problem)

    def many(self):
        """More domains than are announced."""
        self.h3.define([f"many{number:04d}" for number in range(2000)])
        self.announce()
        truth = self.truth()
        start = time.monotonic()
        with self.server(LAN) as server:
            self.until_listed(server, truth)
            self.checks.check("2,000 domains on one host: all are listed", True, f"{time.monotonic() - start:.1f} s after the server's start")
        self.h3.undefine_all()
        self.h3.define(["web"])

    def _rogue(self, count: int) -> subprocess.Popen:
        command = [str(SCRIPT), "exec", "h3", PYTHON, str(ROOT / "Tests/DiscoveryTests/rogue.py"), "10.77.0.13", "17001", str(count)]
        environment = {**os.environ, "TESTBED_HOME": str(self.bed.home)}
        return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _children(self, server: Replica) -> list[str]:
        return [entry for entry in os.listdir("/proc") if entry.isdigit() and self._parent(entry) == server.process.pid]

    @staticmethod
    def _parent(pid: str) -> int:
        try:
            return int(pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
        except OSError:
            return 0

    def close(self):
        for station in self.stations.values():
            station.close()
        self.avahi("down")


def main() -> int:
    bed = testbed.enter(3)
    checks = Checks()
    stage = Stage(bed, checks)
    names = sys.argv[1:] or ["nothing", "follow", "restarts", "cable", "rules", "leaving", "many", "rogue", "trusting"]
    try:
        for name in names:
            checks.scene(name, getattr(stage, name))
    finally:
        stage.close()
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
