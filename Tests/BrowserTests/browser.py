# SPDX-License-Identifier: GPL-2.0-or-later
"""Chromium, with an eye on all that a page must not do."""
import contextlib
import os
import pathlib
import urllib.parse

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright

from server import PATIENCE

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # whatever Chromium itself would like to fetch
# In a page: how many seconds the server needed for it.
WAITED = "performance.getEntriesByType('navigation')[0].responseStart / 1000"
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
        self.context = context
        self.listeners = {"request": self._request, "console": self._console, "weberror": self._exception, "dialog": self._dialog}
        for event, listener in self.listeners.items():
            context.on(event, listener)

    def end(self):
        for event, listener in self.listeners.items():
            self.context.remove_listener(event, listener)

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

    def _exception(self, error):
        self.complaints.append(f"exception: {error.error}")

    def _dialog(self, dialog):
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


# The contexts that tests have left as they found them, for the next that wants the same: making one and a page of it costs more than most tests do.
KEPT = 4
kept: dict[tuple, BrowserContext] = {}


@contextlib.contextmanager
def opened(browser: Browser, base_url: str, expected_status=(), **options):
    """A page of a context that nobody has left anything in, and its watch. What it did wrong fails the test at the end."""
    options = {"base_url": base_url, "viewport": WIDE, "color_scheme": "light", **options}
    key = (browser, repr(sorted(options.items())))
    context = kept.pop(key, None)
    if context is None:
        context = browser.new_context(**options)
        context.set_default_timeout(30_000)
        context.new_page()
    watch = Watch(context)
    watch.expected_status.update(expected_status)
    try:
        yield context.pages[0], watch
        # What the page still does is of this test.
        _clear(context, options)
        assert not watch.complaints, "\n".join(watch.complaints)
        watch.end()
    except BaseException:
        context.close()
        raise
    kept[key] = context
    if len(kept) > KEPT:
        kept.pop(next(iter(kept))).close()


def _clear(context: BrowserContext, options: dict):
    page, *others = context.pages
    for other in others:
        other.close()
    page.goto("about:blank")
    page.set_viewport_size(options["viewport"])
    page.emulate_media(color_scheme=options["color_scheme"])
    context.clear_cookies()


def follow(link: Locator):
    """Clicks, and waits until all of what that leads to is there: a click returns before."""
    with link.page.expect_navigation():
        link.click()


def fresh(page: Page):
    """Loads a page again whose host may have been slower than the server waits for it: it shows what was known before, and less."""
    for _ in range(5):
        if page.evaluate(WAITED) < PATIENCE:
            break
        page.reload()


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
