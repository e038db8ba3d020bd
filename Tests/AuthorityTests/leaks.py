#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Does anything tell an owner of another one's things? All URLs of a host that two share, asked by one of them, by one who has nothing, by nobody.

    leaks.py [SEED]

HANDLERVIRT_BINARY is the server, HANDLERVIRT_TEST_QEMU the URI of a libvirtd of the tests' own; without it one is started.
"""
import contextlib
import pathlib
import random
import sys
import tempfile
import time

import libvirt

import lures
from estates import HAS_GUEST, Commons, Estate
from holdings import NOBODY
from marks import Marks
from persons import DEFAULTS, HV, Checks, Service, found, libvirtd
from prying import Map, Pry, explored

HOST = "shared7"
STARTS = ["/virt", "/hosts", "/commands", "/commands?missing", "/settings", "/health", "/jobs", "/audit"]
# What is the same for everybody, or nobody's business; and what is not even an address.
ELSEWHERE = [
    "/", "/metrics", "/health", "/openapi.json", "/settings", "/schema/handlervirt.rng", "/commands/virDomainDefineXML", "/login", "/jobs", "/audit",
    "/nonesuch", "/virt/%zz", "/virt//x", "/virt/~/x", "/hosts/..", "/public/none.js", "/stylesheets/html/layout.xsl", "/virt?max=x",
    "/virt?view=none", "/virt?sort=none",
]  # fmt: skip


class Street:
    """Two estates, and a third that is nobody's."""

    def __init__(self, connection: libvirt.virConnect, directory: pathlib.Path, chance: random.Random, undo: contextlib.ExitStack):
        commons = Commons(connection, directory, undo)
        mine, theirs, nobodys, ghost = distinct(chance, 4)
        self.mine, self.theirs = (Estate(connection, directory, marks, commons) for marks in (mine, theirs))
        self.nobodys = Estate(connection, directory, nobodys, commons, NOBODY)
        self.foreign = [self.theirs.marks, self.nobodys.marks]
        # Of the same shape, and of nothing that there is.
        self.ghost = ghost
        self.connection = connection
        for estate in (self.mine, self.theirs):
            estate.await_lease()


def distinct(chance: random.Random, count: int) -> list[Marks]:
    """No two of them share a mark."""
    found: list[Marks] = []
    while len(found) < count:
        marks = Marks(chance)
        if not any(marks.stem == other.stem or marks.node == other.node or marks.mac_bytes == other.mac_bytes or marks.net == other.net for other in found):
            found.append(marks)
    return found


def crawl(checks: Checks, street: Street, pry: Pry, paths: Map, who: str):
    start = time.monotonic()
    for path in [*paths.read, *ELSEWHERE]:
        pry.look(path)
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        for path in ("/virt", f"/virt/{street.theirs.owner}", "/hosts"):
            pry.ask(method, path)
    checks.note(f"{who}: {pry.asked} requests in {time.monotonic() - start:.0f} s, statuses {dict(sorted(pry.statuses.items()))}")
    told(checks, f"{who} reads all {len(paths.read)} addresses that an admin finds, and nothing of the others", pry.leaks)


def told(checks: Checks, name: str, found: list[str], before: int = 0):
    """`before`: how many had been found already, and were said."""
    more = found[before:]
    checks.check(name, not more, "; ".join(more[:4]) + (f"; and {len(more) - 4} more" if len(more) > 4 else ""))


def control(checks: Checks, street: Street, admin: Pry, paths: Map):
    """An admin is told everything: every kind of mark is found, in every view."""
    marks = street.theirs.marks
    for path in (f"/virt/{street.theirs.owner}", f"/virt/{street.theirs.owner}/{street.theirs.vms['web']}"):
        for view in ("xml", "html", "raw", "json"):
            count = len(admin.leaks)
            admin.ask("GET", f"{path}?view={view}", allowed=street.theirs.owner)
            checks.check(f"an admin finds the marks of others in {view}", len(admin.leaks) > count)
    chosen = [path for path in paths.read if marks.is_in(path) and ("ports" in path or "Leases" in path or "XMLDesc" in path or "/networks/" in path)]
    said = b"\n".join(admin.person.get(path).body for path in chosen[:80])
    checks.check("an admin finds every kind of mark", not (missing := marks.missing(said)), f"missing {missing}" if missing else "")


def compared(checks: Checks, street: Street, pry: Pry, paths: Map, who: str):
    """What is foreign, against what is not there."""
    for marks in street.foreign:
        for path in filter(marks.is_in, paths.read):
            pry.compare(path, marks, street.ghost)
            pry.views[path] += 1
        for estate in (street.theirs, street.nobodys):
            if estate.marks is marks:
                lures.names(pry, estate, street.mine, street.ghost, HOST)
    lures.hosts(pry, HOST)
    told(checks, f"{who}: {pry.compared} times what is foreign is answered as what is not there", pry.differences)
    before, differences = pry.compared, len(pry.differences)
    for marks in street.foreign:
        for path in filter(marks.is_in, paths.posted):
            pry.compare(path, marks, street.ghost, "POST", {})
    told(checks, f"{who}: and {pry.compared - before} times by POST", pry.differences, differences)


