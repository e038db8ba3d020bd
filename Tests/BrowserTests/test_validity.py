# SPDX-License-Identifier: GPL-2.0-or-later
"""Every page is valid HTML; all in one run of the validator, which takes a second to start."""
import fixtures
from checks import expect_none, html_errors
from server import PAGES


def test_pages_are_valid_html(server, read_only_server, tmp_path):
    files = []
    for prefix, host in (("", server), ("read-only-", read_only_server)):
        for name in PAGES:
            if host is read_only_server and name == "command-confirmation":
                continue  # nothing links to it
            response = host.get(host.page(name), accept="text/html")
            assert response.headers["Content-Type"].lower().replace(" ", "") == "text/html;charset=utf-8"
            files.append(tmp_path / f"{prefix}{name}.html")
            files[-1].write_bytes(response.body)
    expect_none(html_errors(files))


def test_every_command_page_of_a_domain_is_valid_html(server, tmp_path):
    vm = server.get(server.vm("test")).xml
    files = []
    for element in vm.iter():
        if element.tag in ("{urn:handlervirt:1}action", "{urn:handlervirt:1}link") and element.get("name", "").startswith("vir"):
            response = server.get(element.get("href"), accept="text/html")
            assert response.headers["Content-Type"].startswith("text/html"), element.get("href")
            assert response.status < 500 or response.status == 501, (element.get("href"), response.status)
            files.append(tmp_path / f"{element.get('name')}.html")
            files[-1].write_bytes(response.body)
    assert len(files) > 20
    expect_none(html_errors(files))


def test_pages_of_fixtures_are_valid_html():
    expect_none(html_errors(fixtures.GOLDEN))
