# SPDX-License-Identifier: GPL-2.0-or-later
"""Many small libvirtd: each with libvirt's test driver only, its own UNIX sockets, and nothing of the machine's."""
import concurrent.futures
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import libvirt

CONFIGURATION = """\
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_dir = "{directory}"
log_outputs = "3:file:{directory}/libvirtd.log"
max_clients = 200
"""
# Where a test was killed, its daemons end by themselves after this many seconds without a client.
ORPHANED = 120


class Daemon:
    """One libvirtd. The test driver's state is shared by all its clients and gone with the last, so `connection` stays open."""

    def __init__(self, directory: pathlib.Path, no_drivers: pathlib.Path):
        self.directory = directory
        self.no_drivers = no_drivers
        self.socket = directory / "libvirt-sock"
        self.uri = f"test+unix:///default?socket={self.socket}"
        self.process = None
        self.connection = None

    def start(self):
        self.directory.mkdir(exist_ok=True)
        for left in self.directory.glob("*sock*"):
            left.unlink()
        configuration = self.directory / "libvirtd.conf"
        configuration.write_text(CONFIGURATION.format(directory=self.directory))
        # Without modules to load there is the test driver alone: no QEMU to probe, no firewall, no network of the machine's.
        environment = os.environ | {"LIBVIRT_DRIVER_DIR": str(self.no_drivers)}
        for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            environment[name] = str(self.directory)
        with open(self.directory / "output.log", "wb") as output:
            self.process = subprocess.Popen(
                ["libvirtd", "--config", configuration, "--pid-file", self.directory / "libvirtd.pid", "--timeout", str(ORPHANED)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, start_new_session=True)
        deadline = time.monotonic() + 30
        # No libvirt client before the socket is open: it would start a daemon of its own.
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"libvirtd did not start: {(self.directory / 'output.log').read_text()}")
            time.sleep(0.01)
        self.connection = libvirt.open(self.uri)
        self._empty()

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket)) == 0

    def _empty(self):
        """The driver's own domain has one UUID on all hosts, which would be a conflict."""
        domain = self.connection.lookupByName("test")
        domain.destroy()
        domain.undefine()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        """At once, frozen or not. Its domains are lost."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
        self.connection = None


class Daemons:
    """`with Daemons(100) as daemons:` starts so many, and ends them all."""

    def __init__(self, count: int):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="hv-"))
        no_drivers = self.home / "no-drivers"
        no_drivers.mkdir()
        self.all = [Daemon(self.home / str(number), no_drivers) for number in range(1, count + 1)]

    def __enter__(self) -> list[Daemon]:
        try:
            in_parallel(Daemon.start, self.all)
        except BaseException:
            self._stop()
            raise
        return self.all

    def __exit__(self, *_):
        self._stop()

    def _stop(self):
        for daemon in self.all:
            daemon.kill()
        shutil.rmtree(self.home, ignore_errors=True)


def in_parallel(work, items, threads: int = 8) -> list:
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, items))


def quiet_libvirt():
    """libvirt's errors are exceptions; it need not print them too."""
    libvirt.registerErrorHandler(lambda _context, _error: None, None)
