# SPDX-License-Identifier: GPL-2.0-or-later
"""Ways to bring an owner back, or in, by a snapshot: each holds the XML of its domain, with the metadata of its time."""
import libvirt

from forgeries import forgeries
from holdings import Holding, claim, metadata, with_metadata
from persons import Answer, Person, quiet
from races import HEIR, Way
from registry import FORGED, Registry

NAME = "before"
REDEFINE = "VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE"
SECURE = libvirt.VIR_DOMAIN_SNAPSHOT_XML_SECURE
RAW_REDEFINE = libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE
PARTS = {"domain": "the live domain", "inactiveDomain": "the configured domain"}
REVERTS = {"": "as it was", "VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING": "and run", "VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED": "and pause"}


def anew(vm: Holding):
    """One snapshot, of now."""
    for snapshot in vm.domain.listAllSnapshots():
        snapshot.delete()
    vm.domain.snapshotCreateXML(f"<domainsnapshot><name>{NAME}</name></domainsnapshot>")


def forged(xml: str, text: str, parts: tuple[str, ...] = tuple(PARTS)) -> str:
    """A snapshot's XML with this metadata in those of its domains."""
    for part in parts:
        start, opening, rest = xml.partition(f"<{part}")
        inner, closing, end = rest.partition(f"</{part}>")
        if opening:
            xml = start + opening + with_metadata(inner, text) + closing + end
    return xml


def redefined(vm: Holding, text: str, parts: tuple[str, ...] = tuple(PARTS)):
    """By libvirt-python: as if it had been forged before this server was here."""
    xml = forged(vm.domain.snapshotLookupByName(NAME).getXMLDesc(SECURE), text, parts)
    vm.domain.snapshotCreateXML(xml, RAW_REDEFINE)


def revert(vm: Holding, person: Person, flags: str = "", owner: str = "") -> Answer:
    path = vm.at(owner) if owner else vm.path
    return person.post(f"{path}/snapshots/{NAME}/virDomainRevertToSnapshot", flags=[flags])


def through_the_server(text: str, parts: tuple[str, ...]):
    def take(vm: Holding, person: Person) -> list[Answer]:
        snapshot = quiet(lambda: vm.domain.snapshotLookupByName(NAME))
        xml = forged(snapshot.getXMLDesc(SECURE), text, parts)
        answer = person.post(f"{vm.path}/virDomainSnapshotCreateXML", xmlDesc=xml, flags=[REDEFINE])
        return [answer, revert(vm, person)]

    return take


def ways() -> list[Way]:
    false = metadata(claim(FORGED))
    found = []
    for running in (False, True):
        state = "live" if running else "inactive"
        tries = 4 if running else 10
        for part, title in PARTS.items():
            if running or part == "domain":
                way = through_the_server(false, (part,))
                found.append(Way(f"{state} snapshot, REDEFINE with another owner in {title}, and revert", way, running, anew, 0, has_disk=True))
        way = through_the_server(false, tuple(PARTS))
        found.append(Way(f"{state} snapshot, REDEFINE with another owner, and revert", way, running, anew, tries, has_disk=True))
        way = through_the_server("", tuple(PARTS))
        found.append(Way(f"{state} snapshot, REDEFINE without metadata, and revert", way, running, anew, 0, has_disk=True))

        for name, text in (("another owner", false), ("no owner", "")):
            for flags, title in REVERTS.items() if text else [("", REVERTS[""])]:

                def ready(vm: Holding, text=text):
                    anew(vm)
                    redefined(vm, text)

                def take(vm: Holding, person: Person, flags=flags) -> list[Answer]:
                    return [revert(vm, person, flags)]

                title = f"{state} snapshot that says {name}, revert {title}"
                found.append(Way(title, take, running, ready, tries if name == "another owner" and not flags else 0, (200,), has_disk=True))
    odd = forgeries("alice", FORGED)["an element of another name before the right one"]

    def prepared(vm: Holding):
        anew(vm)
        redefined(vm, odd("<metadata></metadata>"))

    title = "inactive snapshot that says it oddly, revert"
    found.append(Way(title, lambda vm, person: [revert(vm, person)], False, prepared, 0, (200,), has_disk=True))
    return found


def succession(registry: Registry, vm: Holding):
    """Taken while it was alice's; now it is bob's, and he goes back."""
    checks = registry.checks
    for running in (False, True):
        for flags, title in REVERTS.items():
            name = f"{'live' if running else 'inactive'} snapshot of alice's time, bob reverts {title}"
            registry.ready(vm, running)
            for snapshot in vm.domain.listAllSnapshots():
                snapshot.delete()
            taken = registry.person("alice").post(f"{vm.path}/virDomainSnapshotCreateXML", name=NAME, description="by alice")
            given = registry.service.root.post(f"{vm.path}/owner", owner=HEIR)
            registry.catch_up(vm)
            checks.check(f"{name}: it is taken, and given", taken.status == 200 and given.status in (200, 303), f"{taken}; {given}")
            old = revert(vm, registry.person("alice"), flags)
            checks.check(f"{name}: alice may not", old.status == 404, old)
            answer = revert(vm, registry.person(HEIR), flags, HEIR)
            registry.still(name, vm, HEIR, answer.status)
            checks.check(f"{name}: he is told so", answer.status == 200, answer)
            active = bool(flags) or running
            checks.check(f"{name}: it {'is on' if active else 'is off'}", vm.domain.isActive() == active)
