#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""handlervirt beside a Flask program that reads libvirt for each request, and beside a server that has nothing to do; README.md says more."""
import argparse
import contextlib
import json
import pathlib
import signal
import statistics
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

from load import Turn, load
from programs import ROOT, Program, bare, flask, handlervirt

sys.path.insert(0, str(ROOT / "Tests/ScaleTests"))
from daemons import Daemons, quiet_libvirt  # noqa: E402  (the scale tests' small libvirtd)
from domains import domains  # noqa: E402

HV = "{urn:handlervirt:1}"
XML = "application/xml"
HTML = "text/html"
DOMAINS = 1000
ROWS = 100
WARM = 10


@dataclass(frozen=True)
class Measure:
    name: str
    path: str
    accept: str
    peer: Program


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / ".build/release/handlervirt")
    parser.add_argument("--bare", type=pathlib.Path, default=ROOT / ".build/release/BareHummingbird")
    parser.add_argument("--turns", type=int, default=5, help="of each side, for each measure (default: 5)")
    parser.add_argument("--seconds", type=int, default=3, help="of a turn (default: 3)")
    parser.add_argument("--only", default="", help="the measures whose names have this text in them")
    return parser.parse_args()


def rows(document: ElementTree.Element) -> set:
    """What must be the same on both sides."""
    names = ("name", "title", "owner", "state", "vcpus", "memory", "maximum-memory", "autostart", "persistent")
    return {(vm.get("id"), vm.get("href"), *(vm.findtext(f"{HV}{name}") for name in names)) for vm in document.iter(f"{HV}vm")}


def wait_for_all(server: Program):
    deadline = time.monotonic() + 60
    while len(rows(ElementTree.fromstring(server.get("/virt", XML)))) != DOMAINS:
        if time.monotonic() > deadline:
            raise RuntimeError(f"handlervirt does not list {DOMAINS} VMs")
        time.sleep(0.1)


def links_of(document: ElementTree.Element) -> list:
    """A VM's links, without its address: they are the same for all VMs, so the peer is told them."""
    address = document.get("href")
    links = document.findall(f"{HV}links/{HV}link")
    return [(link.get("rel"), link.get("name"), link.get("href").removeprefix(address), link.text) for link in links]


def compare(server: Program, peer: Program, vm: str):
    """Both sides must say the same, or the figures mean nothing."""
    mine, other = (ElementTree.fromstring(program.get("/virt", XML)) for program in (server, peer))
    if rows(mine) != rows(other) or len(rows(mine)) != DOMAINS:
        raise RuntimeError(f"the lists differ, for example in {sorted(rows(mine) ^ rows(other), key=str)[:2]}")
    for program in (server, peer):
        found = program.get("/virt", HTML).count(b'<th scope="row"')
        if found != ROWS:
            raise RuntimeError(f"{program.name} shows {found} rows, not {ROWS}")
    for path, accept in (("/virt", XML), ("/virt", HTML), (vm, XML), (vm, HTML)):
        sizes = ", ".join(f"{program.name} {len(program.get(path, accept)):,} bytes" for program in (server, peer))
        print(f"{'list' if path == '/virt' else 'VM'} as {accept}: {sizes}")


def measure(server: Program, item: Measure, turns: int, seconds: int):
    sides = (server, item.peer)
    for side in sides:
        for _ in range(WARM):
            side.get(item.path, item.accept)
    taken: dict[str, list[Turn]] = {side.name: [] for side in sides}
    for _ in range(turns):
        for side in sides:
            taken[side.name].append(load(side.url + item.path, item.accept, seconds))
    ratio = statistics.median(mine.rate / other.rate for mine, other in zip(*taken.values()))
    figures = ", ".join(f"{name} {summary(list_of_turns)}" for name, list_of_turns in taken.items())
    print(f"{item.name} against {item.peer.name}: {ratio:.3g} times; {figures}", flush=True)


def summary(turns: list[Turn]) -> str:
    rate, p50, p99 = (statistics.median(getattr(turn, name) for turn in turns) for name in ("rate", "p50", "p99"))
    return f"{rate:.1f}/s (p50 {p50:.2f} ms, p99 {p99:.2f} ms)"


def main() -> int:
    options = arguments()
    quiet_libvirt()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        scratch = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hv-bench-")))
        (daemon,) = stack.enter_context(Daemons(1))
        there = domains(DOMAINS, seed=1)
        for domain in there:
            domain.define(daemon.connection)
        server = stack.enter_context(handlervirt(options.binary, daemon.uri))
        wait_for_all(server)
        vm = next(f"/virt/{domain.owner}/{domain.uuid}" for domain in there if domain.state == "running")
        links = scratch / "links.json"
        links.write_text(json.dumps(links_of(ElementTree.fromstring(server.get(vm, XML)))))
        peer = stack.enter_context(flask(daemon.uri, links))
        compare(server, peer, vm)
        fixed = stack.enter_context(bare(options.bare, len(server.get("/virt", XML))))
        measures = [
            Measure(f"list of {DOMAINS:,} as XML", "/virt", XML, peer),
            Measure(f"list of {DOMAINS:,} as HTML, {ROWS} rows", "/virt", HTML, peer),
            Measure(f"list of {DOMAINS:,} as XML", "/virt", XML, fixed),
            Measure("a VM as XML", vm, XML, peer),
            Measure("a VM as HTML", vm, HTML, peer),
        ]
        print(f"{options.turns} turns of {options.seconds} s for each side, in alternation", flush=True)
        for item in measures:
            if options.only in item.name:
                measure(server, item, options.turns, options.seconds)
    print(f"done in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
