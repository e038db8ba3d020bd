#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What others notice of a thousand slow connections (slowhttptest), and of ten times more requests than may be (wrk).

HANDLERVIRT_BINARY names another server. Attackers come from 127.0.0.1, who is measured from 127.0.0.3.
"""
import collections
import re
import subprocess
import sys
import tempfile
import threading
import time

from server import Checks, Client, Server, percentile

# The address of the attackers may have so many requests answered at once.
CALLER = 24
TIMES = 10
PAUSE = 0.004


class Asker:
    """Asks for the list of VMs on one connection, again and again; how long each answer took, by its status."""

    def __init__(self, server: Server, source: str = "127.0.0.3", path: str = "/virt", pause: float = PAUSE):
        self.server, self.source, self.path, self.pause = server, source, path, pause
        self.taken: dict[int, list[float]] = collections.defaultdict(list)
        self.broken = 0
        self.client = None

    def once(self):
        try:
            self.client = self.client or Client(self.server, source=self.source)
            start = time.perf_counter()
            answer = self.client.ask(self.path)
            if answer is None:
                raise ConnectionError
            self.taken[answer.status].append(time.perf_counter() - start)
        except OSError:
            self.broken += 1
            self.client = None

    def during(self, is_over) -> "Asker":
        while not is_over():
            self.once()
            time.sleep(self.pause)
        return self

    def for_seconds(self, seconds: float) -> "Asker":
        end = time.monotonic() + seconds
        return self.during(lambda: time.monotonic() > end)

    @property
    def others(self) -> int:
        """How often it was not 200."""
        return self.broken + sum(len(taken) for status, taken in self.taken.items() if status != 200)

    def figure(self, status: int = 200) -> str:
        taken = self.taken[status]
        return f"{len(taken)} requests, p50 {percentile(taken, 0.5) * 1000:.1f} ms, p99 {percentile(taken, 0.99) * 1000:.1f} ms"


MODES = {
    "headers": ["-H", "-i", "2"],
    "body": ["-B", "-i", "2", "-s", "8192"],
    "read": ["-X", "-w", "512", "-y", "1024", "-n", "5", "-z", "32"],
}
ROUNDS = 3


def attack(mode: str, server: Server) -> tuple[Asker, Asker]:
    """Quiet, a thousand slow connections, quiet: what is compared was measured within twenty seconds."""
    url = f"http://127.0.0.1:{server.port}/virt"
    quiet = Asker(server).for_seconds(3)
    with tempfile.TemporaryFile() as shown:
        attackers = subprocess.Popen(
            ["slowhttptest", "-c", "1000", "-r", "100", "-l", "13", "-p", "2", "-u", url, *MODES[mode]],
            stdout=shown, stderr=subprocess.STDOUT, cwd=tempfile.gettempdir())
        try:
            end = time.monotonic() + 12
            loaded = Asker(server).during(lambda: attackers.poll() is not None or time.monotonic() > end)
        finally:
            attackers.kill()
            attackers.wait()
    return quiet.for_seconds(3), loaded


def slow(mode: str, server: Server, checks: Checks):
    """One round says enough if it says yes. On a machine with much else to do it may not: then the middle one of three counts."""
    ratios, others = [], 0
    for _ in range(ROUNDS):
        quiet, loaded = attack(mode, server)
        others += quiet.others + loaded.others
        ratios.append(percentile(loaded.taken[200], 0.99) / percentile(quiet.taken[200], 0.99))
        checks.note(f"{mode}: quiet {quiet.figure()}; attacked {loaded.figure()}; {ratios[-1]:.2f} times")
        if ratios == [ratio for ratio in ratios if ratio < 2]:
            break
    checks.check(f"slow {mode}: everybody else is served", others == 0, others)
    ratio = sorted(ratios)[len(ratios) // 2]
    checks.check(f"slow {mode}: p99 stays under twice what it was", ratio < 2, f"{ratio:.2f} times")
    # The attackers' address may still have as many connections as it may have.
    refused = server.metric("handlervirt_connections_refused_total", "127.0.0.3")
    checks.check(f"slow {mode}: there were more attackers than may be", refused > 0, f"{refused:.0f} connections refused so far")


COUNTER = """
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init() served, refused, others = 0, 0, 0 end
function response(status)
    if status == 200 then served = served + 1 elseif status == 503 then refused = refused + 1 else others = others + 1 end
end
function done(summary)
    local served, refused, others = 0, 0, 0
    for _, thread in ipairs(threads) do
        served, refused, others = served + thread:get("served"), refused + thread:get("refused"), others + thread:get("others")
    end
    local errors = summary.errors
    io.write(string.format("counted %d %d %d %d\\n", served, refused, others, errors.connect + errors.read + errors.write + errors.timeout))
end
"""


def many(server: Server, checks: Checks):
    before = Asker(server).for_seconds(4)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(COUNTER)
        script.flush()
        load = subprocess.Popen(
            ["wrk", "-t", "2", "-c", str(CALLER * TIMES), "-d", "10s", "--timeout", "10s", "-s", script.name, f"http://127.0.0.1:{server.port}/virt"],
            stdout=subprocess.PIPE, text=True)
        time.sleep(0.5)
        askers = [Asker(server, "127.0.0.1"), Asker(server, "127.0.0.3"), Asker(server, "127.0.0.1", "/health", 0.05)]
        threads = [threading.Thread(target=asker.during, args=(lambda: load.poll() is not None,)) for asker in askers]
        for thread in threads:
            thread.start()
        text = load.communicate()[0]
        for thread in threads:
            thread.join()
    start = time.monotonic()
    after = Asker(server).for_seconds(4)
    same, other, health = askers
    served, refused, others, errors = map(int, re.search(r"counted (\d+) (\d+) (\d+) (\d+)", text).groups())
    checks.note(f"{CALLER * TIMES} connections for 10 s: {served} answered, {refused} refused with 503")
    checks.note(f"503s: {same.figure(503)}")
    checks.note(f"another caller: before {before.figure()}; meanwhile {other.figure()}; after {after.figure()}")
    checks.check("wrk saw nothing but 200 and 503", others == errors == 0 and served > 0 and refused > 0, (others, errors))
    # Each of the connections asks again at once, so what one waits for is its turn among so many.
    checks.check("a 503 takes a fraction of a second", 0 < percentile(same.taken[503], 0.5) < 0.5, same.figure(503))
    checks.check("another caller is served all the time", other.others == 0, other.others)
    checks.check("so is the health", health.others == 0 and len(health.taken[200]) > 5, health.figure())
    first = percentile(after.taken[200][:100], 0.5)
    usual = percentile(before.taken[200], 0.5)
    checks.check("right after it is as before", after.others == 0 and first < 1.5 * usual, f"p50 {usual * 1000:.1f} ms before, {first * 1000:.1f} ms after")
    again = Asker(server, "127.0.0.1").for_seconds(1)
    checks.check("for who overdid it too", again.others == 0, f"{again.figure()}, {time.monotonic() - start:.0f} s later")


def main() -> int:
    checks = Checks()
    with Server("--log-level", "notice", limits={"requests-per-caller": CALLER}) as server:
        Asker(server).for_seconds(2)
        for mode in ["headers", "body", "read"]:
            checks.scene(f"slow {mode}", slow, mode, server, checks)
        checks.scene("many requests", many, server, checks)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
