# SPDX-License-Identifier: GPL-2.0-or-later
"""What both halves of these tests start from: a libvirtd, and hashes of passwords."""
import contextlib
import ctypes
import datetime
import os
import pathlib
import shutil
import subprocess
import tempfile

TESTS = pathlib.Path(__file__).resolve().parents[1]
# A server that was slow is excused for so many seconds.
EXCUSED = 30


@contextlib.contextmanager
def libvirtd(driver: str):
    """The URI of a libvirtd's driver, `qemu` or `test`: of the one that is up (HANDLERVIRT_TEST_QEMU, HANDLERVIRT_TEST_TEST), or of one that is
    started and ended here."""
    if given := os.environ.get(f"HANDLERVIRT_TEST_{driver.upper()}"):
        yield given
        return
    home = tempfile.mkdtemp(prefix="hv-")
    script = TESTS / "testbed/host.sh"
    environment = {**os.environ, "TESTBED_HOME": home}
    try:
        subprocess.run([script, "up"], env=environment, check=True, capture_output=True, text=True)
        yield subprocess.run([script, "uri", driver], env=environment, check=True, capture_output=True, text=True).stdout.strip()
    finally:
        subprocess.run([script, "down"], env=environment, check=False, capture_output=True)
        shutil.rmtree(home, ignore_errors=True)


def lost_lately(log: str) -> bool:
    """Whether a server says that it has lost a host, as it does where the machine stands still for 2 s: for a moment it then knows only what it knew."""
    times = [line.partition(" ")[0] for line in log.splitlines() if "host does not answer" in line]
    if not times:
        return False
    last = datetime.datetime.strptime(times[-1], "%Y-%m-%dT%H:%M:%S%z")
    return (datetime.datetime.now(datetime.timezone.utc) - last).total_seconds() < EXCUSED


def hashed(password: str) -> str:
    """SHA-crypt by libcrypt itself, with the fewest rounds: many persons are asked for."""
    library = ctypes.CDLL("libcrypt.so.1")
    library.crypt.restype = ctypes.c_char_p
    return library.crypt(password.encode(), b"$6$rounds=1000$authoritytests$").decode("ascii")
