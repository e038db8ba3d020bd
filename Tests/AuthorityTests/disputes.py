# SPDX-License-Identifier: GPL-2.0-or-later
"""VMs of which libvirt's live and configured definitions say that they are different persons'."""
from holdings import CONFIG, LIVE, NOBODY, Holding, Owners
from persons import HV, found
from registry import OWNERS, Registry

# Live, configured.
PAIRS = [("alice", "bob"), ("bob", "alice"), ("alice", NOBODY), (NOBODY, "alice")]
BELOW = ["", "/virDomainGetInfo", "/virDomainGetXMLDesc", "/snapshots", "/owner", "/virDomainSuspend"]


def disputes(registry: Registry, vm: Holding):
    for live, configured in PAIRS:
        registry.ready(vm, True)
        vm.give(live, LIVE)
        vm.give(configured, CONFIG)
        dispute(registry, vm, f"live {live}'s, configured {configured}'s")
    by_definition(registry, vm)


def by_definition(registry: Registry, vm: Holding):
    """Defined by somebody else's tool, while it runs."""
    registry.ready(vm, True)
    vm.connection.defineXML(vm.xml("bob"))
    dispute(registry, vm, "defined as bob's while it runs")


def dispute(registry: Registry, vm: Holding, name: str):
    checks, root = registry.checks, registry.service.root
    before: Owners = vm.owners()

    def shown():
        root.get(vm.host_path)
        row = root.listed().get(vm.uuid)
        return row if row is not None and row.find(f"{HV}dispute") is not None else None

    row = found(shown)
    if not checks.check(f"{name}: an admin's list says that it is in dispute", row is not None, before):
        return
    page = root.get(row.get("href"))
    is_said = page.status == 200 and bool(page.text("dispute"))
    checks.check(f"{name}: and so does its page", is_said, page.text("dispute") or page)
    html = root.get(row.get("href"), "text/html")
    checks.check(f"{name}: and the browser's", html.status == 200 and page.text("dispute").encode() in html.body, html.status)
    wrong = []
    for who in ("alice", "bob", "carol"):
        person = registry.person(who)
        if vm.uuid in person.listed():
            wrong.append(f"{who} finds it")
        for place in [*(vm.at(owner) for owner in OWNERS), *(f"/virt/{owner}/{vm.name}" for owner in OWNERS), vm.host_path]:
            for below in BELOW:
                for answer in (person.get(place + below), *([person.post(place + below)] if "vir" in below or "owner" in below else [])):
                    if answer.status != 404:
                        wrong.append(f"{who} gets {answer.status} at {answer.path}")
    wrong += [] if vm.owners() == before and vm.domain.state()[0] == 1 else ["something was done"]
    checks.check(f"{name}: it does not exist for anybody else", not wrong, "; ".join(wrong[:4]))
    answer = root.post(f"{row.get('href')}/owner", owner="bob")
    registry.still(f"{name}: an admin settles it", vm, "bob", answer.status)
