# SPDX-License-Identifier: GPL-2.0-or-later
import itertools
import signal

import pytest
from playwright.sync_api import expect, sync_playwright

import browser as chromium
from firefox import Firefox
from server import Server, domain_xml


def pytest_configure():
    # As Ctrl-C does: servers and browsers are stopped, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # The usual 5 s are not much for a machine that is busy.
    expect.set_options(timeout=30_000)


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


@pytest.fixture(scope="session")
def firefox(tmp_path_factory):
    with Firefox(tmp_path_factory.mktemp("firefox"), xslt=True) as firefox:
        yield firefox


@pytest.fixture(scope="session")
def shared_server():
    """For tests that change VMs of their own."""
    with Server("--access", "read-write") as server:
        yield server


numbers = itertools.count(1)


@pytest.fixture
def own_vm(shared_server):
    """The name of a VM for a test that changes it, of 2 GiB, which runs."""
    number = next(numbers)
    name = f"own-{number:04}"
    shared_server.define(domain_xml(name, f"af1f8a3e-52a7-4c53-9c0e-{number:012}", memory=2097152))
    shared_server.start(shared_server.vm(name))
    return name


@pytest.fixture
def own_server():
    """For tests that change more: its domains are as libvirt's test driver makes them."""
    with Server("--access", "read-write") as server:
        yield server


@pytest.fixture(scope="session")
def read_only_server():
    with Server() as server:
        yield server
