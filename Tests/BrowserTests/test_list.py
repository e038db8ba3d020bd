# SPDX-License-Identifier: GPL-2.0-or-later
"""Sorting, filtering and searching the list, without scripts."""
import pytest
from playwright.sync_api import Page, expect

from browser import follow, opened
from server import Server, domain_xml


@pytest.fixture(scope="module")
def many():
    with Server("--access", "read-write") as server:
        for number, (name, memory) in enumerate((("alpha", 131072), ("zeta", 262144), ("mid", 524288))):
            server.define(domain_xml(name, f"3f1f8a3e-52a7-4c53-9c0e-00000000000{number}", memory=memory))
        yield server


@pytest.fixture
def page(browser, many):
    with opened(browser, many.url, java_script_enabled=False) as (page, _):
        page.goto("/virt")
        yield page


def names(page: Page) -> list[str]:
    return page.get_by_role("rowheader").get_by_role("link").all_inner_texts()


def test_every_vm_is_listed(page):
    assert sorted(names(page)) == ["alpha", "mid", "test", "zeta"]


def test_a_column_sorts_both_ways(page):
    def header():
        return page.get_by_role("columnheader", name="Memory")

    follow(header().get_by_role("link"))
    first = header().get_attribute("aria-sort")
    order = names(page)
    follow(header().get_by_role("link"))
    second = header().get_attribute("aria-sort")
    assert {first, second} == {"ascending", "descending"}
    assert names(page) == order[::-1]
    assert order in (["alpha", "zeta", "mid", "test"], ["test", "mid", "zeta", "alpha"])


@pytest.mark.parametrize("column", ["Name", "State", "Host", "Owner", "vCPUs", "Memory"])
def test_every_column_sorts(page, column):
    follow(page.get_by_role("columnheader", name=column).get_by_role("link"))
    assert page.get_by_role("columnheader", name=column).get_attribute("aria-sort") in ("ascending", "descending")
    assert len(names(page)) == 4


def test_a_state_filters(page):
    filters = page.get_by_role("navigation", name="Filter by state")
    expect(filters.get_by_role("link", name="running")).to_contain_text("1")
    follow(filters.get_by_role("link", name="running"))
    assert names(page) == ["test"]
    follow(filters.get_by_role("link", name="shut off"))
    assert sorted(names(page)) == ["alpha", "mid", "zeta"]
    follow(filters.get_by_role("link", name="all"))
    assert len(names(page)) == 4


def test_search_finds_and_keeps_the_filter(page):
    follow(page.get_by_role("navigation", name="Filter by state").get_by_role("link", name="shut off"))
    page.get_by_role("searchbox", name="Search VMs").fill("et")
    follow(page.get_by_role("button", name="Search"))
    assert names(page) == ["zeta"]
    page.get_by_role("searchbox", name="Search VMs").fill("nothing-is-called-this")
    follow(page.get_by_role("button", name="Search"))
    assert names(page) == []
    expect(page.get_by_role("main")).to_contain_text("No VM")


def test_an_owner_has_a_list(page):
    follow(page.get_by_role("row").filter(has=page.get_by_role("link", name="mid", exact=True)).get_by_role("link", name="nobody"))
    expect(page.get_by_role("heading", level=1)).to_have_text("VMs of nobody")
    assert len(names(page)) == 4


def test_pages_lead_to_all_rows(page):
    page.goto("/virt?max=3&sort=name")
    assert names(page) == ["alpha", "mid", "test"]
    follow(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Next"))
    assert names(page) == ["zeta"]
    follow(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Previous"))
    assert names(page) == ["alpha", "mid", "test"]
