#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Random parameters for every command: no crash, no hang, no status 500, and every XML answer by the schema.

    fuzz.py [REQUESTS [SEED]]      10,000 of them, half on each server

One server has libvirt's test driver in its own process, the other one that of HANDLERVIRT_TEST_TEST. Both are no real hosts, so
no command is left out, not even virNodeSuspendForDuration; this never fuzzes any other driver. A failure is printed as a curl command.
"""
import collections
import concurrent.futures
import http.client
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from client import HV, ROOT, Server
from generators import Generator, Request, read_command

SCHEMA = ROOT / "Public/schema/handlervirt.rng"
THREADS = 6
# Longer than any deadline of the server's for a call, and than a machine stands still.
TIMEOUT = 60
BATCH = 500
# Anonymous memory at its peak, in MiB: what a request asks for may not become what the server allocates.
MEMORY = 1024


class Fuzz:
    """One server, and what it answered."""

    def __init__(self, server: Server, directory: pathlib.Path):
        self.server = server
        self.directory = directory
        self.local = threading.local()
        self.statuses = collections.Counter()
        self.slowest = (0.0, None)
        self.failures = []
        self.lock = threading.Lock()

    def fail(self, request: Request, what: str):
        with self.lock:
            self.failures.append(f"{what}\n   {request.curl(self.server.url)}")

    def ask(self, number: int, request: Request) -> tuple[pathlib.Path, Request] | None:
        """Sends one request; returns where its answer lies if that is XML."""
        start = time.monotonic()
        try:
            response = self._send(request)
        except TimeoutError:
            return self.fail(request, f"no answer in {TIMEOUT} s")
        except (OSError, http.client.HTTPException) as error:
            self.local.connection = None
            alive = self.server.process.poll() is None
            return self.fail(request, f"{error!r}" if alive else f"the server has ended with {self.server.process.returncode}")
        taken = time.monotonic() - start
        with self.lock:
            self.statuses[response.status] += 1
            self.slowest = max(self.slowest, (taken, request), key=lambda pair: pair[0])
        if response.status == 500:
            return self.fail(request, f"500: {response.body[:300]!r}")
        if not response.body or not response.headers.get("Content-Type", "").startswith("application/xml"):
            if response.body and response.headers.get("Content-Type") is None:
                self.fail(request, f"{response.status} without a type: {response.body[:100]!r}")
            return None
        path = self.directory / f"{number}.xml"
        path.write_bytes(response.body)
        return path, request

    def _send(self, request: Request):
        """On a connection that this thread keeps; a server may close one that idles, so a dead one is tried anew."""
        for is_last in (False, True):
            fresh = getattr(self.local, "connection", None) is None
            if fresh:
                self.local.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=TIMEOUT)
            connection = self.local.connection
            headers = {"Accept": request.accept}
            body = None
            if request.method == "POST":
                headers["Content-Type"], body = "application/x-www-form-urlencoded", request.form
            try:
                connection.request(request.method, request.target, body=body, headers=headers)
                response = connection.getresponse()
                response.body = response.read()
                if response.will_close:
                    self._drop()
                return response
            except TimeoutError:
                self._drop()
                raise
            except (OSError, http.client.HTTPException):
                self._drop()
                if fresh or is_last or self.server.process.poll() is not None:
                    raise
        raise AssertionError

    def _drop(self):
        self.local.connection.close()
        self.local.connection = None

    def validate(self, answers: list[tuple[pathlib.Path, Request]]):
        """One process for the whole batch."""
        if not answers:
            return
        run = subprocess.run(["xmllint", "--noout", "--relaxng", SCHEMA, *(path for path, _ in answers)], capture_output=True, text=True, errors="replace")
        errors = collections.defaultdict(list)
        valid = set()
        for line in run.stderr.splitlines():
            if line.endswith(" validates"):
                valid.add(line.removesuffix(" validates"))
            elif found := re.match(r"(\S+?\.xml):(\d+: .*)", line):
                errors[found[1]].append(found[2])
        for path, request in answers:
            if str(path) not in valid:
                self.fail(request, f"not by the schema: {' / '.join(errors[str(path)][:3])[:500]}")
            path.unlink()

    def run(self, requests: list[Request]):
        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            checks = []
            for start in range(0, len(requests), BATCH):
                if self.server.process.poll() is not None:
                    break
                batch = requests[start : start + BATCH]
                answers = [answer for answer in pool.map(self.ask, range(start, start + len(batch)), batch) if answer]
                checks.append(pool.submit(self.validate, answers))
            for check in checks:
                check.result()


def peak_memory(server: Server) -> int:
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


def reference(server: Server) -> list:
    names = [command.get("name") for command in server.get("/commands").xml.iter(f"{HV}command")]
    return [read_command(server.get(f"/commands/{name}").xml.find(f"{HV}command")) for name in names]


def fuzz(name: str, uri: str, count: int, seed: int) -> bool:
    directory = pathlib.Path(tempfile.mkdtemp(prefix="hv-fuzz-"))
    start = time.monotonic()
    try:
        (directory / "files").mkdir()
        with Server("--access", "read-write", connect=uri) as server:
            commands = reference(server)
            generator = Generator(seed, server.host, str(directory / "files"))
            run = Fuzz(server, directory)
            run.run(generator.requests(commands, count))
            ended = server.process.poll()
            peak = peak_memory(server) if ended is None else 0
            if ended is not None:
                run.failures.append(f"the server has ended with {ended}:\n{server.output()[-3000:]}")
            elif peak > MEMORY:
                run.failures.append(f"the server has used {peak} MiB")
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    statuses = ", ".join(f"{number} x {status}" for status, number in sorted(run.statuses.items()))
    print(f"{name}: {count} requests over {len(commands)} commands in {time.monotonic() - start:.0f} s: {statuses}")
    print(f"   at most {peak} MiB; slowest {run.slowest[0]:.2f} s: {run.slowest[1].curl('') if run.slowest[1] else ''}"[:300])
    for failure in run.failures[:40]:
        print(f"   FAILED {failure}")
    print(f"   {len(run.failures)} failures")
    return not run.failures


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"seed {seed}; no command is left out, as neither driver is a real host")
    shared = os.environ["HANDLERVIRT_TEST_TEST"]
    passed = fuzz("in process", "test:///default", count // 2, seed)
    passed &= fuzz("through libvirtd", shared, count - count // 2, seed + 1)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
