# SPDX-License-Identifier: GPL-2.0-or-later
"""The hosts of Tests/testbed/cluster.sh, and the way into their network."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import machine

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "Tests/testbed/cluster.sh"
PYTHON = "/usr/bin/python3"  # the one that Debian's libvirt-python belongs to
IN_HUB = "HANDLERVIRT_TEST_IN_HUB"


class Bed:
    """A cluster that is up. Every fault of cluster.sh is `bed.do("freeze", "h1")`, and its end `bed.do("thaw", "h1")`."""

    def __init__(self, home: pathlib.Path):
        self.home = pathlib.Path(home)
        self.hosts = (self.home / "hosts").read_text(encoding="ascii").split()

    def do(self, verb: str, *arguments: str, seconds: float = 90) -> str:
        command = [str(SCRIPT), verb, *arguments]
        environment = {**os.environ, "TESTBED_HOME": str(self.home)}
        run = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, check=False)
        if run.returncode:
            raise RuntimeError(f"cluster.sh {verb} {' '.join(arguments)} ended with {run.returncode}: {run.stderr.strip()}")
        return run.stdout.strip()

    def uri(self, host: str, kind: str = "tcp") -> str:
        return self.do("uri", host, kind)

    def virsh(self, host: str, *arguments: str, seconds: float = 30) -> str:
        return self.do("virsh", host, "-q", *arguments, seconds=seconds)

    def pki(self, name: str = "client") -> str:
        return str(self.home / "pki" / name)


def until(condition, seconds: float, what: str, pause: float = 0.02):
    """What `condition` says as soon as it says something true; it is asked until then, and once more when the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        is_last = time.monotonic() > deadline
        if result := condition():
            return result
        if is_last:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(pause)


def eventually(condition, seconds: float = 20) -> bool:
    """Whether `condition` is true, if not now then soon."""
    try:
        return bool(until(condition, seconds, "true"))
    except TimeoutError:
        return False


def enter(hosts: int = 3) -> Bed:
    """The cluster, seen from its hub: outside of it, this starts the cluster, runs the program once more inside, and ends.

    HANDLERVIRT_TEST_CLUSTER is the TESTBED_HOME of a cluster that is up; it stays up. Without it, one is made and taken down.
    """
    if os.environ.get(IN_HUB):
        machine.watch()
        return Bed(pathlib.Path(os.environ["TESTBED_HOME"]))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = os.environ.get("HANDLERVIRT_TEST_CLUSTER")
    home = pathlib.Path(given or tempfile.mkdtemp(prefix="hv-"))
    environment = {**os.environ, "TESTBED_HOME": str(home)}
    # On a machine with sudo only these reach the inside.
    kept = [f"{name}={value}" for name, value in environment.items() if name.startswith(("HANDLERVIRT_", "TESTBED_"))]
    status = 1
    try:
        if not given:
            subprocess.run([SCRIPT, "up", str(hosts)], env=environment, check=True, stdout=subprocess.DEVNULL)
        if len(Bed(home).hosts) < hosts:
            sys.exit(f"{home} has {len(Bed(home).hosts)} hosts; {hosts} are needed")
        command = [SCRIPT, "hub", "env", *kept, f"{IN_HUB}=yes", PYTHON, *sys.argv]
        with subprocess.Popen(command, env=environment) as inside:
            try:
                status = inside.wait()
            except KeyboardInterrupt:
                status = 130
            finally:
                if inside.poll() is None:
                    inside.terminate()
    finally:
        if not given:
            subprocess.run([SCRIPT, "down"], env=environment, check=False)
            shutil.rmtree(home, ignore_errors=True)
    sys.exit(status)
