# SPDX-License-Identifier: GPL-2.0-or-later
"""Coming in by the form and going out, in Chromium and in Firefox, without JavaScript."""
import contextlib
import http.client
import time
import urllib.parse

import pytest
from marionette_driver.by import By
from playwright.sync_api import expect

from browser import follow, opened
from checks import ALL_LOOKS, expect_none, html_errors, wrong_looks
from firefox import Firefox
from house import House
from owned import password

LIFETIME = 5


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with House(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def brief_house(tmp_path):
    """Where sessions end soon."""
    with House(tmp_path, "--session-lifetime", str(LIFETIME)) as house:
        yield house


@pytest.fixture
def own_house(tmp_path):
    with House(tmp_path) as house:
        yield house


@pytest.fixture(scope="module")
def open_house(tmp_path_factory):
    """Where nobody has to log in, but may."""
    with House(tmp_path_factory.mktemp("open"), visibility="everyone") as house:
        yield house


class InChromium:
    """What a person does, by Playwright."""

    def __init__(self, page):
        self.page = page

    def open(self, path: str):
        self.page.goto(path)

    def log_in(self, name: str, secret: str):
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(secret)
        follow(self.page.get_by_role("button", name="Log in"))

    def log_out(self):
        follow(self.page.get_by_role("banner").get_by_role("button", name="Log out"))

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def path(self) -> str:
        return urllib.parse.urlsplit(self.page.url).path

    def caller(self) -> str:
        return self.page.locator(".caller").inner_text() if self.page.locator(".caller").count() else ""

    def value(self, name: str) -> str:
        return self.page.locator(f"[name={name}]").input_value()

    def tab(self) -> "InChromium":
        return InChromium(self.page.context.new_page())


class InFirefox:
    """The same, by Marionette."""

    def __init__(self, firefox: Firefox, base: str, handle: str | None = None):
        self.firefox, self.base = firefox, base
        self.client = firefox.client
        self.handle = handle or self.client.current_window_handle

    def _here(self):
        self.client.switch_to_window(self.handle)

    def open(self, path: str):
        self._here()
        self.firefox.open(urllib.parse.urljoin(self.base, path))

    def _press(self, selector: str):
        """Until the page of before is gone: a click returns before what it leads to is there."""
        before = self.client.find_element(By.CSS_SELECTOR, "html")
        self.client.find_element(By.CSS_SELECTOR, selector).click()

        def is_there() -> bool:
            try:
                after = self.client.find_element(By.CSS_SELECTOR, "html")
                return after.id != before.id and self.client.execute_script("return document.readyState") == "complete"
            except Exception:  # between two pages
                return False

        self.firefox.wait(is_there)

    def log_in(self, name: str, secret: str):
        self._here()
        for field, text in (("name", name), ("password", secret)):
            element = self.client.find_element(By.NAME, field)
            element.clear()
            element.send_keys(text)
        self._press("form.login button")

    def log_out(self):
        self._here()
        self._press("header .entrance button")

    def _text(self, selector: str) -> str:
        self._here()
        found = self.client.find_elements(By.CSS_SELECTOR, selector)
        return found[0].text if found else ""

    def heading(self) -> str:
        return self._text("h1")

    def path(self) -> str:
        self._here()
        return urllib.parse.urlsplit(self.firefox.url).path

    def caller(self) -> str:
        return self._text(".caller")

    def value(self, name: str) -> str:
        self._here()
        return self.client.find_element(By.NAME, name).get_property("value")

    def tab(self) -> "InFirefox":
        self._here()
        return InFirefox(self.firefox, self.base, self.client.open(type="tab", focus=True)["handle"])


@pytest.fixture(params=["chromium", "firefox"])
def person(request, browser, firefox):
    """Makes somebody at a browser without cookies, at a server."""
    with contextlib.ExitStack() as stack:

        def at(house: House):
            if request.param == "chromium":
                page, _ = stack.enter_context(opened(browser, house.server.url, expected_status=(401, 404, 429), java_script_enabled=False))
                return InChromium(page)
            firefox.forget(house.server)
            someone = InFirefox(firefox, house.server.url)
            stack.callback(close_others, firefox, someone.handle)
            return someone

        yield at


def close_others(firefox: Firefox, handle: str):
    for other in firefox.client.window_handles:
        if other != handle:
            firefox.client.switch_to_window(other)
            firefox.client.close()
    firefox.client.switch_to_window(handle)


def in_time(condition, seconds: float = 30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


def test_one_logs_in_where_one_wanted_to_be_and_out_again(house, person):
    someone = person(house)
    someone.open("/hosts")
    assert someone.heading() == "Log in" and someone.path() == "/hosts" and "anna" not in someone.caller()
    someone.log_in("anna", password("anna"))
    assert someone.path() == "/hosts" and someone.heading() == "Hosts" and someone.caller().endswith("anna")
    someone.open("/virt")
    assert someone.heading() != "Log in"
    someone.log_out()
    assert someone.path() == "/login" and not someone.caller()
    someone.open("/virt")
    assert someone.heading() == "Log in"


def test_a_wrong_password_shows_the_form_again_with_the_name(house, person):
    someone = person(house)
    someone.open("/hosts")
    someone.log_in('anna "<b>', "wrong")
    assert someone.heading() == "Log in" and someone.value("name") == 'anna "<b>' and someone.value("password") == ""
    someone.log_in("anna", password("anna"))
    assert someone.path() == "/hosts" and someone.caller().endswith("anna")


def test_a_session_ends_with_its_time(brief_house, person):
    someone = person(brief_house)
    someone.open("/hosts")
    start = time.monotonic()
    someone.log_in("anna", password("anna"))
    # It counts whole seconds, so that it is over up to one before its time.
    assert someone.heading() == "Hosts" or time.monotonic() - start >= LIFETIME - 1
    in_time(lambda: [someone.open("/hosts"), someone.heading() == "Log in"][1])
    assert time.monotonic() - start >= LIFETIME - 1


def test_a_logout_in_one_tab_ends_the_other_s_next_click(house, person):
    one = person(house)
    one.open("/virt")
    one.log_in("anna", password("anna"))
    other = one.tab()
    other.open("/hosts")
    assert other.heading() == "Hosts"
    one.log_out()
    assert other.heading() == "Hosts"
    other.open("/hosts/test")
    assert other.heading() == "Log in"
    other.log_in("anna", password("anna"))
    assert other.path() == "/hosts/test"
    one.open("/virt")
    assert one.caller().endswith("anna")


def test_a_new_password_ends_the_session(own_house, person):
    someone = person(own_house)
    someone.open("/hosts")
    someone.log_in("anna", password("anna"))
    assert someone.heading() == "Hosts"
    own_house.change_password()
    in_time(lambda: [someone.open("/hosts"), someone.heading() == "Log in"][1])
    someone.log_in("anna", password("anna"))
    assert someone.heading() == "Log in"
    someone.log_in("anna", "another password")
    assert someone.heading() == "Hosts"


@pytest.mark.parametrize(
    "elsewhere",
    ["//127.0.0.1:1/", "http://127.0.0.1:1/", "/\\127.0.0.1:1/", "\\\\127.0.0.1:1", "/\t/127.0.0.1:1/", "javascript:alert(1)", "https:127.0.0.1", "", "/logout"])
def test_a_login_leads_to_our_own_pages_alone(house, person, elsewhere):
    someone = person(house)
    someone.open("/login?" + urllib.parse.urlencode({"next": elsewhere}))
    someone.log_in("anna", password("anna"))
    assert someone.path() == "/virt" and someone.caller().endswith("anna")


def test_a_form_that_was_forged_leads_to_our_own_pages(house):
    for elsewhere in ("//127.0.0.1:1/", "http://127.0.0.1:1/", "/\\127.0.0.1:1/", "/\r\nX: y", "/ü"):
        connection = http.client.HTTPConnection("127.0.0.1", house.server.port, timeout=30)
        body = urllib.parse.urlencode({"name": "anna", "password": password("anna"), "next": elsewhere})
        connection.request("POST", "/login", body, {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"})
        response = connection.getresponse()
        assert (response.status, response.headers["Location"], response.headers["X"]) == (303, "/virt", None)
        connection.close()


def test_where_nobody_has_to_log_in_one_may(open_house, person):
    someone = person(open_house)
    someone.open("/hosts")
    assert someone.heading() == "Hosts" and not someone.caller()
    if isinstance(someone, InChromium):
        follow(someone.page.get_by_role("banner").get_by_role("link", name="Log in"))
    else:
        someone._press("header a.entrance")
    assert someone.path() == "/login"
    someone.log_in("anna", password("anna"))
    assert someone.path() == "/hosts" and someone.caller().endswith("anna")
    someone.log_out()
    assert someone.path() == "/virt" and not someone.caller()


def test_a_cookie_is_no_script_s_and_no_other_site_s(browser, house):
    with opened(browser, house.server.url, expected_status=(401,)) as (page, _):
        someone = InChromium(page)
        someone.open("/hosts")
        someone.log_in("anna", password("anna"))
        expect(page.locator(".caller")).to_contain_text("anna")
        (cookie,) = page.context.cookies()
        assert cookie["name"] == "handlervirt" and cookie["httpOnly"] and cookie["sameSite"] == "Strict" and not cookie["secure"]
        assert page.evaluate("document.cookie") == ""
        # Modified in a byte it is nobody's, and the browser is told to forget it.
        page.context.add_cookies([{**cookie, "value": cookie["value"][:-1] + ("A" if cookie["value"][-1] != "A" else "Q")}])
        someone.open("/hosts")
        assert someone.heading() == "Log in" and page.context.cookies() == []


def test_the_form_is_for_keyboards_and_password_managers(browser, house):
    with opened(browser, house.server.url, expected_status=(401,), java_script_enabled=False) as (page, _):
        page.goto("/hosts")
        assert page.get_by_label("Name").get_attribute("autocomplete") == "username"
        assert page.get_by_label("Password").get_attribute("autocomplete") == "current-password"
        expect(page.get_by_label("Name")).to_be_focused()
        page.keyboard.type("anna")
        page.keyboard.press("Tab")
        page.keyboard.type(password("anna"))
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator(".caller")).to_contain_text("anna")
        page.get_by_role("button", name="Log out").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Log in")


def test_looks(browser, own_house, tmp_path):
    with opened(browser, own_house.server.url, expected_status=(401,)) as (page, _):
        files = []

        def judge(name: str):
            expect_none(wrong_looks(page, ALL_LOOKS))
            files.append(tmp_path / f"{name}.html")
            files[-1].write_text(page.content(), encoding="utf-8")

        page.goto("/hosts")
        judge("asked")
        InChromium(page).log_in("anna", "wrong")
        judge("wrong")
        page.goto("/login")
        InChromium(page).log_in("anna", password("anna"))
        expect(page.locator(".caller")).to_contain_text("anna")
        judge("inside")
        page.goto("/logout")
        judge("logout")
        follow(page.get_by_role("main").get_by_role("button", name="Log out"))
        judge("outside")
        expect_none(html_errors(files))
