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
from compare import difference
from stage import Stage, objects

READINGS = {**reading_domain.READINGS, **reading_host.READINGS, **reading_objects.READINGS}
# What moves in steps, like free memory, may be between two steps once, but not always.
ATTEMPTS = 4


def reference(server: Server) -> dict[str, str]:
    """Every command that the server offers, and the kind of object it is for."""
    return {command.get("name"): command.find(f"{HV}object").get("rel") for command in server.get("/commands").xml.iter(f"{HV}command")}


def native(reading, item, variant):
    """Python's value, or the code of libvirt's error."""
    try:
        return reading.native(item, variant), None
    except libvirt.libvirtError as error:
        return None, error.get_error_code()


def disagreement(client: Client, path: str, function: str, item, variant: dict) -> str | None:
    reading = READINGS[function]
    for _ in range(ATTEMPTS):
        before, before_code = native(reading, item, variant)
        answer = client.call(path, function, reading.parameters(variant))
        after, after_code = native(reading, item, variant)
        if answer.trouble:
            found = answer.trouble
        elif answer.code is not None or None not in (before_code, after_code):
            if answer.code in (before_code, after_code):
                return None
            found = f"{answer}, libvirt-python: error {before_code}" if before_code else f"{answer}, libvirt-python: {before!r:.200}"
        elif before_code or after_code:
            continue
        else:
            found = difference(reading.loosen(answer.result), before, after)
        if not found:
            return None
        found = f"{found}\n      {answer.request}"
    return found


def compare(stage: Stage, wanted: list[str], server: Server) -> tuple[list[str], int, int]:
    """What disagrees, and of how many functions how many agree."""
    client, offered, found = Client(server), reference(server), objects(stage.connection)
    troubles, without, cases, agreeing = [], {}, 0, 0
    for function in wanted:
        if function not in offered:
            troubles.append(f"{function}: is not offered")
            continue
        if not (items := found.get(offered[function])):
            without.setdefault(offered[function], []).append(function)
            continue
        agrees = True
        for path, item in items:
            for given in READINGS[function].variants:
                cases += 1
                variant = {name: stage.image_file if text == "{image}" else text for name, text in given.items()}
                if trouble := disagreement(client, path, function, item, variant):
                    troubles.append(f"{function} {variant or ''}: {trouble}")
                    agrees = False
                    break
            if not agrees:
                break
        agreeing += agrees
    for kind, functions in without.items():
        print(f"   {len(functions)} not asked: this driver has no {kind}: {' '.join(functions)}")
    print(f"   {cases} calls")
    return troubles, agreeing, len(wanted) - sum(map(len, without.values()))


def main() -> int:
    wanted = sys.argv[1:] or sorted(READINGS)
    failed = asked_nowhere = 0
    for driver in ("TEST", "QEMU"):
        uri = os.environ[f"HANDLERVIRT_TEST_{driver}"]
        with Stage(uri) as stage:
            stage.set_qemu() if driver == "QEMU" else stage.set_test()
            with Server("--access", "read-write", connect=uri) as server:
                troubles, agreeing, asked = compare(stage, wanted, server)
        for trouble in troubles:
            print(f"   {trouble}")
        print(f"{driver}: {agreeing} of {asked} reading functions agree")
        failed += asked - agreeing
        asked_nowhere = len(wanted) - asked if driver == "QEMU" else 0
    if asked_nowhere:
        print(f"{asked_nowhere} functions had no object to be called on")
    return 1 if failed or asked_nowhere else 0


if __name__ == "__main__":
    sys.exit(main())
