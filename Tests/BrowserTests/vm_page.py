# SPDX-License-Identifier: GPL-2.0-or-later
"""The page of a VM, as people come to it and read it."""
from playwright.sync_api import Page, expect

from browser import follow, fresh


def open_vm(page: Page, name: str):
    page.goto("/")
    follow(page.get_by_role("table").get_by_role("link", name=name, exact=True).first)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def expect_state(page: Page, state: str):
    fresh(page)
    expect(page.get_by_role("heading", level=1).locator("[data-state]")).to_have_attribute("data-state", state)
