# SPDX-License-Identifier: GPL-2.0-or-later
"""An admin gives VMs to others: POST .../owner, and what becomes of the old address."""
import libvirt

from holdings import NOBODY, Holding
from persons import FORM, HV, Answer, quiet, segment
from registry import FORGED, Registry

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
# Names that must pass; and others, which may be refused but must do no harm.
NAMES = ["a<b>&\"'c", "Žofie 漢字 🐈", "x]]>y", "100%", "a b+c", "e\u0301"]
ODD_NAMES = ["~YQ", "..", ".", "a/b", " ", " alice ", "alice\n", "a\tb", "x" * 300, "", "nobody", "NOBODY", "a:b", "\u202ealice", "\x01"]


def give(registry: Registry, vm: Holding, owner: str, old: str | None = None) -> Answer:
    return registry.service.root.post(f"{vm.at(segment(old or vm.first_owner))}/owner", owner=owner)


def states(registry: Registry, vm: Holding):
    """Off, running, paused, and on without a configuration; to somebody, to nobody, and to the same."""
    checks = registry.checks
    for state in ("shut-off", "running", "paused", "transient"):
        vm.clear()
        if state == "transient":
            vm.connection.createXML(vm.xml())
        else:
            vm.define(running=state != "shut-off")
        if state == "paused":
            vm.domain.suspend()
        registry.await_shown(vm)
        owner = "alice"
        for heir in ("bob", "bob", NOBODY, "", FORGED, "alice"):
            answer = give(registry, vm, heir, owner)
            owner = heir or NOBODY
            told = answer.status == 200 and answer.xml.tag == f"{HV}command" and answer.xml.get("name") == "owner"
            wrong = registry.faults(vm, owner)
            checks.check(f"a {state} VM goes to {heir or 'an empty name'}", told and not wrong, "; ".join([str(answer), *wrong]))
        is_as_before = (vm.domain.isActive(), vm.domain.isPersistent()) == (state != "shut-off", state != "transient")
        checks.check(f"a {state} VM still is so", bool(is_as_before), f"active {vm.domain.isActive()}, persistent {vm.domain.isPersistent()}")
    vm.clear()


def names(registry: Registry, vm: Holding):
    checks, root = registry.checks, registry.service.root
    registry.ready(vm, True)
    owner = "alice"

    def agrees(name: str) -> list[str]:
        registry.catch_up(vm)
        owners = vm.owners()
        wrong = [] if owners.are(name) else [f"libvirt says {owners}"]
        row = root.listed(f"/virt/{segment(name)}").get(vm.uuid)
        if row is None or row.findtext(f"{HV}owner") != name:
            return [*wrong, "it is not in its list"]
        for href in (vm.at(segment(name)), row.get("href")):
            if root.get(href).status != 200:
                wrong.append(f"{href} gives {root.get(href)}")
        return wrong

    for name in NAMES + ODD_NAMES:
        answer = give(registry, vm, name, owner)
        accepted = answer.status == 200
        if accepted:
            owner = name or NOBODY
        else:
            fits = 400 <= answer.status < 500 and name in ODD_NAMES
            checks.check(f"to {name[:20]!r}: is refused as a name", fits, answer)
        wrong = agrees(owner)
        if wrong:
            owner = "alice"
        checks.check(f"to {name[:20]!r}: it is {owner[:20]!r}'s, everywhere", not wrong, "; ".join([str(answer.status), *wrong]))
        if wrong:
            vm.give("alice")
            registry.await_shown(vm, "alice")
    for name in ("Alice", "alice\u200b"):
        if give(registry, vm, name, owner).status == 200:
            owner = name
            checks.check(f"alice is not {name!r}", registry.person("alice").get(vm.at(segment(name))).status == 404)
    give(registry, vm, "alice", owner)


