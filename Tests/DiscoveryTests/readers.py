# SPDX-License-Identifier: GPL-2.0-or-later
"""Two readers of what is announced that have no code in common with ours: avahi-browse and python-zeroconf."""
import re
import sys
import threading
import time
from dataclasses import dataclass

from station import ROOT, Station

sys.path.extend(str(path) for path in (ROOT / ".venv-discovery/lib").glob("python3*/site-packages"))
import zeroconf  # noqa: E402

TYPES = ("_domu._tcp", "_libvirt._tcp")


@dataclass(frozen=True)
class Record:
    """As one reader sees it; `text` is the TXT items in their order."""

    type: str
    label: str
    port: int
    text: tuple[bytes, ...]

    def __getitem__(self, key: str) -> str:
        prefix = key.encode() + b"="
        return next((item[len(prefix):].decode() for item in self.text if item.startswith(prefix)), "")


def _unescaped(text: str) -> bytes:
    """avahi-browse writes what is not ASCII as `\\` and three decimal digits."""
    return re.sub(rb"\\(\d{3}|.)", lambda match: bytes([int(match[1])]) if len(match[1]) == 3 else match[1], text.encode())


def browse(station: Station, kind: str, seconds: float = 60) -> set[Record]:
    """What avahi-browse of a station resolves, all that it knows."""
    records = set()
    for line in station.run("avahi-browse", "--parsable", "--resolve", "--terminate", "--no-db-lookup", kind, seconds=seconds).splitlines():
        fields = line.split(";", 9)
        if fields[0] != "=":
            continue
        items = re.findall(r'"((?:[^"\\]|\\.)*)"', fields[9])
        # avahi-browse prints a TXT record's items from the last to the first.
        records.add(Record(kind, _unescaped(fields[3]).decode(), int(fields[8]), tuple(_unescaped(item) for item in reversed(items))))
    return records


class Listener(zeroconf.ServiceListener):
    """What python-zeroconf knows now, and when it learned of it."""

    def __init__(self):
        self.zeroconf = zeroconf.Zeroconf(interfaces=["10.77.0.1"])
        self.lock = threading.Lock()
        self.names: dict[str, float] = {}
        self.updates: dict[str, float] = {}
        self.browsers = [zeroconf.ServiceBrowser(self.zeroconf, f"{kind}.local.", self) for kind in TYPES]

    def add_service(self, zc, type_, name):
        with self.lock:
            self.names[name] = time.monotonic()

    def update_service(self, zc, type_, name):
        with self.lock:
            self.updates[name] = time.monotonic()

    def remove_service(self, zc, type_, name):
        with self.lock:
            self.names.pop(name, None)

    def known(self, kind: str) -> dict[str, float]:
        with self.lock:
            return {name: since for name, since in self.names.items() if name.endswith(f".{kind}.local.")}

    def labels(self, kind: str = "_domu._tcp") -> set[str]:
        return {name.removesuffix(f".{kind}.local.") for name in self.known(kind)}

    def records(self, kind: str) -> set[Record]:
        found = set()
        for name in self.known(kind):
            info = zeroconf.ServiceInfo(f"{kind}.local.", name)
            if not (info.load_from_cache(self.zeroconf) or info.request(self.zeroconf, 3000)):
                continue
            items, text = [], info.text
            while text:
                items.append(text[1:1 + text[0]])
                text = text[1 + text[0]:]
            found.add(Record(kind, name.removesuffix(f".{kind}.local."), info.port, tuple(items)))
        return found

    def close(self):
        self.zeroconf.close()
