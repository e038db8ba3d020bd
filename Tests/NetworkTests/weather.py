# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults that come and go by chance."""
import random
import time

from bed import Bed
from witness import Witness

CURES = {"freeze": "thaw", "kill": "revive", "halt": "revive", "cut": "join", "drop": "deliver", "slow": "fast"}


class Weather:
    """Over one round: some hosts fail, some of them recover before its end."""

    def __init__(self, bed: Bed, witnesses: dict[str, Witness], chance: random.Random):
        self.bed, self.witnesses, self.chance = bed, witnesses, chance
        self.faults: dict[str, str] = {}
        # Hosts that failed since the last calm, and those of them whose events were missed.
        self.disturbed: set[str] = set()
        self.unheard: set[str] = set()

    def strike(self) -> str:
        for host in self.chance.sample(list(self.witnesses), self.chance.choice([1, 1, 1, 2])):
            fault = self.chance.choice(list(CURES))
            # Said before it is so: whoever meets it must know.
            self.faults[host] = fault
            self.disturbed.add(host)
            self.bed.do(fault, host, *(["50"] if fault == "slow" else []))
        return ", ".join(f"{fault} {host}" for host, fault in self.faults.items())

    def wait(self):
        time.sleep(self.chance.uniform(0.5, 5))

    def some_heal(self):
        for host in list(self.faults):
            if self.chance.random() < 0.5:
                self.heal(host)

    def heal(self, host: str):
        fault = self.faults[host]
        self.bed.do(CURES[fault], host)
        del self.faults[host]
        if CURES[fault] == "revive":
            self.witnesses[host].open()
            self.unheard.add(host)

    def calm(self):
        for host in list(self.faults):
            self.heal(host)
        self.listen()

    def listen(self):
        """To hosts whose libvirtd has closed the connection of their witness, which it may do a moment after it goes on."""
        for host, witness in self.witnesses.items():
            if witness.is_deaf:
                witness.open()
                self.unheard.add(host)

    def forget(self):
        self.disturbed.clear()
        self.unheard.clear()
