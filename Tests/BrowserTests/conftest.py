# SPDX-License-Identifier: GPL-2.0-or-later
import signal

import pytest
from playwright.sync_api import sync_playwright

import browser as chromium
from server import Server


def pytest_configure():
    # As Ctrl-C does: servers and browsers are stopped, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    browser = chromium.launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def browser_without_xslt(playwright):
    browser = chromium.launch(playwright, "--disable-blink-features=XSLT")
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def server():
    """For tests that change nothing."""
    with Server("--access", "read-write") as server:
        yield server


@pytest.fixture
def own_server():
    """For tests that change something: its domains are as libvirt's test driver makes them."""
    with Server("--access", "read-write") as server:
        yield server


@pytest.fixture(scope="session")
def read_only_server():
    with Server() as server:
        yield server
