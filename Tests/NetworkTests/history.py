#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Random commands over HTTP while hosts fail at random, and a check of the history that results.

What was acknowledged happened exactly once, what failed did not happen, what is unknown happened once or not at all. That is what
libvirt's events and states say, which are read where no fault of the network reaches. When all is healed the list is the truth again.

    history.py [STEPS [SEED]]      1,000
"""
import collections
import random
import sys
import threading
import time

import libvirt

import machine
from actor import Actor
from bed import Bed, enter, eventually, until
from checks import Checks, percentile
from listing import Listing
from polling import Polling
from replica import Deadlines, Replica
from weather import Weather
from witness import Witness, start_events

ACTORS = 5  # on each host
ROUND = 60  # steps
# Shorter than most faults, so that much becomes unknown.
DEADLINES = Deadlines(2, 2, 60)
FRESH_WITHIN = 2.0
UNDISTURBED = 1.0


class History:
    """All actors, the weather, and what was found."""

    def __init__(self, bed: Bed, server: Replica, witnesses: dict[str, Witness], seed: int):
        self.server, self.witnesses = server, witnesses
        chance = random.Random(seed)
        self.weather = Weather(bed, witnesses, chance)
        self.actors = [
            Actor(server, witness, f"{host}-{n}", chance.getrandbits(32)) for host, witness in witnesses.items() for n in range(ACTORS)
        ]
        self.done = 0
        self.budget = 0
        self.lock = threading.Lock()
        self.wrong: list[str] = []
        self.delays: list[float] = []
        # Each without the slowest answer meanwhile: what everything takes longer on a machine that is so busy.
        self.excesses: list[float] = []
        self.polling: Polling | None = None
        self.given_up = 0

    def _work(self, actor: Actor):
        while not actor.is_idle:
            with self.lock:
                if self.budget <= 0 and not self.waiting.is_set():
                    return
                self.budget -= 1
                self.done += 1
            actor.act(lambda: actor.witness.host in self.weather.disturbed or self._stands_still(), lambda: self.weather.faults.get(actor.witness.host, ""))
            actor.think()

    @staticmethod
    def _stands_still() -> bool:
        """Whether the machine let nobody run for about as long as a call may take: then it may end on a sound host too."""
        now = time.monotonic()
        return machine.may_have_silenced(now, now)

    def round(self, steps: int):
        """Some work in some weather; then all is healed and looked at."""
        self.budget = steps
        # While this is set there is work to do however much was done: a fault that nobody meets proves nothing.
        self.waiting = threading.Event()
        self.waiting.set()
        workers = [threading.Thread(target=self._work, args=(actor,)) for actor in self.actors]
        for worker in workers:
            worker.start()
        what = self.weather.strike()
        self.weather.wait()
        self.weather.some_heal()
        self.waiting.clear()
        until(lambda: self.budget <= 0 or not any(worker.is_alive() for worker in workers), 300, "the work of a round")
        self.weather.calm()
        for worker in workers:
            worker.join(120)
        self._compare(what)
        self._judge(what)
        self.weather.forget()

    def _compare(self, what: str):
        """The list with the truth."""
        listed, truth = set(), set()

        def is_true() -> bool:
            nonlocal listed, truth
            try:
                truth = {(host, *vars(item).values()) for host, witness in self.witnesses.items() for item in witness.truths().values()}
            except libvirt.libvirtError:
                self.weather.listen()
                return False
            listing = Listing.read(self.server.get("/virt"))
            names = {self.server.name_of(host): host for host in self.witnesses}
            listed = {(names.get(row.host), row.uuid, row.name, row.state, row.memory, row.autostart, row.persistent) for row in listing.rows}
            return listing.is_fresh and listed == truth

        start = time.monotonic()
        delay = machine.lag(is_true, 30)
        if delay == float("inf"):
            self.wrong.append(f"after {what}: the list is not the truth: {sorted(listed - truth)} instead of {sorted(truth - listed)}")
        self.delays.append(delay)
        self.excesses.append(delay - self.polling.slowest(start))

    def _judge(self, what: str):
        for witness in self.witnesses.values():
            witness.hear_all()
        for actor in self.actors:
            host = actor.witness.host
            actor.rests = False
            if not eventually(actor.is_as_said, 10):
                told = f"{actor.state} or {actor.pending.command}" if actor.pending else str(actor.state)
                actor.fail(f"after {what}: it is {actor.truth()}, but should be {told}")
                actor.give_up()
                continue
            actor.settle()
            if host in self.weather.unheard:
                actor.hear_again()
            if not eventually(actor.is_counted, 10):
                actor.fail(f"after {what}: events {dict(actor.witness.counts(actor.uuid))}, but should be {dict(actor.counts)}")
                actor.give_up()
            elif actor.pending:
                self.given_up += 1
                actor.give_up()


def main(steps: int, seed: int) -> int:
    bed = enter(3)
    start_events()
    checks = Checks()
    checks.note(f"{steps} steps with the seed {seed}")
    witnesses = {host: Witness(bed, host) for host in bed.hosts[:3]}
    for witness in witnesses.values():
        witness.clear()
    try:
        with Replica({host: bed.uri(host, "tls" if host == "h2" else "tcp") for host in witnesses}, deadlines=DEADLINES) as server:
            history = History(bed, server, witnesses, seed)
            with Polling(server.port, {"/virt": lambda client: client.get("/virt")}, pause=0.02) as polling:
                history.polling = polling
                while history.done < steps and server.is_alive:
                    if checks.scene("a round", lambda: history.round(min(ROUND, steps - history.done)) or True) is None:
                        break
            checks.check("the server has not ended", server.is_alive, server.obituary())
            report(checks, history, polling)
    finally:
        for witness in witnesses.values():
            witness.clear()
    return checks.end()


def report(checks: Checks, history: History, polling: Polling):
    outcomes = sum((actor.outcomes for actor in history.actors), collections.Counter())
    wrong = history.wrong + [text for actor in history.actors for text in actor.wrong]
    for text in wrong[:20]:
        checks.note(text[:1500])
    figure = f"{history.done} steps in {len(history.delays)} rounds, {dict(outcomes)}, {history.given_up} unknown ones did not happen"
    checks.check("the history is consistent", not wrong and history.done > 0, f"{figure}; {len(wrong)} contradictions")
    if history.delays:
        slowest, usual, excess = max(history.delays), percentile(history.delays, 0.5), max(history.excesses)
        figure = f"median {usual:.2f} s, max {slowest:.2f} s, {excess:.2f} s beyond the slowest other answer"
        checks.check(f"the list is the truth {FRESH_WITHIN:g} s after healing", excess <= FRESH_WITHIN, figure)
    count, late, latest, errors = polling.figures("/virt")
    figure = f"{count} answers, p99 {late * 1000:.0f} ms, max {latest * 1000:.0f} ms{f', {errors[0]}' if errors else ''}"
    checks.check("the list is always there, and not delayed", latest <= UNDISTURBED and not errors, figure)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [1000, 1][len(numbers) :])))
