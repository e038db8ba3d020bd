# SPDX-License-Identifier: GPL-2.0-or-later
"""What domumdns announces of three hosts, each with its own libvirtd, D-Bus and avahi-daemon, as others read it.

    announce.py [SCENE...]

It makes the cluster of Tests/testbed/cluster.sh, or takes the one that is up (HANDLERVIRT_TEST_CLUSTER). HANDLERVIRT_DOMUMDNS
is the program, or .build/debug/domumdns. It needs root, and scripts/discovery-venv.sh beforehand.
"""
import sys
import time

import station
from bed import eventually, until  # noqa: E402  (found by station)
from checks import Checks
from readers import Listener, Record, browse
from station import Station

import bed as testbed
import machine

ODD = ["web", "WEB2", "with space", "Kärnten 😀", "dot.dot", "back\\slash", "<b>&amp;", "#2", "x%2fy", "e" * 70, "é" * 100, "c" * 200]
OWNER = "urn:handlervirt:owner:1"
UUIDS = {f"h{number}": f"00000000-0000-4000-8000-{number:012d}" for number in (1, 2, 3)}
# Of this, mDNS itself takes most: a new name is probed for up to 0.75 s before it may be announced.
SOON = 1.0


def cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore")


def identities(records: set[Record]) -> set[tuple[str, str, str, str, int]]:
    return {(record["host-uuid"], record["uuid"], record["name"], record["driver"], record.port) for record in records}


