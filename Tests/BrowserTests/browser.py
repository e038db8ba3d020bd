# SPDX-License-Identifier: GPL-2.0-or-later
"""Chromium, with an eye on all that a page must not do."""
import contextlib
import os
import pathlib
import urllib.parse

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # whatever Chromium itself would like to fetch
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


def launch(playwright: Playwright, *arguments: str) -> Browser:
    if not pathlib.Path(CHROMIUM).exists():
        raise RuntimeError(f"{CHROMIUM} is missing: install chromium, or name another one in CHROMIUM")
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[NOWHERE, *arguments])


class Watch:
    """Collects what the pages of a context did wrong: foreign requests, errors on the console, exceptions, dialogs."""

    def __init__(self, context: BrowserContext):
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.expected_status = set()
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"exception: {error.error}"))
        context.on("dialog", self._dialog)

    def _request(self, request):
        self.requests.append(request.url)
        parts = urllib.parse.urlsplit(request.url)
        if parts.hostname != "127.0.0.1" and parts.scheme not in ("data", "about", "blob"):
            self.complaints.append(f"foreign request: {request.url}")

    def _console(self, message):
        if message.type not in ("error", "warning"):
            return
        # Chromium logs the status of a fault's own page; that page was asked for.
        if any(f"responded with a status of {status}" in message.text for status in self.expected_status):
            return
        self.complaints.append(f"console: {message.text}")

    def _dialog(self, dialog):
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextlib.contextmanager
def opened(browser: Browser, base_url: str, expected_status=(), **options):
    """A page of a new context, and its watch. What it did wrong fails the test at the end."""
    options.setdefault("viewport", WIDE)
    context = browser.new_context(base_url=base_url, **options)
    context.set_default_timeout(15_000)
    watch = Watch(context)
    watch.expected_status.update(expected_status)
    try:
        yield context.new_page(), watch
        assert not watch.complaints, "\n".join(watch.complaints)
    finally:
        context.close()


def overflow(page: Page) -> list[str]:
    """What makes the page wider than the window."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth
            if (document.documentElement.scrollWidth <= width) return []
            const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + 0.5)
            const names = wide.map(e => e.tagName.toLowerCase() + (e.className ? '.' + e.className : ''))
            return ['scrollWidth ' + document.documentElement.scrollWidth + ' > ' + width, ...names.slice(0, 12)]
        }"""
    )
