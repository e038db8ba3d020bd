# SPDX-License-Identifier: GPL-2.0-or-later
"""XML that the browser transforms: the same page comes of it, also in a browser that has forgotten how."""
import pytest
from playwright.sync_api import expect

from browser import WAITED, fresh, opened
from firefox import Firefox
from server import PAGES, PATIENCE, Server

KINDS = ["vms", "vm", "command-result", "command-form", "hosts", "host", "commands-one", "settings", "fault"]


def raw(path: str) -> str:
    return path + ("&" if "?" in path else "?") + "view=raw"


def outline(page) -> list[str]:
    """What a reader sees of a page, in order."""
    return page.locator("h1, h2, th, td, dt, dd, label, button").evaluate_all("all => all.map(e => e.innerText.trim())")


def without_changes(texts: list[str]) -> list[str]:
    """Without what differs from one request to the next: numbers (CPU time) and request ids."""
    return ["" if any(character.isdigit() for character in text) else text for text in texts]


@pytest.fixture(scope="module")
def client_server():
    with Server("--access", "read-write", "--render", "client") as server:
        yield server


def mourning(watch):
    """Lets pass what Chromium says on its console about the end of XSLT."""
    watch.complaints = [text for text in watch.complaints if "XSLT" not in text]


@pytest.mark.parametrize("kind", KINDS)
def test_chromium_transforms(browser, server, kind):
    path = server.page(kind)
    with opened(browser, server.url, expected_status=(404,)) as (page, watch):
        page.goto(path)
        fresh(page)
        expected = without_changes(outline(page))
        assert len(expected) > 3
        watch.requests.clear()
        page.goto(raw(path))
        fresh(page)
        expect(page.locator("main")).to_be_visible()
        assert "view=raw" in page.url
        assert without_changes(outline(page)) == expected
        assert page.locator("main").count() == 1
        # It has no use for the script.
        assert [url for url in watch.requests if url.endswith(".js")] == []
        mourning(watch)


@pytest.mark.parametrize("kind", KINDS)
def test_chromium_without_xslt_goes_to_the_rendered_page(browser_without_xslt, server, kind):
    path = server.page(kind)
    with opened(browser_without_xslt, server.url, expected_status=(404,)) as (page, watch):
        page.goto(path)
        fresh(page)
        expected = without_changes(outline(page))
        page.goto(raw(path), wait_until="commit")
        page.wait_for_url("**view=html**")
        fresh(page)
        expect(page.locator("main")).to_be_visible()
        assert without_changes(outline(page)) == expected
        mourning(watch)


def test_a_server_that_lets_browsers_transform(browser, browser_without_xslt, client_server):
    for chromium in (browser, browser_without_xslt):
        with opened(chromium, client_server.url) as (page, watch):
            page.goto("/virt")
            expect(page.get_by_role("heading", level=1)).to_have_text("VMs")
            page.get_by_role("rowheader").get_by_role("link", name="test", exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("test")
            mourning(watch)


@pytest.fixture(scope="module")
def firefox_without_xslt(tmp_path_factory):
    with Firefox(tmp_path_factory.mktemp("firefox"), xslt=False) as firefox:
        yield firefox


@pytest.fixture(params=["firefox", "firefox_without_xslt"], ids=["with XSLT", "without XSLT"])
def fox(request):
    return request.getfixturevalue(request.param)


def firefox_outline(fox: Firefox, url: str) -> list[str]:
    """Of the page that it ends up at."""
    is_forwarded = "view=raw" in url and not fox.xslt

    def is_there(address: str) -> bool:
        return "view=html" in address if is_forwarded else address == url

    for _ in range(5):
        fox.open(url)
        fox.wait(lambda: fox.is_at(is_there) and fox.outline())
        if fox.client.execute_script(f"return {WAITED}") < PATIENCE:
            break
    return without_changes(fox.outline())


@pytest.mark.parametrize("kind", KINDS)
def test_firefox(fox, server, kind):
    path = server.page(kind)
    expected = firefox_outline(fox, server.url + path)
    assert len(expected) > 3
    assert firefox_outline(fox, server.url + raw(path)) == expected


def test_firefox_and_a_server_that_lets_browsers_transform(fox, client_server):
    fox.open(client_server.url + "/virt")
    fox.wait(lambda: fox.is_at(lambda address: ("view=html" in address) != fox.xslt) and "test" in fox.outline())


def test_all_kinds_exist():
    assert set(KINDS) <= set(PAGES)
