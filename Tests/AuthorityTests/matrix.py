#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may do what: every command x GET and POST x caller x object x both accesses, against what libvirt's annotations and the roles say.

    matrix.py               asks the servers; HANDLERVIRT_TEST_TEST is the URI of a test driver, without it one is started
    matrix.py --expect      prints what each function asks for, who may run it on whose object, and why where libvirt has no annotation
    matrix.py --compare     only compares that with the permissions of the server's reference; needs no roles in the server
    matrix.py --count       only counts the cells

HANDLERVIRT_BINARY is the server's program. The expectation shares nothing with it: permissions.py, roles.py and expectation.py have it.
"""
import pathlib
import sys
import tempfile
import time

from cells import Cells, sorted_by_calls
from deeds import Deeds
from documentation import Documentation
from expectation import Cell, Expectation, Verdict
from judgement import Bench, Report
from libvirtd import libvirtd
from pages import Pages
from permissions import CALLABLE, functions
from roles import CALLERS
from scenery import Scenery
from secrecy import Secrecy
from service import Service

ACCESSES = ("read-only", "read-write")
SHOWN = 40
FUNCTIONS = functions()


def compare(documentation: Documentation, report: Report):
    """What the reference says that a command asks for, against what it must ask for. What filters a list is not asked of the call."""
    before = len(report.failures)
    for name, function in FUNCTIONS.items():
        if name not in documentation.offered:
            report.fail(f"reference  {name} is not offered")
            continue
        expected = set()
        for item in function.conditions:
            if item.without:
                expected.add((item.permission, "|".join(sorted(f"!{flag}" for flag in item.without))))
            else:
                expected |= {(item.permission, when) for when in item.flags or item.parameters or [""]}
        said = documentation.permissions(name)
        # A list also names what it filters its items by.
        said = {(permission, when) for permission, when in said if (permission, when) in expected or not is_filter(name, permission)}
        missing, more = (" ".join(sorted(":".join(filter(None, pair)) for pair in pairs)) for pairs in (expected - said, said - expected))
        report.check(not missing and not more, f"reference  {name}: lacks [{missing}], has beside [{more}]")
    for name in sorted(documentation.offered.keys() - FUNCTIONS.keys() - {"owner"}):
        report.fail(f"reference  {name} is offered, but is none of the functions of the classes {', '.join(CALLABLE)}")
    report.show("permissions of the reference", before, f"{len(FUNCTIONS)} functions")


def is_filter(name: str, permission: str) -> bool:
    return permission.endswith((":getattr", ":read")) and ("List" in name or "NumOf" in name or name == "virConnectGetAllDomainStats")


def expect():
    with tempfile.TemporaryDirectory() as home:
        things = Scenery("test:///default", pathlib.Path(home)).things
    for function in sorted(FUNCTIONS.values(), key=lambda item: (item.kind, item.name)):
        method = "GET " if function.is_reading else "POST"
        about = f"  names a {function.makes}" if function.makes else ""
        print(f"{function.kind:10} {method} {function.name}: {' & '.join(map(str, function.conditions)) or 'nothing'}{about}")
        if function.reason:
            print(f"{'':15} supplied: {function.reason}")
    for access in ACCESSES:
        expectation = Expectation(things, access == "read-only")
        print(f"\n{access}: who may, of {' '.join(map(str, CALLERS))}")
        for function in sorted(FUNCTIONS.values(), key=lambda item: (item.kind, item.name)):
            for thing in things:
                if thing.kind == function.kind:
                    verdicts = {str(caller): expectation.of(caller, "POST", function, thing) for caller in CALLERS}
                    sorts = {verdict: [name for name, found in verdicts.items() if found is verdict] for verdict in verdicts.values()}
                    row = "  ".join(f"{verdict.name.lower()}: {','.join(names)}" for verdict, names in sorts.items())
                    print(f"{function.name:36} {thing.name:12} {row}")


def ask(service: Service, scenery: Scenery, report: Report, is_counted_only: bool = False):
    """One server's part of the matrix."""
    # One reading of the whole host: what the inventory may cost a minute.
    sweep = service.settle()
    documentation = Documentation(service)
    if service.access == ACCESSES[0] and not is_counted_only:
        compare(documentation, report)
    offered = [function for name, function in FUNCTIONS.items() if name in documentation.offered]
    expectation = Expectation(scenery.things, service.access == "read-only")
    cells = Cells(offered, documentation, expectation, scenery)
    about, owner = list(cells.about()), list(cells.owner())
    everything = [*cells.plain(), *cells.conditional(), *owner]
    if is_counted_only:
        everything += about
        print(f"{service.access}: {len(everything)} cells, {count(everything)}")
        return
    for name in sorted(cells.unknown):
        report.fail(f"{service.access}  no parameter takes {name}")
    bench = Bench(service, report)
    sorts = sorted_by_calls(everything)
    bench.batch("unknown callers, hidden objects, refusals", sorts["untouched"], sweep, 0)
    bench.batch("hidden domains at their host's address", sorts["at host"], sweep, 0)
    bench.batch("refusals of flags on objects that the caller sees", sorts["seen"], sweep, 1)
    bench.batch("what is not there", sorts["missing"], sweep + len(sorts["missing"]), 2)
    report.check(not (broken := scenery.broken()), f"{service.access}  what was refused has changed {', '.join(broken)}")
    bench.batch("all others", sorts["others"])
    restore(service, scenery)

    closed = [cell for cell in about if cell.verdict.is_closed]
    answers = bench.batch("refusals by what XML names", closed, sweep, 0)
    bench.batch("all others by what XML names", [cell for cell in about if not cell.verdict.is_closed])
    # The server must read a saved image to know what it is.
    saved = list(cells.saved([scenery.image(name) for name in ("alice-vm", "xenas-vm", "nobodys-vm", "nonesuch")]))
    restore(service, scenery)
    bench.batch("refusals by saved images", [cell for cell in saved if cell.verdict.is_closed], sweep, 2)
    bench.batch("all others by saved images", [cell for cell in saved if not cell.verdict.is_closed])
    restore(service, scenery)

    before = len(report.failures)
    secrecy = Secrecy(bench, expectation, scenery)
    secrecy.refusals(closed, answers)
    secrecy.compare()
    report.show(f"{service.access}  hidden as if not there", before)

    before = len(report.failures)
    pages = Pages(bench, expectation, {function.name: function for function in offered})
    for part in (pages.offers, pages.lists, pages.server, pages.strangers):
        part()
    report.show(f"{service.access}  pages and lists", before)

    before = len(report.failures)
    deeds = Deeds(bench, cells, FUNCTIONS, scenery)
    deeds.run()
    report.show(f"{service.access}  run for real", before, f"{deeds.done} took effect")