class Stage:
    def __init__(self, bed, checks: Checks):
        self.bed, self.checks = bed, checks
        self.stations = {host: Station(bed, host) for host in bed.hosts}
        self.h1, self.h2, self.h3 = (self.stations[host] for host in ("h1", "h2", "h3"))
        self.listener = Listener()

    def truth(self, host: Station, port: int = 0) -> set:
        pairs = [line.split(None, 1) for line in host.virsh("list", "--all", "--uuid", "--name").splitlines() if line.strip()]
        return {(UUIDS[host.host], uuid, cut(name.rstrip(), 250), "qemu", port) for uuid, name in pairs}

    def count(self) -> int:
        return len(self.listener.labels())

    def same(self):
        """Every reader reads the same, and that is what libvirt has."""
        self.h1.define(ODD)
        self.h2.define(["web", "db"])
        start = time.monotonic()
        self.h1.announce("--tcp-port", "16509", "--log-level", "debug")
        self.h2.announce("--tls-port", "16514", "--tcp-port", "16509")
        self.h3.announce()
        truth = self.truth(self.h1, 16509) | self.truth(self.h2, 16514)
        until(lambda: self.count() == len(truth), 60, f"{len(truth)} domains at zeroconf, not {self.count()}")
        self.checks.note(f"all domains of two hosts are there {time.monotonic() - start:.2f} s after both were started")
        for reader, records in {"zeroconf": self.listener.records("_domu._tcp"), "avahi-browse": browse(self.h2, "_domu._tcp")}.items():
            found = identities(records)
            self.checks.check(f"{reader} reads every domain of both hosts", found == truth, f"{len(found)}, differing {sorted(found ^ truth)}"[:600])
            first = {record.text[0] for record in records}
            self.checks.check(f"{reader}: txtvers comes first", first == {b"txtvers=1"}, first)
        wired, browsed = self.listener.records("_domu._tcp"), browse(self.h3, "_domu._tcp")
        self.checks.check("both readers read the same records, byte by byte", wired == browsed, f"{sorted(map(str, wired ^ browsed))}"[:600])
        self.checks.check("labels hold 63 bytes", all(len(record.label.encode()) <= 63 for record in wired))
        hosts = {record.label: record for record in self.listener.records("_libvirt._tcp")}
        self.checks.check("an empty host is found", hosts.get("h3") and hosts["h3"]["domains"] == "0", hosts.get("h3"))
        text = (b"txtvers=1", f"host-uuid={UUIDS['h2']}".encode(), b"driver=qemu", b"domains=2", b"transports=tls,tcp", b"tls-port=16514", b"tcp-port=16509")
        self.checks.check("a host tells its UUID, driver, domains and transports", hosts["h2"].text == text, hosts["h2"])
        webs = {(record.label, record["host-uuid"]) for record in wired if record["name"] == "web"}
        self.checks.check("equal names on two hosts are both there, told apart by TXT", {uuid for _, uuid in webs} == {UUIDS["h1"], UUIDS["h2"]}, webs)
        printed = self.h1.run(str(station.BINARY), "--dry-run", "--tcp-port", "16509").splitlines()
        again = self.h1.run(str(station.BINARY), "--dry-run", "--tcp-port", "16509").splitlines()
        self.checks.check("--dry-run prints them, host first, twice the same", printed == again and len(printed) == len(ODD) + 1
                          and printed[0].startswith("_libvirt._tcp 16509 h1 "), f"{len(printed)} lines")

    def _until_label(self, label: str, is_there: bool) -> float:
        start = time.monotonic()
        until(lambda: (label in self.listener.labels()) == is_there, 30, f"{label} {'is' if is_there else 'is not'} there", 0.005)
        return machine.spent(start)

    def follow(self):
        """What happens to a domain is seen soon."""
        took: dict[str, list[float]] = {"defined": [], "renamed": [], "owner changed": [], "undefined": []}
        self.h2.withdraw()
        self.h2.announce("--announce-owner")
        time.sleep(2)
        for number in range(5):
            name = f"new{number}"
            self.h2.define([name])
            took["defined"].append(self._until_label(name, True))
            time.sleep(1.2)
            start = time.monotonic()
            self.h2.virsh("metadata", name, OWNER, "--config", "--key", "o", "--set", "<owner>alice</owner>")
            until(lambda: any(since > start for label, since in dict(self.listener.updates).items() if label.startswith(f"{name}.")), 30, "an update", 0.005)
            took["owner changed"].append(machine.spent(start))
            record = None

            def is_read(name=name) -> bool:
                """The other reader may hear of it a moment later."""
                nonlocal record
                record = next((record for record in browse(self.h1, "_domu._tcp") if record["name"] == name), None)
                return record is not None and record["owner"] == "alice"

            self.checks.check(f"{name}: avahi-browse reads its owner", eventually(is_read), record)
            self.h2.virsh("domrename", name, f"{name}-renamed")
            took["renamed"].append(self._until_label(f"{name}-renamed", True))
            self.h2.virsh("undefine", f"{name}-renamed")
            took["undefined"].append(self._until_label(f"{name}-renamed", False))
        for what, times in took.items():
            limit = {"defined": SOON, "renamed": SOON, "owner changed": SOON, "undefined": SOON}[what]
            self.checks.check(f"{what}: followed within {limit} s", max(times) <= limit, " ".join(f"{seconds:.2f}" for seconds in times))
        def counted() -> str | None:
            return next((record["domains"] for record in browse(self.h1, "_libvirt._tcp") if record.label == "h2"), None)

        self.checks.check("the host's number of domains follows", eventually(lambda: counted() == "2"), counted())

    def migration(self):
        """A running domain moves from one host to another, and its record with it."""
        self.h1.restart()
        self.h2.restart()
        self.h1.define(["wanderer"])
        self.h1.virsh("start", "wanderer")
        self._until_label("wanderer", True)

        for source, target in ((self.h1, self.h2), (self.h2, self.h1)):
            source.virsh("migrate", "--live", "--persistent", "--undefinesource", "wanderer", self.bed.uri(target.host))
            start = time.monotonic()
            until(lambda: {record["host-uuid"] for record in self.listener.records("_domu._tcp") if record["name"] == "wanderer"} == {UUIDS[target.host]},
                  30, f"wanderer is announced by {target.host} alone", 0.005)
            took = machine.spent(start)
            # Probing for the name takes 0.75 s of it (RFC 6762, section 8.1), some of which is before the migration ends.
            self.checks.check(f"migrated to {target.host}: announced there and only there within 1 s", took < 1, f"{took:.2f} s")
            # A record that was withdrawn stays in a cache for a second (RFC 6762, section 10.1).
            until(lambda: {record["host-uuid"] for record in browse(self.h3, "_domu._tcp") if record["name"] == "wanderer"} == {UUIDS[target.host]},
                  30, "avahi-browse reads the same")
        self.h1.virsh("destroy", "wanderer")
        self.h1.virsh("undefine", "wanderer")

    def unprivileged(self):
        """With what the systemd unit leaves it: another user, no capability, no network of its own."""
        # Nobody may enter the cluster's directory, so the bus stands elsewhere for it.
        apart = ["unshare", "--net", "--mount", "sh", "-c", 'mkdir -p /run/dbus && mount --bind "$0" /run/dbus && exec "$@"', str(self.h3.home),
                 "env", "DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/dbus/bus"]
        shed = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        self.h3.define(["seen"])
        printed = self.h3.run(*apart, *shed, str(station.BINARY), "--dry-run")
        self.checks.check("it reads libvirt as nobody", "_domu._tcp 0 seen " in printed, printed[-300:])
        if self.h3.process and self.h3.process.poll() is None:
            self.h3.withdraw()
        process = self.h3.popen(*apart, *shed, str(station.BINARY))
        try:
            took = self._until_label("seen", True)
        finally:
            process.terminate()
            status = process.wait(30)
        self.checks.check("it announces as nobody", status == 0, f"{took:.2f} s, ended with {status}")
        self.h3.virsh("undefine", "seen")
        self.h3.announce()
        until(lambda: any(record.label == "h3" for record in browse(self.h1, "_libvirt._tcp")), 60, "h3 is there again")

    def libvirtd(self):
        """libvirtd ends: nothing is announced; it is back: all is, as it is now."""
        before = self.listener.labels()
        start = time.monotonic()
        self.bed.do("halt", "h1")
        until(lambda: len(browse(self.h2, "_libvirt._tcp")) == 2, 60, "h1 is withdrawn")
        until(lambda: self.count() == 2, 30, "its domains are withdrawn")
        self.checks.check("libvirtd halted: its records are withdrawn", True, f"{time.monotonic() - start:.2f} s")
        self.bed.do("revive", "h1")
        start = time.monotonic()
        until(lambda: self.listener.labels() == before, 60, "all is there again")
        took = machine.spent(start)
        self.checks.check("libvirtd revived: all is announced again within 5 s", took < 5, f"{took:.2f} s")
        self.bed.do("freeze", "h1")
        start = time.monotonic()
        until(lambda: self.count() == 2, 60, "the records of a silent libvirtd are withdrawn")
        self.checks.check("libvirtd silent: its records are withdrawn", True, f"{time.monotonic() - start:.2f} s")
        self.bed.do("thaw", "h1")
        start = time.monotonic()
        until(lambda: self.listener.labels() == before, 60, "all is there again")
        self.checks.check("libvirtd awake: all is announced again", True, f"{time.monotonic() - start:.2f} s")

    def avahi(self):
        """avahi-daemon, then D-Bus, restarted again and again."""
        before = self.listener.labels()
        for verb, times in (("", 10), ("-bus", 3)):
            took = []
            for _ in range(times):
                self.h1.avahi(f"stop{verb}")
                until(lambda: self.count() == 2, 60, "h1's are gone")
                self.h1.avahi(f"start{verb}")
                start = time.monotonic()
                until(lambda: self.listener.labels() == before, 60, f"all is there again, not {before ^ self.listener.labels()}")
                took.append(machine.spent(start))
            name = "D-Bus" if verb else "avahi-daemon"
            self.checks.check(f"{name} restarted {times} times: all again within 5 s", max(took) < 5, f"at most {max(took):.2f} s")

    def cable(self):
        before = self.listener.labels()
        self.bed.do("cut", "h1")
        time.sleep(2)
        self.h1.define(["while-cut"])
        self.bed.do("join", "h1")
        start = time.monotonic()
        until(lambda: "while-cut" in self.listener.labels() and before <= self.listener.labels(), 60, "all is there")
        self.checks.check("a cable cut and joined: what was defined meanwhile is there", True, f"{time.monotonic() - start:.2f} s")
        self.h1.virsh("undefine", "while-cut")

    def once(self):
        self.h3.withdraw()
        self.h3.define(["early"])
        self.h3.announce("--once")
        self._until_label("early", True)
        self.h3.define(["late"])
        time.sleep(2)
        self.checks.check("--once follows no change", "late" not in self.listener.labels(), self.listener.labels())
        self.h3.withdraw()
        self.h3.announce("--announce", "host")
        until(lambda: any(record["domains"] == "2" for record in browse(self.h1, "_libvirt._tcp") if record.label == "h3"), 60, "h3 is there")
        self.checks.check("--announce host names no domain", not self.listener.labels() & {"early", "late"}, self.listener.labels())
        self.h3.virsh("undefine", "early")
        self.h3.virsh("undefine", "late")
        self.h3.withdraw()
        self.h3.announce()
        until(lambda: any(record.label == "h3" for record in browse(self.h1, "_libvirt._tcp")), 60, "h3 is there again")

    def goodbye(self):
        """SIGTERM."""
        took = self.h1.withdraw()
        start = time.monotonic()
        until(lambda: self.count() == 2, 30, "its records are gone")
        gone = machine.spent(start)
        self.checks.check("SIGTERM: ends with 0 within 2 s, and its records go", took < 2 and gone < 3, f"{took:.2f} s, records gone {gone:.2f} s later")

    def many(self):
        """More domains than a client may have objects."""
        self.h3.restart()
        defined = self.h3.define([f"many{number:04d}" for number in range(1000)])
        self.checks.note(f"1,000 domains defined in {defined:.1f} s while domumdns followed")
        until(lambda: any(record["domains"] == "1000" for record in browse(self.h1, "_libvirt._tcp") if record.label == "h3"), 180, "1,000 domains")
        memory = self.h3.memory()
        self.checks.check("1,000 domains: at most 10 MB of anonymous memory", memory <= 10 * 1024, f"{memory} KiB ({station.BINARY.parent.name} build)")
        self.h3.define([f"many{number:04d}" for number in range(1000, 2000)])
        found = until(lambda: next((record for record in browse(self.h1, "_libvirt._tcp") if record.label == "h3" and record["domains"] == "2000"), None),
                      180, "the host with 2,000 domains")
        self.checks.check("2,000 domains: the host is found and says how many", found is not None, found)
        # The host's own record is there before those of its domains.
        until(lambda: self.h3.said("takes no more services") > 0, 60, "the limit is said")
        said = self.h3.said("takes no more services")
        self.checks.check("the limit is said once", said == 1, said)
        self.h3.withdraw()
        self.h3.announce("--log-level", "debug")
        start = time.monotonic()
        until(lambda: self.h3.said("takes no more services") == 1, 60, "the limit is said again")
        self.checks.note(f"2,000 domains: 1,024 records given to avahi-daemon {time.monotonic() - start:.1f} s after the start")
        until(lambda: any(record["domains"] == "2000" for record in browse(self.h1, "_libvirt._tcp") if record.label == "h3"), 30, "the host first")
        names: set[str] = set()

        def most() -> bool:
            names.update(label for label in self.listener.labels() if label.startswith("many"))
            return len(names) >= 1023

        try:
            until(most, 60, "1,023 domains")
        except TimeoutError:
            pass
        self.checks.check("of 2,000 domains 1,023 are announced", len(names) == 1023, f"{len(names)} in {time.monotonic() - start:.1f} s, {self.h3.memory()} KiB")
        took = self.h3.withdraw()
        self.checks.check("SIGTERM with 1,024 records: ends within 2 s", took < 2, f"{took:.2f} s")
        self.h3.undefine_all()

    def churn(self):
        """Defined and undefined without end."""
        self.h3.undefine_all()
        self.h3.restart()
        names = [f"churn{number}" for number in range(100)]

        def rounds(count: int):
            for _ in range(count):
                self.h3.define(names)
                self.h3.undefine_all()

        rounds(3)
        time.sleep(2)
        before = self.h3.memory()
        rounds(20)
        time.sleep(2)
        after = self.h3.memory()
        self.checks.check("2,000 domains defined and undefined: no growth", after - before < 1024, f"{before} KiB, then {after} KiB")

    def close(self):
        self.listener.close()
        for host in self.stations.values():
            host.close()


def main() -> int:
    bed = testbed.enter(3)
    checks = Checks()
    stage = Stage(bed, checks)
    names = sys.argv[1:] or ["same", "follow", "migration", "unprivileged", "libvirtd", "avahi", "cable", "once", "goodbye", "many", "churn"]
    try:
        for name in names:
            checks.scene(name, getattr(stage, name))
    finally:
        stage.close()
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
