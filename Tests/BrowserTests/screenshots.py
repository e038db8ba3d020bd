#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""screenshots.py DIRECTORY: every page of a server with a few VMs, as PAGE-WIDTH-SCHEME.png."""
import pathlib
import sys

from playwright.sync_api import sync_playwright

from browser import NARROW, WIDE, launch
from server import PAGES, Server, domain_xml

VMS = [
    ("web", 2097152, "Web shop", "nginx and the shop behind it"),
    ("db", 4194304, "Database of the web shop", "PostgreSQL 15"),
    ("build", 1048576, "Build machine", ""),
    ("mail", 524288, "", ""),
]


def main(directory: pathlib.Path):
    directory.mkdir(parents=True, exist_ok=True)
    for old in directory.glob("*.png"):
        old.unlink()
    with Server("--access", "read-write") as server, sync_playwright() as playwright:
        for number, (name, memory, title, description) in enumerate(VMS):
            server.define(domain_xml(name, f"5f1f8a3e-52a7-4c53-9c0e-00000000000{number}", memory, title, description))
        for name in ("web", "db"):
            server.start(server.vm(name))
        browser = launch(playwright)
        for size in (WIDE, NARROW):
            for scheme in ("light", "dark"):
                context = browser.new_context(base_url=server.url, viewport=size, color_scheme=scheme)
                page = context.new_page()
                for name in PAGES:
                    page.goto(server.page(name))
                    page.screenshot(path=directory / f"{name}-{size['width']}-{scheme}.png", full_page=name != "commands")
                context.close()
        browser.close()
    print(f"{len(list(directory.glob('*.png')))} screenshots in {directory}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