def restore(service: Service, scenery: Scenery):
    """All is as it was, and the server has read it, so that this is not counted to what is asked next."""
    scenery.restore()
    for thing in scenery.things:
        if thing.kind == "domain" or thing.is_there:
            service.await_known(thing)
    service.settle()


def count(cells: list[Cell]) -> str:
    return ", ".join(f"{sum(cell.verdict is verdict for cell in cells)} {verdict.name.lower()}" for verdict in Verdict)


def main() -> int:
    option = sys.argv[1] if len(sys.argv) > 1 else ""
    if option not in ("", "--expect", "--compare", "--count") or len(sys.argv) > 2:
        print(__doc__, file=sys.stderr)
        return 2
    if option == "--expect":
        expect()
        return 0
    start, report = time.monotonic(), Report()
    try:
        with libvirtd("test") as uri, tempfile.TemporaryDirectory(prefix="hv-images-") as home, Scenery(uri, pathlib.Path(home)) as scenery:
            for access in ACCESSES:
                with Service(uri, access, has_roles=not option) as service:
                    if option == "--compare":
                        compare(Documentation(service), report)
                        break
                    ask(service, scenery, report, option == "--count")
    finally:
        for line in report.listing(SHOWN):
            print(f"FAIL  {line}")
        print(f"--    {report.cells} cells, {report.checks} other checks, {len(report.failures)} differences, in {time.monotonic() - start:.0f} s")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
