# SPDX-License-Identifier: GPL-2.0-or-later
"""Days of users who see what is theirs, by point and click."""
import http.client

import pytest
from playwright.sync_api import Page, expect

from browser import NARROW, follow, fresh, overflow
from owned import VMS, opened_as, owned_server
from vm_page import expect_state, open_vm


@pytest.fixture(scope="module")
def shared():
    """For tests that change nothing."""
    with owned_server() as server:
        yield server


@pytest.fixture
def server():
    with owned_server() as server:
        yield server


def names(page: Page) -> list[str]:
    return page.get_by_role("table").get_by_role("rowheader").get_by_role("link").all_inner_texts()


def test_who_does_not_say_who_he_is_sees_nothing(shared):
    for accept in ("text/html", "application/xml"):
        connection = http.client.HTTPConnection("127.0.0.1", shared.port, timeout=30)
        connection.request("GET", "/virt", headers={"Accept": accept})
        response = connection.getresponse()
        # With a form on the page no window of the browser's own is wanted.
        assert response.status == 401 and response.headers["WWW-Authenticate"].startswith("Bearer " if accept == "text/html" else "Basic ")
        body = response.read().decode()
        assert "Unauthorized" in body and not any(name in body for name in VMS)


def test_a_wrong_password_is_no_way_in(browser, shared):
    with opened_as(browser, shared, "anna", "bert", expected_status=(401,)) as (page, _):
        assert page.goto("/virt").status == 401
        expect(page.get_by_role("main")).to_contain_text("The name or the password is wrong.")


