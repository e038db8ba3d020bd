# SPDX-License-Identifier: GPL-2.0-or-later
"""A read-only server offers nothing that would change something, and refuses it."""
import pytest
from playwright.sync_api import expect

from browser import opened
from server import PAGES


@pytest.fixture
def page(browser, read_only_server):
    with opened(browser, read_only_server.url, java_script_enabled=False, expected_status=(404,)) as (page, _):
        yield page


FORMS = ("command-form", "command-confirmation", "command-define", "command-typed", "command-choices")
READABLE = [name for name in PAGES if name not in FORMS]


@pytest.mark.parametrize("name", READABLE)
def test_no_page_has_a_button_that_changes(page, read_only_server, name):
    page.goto(read_only_server.page(name))
    expect(page.locator("form[method=post]")).to_have_count(0)
    # What is left to click reads: forms of reading commands, the way back from a fault.
    expect(page.locator("button.primary:not(form[method=get] *), .secondary, .forced, .removal")).to_have_count(0)
    expect(page.get_by_role("link", name="New VM")).to_have_count(0)
    expect(page.get_by_text("read-only").first).to_be_visible()


def test_what_is_posted_anyway_is_refused(read_only_server):
    vm = read_only_server.vm("test")
    response = read_only_server.post(f"{vm}/virDomainSuspend", {})
    assert response.status == 403
    assert read_only_server.state(vm) == "running"


def test_even_the_form_is_refused(browser, read_only_server):
    with opened(browser, read_only_server.url, java_script_enabled=False, expected_status=(403,)) as (page, _):
        response = page.goto(f"{read_only_server.vm('test')}/virDomainSetMemoryFlags")
        expect(page.locator("form[method=post]")).to_have_count(0)
        assert response.status == 403
