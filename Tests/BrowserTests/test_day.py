# SPDX-License-Identifier: GPL-2.0-or-later
"""A day's work, by point and click, in a browser that runs no script."""
import pytest
from playwright.sync_api import expect

from browser import follow, fresh, opened
from server import domain_xml
from vm_page import expect_state, open_vm

REFUSED = (400, 409, 422)
NEW_UUID = "3f1f8a3e-52a7-4c53-9c0e-2f6f3f6b7a10"


@pytest.fixture
def page(browser, shared_server):
    with opened(browser, shared_server.url, java_script_enabled=False, expected_status=REFUSED) as (page, _):
        yield page


def test_suspend_resume_force_off_and_start(page, shared_server, own_vm):
    open_vm(page, own_vm)
    vm = shared_server.vm(own_vm)
    expect_state(page, "running")

    follow(page.get_by_role("button", name="Suspend", exact=True))
    expect_state(page, "paused")
    assert shared_server.state(vm) == "paused"

    follow(page.get_by_role("button", name="Resume", exact=True))
    expect_state(page, "running")

    # Dangerous ones ask first, on a page of their own that names the VM.
    follow(page.get_by_role("region", name="Danger").get_by_role("link", name="Force off…", exact=True))
    expect(page.get_by_role("note")).to_contain_text(own_vm)
    assert shared_server.state(vm) == "running"
    follow(page.get_by_role("button", name=f"Force off {own_vm}"))
    expect_state(page, "shutoff")
    assert shared_server.state(vm) == "shutoff"
    expect(page.get_by_role("button", name="Suspend").first).to_be_disabled()

    follow(page.get_by_role("button", name="Start", exact=True))
    expect_state(page, "running")
    assert shared_server.state(vm) == "running"


def test_the_list_has_the_buttons_too(page, shared_server, own_vm):
    page.goto("/virt")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=own_vm))
    follow(row.get_by_role("button", name=f"Suspend {own_vm}"))
    assert shared_server.state(shared_server.vm(own_vm)) == "paused"


def test_confirmation_can_be_cancelled(page, own_vm):
    open_vm(page, own_vm)
    follow(page.get_by_role("region", name="Danger").get_by_role("link", name="Force off…", exact=True))
    follow(page.get_by_role("link", name="Cancel"))
    expect_state(page, "running")


def test_memory_is_set_by_its_form(page, own_vm):
    open_vm(page, own_vm)
    follow(page.get_by_role("region", name="Change").get_by_role("link", name="Memory", exact=True))
    field = page.get_by_role("spinbutton", name="memory")
    expect(field).to_have_value("2097152")
    field.fill("1048576")
    follow(page.get_by_role("main").locator("form button"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(own_vm)
    fresh(page)
    expect(page.get_by_role("region", name="Summary")).to_contain_text("1 GiB")


def test_a_wrong_value_is_explained(page, own_vm):
    open_vm(page, own_vm)
    follow(page.get_by_role("region", name="Change").get_by_role("link", name="Memory", exact=True))
    # More than the maximum: the browser lets it pass, libvirt does not.
    page.get_by_role("spinbutton", name="memory").fill("99999999999")
    follow(page.get_by_role("main").locator("form button"))
    expect(page.get_by_role("main")).to_contain_text("memory")
    expect(page.get_by_text("VIR_ERR_", exact=False).first).to_be_visible()
    follow(page.get_by_role("link", name="Go to the VM"))
    expect_state(page, "running")


def test_a_vm_is_defined_and_undefined(page):
    page.goto("/virt")
    follow(page.get_by_role("link", name="New VM"))
    page.get_by_role("textbox", name="xml").fill(domain_xml("fresh", NEW_UUID))
    follow(page.get_by_role("button", name="Define"))

    open_vm(page, "fresh")
    assert NEW_UUID in page.url
    expect_state(page, "shutoff")
    follow(page.get_by_role("region", name="Danger").get_by_role("link", name="Undefine…", exact=True))
    expect(page.get_by_role("note")).to_contain_text("fresh")
    follow(page.get_by_role("main").locator("form button"))
    fresh(page)
    # Where it was is gone, so this leads to a list that does not hold it.
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("link", name="fresh", exact=True)).to_have_count(0)


def test_xml_that_is_wrong_is_explained(page):
    page.goto("/virt")
    follow(page.get_by_role("link", name="New VM"))
    page.get_by_role("textbox", name="xml").fill("<domain type='test'><name>half")
    follow(page.get_by_role("button", name="Define"))
    expect(page.get_by_role("main")).to_contain_text("XML")
    page.goto("/virt")
    expect(page.get_by_role("link", name="half")).to_have_count(0)
