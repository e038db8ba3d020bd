#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Does every reading function say over HTTP what libvirt-python says of the same object?

    parity.py [FUNCTION...]     all of them, or these

HANDLERVIRT_TEST_QEMU and HANDLERVIRT_TEST_TEST are URIs of hosts that are the tests' own (Tests/testbed/host.sh); a server is
started for each. Every function is called on every object of its kind. Both must give the same value or the same libvirt error.
"""
import os
import sys

import libvirt

import reading_domain
import reading_host
import reading_objects
from client import HV, Client, Server
from compare import difference, extreme
from stage import Stage, objects

READINGS = {**reading_domain.READINGS, **reading_host.READINGS, **reading_objects.READINGS}
# What moves in steps, or to and fro like free memory, may be outside of what Python said before and after, but not of all that it said.
ATTEMPTS = 8


def reference(server: Server) -> dict[str, str]:
    """Every command that the server offers, and the kind of object it is for."""
    return {command.get("name"): command.find(f"{HV}object").get("rel") for command in server.get("/commands").xml.iter(f"{HV}command")}


def native(reading, item, variant):
    """Python's value, or the code of libvirt's error."""
    try:
        return reading.native(item, variant), None
    except libvirt.libvirtError as error:
        return None, error.get_error_code()


class Comparison:
    """One driver's functions: which disagree, which failed alike and never gave a value, and which could not be asked."""

    def __init__(self, stage: Stage, server: Server):
        self.stage = stage
        self.client = Client(server)
        self.offered = reference(server)
        self.objects = objects(stage.connection)
        self.calls = 0
        self.agreeing: set[str] = set()
        self.troubles: dict[str, str] = {}
        self.without: dict[str, list[str]] = {}
        self.valued: set[str] = set()
        self.errors: dict[str, int] = {}

    def compare(self, function: str):
        if function not in self.offered:
            self.troubles[function] = "is not offered"
        elif items := self.objects.get(self.offered[function]):
            if all(self.agrees(path, function, item, variant) for path, item in items for variant in READINGS[function].variants):
                self.agreeing.add(function)
        else:
            self.without.setdefault(self.offered[function], []).append(function)

    def agrees(self, path: str, function: str, item, given: dict) -> bool:
        self.calls += 1
        variant = {name: self.stage.image_file if text == "{image}" else text for name, text in given.items()}
        said: list = []
        for _ in range(ATTEMPTS):
            trouble = self.disagreement(path, function, item, variant, said)
            if not trouble:
                return True
        self.troubles[function] = f"{variant or ''}: {trouble}"
        return False

    def disagreement(self, path: str, function: str, item, variant: dict, said: list) -> str | None:
        """`said`: what Python said in the attempts before, to which this one's is added."""
        reading = READINGS[function]
        before, before_code = native(reading, item, variant)
        answer = self.client.call(path, function, reading.parameters(variant))
        after, after_code = native(reading, item, variant)
        codes = {before_code, after_code} - {None}
        if answer.trouble:
            found = answer.trouble
        elif answer.code is not None:
            if answer.code in codes:
                self.errors[function] = answer.code
                return None
            found = f"{answer}, libvirt-python: {f'error {codes}' if codes else repr(before)}"
        elif codes:
            found = f"{answer}, libvirt-python: error {codes}"
        else:
            said += [before, after]
            try:
                found = difference(reading.loosen(answer.result), extreme(before, said, min), extreme(after, said, max))
            except (KeyError, TypeError, AttributeError) as error:
                found = f"of another shape ({error!r}): {answer.result!r}"
            if not found:
                self.valued.add(function)
        return f"{found:.1000}\n      {answer.request}" if found else None

    def report(self, driver: str, asked: int):
        for kind, functions in self.without.items():
            print(f"   {len(functions)} not asked, as this driver has no {kind}: {' '.join(functions)}")
        alike = [f"{function} ({code})" for function, code in self.errors.items() if function in self.agreeing - self.valued]
        print(f"   {len(alike)} gave no value, but the same error: {', '.join(alike)}")
        for function, trouble in self.troubles.items():
            print(f"   FAILED {function} {trouble}")
        print(f"{driver}: {len(self.agreeing)} of {asked} reading functions agree, in {self.calls} calls")


def main() -> int:
    wanted = sys.argv[1:] or sorted(READINGS)
    done = []
    for driver in ("TEST", "QEMU"):
        uri = os.environ[f"HANDLERVIRT_TEST_{driver}"]
        with Stage(uri) as stage:
            stage.set_qemu() if driver == "QEMU" else stage.set_test()
            with Server("--access", "read-write", connect=uri) as server:
                comparison = Comparison(stage, server)
                for function in wanted:
                    comparison.compare(function)
        comparison.report(driver, len(wanted) - sum(map(len, comparison.without.values())))
        done.append(comparison)
    agreeing = set().union(*(comparison.agreeing for comparison in done))
    valued = set().union(*(comparison.valued for comparison in done))
    print(f"{len(agreeing)} of {len(wanted)} agree on a driver that has their object; {len(agreeing & valued)} of these gave a value")
    if agreeing - valued:
        print(f"   only ever the same error: {' '.join(sorted(agreeing - valued))}")
    return 1 if any(comparison.troubles for comparison in done) or len(agreeing) < len(wanted) else 0


if __name__ == "__main__":
    sys.exit(main())
