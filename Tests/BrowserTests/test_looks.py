# SPDX-License-Identifier: GPL-2.0-or-later
"""Every page, wide and narrow, light and dark: accessible, within the window, and silent on the console."""
import pytest

import fixtures
from browser import NARROW, WIDE, opened, overflow
from checks import axe_violations, expect_none
from server import PAGES

SIZES = {"1280": WIDE, "390": NARROW}


def judge(page):
    expect_none(axe_violations(page))
    expect_none(overflow(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_page(browser, server, name, size, scheme):
    path = server.page(name)
    with opened(browser, server.url, viewport=SIZES[size], color_scheme=scheme, expected_status=(404,)) as (page, _):
        page.goto(path)
        judge(page)


@pytest.fixture(scope="module")
def fixture_server():
    with fixtures.FixtureServer() as server:
        yield server


# The extremes meet: what fits when narrow fits when wide.
@pytest.mark.parametrize("size, scheme", [("1280", "light"), ("390", "dark")])
@pytest.mark.parametrize("path", fixtures.GOLDEN, ids=fixtures.name)
def test_fixture(browser, fixture_server, path, size, scheme):
    with opened(browser, fixture_server.url, viewport=SIZES[size], color_scheme=scheme) as (page, _):
        page.goto(f"/{path.name}")
        judge(page)
