# SPDX-License-Identifier: GPL-2.0-or-later
"""With the keyboard alone."""
import pytest
from playwright.sync_api import Page, expect

from browser import opened
from server import PAGES
from vm_page import expect_state


def focused(page: Page) -> dict:
    return page.evaluate(
        """() => {
            const e = document.activeElement, style = getComputedStyle(e)
            return {
                tag: e.tagName, text: e.innerText || e.name || '', classes: [...e.classList],
                visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none',
                shown: e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().right > 0 && e.getBoundingClientRect().bottom > 0,
            }
        }"""
    )


def tab_stops(page: Page, most: int = 400) -> list[dict]:
    """What Tab reaches, in order, until it leaves the page."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = focused(page)
        if stop["tag"] == "BODY":
            return stops
        stops.append(stop)
    raise AssertionError(f"Tab does not leave the page after {most} stops")


def test_the_first_stop_skips_to_the_content(browser, server):
    with opened(browser, server.url) as (page, _):
        page.goto("/virt")
        page.keyboard.press("Tab")
        stop = focused(page)
        assert stop["text"] == "Skip to the content"
        assert stop["shown"] and stop["visible"]
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        # From there the navigation is behind us.
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("name", [name for name in PAGES if name != "commands"])
def test_every_stop_shows_that_it_has_the_focus(browser, server, name):
    path = server.page(name)
    with opened(browser, server.url, expected_status=(404,)) as (page, _):
        page.goto(path)
        stops = tab_stops(page)
        assert len(stops) > 4
        assert [stop for stop in stops if not (stop["visible"] and stop["shown"])] == []


def test_the_primary_action_comes_before_the_dangerous_ones(browser, server):
    path = server.page("vm")
    with opened(browser, server.url) as (page, _):
        page.goto(path)
        classes = [stop["classes"] for stop in tab_stops(page)]

        def first(name):
            return next(index for index, names in enumerate(classes) if name in names)

        assert first("skip") == 0
        assert first("primary") < first("secondary") < min(first("forced"), first("removal"))


def test_a_vm_is_suspended_from_the_keyboard(browser, shared_server, own_vm):
    with opened(browser, shared_server.url) as (page, _):
        page.goto(shared_server.vm(own_vm))
        for _ in range(60):
            page.keyboard.press("Tab")
            if focused(page)["text"].strip() == "Suspend":
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect_state(page, "paused")
