# SPDX-License-Identifier: GPL-2.0-or-later
"""Owners by configuration: by a VM's name, and by its host. What the metadata says does not count there."""
from holdings import Holding
from persons import HV, Checks, Service
from registry import GRANTS, USERS, Registry

BY_NAME = {"alice": {"vms": ["alice-*"]}, "bob": {"vms": ["bob-*", "*-of-bob"]}}


def by_name(hosts: dict[str, str], connection, checks: Checks):
    with Service(hosts, USERS, GRANTS, owners=BY_NAME) as service:
        registry = Registry(service, checks)
        host = next(iter(hosts))
        mine = Holding(connection, host, "alice-1", "bob")
        free = Holding(connection, host, "free-1", "alice")
        try:
            ruled(registry, mine)
            renaming(registry, mine, free)
        finally:
            for vm in (mine, free):
                vm.clear()


def ruled(registry: Registry, vm: Holding):
    checks, root = registry.checks, registry.service.root
    vm.define()
    registry.await_shown(vm, "alice")
    registry.still("a rule by name beats the metadata", vm, "alice", claimed="bob")
    for owner in ("bob", "alice", "nobody"):
        answer = root.post(f"{vm.at('alice')}/owner", owner=owner)
        registry.still(f"POST owner={owner} where a rule decides", vm, "alice", answer.status, claimed="bob")
        checks.check("is refused", answer.status == 409, answer)
    answer = registry.person("alice").post(f"{vm.at('alice')}/virDomainCreate")
    checks.check("alice may start what is hers by rule", answer.status == 200 and vm.domain.isActive(), answer.status)
    answer = registry.person("bob").post(f"{vm.at('bob')}/virDomainDestroy")
    checks.check("and bob not, whom the metadata names", answer.status == 404 and vm.domain.isActive(), answer.status)
    vm.domain.destroy()
    registry.await_shown(vm, "alice", "shutoff")


def renaming(registry: Registry, mine: Holding, free: Holding):
    checks = registry.checks
    free.define()
    registry.await_shown(free, "alice")
    registry.still("without a rule the metadata counts", free, "alice")
    alice, root = registry.person("alice"), registry.service.root

    def rename(name: str, person, vm: Holding, new: str, wanted: tuple[int, ...], owner: str, after: str):
        before = vm.domain.name()
        answer = person.post(f"{vm.at('alice')}/virDomainRename", new_name=new)
        registry.still(name, vm, owner, claimed=vm.first_owner)
        now = vm.domain.name()
        checks.check(f"{name}: {before} is now {after}", answer.status in wanted and now == after, f"{answer.status}, {now}")

    for new in ("bob-2", "free-2", "x-of-bob"):
        rename(f"alice renames what is hers by its name to {new}", alice, mine, new, (403,), "alice", "alice-1")
    rename("alice renames what is hers by its name to another of hers", alice, mine, "alice-2", (200,), "alice", "alice-2")
    for new in ("bob-3", "x-of-bob"):
        rename(f"alice renames what is hers by its metadata to {new}", alice, free, new, (403,), "alice", "free-1")
    rename("alice renames what is hers by its metadata to another free name", alice, free, "free-2", (200,), "alice", "free-2")
    rename("an admin renames alice's to bob's", root, free, "bob-4", (200,), "bob", "bob-4")


def by_host(hosts: dict[str, str], connection, checks: Checks):
    """Everything on it is hers, by the rule; and a rule by name that comes first is another's."""
    host = next(iter(hosts))
    owners = {"bob": {"vms": ["bob-*"]}, "alice": {"hosts": [host[:-1] + "*"]}}
    with Service(hosts, USERS, GRANTS, owners=owners) as service:
        registry = Registry(service, checks)
        found = [Holding(connection, host, name, owner) for name, owner in (("web", "nobody"), ("mail", "bob"), ("bob-5", "alice"))]
        try:
            for vm, owner in zip(found, ("alice", "alice", "bob"), strict=True):
                vm.define()
                registry.await_shown(vm, owner)
                registry.still(f"{vm.name}, by the rules of host and name", vm, owner, claimed=vm.first_owner)
                answer = service.root.post(f"{vm.at(owner)}/owner", owner="carol")
                checks.check("its owner cannot be changed", answer.status == 409, answer)
            rows = {row.findtext(f"{HV}name") for row in service.person("alice").listed("/virt/alice").values()}
            checks.check("alice's list has what the rules give her", rows >= {"web", "mail"} and "bob-5" not in rows, rows)
        finally:
            for vm in found:
                vm.clear()