def counts(checks: Checks, street: Street, pry: Pry, estate: Estate | None, who: str):
    """All numbers are her own."""
    wanted = len(estate.vms) if estate else 0
    for query in ("", "?usage=true", "?sort=-owner", "?max=1", f"?host={HOST}", "?view=json", "?view=csv"):
        answer = pry.ask("GET", f"/virt{query}")
        if "view" in query:
            continue
        total = answer.text("total")
        everything = next((item.text for item in answer.xml.iter(f"{HV}filter") if item.get("name") == "all"), "") if answer.status == 200 else ""
        states = sum(int(item.text) for item in answer.xml.iter(f"{HV}filter") if item.get("name") != "all") if answer.status == 200 else -1
        numbers = (total, everything, states)
        checks.check(f"{who}: /virt{query} counts {wanted}", numbers == (str(wanted), str(wanted), wanted), numbers)
    hosts = pry.ask("GET", "/hosts").xml.findall(f"{HV}host")
    if not estate:
        checks.check(f"{who}: there is no host", not hosts, len(hosts))
        return
    running = sum(street.connection.lookupByUUIDString(uuid).isActive() for uuid in estate.vms.values())
    for path in ("/hosts", f"/hosts/{HOST}"):
        numbers = [item.findtext(f"{HV}{name}") for item in pry.ask("GET", path).xml.iter(f"{HV}vms") for name in ("total", "running")]
        checks.check(f"{who}: {path} counts {wanted}, {running} of them running", numbers == [str(wanted), str(running)], numbers)
    volumes = f"pools/{estate.marks.name('pool')}/volumes"
    lists = {"networks": 2, "pools": 1, volumes: estate.pool.numOfVolumes(), "secrets": 0, "filters": 0, "interfaces": 0, "devices": 0}
    for path, number in lists.items():
        answer = pry.ask("GET", f"/hosts/{HOST}/{path}")
        total = answer.text("total")
        fits = total == str(number) or (number == 0 and answer.status in (403, 404))
        checks.check(f"{who}: {'her pool' if 'volumes' in path else path}: {number}", fits, f"{answer.status} {total}")


def unknown(checks: Checks, pry: Pry, paths: Map):
    """Without a name everything is 401, but for what everybody needs."""
    public = ("/health", "/login", "/logout", "/public/", "/stylesheets/", "/schema/")
    wrong = []
    for path in [*paths.read, *ELSEWHERE]:
        answer = pry.ask("GET", path)
        if not path.startswith(public) and answer.status != 401:
            wrong.append(f"{path} {answer.status}")
    checks.check(f"without a name: 401 at all of {len(paths.read)} addresses", not wrong, "; ".join(wrong[:4]))
    told(checks, "and nothing is told", pry.leaks)


def play(checks: Checks, uri: str, undo: contextlib.ExitStack, chance: random.Random):
    directory = pathlib.Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="hv-leaks-")))
    connection = libvirt.open(uri)
    street = Street(connection, directory, chance, undo)
    alice, bob, dora = street.mine.owner, street.theirs.owner, "dora"
    grants = [{"role": "owner-xml", "user": alice}]
    owners = {alice: street.mine.rules(), bob: street.theirs.rules()}
    before = [estate.condition() for estate in (street.theirs, street.nobodys)]
    # A guest's agent may be slow to answer.
    with Service({HOST: uri}, [alice, bob, dora], grants, DEFAULTS, owners=owners) as service:
        all_vms = {uuid for estate in (street.mine, street.theirs, street.nobodys) for uuid in estate.vms.values()}
        checks.check("an admin finds all VMs", found(lambda: all_vms <= set(service.root.listed())) is True, len(service.root.listed()))
        paths = explored(service.root, STARTS, [street.mine.marks, *street.foreign])
        foreign = sum(any(marks.is_in(path) for marks in street.foreign) for path in paths.read)
        figure = f"{len(paths.read)} addresses, {foreign} of others, {len(paths.posted)} of commands"
        checks.check("an admin's crawl finds the foreign ones", foreign > 500, figure)
        checks.scene("control", control, checks, street, Pry(service.root, street.foreign), paths)
        listed = set(service.person(alice).listed())
        checks.check("the first owner finds her VMs", listed == set(street.mine.vms.values()), len(listed))
        for name, estate in ((alice, street.mine), (dora, None)):
            who = "the first owner" if estate else "one who has nothing"
            pry = Pry(service.person(name), street.foreign if estate else [street.mine.marks, *street.foreign])
            checks.scene(f"{who}, crawl", crawl, checks, street, pry, paths, who)
            checks.scene(f"{who}, comparison", compared, checks, street, pry, paths, who)
            checks.scene(f"{who}, counts", counts, checks, street, pry, estate, who)
            checks.scene(f"{who}, lists", lures.lists, pry, street.theirs, street.ghost)
            if estate:
                checks.scene(f"{who}, lures", lures.lures, checks, pry, estate, street.theirs, street.ghost, HOST)
            told(checks, f"{who}: nothing is told in {pry.asked} answers", pry.leaks)
            told(checks, f"{who}: {pry.compared} comparisons differ nowhere", pry.differences)
            told(checks, f"{who}: the server never fails", pry.errors)
        checks.scene("without a name", unknown, checks, Pry(service.person(None), [street.mine.marks, *street.foreign]), paths)
        after = [estate.condition() for estate in (street.theirs, street.nobodys)]
        changed = [line[:60] for one, other in zip(before, after, strict=True) for line in set(other) - set(one)]
        checks.check("and the others' things are as they were", not changed, changed)
        checks.check("the server has not ended", service.is_alive, service.obituary())


def main(arguments: list[str]) -> int:
    seed = int(arguments[0]) if arguments else random.randrange(1 << 32)
    checks = Checks()
    checks.note(f"seed {seed}")
    if not HAS_GUEST:
        checks.note("there is no guest, so nobody has a lease: make one with Tests/testbed/guest.sh")
    with libvirtd("qemu") as uri, contextlib.ExitStack() as undo:
        checks.scene("two owners on one host", play, checks, uri, undo, random.Random(seed))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
