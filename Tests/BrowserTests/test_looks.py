# SPDX-License-Identifier: GPL-2.0-or-later
"""Every page, wide and narrow, light and dark: accessible, within the window, and silent on the console."""
import pytest

import fixtures
from browser import NARROW, WIDE, opened
from checks import ALL_LOOKS, expect_none, wrong_looks
from server import PAGES

@pytest.mark.parametrize("name", PAGES)
def test_page(browser, server, name):
    path = server.page(name)
    with opened(browser, server.url, expected_status=(404,)) as (page, _):
        page.goto(path)
        expect_none(wrong_looks(page, ALL_LOOKS))


@pytest.fixture(scope="module")
def fixture_server():
    with fixtures.FixtureServer() as server:
        yield server


# The extremes meet: what fits when narrow fits when wide.
@pytest.mark.parametrize("path", fixtures.GOLDEN, ids=fixtures.name)
def test_fixture(browser, fixture_server, path):
    with opened(browser, fixture_server.url) as (page, _):
        page.goto(f"/{path.name}")
        expect_none(wrong_looks(page, [(WIDE, "light"), (NARROW, "dark")]))