def test_an_owner_s_day(browser, server):
    with opened_as(browser, server, "anna", expected_status=(403, 404, 409)) as (page, _):
        page.goto("/")
        assert names(page) == ["anna-db", "anna-web"]
        expect(page.get_by_role("banner")).to_contain_text("anna")
        expect(page.get_by_role("link", name="New VM")).to_have_count(0)
        expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings")).to_have_count(0)

        open_vm(page, "anna-web")
        expect_state(page, "shutoff")
        follow(page.get_by_role("button", name="Start", exact=True))
        expect_state(page, "running")
        follow(page.get_by_role("button", name="Suspend", exact=True))
        expect_state(page, "paused")
        follow(page.get_by_role("button", name="Resume", exact=True))
        expect_state(page, "running")

        # A snapshot by name and description; its XML is not for owners.
        follow(page.get_by_role("navigation", name="What belongs to it").get_by_role("link", name="Snapshots"))
        follow(page.get_by_role("link", name="New snapshot…"))
        expect(page.locator("textarea")).to_have_count(0)
        page.get_by_role("textbox", name="name").fill("before <the> update & co")
        page.get_by_role("textbox", name="description").fill("all is well")
        follow(page.get_by_role("main").locator("form button"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("before <the> update & co")
        expect(page.get_by_role("main")).to_contain_text("all is well")
        follow(page.get_by_role("link", name="Revert").first)
        follow(page.get_by_role("main").locator("form button"))

        # A setting by its form.
        open_vm(page, "anna-web")
        follow(page.get_by_role("region", name="Change").get_by_role("link", name="Memory", exact=True))
        page.get_by_role("spinbutton", name="memory").fill("262144")
        follow(page.get_by_role("main").locator("form button"))
        fresh(page)
        expect(page.get_by_role("region", name="Summary")).to_contain_text("256 MiB")

        # What reaches the host is not offered, and not done.
        for title in ("Change the owner", "Attach a device", "Save to a file", "Undefine…", "Migrate", "Pin a vCPU"):
            expect(page.get_by_role("link", name=title, exact=True)).to_have_count(0)
        expect(page.get_by_role("link", name="Edit", exact=True)).to_have_count(0)
        assert page.goto(f"{page.url}/virDomainAttachDevice").status == 403

        # Another's VM is not there, by no way.
        for path in ("/virt/bert", "/virt/bert/bert-mail", "/virt/nobody/bert-mail", "/virt/nobody/test", server.vm("bert-mail")):
            assert page.goto(path).status == 404, path
        page.goto("/virt?q=bert")
        expect(page.get_by_role("main")).to_contain_text("No VM matches this search.")
        assert server.state(server.vm("anna-web")) == "running"


def test_a_viewer_s_day(browser, shared):
    with opened_as(browser, shared, "vera", expected_status=(403,)) as (page, _):
        page.goto("/")
        assert names(page) == ["anna-db", "anna-web", "bert-mail", "test"]
        expect(page.locator("form[method=post]")).to_have_count(0)
        open_vm(page, "bert-mail")
        expect(page.locator("form[method=post]")).to_have_count(0)
        expect(page.get_by_role("main")).to_contain_text("You may look at this VM, but not change it.")
        follow(page.get_by_role("region", name="Summary").get_by_role("link", name="bert", exact=True))
        assert names(page) == ["bert-mail"]
        follow(page.get_by_role("navigation", name="Main").get_by_role("link", name="Hosts"))
        follow(page.get_by_role("table").get_by_role("link", name="test", exact=True).first)
        expect(page.locator("form[method=post]")).to_have_count(0)
        follow(page.get_by_role("navigation", name="What belongs to it").get_by_role("link", name="Networks"))
        follow(page.get_by_role("table").get_by_role("link", name="default", exact=True))
        expect(page.get_by_role("heading", level=1)).to_contain_text("default")
        assert page.goto(f"{shared.vm('bert-mail')}/virDomainCreate").status == 403


def test_an_admin_moves_a_vm(browser, server):
    with opened_as(browser, server, "root") as (page, _):
        open_vm(page, "bert-mail")
        old = page.url
        follow(page.get_by_role("link", name="Change the owner", exact=True).first)
        field = page.get_by_role("textbox", name="owner")
        expect(field).to_have_value("bert")
        field.fill("anna")
        follow(page.get_by_role("main").locator("form button"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("bert-mail")
        assert "/virt/anna/" in page.url
        page.goto(old)
        assert "/virt/anna/" in page.url
    with opened_as(browser, server, "anna") as (page, _):
        page.goto("/")
        assert names(page) == ["anna-db", "anna-web", "bert-mail"]
    with opened_as(browser, server, "bert", expected_status=(404,)) as (page, _):
        page.goto("/")
        expect(page.get_by_role("main")).to_contain_text("There is no VM here that you may see.")
        assert page.goto(old).status == 404


def test_an_owner_may_be_given_xml(browser, server):
    server.post("/virt/anna/anna-db/owner", {"owner": "xaver"})
    with opened_as(browser, server, "xaver", expected_status=(403,)) as (page, _):
        open_vm(page, "anna-db")
        follow(page.get_by_role("link", name="Edit", exact=True))
        # Reading what is secret takes a POST first.
        follow(page.get_by_role("main").locator("form.form button, form button").first)
        edit = page.locator("details").filter(has_text="Edit and save")
        edit.locator("summary").click()
        area = edit.locator("textarea")
        area.fill(area.input_value().replace(">xaver<", ">root<"))
        follow(edit.get_by_role("button"))
        expect(page.get_by_role("main")).to_contain_text("hv:owner")
    assert server.get("/virt/xaver/anna-db").status == 200


@pytest.mark.parametrize("user", ["anna", "vera", "root"])
def test_no_page_is_wider_than_a_phone(browser, shared, user):
    with opened_as(browser, shared, user, viewport=NARROW, expected_status=(403, 404)) as (page, _):
        paths = ["/virt", "/hosts", "/hosts/test", shared.vm("anna-web"), f"{shared.vm('anna-web')}/snapshots", "/virt/nobody/none"]
        for path in paths + (["/settings", f"{shared.vm('anna-web')}/owner"] if user == "root" else []):
            page.goto(path)
            assert not overflow(page), (path, overflow(page))
