# SPDX-License-Identifier: GPL-2.0-or-later
"""What the server says of a VM's owner, and whom it lets see the VM."""
from holdings import NOBODY, Holding
from persons import HV, LOOKS, PATIENCE, Checks, Person, Service, found, until

FORGED = "mallory"
USERS = ["alice", "bob", "carol", FORGED]
OWNERS = [*USERS, NOBODY]
# An operator, who sees all.
GRANTS = [{"role": "owner-xml", "user": "alice"}, {"role": "operator", "user": "carol"}]
SEERS = {"root", "carol"}


class Registry:
    """Looks through the eyes of all who know the server."""

    def __init__(self, service: Service, checks: Checks):
        self.service, self.checks = service, checks

    def person(self, name: str | None) -> Person:
        return self.service.person(name)

    def await_shown(self, vm: Holding, owner: str | None = None, state: str = ""):
        """What libvirt-python did needs a moment until the server has heard of it. An admin's look makes the server look too."""
        owner = owner or vm.first_owner

        def shows() -> bool:
            self.service.root.get(vm.host_path)
            answer = self.service.root.get(vm.at(owner))
            return answer.status == 200 and answer.xml.find(f"{HV}dispute") is None and (not state or answer.text("state") == state)

        if not found(shows):
            raise TimeoutError(f"the server does not show {vm.name} as {owner}'s and {state or 'there'}: {self.service.root.get(vm.at(owner))}")

    def ready(self, vm: Holding, running: bool):
        """A VM as it was first, in libvirt and in the server."""
        vm.restore(running)
        self.await_shown(vm, state="running" if running else "shutoff")

    def catch_up(self, vm: Holding):
        """A server that was slow may have answered before it had read anew what was done: it reads it now."""

        def is_read() -> bool:
            return all(self.service.root.get(f"/hosts/{host}/domains/{vm.uuid}").seconds < PATIENCE for host in self.service.uris)

        if self.service.was_slow():
            until(is_read, 60, f"{vm.name} is read anew")

    def faults(self, vm: Holding, owner: str, claimed: str | None = None, brief: bool = False) -> list[str]:
        """What is not as it should be of a VM that is `owner`'s. `claimed`: what the metadata says, where a rule decides."""
        owners = vm.owners()
        wrong = [] if owners.are(claimed or owner) else [f"libvirt says {owners}"]
        shown = self._shown(vm, owner, brief)
        for _ in range(LOOKS):
            if not shown or not self.service.was_slow():
                break
            self.catch_up(vm)
            shown = self._shown(vm, owner, brief)
        return wrong + shown

    def _shown(self, vm: Holding, owner: str, brief: bool) -> list[str]:
        """What of that the server shows."""
        wrong = []
        row = self.service.root.listed().get(vm.uuid)
        if row is None:
            wrong.append("it is not listed")
        elif row.findtext(f"{HV}owner") != owner or row.find(f"{HV}dispute") is not None:
            wrong.append(f"it is listed as {row.findtext(f'{HV}owner')}'s{' and in dispute' if row.find(f'{HV}dispute') is not None else ''}")
        if not brief:
            lists = {name for name in OWNERS if vm.uuid in self.service.root.listed(f"/virt/{name}")}
            if lists != {owner}:
                wrong.append(f"it is in the lists of {lists or 'none'}")
        for name in ("alice", "bob", FORGED) if brief else USERS:
            wrong += self._looks(vm, owner, name, [owner] if brief else OWNERS)
        return wrong

    def _looks(self, vm: Holding, owner: str, name: str, places: list[str]) -> list[str]:
        sees = name == owner or name in SEERS
        person = self.person(name)
        wrong = []
        for place in places:
            wanted = 404 if not sees else 200 if place == owner else 302
            answer = person.get(vm.at(place))
            if answer.status != wanted:
                wrong.append(f"{name} gets {answer.status} at /virt/{place}, not {wanted}")
            elif wanted == 302 and answer.headers.get("Location", "").rpartition("/virt/")[2] != f"{owner}/{vm.uuid}":
                wrong.append(f"{name} is sent from /virt/{place} to {answer.headers.get('Location')}")
        status = person.get(vm.host_path).status
        if status != (200 if sees else 404):
            wrong.append(f"{name} gets {status} at its host")
        if (vm.uuid in person.listed()) != sees:
            wrong.append(f"{name} {'does not find' if sees else 'finds'} it in /virt")
        return wrong

    def still(self, name: str, vm: Holding, owner: str, figure: object = "", claimed: str | None = None) -> bool:
        wrong = self.faults(vm, owner, claimed)
        return self.checks.check(f"{name}: it is {owner}'s", not wrong, "; ".join(filter(None, [str(figure), *wrong])))