def addresses(registry: Registry, vm: Holding):
    """The old one leads whoever may see the VM to the new one, and nobody else anywhere; nothing is done there."""
    checks, root = registry.checks, registry.service.root
    registry.ready(vm, True)
    form = root.get(f"{vm.path}/owner")
    is_form = form.status == 200 and form.xml.tag == f"{HV}command" and form.xml.get("name") == "owner" and form.xml.find(f"{HV}outcome") is None
    checks.check("GET of .../owner is a form", is_form, form)
    parameters = [item.get("name") for item in form.xml.iter(f"{HV}parameter")] if form.status == 200 else []
    checks.check("with one parameter", parameters == ["owner"], parameters)
    for who, wanted in {"alice": 403, "carol": 403, "bob": 404, FORGED: 404, None: 401}.items():
        person, place = registry.person(who), f"{vm.path}/owner"
        answers = [person.get(place), person.post(place, owner=who or "x"), person.post(place, owner="alice")]
        wrong = registry.faults(vm, "alice", brief=True)
        found = [answer.status for answer in answers]
        # The form may be shown to whoever sees the VM, or not.
        checks.check(f"{who} may not give it away", found[1:] == [wanted] * 2 and not wrong, "; ".join([str(found), *wrong]))

    answer = root.ask("POST", f"{vm.path}/owner", "owner=bob", {"Accept": BROWSER, "Content-Type": FORM})
    place = answer.headers.get("Location", "")
    checks.check("a browser is sent to the new address", answer.status == 303 and place.endswith(vm.at("bob")), f"{answer.status} {place}")
    registry.still("by a browser", vm, "bob")
    below = ["", "/virDomainGetInfo", "/snapshots", "/owner", "/virDomainSuspend", "?view=json"]
    for path in below:
        head, _, query = path.partition("?")
        for key in (vm.uuid, vm.name):
            old = f"/virt/alice/{key}{path}"
            for who in ("root", "carol", "bob"):
                answer = registry.person(who).get(old)
                place = answer.headers.get("Location", "")
                fits = answer.status == 302 and place.partition("?")[0].endswith((f"/virt/bob/{vm.uuid}{head}", f"/virt/bob/{vm.name}{head}"))
                if who == "carol" and path in ("/owner", "/virDomainSuspend"):
                    fits = fits or answer.status == 403
                checks.check(f"GET /virt/alice/...{path} leads {who} to bob's", fits, f"{answer.status} {place}")
            for who in ("alice", FORGED):
                answer = registry.person(who).get(old)
                checks.check(f"GET /virt/alice/...{path} is nothing to {who}", answer.status == 404, answer.status)
    for key in (vm.uuid, vm.name):
        commands = {"virDomainSuspend": {}, "virDomainDestroy": {}, "owner": {"owner": "alice"}, "virDomainRename": {"new_name": "x"}}
        for command, more in commands.items():
            for who, wanted in {"root": 409, "bob": 409, "alice": 404, FORGED: 404}.items():
                answer = registry.person(who).post(f"/virt/alice/{key}/{command}", **more)
                fits = answer.status == wanted or (who == "bob" and command == "owner" and answer.status == 403)
                untouched = vm.domain.state()[0] == libvirt.VIR_DOMAIN_RUNNING and vm.owners().are("bob") and vm.domain.name() == vm.name
                said = f"{answer.status}{'' if untouched else ', and something was done'}"
                checks.check(f"POST /virt/alice/.../{command} by {who} does nothing", fits and untouched, said)
    stale_form(registry, vm)


def stale_form(registry: Registry, vm: Holding):
    """Two admins have the form open. The second one's says of whom it takes the VM, in its address."""
    checks, root = registry.checks, registry.service.root
    registry.ready(vm, False)
    form = root.get(f"{vm.path}/owner").xml
    action = next((item.get("href") for item in form.iter(f"{HV}action") if item.get("name") == "owner"), f"{vm.path}/owner")
    root.post(action, owner="bob")
    registry.catch_up(vm)
    answer = root.post(action, owner=FORGED)
    registry.still("a stale form", vm, "bob", answer.status)
    checks.check("a stale form is refused", answer.status == 409, answer)
    checks.check("no domain is named x", quiet(vm.connection.lookupByName, "x") is None)
