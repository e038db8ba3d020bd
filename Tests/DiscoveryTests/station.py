# SPDX-License-Identifier: GPL-2.0-or-later
"""A host of the cluster with an avahi-daemon of its own, on which domumdns runs."""
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/NetworkTests"))
import machine  # noqa: E402
from bed import SCRIPT, Bed  # noqa: E402

AVAHI = ROOT / "Tests/testbed/avahi.sh"
BINARY = pathlib.Path(os.environ.get("HANDLERVIRT_DOMUMDNS", ROOT / ".build/debug/domumdns"))


class Station:
    def __init__(self, bed: Bed, host: str):
        self.bed, self.host = bed, host
        self.home = bed.home / f"avahi-{host}"
        self.address = bed.do("exec", host, str(AVAHI), "up", str(self.home), host)
        self.process: subprocess.Popen | None = None
        self.log = self.home / "domumdns.log"

    def avahi(self, verb: str):
        self.bed.do("exec", self.host, str(AVAHI), verb, str(self.home))

    def command(self, *arguments: str) -> list[str]:
        """A command on this host that speaks to its avahi-daemon."""
        return [str(SCRIPT), "exec", self.host, "env", f"DBUS_SYSTEM_BUS_ADDRESS={self.address}", *arguments]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "TESTBED_HOME": str(self.bed.home)}

    def run(self, *arguments: str, seconds: float = 60) -> str:
        done = subprocess.run(
            self.command(*arguments), env=self._environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, check=False)
        if done.returncode:
            raise RuntimeError(f"{arguments[0]} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def popen(self, *arguments: str, **options) -> subprocess.Popen:
        return subprocess.Popen(self.command(*arguments), env=self._environment(), stdin=subprocess.DEVNULL, **options)

    def announce(self, *arguments: str):
        """Starts domumdns; cluster.sh becomes it, so the process is its own."""
        with self.log.open("w", encoding="utf-8") as log:
            self.process = self.popen(str(BINARY), *arguments, stdout=log, stderr=log)

    def restart(self, *arguments: str):
        if self.process and self.process.poll() is None:
            self.withdraw()
        self.announce(*arguments)

    def withdraw(self) -> float:
        """Ends domumdns by SIGTERM and says how long that took; it must end well."""
        start = time.monotonic()
        self.process.terminate()
        status = self.process.wait(30)
        if status:
            raise RuntimeError(f"domumdns of {self.host} ended with {status}: {self.log.read_text(encoding='utf-8')[-2000:]}")
        return machine.spent(start)

    def said(self, text: str) -> int:
        return self.log.read_text(encoding="utf-8").count(text)

    def memory(self) -> int:
        """Anonymous resident memory of domumdns in KiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon"))

    def virsh(self, *arguments: str) -> str:
        return self.bed.virsh(self.host, *arguments)

    def define(self, names: list[str], kind: str = "qemu") -> float:
        """Defines domains by one virsh, and says how long that took."""
        folder = self.home / "xml"
        folder.mkdir(exist_ok=True)
        lines = []
        for index, name in enumerate(names):
            escaped = name.replace("&", "&amp;").replace("<", "&lt;")
            path = folder / f"{index}.xml"
            path.write_text(
                f"<domain type='{kind}'><name>{escaped}</name><memory unit='KiB'>8192</memory>"
                "<os><type arch='x86_64' machine='pc'>hvm</type></os></domain>", encoding="utf-8")
            lines.append(f"define {path}")
        (folder / "batch").write_text("\n".join(lines) + "\n", encoding="utf-8")
        start = time.monotonic()
        with (folder / "batch").open(encoding="utf-8") as batch:
            subprocess.run(
                [str(SCRIPT), "virsh", self.host, "-q"], env=self._environment(), stdin=batch, stdout=subprocess.DEVNULL, timeout=300, check=True)
        return time.monotonic() - start

    def undefine_all(self):
        names = self.virsh("list", "--all", "--uuid").split()
        batch = self.home / "undefine"
        batch.write_text("".join(f"undefine {name}\n" for name in names), encoding="utf-8")
        with batch.open(encoding="utf-8") as lines:
            subprocess.run(
                [str(SCRIPT), "virsh", self.host, "-q"], env=self._environment(), stdin=lines, stdout=subprocess.DEVNULL, timeout=300, check=False)

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        self.avahi("down")
