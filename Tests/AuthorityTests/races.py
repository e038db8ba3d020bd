# SPDX-License-Identifier: GPL-2.0-or-later
"""A way to change a VM's owner, once alone and then many times while an admin gives the VM to somebody else."""
import collections
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from holdings import Holding
from persons import Answer, Person
from registry import Registry

HEIR = "bob"


@dataclass
class Way:
    """`take` is what somebody does with a VM of his; it gives the answers of the server. `ready` is done before each, and not timed."""

    name: str
    take: Callable[[Holding, Person], list[Answer]]
    running: bool = False
    ready: Callable[[Holding], object] = lambda vm: None
    tries: int = 20
    # The statuses that the last answer may have; none: all but a failure of the server.
    answers: tuple[int, ...] = ()
    # Whether its VM needs a disk.
    has_disk: bool = False
    # Whether libvirt may keep the admin from it.
    may_fail: bool = False
    # What must be so afterwards beside the owner: a sentence, and whether it is.
    effect: tuple[str, Callable[[Holding], bool]] | None = None


@dataclass
class Outcomes:
    """Of the tries of one way."""

    statuses: collections.Counter = field(default_factory=collections.Counter)
    owners: collections.Counter = field(default_factory=collections.Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self):
        pairs = ", ".join(f"{mine} and {admins}: {count}" for (mine, admins), count in self.statuses.most_common(6))
        owners = ", ".join(f"{owner}'s {count} times" for owner, count in self.owners.most_common())
        return f"{owners}; statuses {pairs}{'; ' if self.wrong else ''}{'; '.join(self.wrong[:3])}"


def statuses(answers: list[Answer]) -> str:
    return " ".join(str(answer.status) for answer in answers)


def alone(registry: Registry, way: Way, vm: Holding, who: str) -> float:
    """Checks that nothing comes of it, and says how many seconds it took."""
    registry.ready(vm, way.running)
    way.ready(vm)
    start = time.monotonic()
    answers = way.take(vm, registry.person(who))
    seconds = time.monotonic() - start
    last = answers[-1]
    fits = last.status in way.answers if way.answers else 0 < last.status < 500
    said = statuses(answers) if fits else f"{statuses(answers)}, not {way.answers or 'an answer'}: {last}"
    wrong = registry.faults(vm, vm.first_owner)
    if way.effect and last.status == 200 and not way.effect[1](vm):
        wrong.append(f"not so: {way.effect[0]}")
    registry.checks.check(f"{way.name}, by {who}: it is {vm.first_owner}'s", fits and not wrong, "; ".join([said, *wrong]))
    return seconds


def raced(registry: Registry, way: Way, vm: Holding, who: str, seconds: float):
    """Each try at another moment of those seconds. The admin's word counts if it was accepted, and nothing else does."""
    outcomes, chance = Outcomes(), random.Random(way.name)
    for _ in range(way.tries):
        registry.ready(vm, way.running)
        way.ready(vm)
        gifts: list[Answer] = []
        answers: list[Answer] = []
        errors: list[Exception] = []

        pause = chance.uniform(-0.3, 1.1) * seconds

        def take():
            time.sleep(max(0, -pause))
            try:
                answers.extend(way.take(vm, Person(registry.service.port, who)))
            except Exception as error:  # noqa: BLE001 (it is said below)
                errors.append(error)

        def give():
            time.sleep(max(0, pause))
            gifts.append(Person(registry.service.port, "root").post(f"{vm.path}/owner", owner=HEIR))

        threads = [threading.Thread(target=take), threading.Thread(target=give)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        accepted = gifts[0].status in (200, 303)
        wanted = HEIR if accepted else vm.first_owner
        if gifts[0].text("outcome") == "unknown" and vm.owners().are(HEIR):
            wanted = HEIR
        outcomes.statuses[statuses(answers), gifts[0].status] += 1
        outcomes.owners[wanted] += 1
        wrong = registry.faults(vm, wanted, brief=True) + [repr(error) for error in errors]
        if not accepted and not way.may_fail and gifts[0].status not in (404, 409):
            wrong.append(f"the admin is told {gifts[0]}")
        if wrong:
            outcomes.wrong.append(f"after {statuses(answers)} and {gifts[0].status}: {', '.join(wrong)}")
    name = f"{way.name}, {way.tries} times while it goes to {HEIR}"
    registry.checks.check(f"{name}: never {vm.first_owner}'s and {HEIR}'s at once, nor anybody else's", not outcomes.wrong, outcomes)


def play(registry: Registry, way: Way, vm: Holding, who: str = "alice"):
    seconds = alone(registry, way, vm, who)
    if way.tries:
        raced(registry, way, vm, who, seconds)
