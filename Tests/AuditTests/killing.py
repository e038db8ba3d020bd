#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Does the audit tell of every command, however often its server is killed, and is nothing done that it cannot tell of?

    killing.py [COMMANDS] [KILLS] [SEED]

HANDLERVIRT_BINARY is the server, HANDLERVIRT_TEST_TEST the URI of the test driver of a libvirtd of the tests' own; without it one is started.
"""
import collections
import contextlib
import http.client
import itertools
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid

import libvirt

from serving import BINARY, Checks, Server, records
from libvirtd import libvirtd

DOMAIN = "<domain type='test'><name>{name}</name><uuid>{uuid}</uuid><memory unit='KiB'>8388608</memory><vcpu>1</vcpu><os><type>hvm</type></os></domain>"
CLIENTS = 6
# Each is told from all others by its memory.
numbers = itertools.count(100_000)


class Client(threading.Thread):
    """Sends commands to a domain of its own until it is told to stop, through whatever server there is."""

    def __init__(self, name: str, key: str, chance: random.Random):
        super().__init__(daemon=True)
        self.path = f"/virt/nobody/{key}"
        self.key, self.chance = key, chance
        self.server: Server | None = None
        self.acknowledged: list[tuple[str, str, int]] = []
        self.broken: list[tuple[str, int | None]] = []
        self.statuses = collections.Counter()
        self.ending = threading.Event()

    def run(self):
        while not self.ending.is_set():
            if (server := self.server) is None:
                time.sleep(0.005)
                continue
            name = self.chance.choice(["virDomainCreate", "virDomainDestroy", "virDomainSuspend", "virDomainResume"] + 4 * ["virDomainSetMemoryFlags"])
            number = next(numbers) if name == "virDomainSetMemoryFlags" else None
            fields = {"memory": number, "flags": "VIR_DOMAIN_AFFECT_CONFIG"} if number else {}
            try:
                status, headers, _ = server.ask("POST", f"{self.path}/{name}", fields)
                self.statuses[status] += 1
                if status not in (404, 503):  # not known yet to a server that has just begun
                    self.acknowledged.append((headers["x-request-id"], name, status))
            except ConnectionRefusedError:
                time.sleep(0.01)
            except (OSError, http.client.HTTPException):
                self.broken.append((name, number))


def kill_often(checks: Checks, uri: str, directory: str, commands: int, kills: int, chance: random.Random) -> str:
    path = f"{directory}/audit"
    arguments = ["--connect", uri, "--access", "read-write", "--audit", path, "--log-level", "notice"]
    connection = libvirt.open(uri)
    keys = [str(uuid.UUID(int=chance.getrandbits(128), version=4)) for _ in range(CLIENTS)]
    for number, key in enumerate(keys):
        connection.defineXML(DOMAIN.format(name=f"killed-{number}-{key[:8]}", uuid=key))
    clients = [Client(f"c{number}", key, random.Random(chance.random())) for number, key in enumerate(keys)]
    for client in clients:
        client.start()
    start, killed, torn, servers = time.monotonic(), 0, 0, 0
    done = lambda: sum(len(client.acknowledged) for client in clients)
    try:
        while killed < kills or done() < commands:
            with Server(arguments, directory) as server:
                servers += 1
                if torn > 0 and "unfinished line" not in server.said():
                    checks.check("what was torn is cut off, and said", False, server.said())
                torn = 0
                for client in clients:
                    client.server = server
                goal = done() + max(1, (commands - done()) // max(1, kills - killed))
                end = time.monotonic() + 5
                while done() < goal and time.monotonic() < end:
                    time.sleep(0.002)
                time.sleep(chance.random() * 0.05)
                server.process.send_signal(signal.SIGKILL)
                server.process.wait()
                for client in clients:
                    client.server = None
                killed += 1
                # As a kill in the midst of a write would leave it.
                if chance.random() < 0.25:
                    with open(path, "ab") as file:
                        torn = file.write(b'{"time":"2026-11-28T12:00:00.000Z","event":"comm'[: chance.randrange(1, 40)])
    finally:
        for client in clients:
            client.ending.set()
        for client in clients:
            client.join(40)
    with Server(arguments, directory):
        pass
    for key in keys:
        domain = connection.lookupByUUIDString(key)
        with contextlib.suppress(libvirt.libvirtError):
            domain.destroy()
        domain.undefine()
    took = time.monotonic() - start

    lines = records(path)
    begun = {line["id"]: line for line in lines if line["event"] == "command"}
    ends = collections.defaultdict(list)
    for line in lines:
        if line["event"] == "end":
            ends[line["id"]].append(line)
    checks.check("every line is of a command", len(lines) == len(begun) + sum(map(len, ends.values())))
    checks.check("every command has one end", all(len(ends[key]) == 1 for key in begun), f"{[key for key in begun if len(ends[key]) != 1][:3]}")
    checks.check("every end is of a command", set(ends) == set(begun))
    outcomes = collections.Counter(end[0]["outcome"] for end in ends.values())
    by_request = collections.defaultdict(list)
    for key, line in begun.items():
        by_request[line["request"]].append(ends[key][0]["outcome"])
    good = [(id, name) for client in clients for id, name, status in client.acknowledged if status < 400]
    bad = [(id, name, status) for client in clients for id, name, status in client.acknowledged if status >= 400]
    checks.check("what was acknowledged ended well", all(by_request[id][-1:] == ["ok"] for id, _ in good), f"{[i for i in good if by_request[i[0]][-1:] != ['ok']][:3]}")
    checks.check("what was refused by libvirt failed", all("ok" not in by_request[id] and by_request[id] for id, _, _ in bad), f"{[(i, by_request[i[0]]) for i in bad if not by_request[i[0]] or 'ok' in by_request[i[0]]][:3]}")
    memories = {line["parameters"][0]["value"]: key for key, line in begun.items() if line["command"] == "virDomainSetMemoryFlags"}
    broken = [number for client in clients for _, number in client.broken if number]
    told = collections.Counter(ends[memories[str(number)]][0]["outcome"] if str(number) in memories else "never begun" for number in broken)
    checks.check("enough was acknowledged", len(good) > commands / 3 and len(begun) >= commands, f"{len(good)} of {len(begun)}")
    checks.check("some were unknown", outcomes["unknown"] > 0)
    bare = [end[0] for end in ends.values() if end[0]["outcome"] != "unknown" and not (end[0].get("before") and end[0].get("after"))]
    checks.check("the domain was hashed before and after", not bare, f"{len(bare)}, as {bare[:1]}")
    return (
        f"{len(begun)} commands, {killed} kills in {took:.0f} s, outcomes {dict(outcomes)}; clients saw {len(good)} done, {len(bad)} refused, "
        f"{sum(len(client.broken) for client in clients)} broken (of those that can be told: {dict(told)})"
    )


@contextlib.contextmanager
def small_disk(directory: str):
    """A disk that can be filled, and emptied again."""
    place = f"{directory}/disk"
    os.mkdir(place)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", place], check=True)

    def fill(_):
        with open(f"{place}/fill", "wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(b"x" * 4096):
                pass

    try:
        yield f"{place}/audit", fill, lambda _: os.unlink(f"{place}/fill")
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@contextlib.contextmanager
def small_file(directory: str):
    """A process whose files may not grow beyond a size."""
    size = 20_000

    def cap(server: Server):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def lift(server: Server):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    yield f"{directory}/capped", cap, lift


def fill_up(checks: Checks, uri: str, directory: str, lid) -> str:
    connection = libvirt.open(uri)
    key = str(uuid.uuid4())
    domain = connection.defineXML(DOMAIN.format(name=f"full-{key[:8]}", uuid=key))
    memory = lambda: domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    done, refused = 0, 0
    with lid(directory) as (path, fill, empty):
        with Server(["--connect", uri, "--access", "read-write", "--audit", path, "--log-level", "notice"], directory) as server:
            set_memory = lambda number: server.ask("POST", f"/virt/nobody/{key}/virDomainSetMemoryFlags", {"memory": number, "flags": "VIR_DOMAIN_AFFECT_CONFIG"})
            server.await_page(f"/virt/nobody/{key}")
            checks.check("it works at first", set_memory(1_000_000)[0] == 200)
            fill(server)
            for number in range(1_000_001, 1_000_400):
                status, _, body = set_memory(number)
                if status == 503:
                    break
                done += status == 200
            checks.check("a full disk is met with 503", status == 503 and b"The audit cannot be written" in body, f"{status} after {done}")
            before = memory()
            for number in range(2_000_000, 2_000_010):
                status, headers, _ = set_memory(number)
                refused += status == 503
                checks.check("it may be tried again", "retry-after" in headers)
            status = server.ask("POST", f"/virt/nobody/{key}/owner", {"owner": "eve"})[0]
            checks.check("nor is an owner changed", status == 503, str(status))
            checks.check("all are refused", refused == 10, str(refused))
            checks.check("nothing is changed", memory() == before)
            for address in ("/virt", f"/virt/nobody/{key}", f"/virt/nobody/{key}/virDomainGetXMLDesc", "/audit", "/hosts"):
                checks.check("reading goes on", server.ask("GET", address)[0] == 200, address)
            checks.check("its log says so", "the audit cannot be written" in server.said())
            empty(server)
            checks.check("it works again", set_memory(3_000_000)[0] == 200)
            checks.check("and is done", "3000000" in memory())
        lines = records(path)
        begun = [line["id"] for line in lines if line["event"] in ("command", "owner")]
        ended = [line["id"] for line in lines if line["event"] == "end"]
        checks.check("what was done is in the audit, and nothing else", sorted(begun) == sorted(ended) and len(begun) == done + 2, f"{len(begun)} {len(ended)} {done}")
    domain.undefine()
    return f"{lid.__name__}: full after {done + 1} commands, {refused + 2} refused"


def rotate(checks: Checks, uri: str, directory: str) -> str:
    path = f"{directory}/rotated"
    with Server(["--connect", uri, "--access", "read-write", "--audit", path], directory) as server:
        act = lambda: server.ask("POST", "/virt/nobody/test/virDomainSetMemoryFlags", {"memory": 1024, "flags": "VIR_DOMAIN_AFFECT_CONFIG"})[0]
        server.await_page("/virt/nobody/test")
        checks.check("a command", act() == 200)
        os.rename(path, f"{path}.1")
        checks.check("a command into the renamed file", act() == 200)
        server.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + 60
        while not os.path.exists(path) and time.monotonic() < end:
            time.sleep(0.01)
        checks.check("a command into the new file", act() == 200)
        checks.check("after a rotation both files are whole", (len(records(f"{path}.1")), len(records(path))) == (4, 2))
        os.unlink(path)
        checks.check("a command after the file was deleted", act() == 200)
        checks.check("stands in a new one", len(records(path)) == 2)
        second = subprocess.run([BINARY, "--listen", "127.0.0.1:0", "--audit", path], capture_output=True, text=True, check=False, timeout=60)
        checks.check("a second server is refused with a sentence", second.returncode != 0 and "another server" in second.stderr, second.stderr)
    return "rotated on SIGHUP"


def main():
    commands, kills = (int(sys.argv[1]) if len(sys.argv) > 1 else 1_000), (int(sys.argv[2]) if len(sys.argv) > 2 else 20)
    seed = sys.argv[3] if len(sys.argv) > 3 else "7"
    checks = Checks()
    with libvirtd("test") as uri, tempfile.TemporaryDirectory(prefix="hv-audit-") as directory:
        said = [kill_often(checks, uri, directory, commands, kills, random.Random(seed)), rotate(checks, uri, directory)]
        lids = [small_file] + ([small_disk] if os.getuid() == 0 else [])
        said += [fill_up(checks, uri, directory, lid) for lid in lids]
    checks.finish("; ".join(said))


if __name__ == "__main__":
    main()
