# SPDX-License-Identifier: GPL-2.0-or-later
"""Names, titles and descriptions that would like to be markup."""
import pytest
from playwright.sync_api import expect

from browser import follow, opened
from server import PAGES, Server, domain_xml

SCRIPT = "<script>alert(1)</script>"
NAMES = {
    "markup": "<img src=x onerror=alert(1)>",
    "attribute": '"onmouseover="alert(1)" x="',
    "apostrophe": "'onfocus='alert(1)' autofocus='",
    "address": "javascript:alert(1)",
    "reference": "&lt;b&gt;&#x26;",
    "path": "a?b#c&d%2e%2e;x=1",
}


def uuid(number: int) -> str:
    return f"4f1f8a3e-52a7-4c53-9c0e-00000000000{number}"


@pytest.fixture(scope="module")
def hostile():
    with Server("--access", "read-write") as server:
        for number, name in enumerate(NAMES.values()):
            server.define(domain_xml(name, uuid(number), title=f"</title>{SCRIPT}", description=f"]]>--></textarea></code>{SCRIPT}"))
        yield server


# A policy that forbids inline scripts must not be what saves us: without it, nothing may run either.
@pytest.fixture(params=[False, True], ids=["with policy", "without policy"])
def page(browser, hostile, request):
    with opened(browser, hostile.url, bypass_csp=request.param, expected_status=(404,)) as (page, _):
        yield page


def expect_harmless(page):
    """Markup of ours only; `opened` sees to it that no dialog opened and nothing was blocked."""
    assert page.evaluate("[...document.querySelectorAll('script:not([src]), img:not([src^=\"/public/\"]), iframe, object, embed')].length") == 0
    assert page.evaluate("[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))") == []
    addresses = page.evaluate("[...document.querySelectorAll('[href], [action], [src]')].map(e => (e.href || e.action || e.src))")
    assert [a for a in addresses if not str(a).startswith("http://127.0.0.1:")] == []


def test_the_list(page):
    page.goto("/virt")
    expect_harmless(page)
    shown = page.get_by_role("rowheader").get_by_role("link").all_inner_texts()
    assert sorted(shown) == sorted([*NAMES.values(), "test"])
    expect(page.get_by_text(f"</title>{SCRIPT}").first).to_be_visible()


@pytest.mark.parametrize("number, name", list(enumerate(NAMES.values())), ids=NAMES.keys())
def test_the_vm(page, number, name):
    page.goto("/virt")
    follow(page.get_by_role("rowheader").get_by_role("link", name=name, exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    assert page.title().startswith(name)
    expect_harmless(page)
    # By its name, which leads to the same VM.
    page.goto(page.url.replace(uuid(number), "".join(f"%{byte:02X}" for byte in name.encode())))
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


@pytest.mark.parametrize("number", range(len(NAMES)), ids=NAMES.keys())
@pytest.mark.parametrize("kind", ["command-xml", "command-form", "command-confirmation"])
def test_its_commands(page, hostile, number, kind):
    vm = f"/virt/nobody/{uuid(number)}"
    page.goto(PAGES[kind].format(vm=vm, forced=hostile.action("/virt/nobody/" + uuid(number), "removal")))
    expect(page.get_by_role("heading", level=1)).to_contain_text(list(NAMES.values())[number])
    expect_harmless(page)


@pytest.mark.parametrize("path", ["/virt/{0}", "/virt/nobody/{0}", "/hosts/{0}", "/commands/{0}", "/virt?q={0}", "/virt?state={0}", "/{0}"])
def test_addresses(browser, hostile, path):
    with opened(browser, hostile.url, bypass_csp=True, expected_status=(400, 404, 422)) as (page, _):
        page.goto(path.format("%3Cimg%20src=x%20onerror=alert(1)%3E%22%20onfocus=alert(1)%20autofocus%20x=%22"))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect_harmless(page)
