# SPDX-License-Identifier: GPL-2.0-or-later
"""Other sites: what they send changes nothing, what they frame stays empty, and a name that they turned to our address opens nothing."""
import contextlib
import http.server
import json
import threading
import time
import urllib.parse

import pytest

import browser as chromium
from firefox import REBOUND, Firefox
from house import House
from owned import password
from server import PAGES, Server, domain_xml

VM_UUID = "7f1f8a3e-52a7-4c53-9c0e-000000000001"

# Texts that would like to run. Each reports by a dialog or by a mark on the window.
HIT = "window.__hit=1"
PAYLOADS = [
    f"<script>{HIT}</script>", f"<img src=x onerror={HIT}>", f"<svg onload={HIT}>", f"<svg/onload={HIT}>", f"\"><script>{HIT}</script>",
    f"'><script>{HIT}</script>", f"</title><script>{HIT}</script>", f"</textarea><script>{HIT}</script>", f"</style><script>{HIT}</script>",
    f"</script><script>{HIT}</script>", f"--><script>{HIT}</script>", f"]]><script>{HIT}</script>", f"\" autofocus onfocus=\"{HIT}",
    f"' autofocus onfocus='{HIT}", f"` autofocus onfocus=`{HIT}", f"javascript:{HIT}", f"JaVaScRiPt:{HIT}", f"data:text/html,<script>{HIT}</script>",
    f"<iframe srcdoc='<script>parent.{HIT[7:]}</script>'>", f"<math><mi xlink:href='javascript:{HIT}'>x</mi></math>", f"<details open ontoggle={HIT}>",
    f"<a href='javascript:{HIT}'>x</a>", "<meta http-equiv=refresh content='0;url=data:text/html,x'>", "<base href='//evil.example/'>",
    f"<form action='javascript:{HIT}'><input type=submit autofocus></form>", f"&lt;script&gt;{HIT}&lt;/script&gt;", f"&#60;script&#62;{HIT}&#60;/script&#62;",
    f"\\u003cscript\\u003e{HIT}\\u003c/script\\u003e", "{{constructor.constructor('window.__hit=1')()}}", f"%3Cscript%3E{HIT}%3C/script%3E",
    f"<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{HIT}</x:script>", f"＜script＞{HIT}＜/script＞", f"<style>@import 'javascript:{HIT}'</style>",
]  # fmt: skip
LIVING = f"""<x xmlns="urn:x"><script xmlns="http://www.w3.org/1999/xhtml">{HIT}</script>
<form xmlns="http://www.w3.org/1999/xhtml" method="post" action="/virt/nobody/test/virDomainDestroy"><button id="lure">Show more</button></form>
<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=http://127.0.0.1:9/"/>
<svg xmlns="http://www.w3.org/2000/svg" onload="{HIT}"><script>{HIT}</script></svg></x>"""
# Run in a page before anything of it.
WATCHER = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', e => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
"""


class Site:
    """Another site, on an address of its own: pages that a test writes."""

    def __init__(self, address: str = "127.0.0.2"):
        self.pages: dict[str, str] = {}
        pages = self.pages

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                page = pages.get(self.path)
                self.send_response(200 if page is not None else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write((page or "").encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((address, 0), Handler)
        self.url = f"http://{address}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def serve(self, path: str, page: str) -> str:
        self.pages[path] = f"<!DOCTYPE html><title>elsewhere</title>{page}"
        return self.url + path

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Chromium:
    """What the tests ask of a browser, in Chromium."""

    def __init__(self, browser):
        self.context = browser.new_context()
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)

    def open(self, url: str):
        with contextlib.suppress(Exception):  # a download, or a page that leads on at once
            self.page.goto(url)

    def run(self, script: str):
        return self.page.evaluate(f"() => {{ {script} }}")

    def mark(self, name: str):
        """What the page itself has put on its window."""
        return self.page.evaluate(f"window.{name}")

    @property
    def url(self) -> str:
        return self.page.url

    def leave(self, server: Server):
        self.open(f"{server.url}/health")
        self.context.clear_cookies()


class Fox:
    """The same in Firefox."""

    def __init__(self, firefox: Firefox):
        self.firefox = firefox

    def open(self, url: str):
        with contextlib.suppress(Exception):
            self.firefox.open(url)

    def run(self, script: str):
        return self.firefox.client.execute_script(script)

    def mark(self, name: str):
        return self.firefox.client.execute_script(f"return window.wrappedJSObject.{name}")

    @property
    def url(self) -> str:
        return self.firefox.url

    def leave(self, server: Server):
        self.firefox.forget(server)


@pytest.fixture(scope="module")
def rebinding(playwright):
    rules = f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE 127.0.0.2"
    browser = chromium.launch(playwright, rules)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def lured_chromium(rebinding):
    return Chromium(rebinding)


@pytest.fixture(scope="module")
def lured_firefox(firefox):
    return Fox(firefox)


@pytest.fixture(params=["chromium", "firefox"])
def visitor(request, shared_server):
    """A browser whose user is lured."""
    visitor = request.getfixturevalue(f"lured_{request.param}")
    yield visitor
    visitor.leave(shared_server)


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


def settled(condition, seconds: float = 30) -> bool:
    """Whether it becomes so in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def shows(visitor, text: str) -> bool:
    """Whether our page is there, and its head says so."""
    try:
        return text in visitor.run("return document.querySelector('header').innerText")
    except Exception:  # between two pages
        return False


def posts(server: Server, path: str = "") -> list[str]:
    """Of what came in as a POST to an address that begins so, what the log says."""
    return [line for line in server.output().splitlines() if f"[Web] POST {path}" in line]


def test_our_own_form_is_taken(visitor, shared_server, own_vm):
    """So that what the other tests see refused is refused for its sender."""
    vm = shared_server.vm(own_vm)
    visitor.open(f"{shared_server.url}{vm}")
    visitor.run("[...document.querySelectorAll('form[method=post]')].find(f => f.action.endsWith('/virDomainSuspend')).submit()")
    assert settled(lambda: shared_server.state(vm) == "paused")


FORGERIES = {
    "form": "<form method=post action='{target}'><input name=a value=b></form><script>document.forms[0].submit()</script>",
    "multipart form": "<form method=post enctype=multipart/form-data action='{target}'></form><script>document.forms[0].submit()</script>",
    "text form": "<form method=post enctype=text/plain action='{target}'></form><script>document.forms[0].submit()</script>",
    "form in a frame": "<iframe name=f></iframe><form method=post target=f action='{target}'></form><script>document.forms[0].submit()</script>",
    "form without a referrer": "<meta name=referrer content=no-referrer><form method=post action='{target}'></form><script>document.forms[0].submit()</script>",
    "form of a sandbox": "<iframe sandbox='allow-scripts allow-forms' srcdoc=\"<form method=post action='{target}'></form><script>document.forms[0].submit()</script>\"></iframe>",
    "fetch": "<script>fetch('{target}', {{method: 'POST', mode: 'no-cors'}})</script>",
    "fetch with credentials": "<script>fetch('{target}', {{method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams('a=b')}})</script>",
    "beacon": "<script>navigator.sendBeacon('{target}', new URLSearchParams('a=b'))</script>",
    "request": "<script>let r = new XMLHttpRequest(); r.open('POST', '{target}'); r.withCredentials = true; r.send()</script>",
}


@pytest.mark.parametrize("kind", FORGERIES)
def test_another_site_changes_nothing(visitor, site, shared_server, own_vm, kind):
    vm = shared_server.vm(own_vm)
    path = f"{vm}/virDomainSuspend"
    visitor.open(site.serve("/", FORGERIES[kind].format(target=shared_server.url + path)))
    # It came here and was refused; or the browser held it back, which no server can see.
    may_be_held_back = kind in ("form of a sandbox", "form in a frame", "beacon", "request")
    arrived = settled(lambda: posts(shared_server, path), 2 if may_be_held_back else 30)
    assert shared_server.state(vm) == "running"
    assert all("status=403" in line for line in posts(shared_server, path))
    assert arrived or may_be_held_back, shared_server.output()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with House(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.mark.parametrize("address, status", [("127.0.0.1", 403), ("127.0.0.2", 401)])
def test_a_session_is_of_no_use_to_another_site(visitor, house, address, status):
    """On another port of our address a site is of the same site to a browser, so that the cookie goes along with what it sends."""
    with contextlib.closing(Site(address)) as site:
        server = house.server
        vm = server.vm("test")
        before = len(posts(server))
        visitor.open(f"{server.url}/login")
        visitor.run(f"""let word = document.querySelector('[name=password]'); word.form.querySelector('[name=name]').value = 'anna';
            word.value = {json.dumps(password("anna"))}; word.form.submit()""")
        # Its cookie is there when the page is to which the login leads.
        assert settled(lambda: shows(visitor, "anna")), server.output()
        for path in (f"{vm}/virDomainSuspend", "/logout"):
            visitor.open(site.serve("/", FORGERIES["form"].format(target=server.url + path)))
            assert settled(lambda path=path: visitor.url == server.url + path), server.output()
            said = [line for line in posts(server)[before:] if path in line]
            # Everybody may ask for the end of a session, but not for another's.
            expected = 403 if path == "/logout" else status
            assert said and all(f"status={expected}" in line for line in said), posts(server)
        assert server.state(vm) == "running"
        visitor.open(f"{server.url}/virt")
        assert settled(lambda: shows(visitor, "anna"))


def test_reading_across_sites(visitor, site, server):
    """Neither a script nor an image of another site gets anything of ours."""
    address = f"{server.url}/virt?view=json"
    visitor.open(site.serve("/", f"""<img src='{server.url}/public/icons/handlervirt.svg'><script>
        window.seen = 'nothing';
        fetch('{address}').then(r => r.text()).then(t => {{ window.seen = t }}).catch(() => {{ window.seen = 'refused' }})</script>"""))  # fmt: skip
    assert settled(lambda: visitor.mark("seen") not in (None, "nothing"))
    assert visitor.mark("seen") == "refused"
    assert settled(lambda: visitor.run("return document.images[0].complete"))
    assert visitor.run("return document.images[0].naturalWidth") == 0


def reads(server: Server) -> int:
    """How often the list was asked for, as the log says."""
    return server.output().count("[Web] GET /virt\n")


@pytest.mark.parametrize("element", ["iframe", "embed", "object"])
def test_framing(visitor, site, server, element):
    attribute = "data" if element == "object" else "src"
    page = server.get("/virt", "text/html")
    before = reads(server)
    visitor.open(site.serve("/", f"<{element} id=f {attribute}='{server.url}/virt' width=600 height=400></{element}>"))
    # It was asked for, and what became of that is there.
    assert settled(lambda: reads(server) > before)
    assert settled(lambda: visitor.run("return document.readyState") == "complete")
    # Nothing of another origin can be looked into, so what is asked is whether it is ours: a frame that was refused is of the browser's own.
    assert visitor.run("try { return document.getElementById('f').contentDocument.body.innerText } catch (e) { return 'closed' }") == "closed"
    assert page.headers["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    if isinstance(visitor, Chromium):
        ours = 'class="masthead"'
        assert ours in page.body.decode()
        frames = [frame for frame in visitor.page.frames if frame != visitor.page.main_frame]
        assert all(ours not in frame.content() for frame in frames)


def test_rebinding(visitor, shared_server, own_vm):
    """The page is of the other site until its name leads here: to the browser it is one origin, to us it is a stranger."""
    vm = shared_server.vm(own_vm)
    origin = f"http://{REBOUND}:{shared_server.port}"
    visitor.open(f"{origin}/virt")
    assert REBOUND in visitor.url
    assert "does not answer for the host" in visitor.run("return document.documentElement.textContent")
    assert own_vm not in visitor.run("return document.documentElement.innerHTML")
    visitor.run(f"const f = document.createElement('form'); f.method = 'post'; f.action = '{vm}/virDomainSuspend'; document.body.append(f); f.submit()")
    assert settled(lambda: posts(shared_server, f"{vm}/virDomainSuspend"))
    assert all("status=421" in line for line in posts(shared_server, f"{vm}/virDomainSuspend"))
    assert shared_server.state(vm) == "running"


@pytest.fixture(scope="module")
def hostile():
    """Every text of a domain, a network, a pool and a snapshot that somebody may write is a payload."""
    with Server("--access", "read-write") as server:
        for number, payload in enumerate(PAYLOADS):
            uuid = f"7f1f8a3e-52a7-4c53-9c0e-{number + 1:012}"
            xml = domain_xml(payload.replace("/", ""), uuid, title=payload, description=f"{payload}\n{payload}")
            text = payload.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
            metadata = f"<metadata><owner xmlns='urn:handlervirt:owner:1'>{text}</owner><t:tags xmlns:t='urn:handlervirt:tags:1'><t:tag>{text}</t:tag></t:tags><x xmlns='urn:x' a=\"{text}\">{text}</x></metadata>"
            device = f"<devices><disk type='file'><source file=\"/{text}\"/><target dev='vda'/></disk><interface type='bridge'><source bridge=\"{text}\"/></interface></devices>"
            xml = xml.replace("<memory", metadata + "<memory", 1).replace("</domain>", device + "</domain>")
            response = server.post(f"{server.host}/virDomainDefineXML", {"xml": xml})
            if response.status != 200:  # what is no name of a device
                server.define(xml.replace(device, ""))
        living = domain_xml("living", VM_UUID.replace("7f1f", "8f1f")).replace("<memory", f"<metadata>{LIVING}</metadata><memory", 1)
        server.define(living)
        for payload in PAYLOADS[:12]:
            text = payload.replace("&", "&amp;").replace("<", "&lt;")
            snapshot = f"<domainsnapshot><name>{text.replace('/', '')}</name><description>{text}</description></domainsnapshot>"
            server.post(f"{server.vm('test')}/virDomainSnapshotCreateXML", {"xmlDesc": snapshot})
            server.post(f"{server.host}/virNetworkDefineXML", {"xml": f"<network><name>{text.replace('/', '')}</name><bridge name='b'/></network>"})
            server.post(f"{server.host}/virStoragePoolDefineXML", {"xml": f"<pool type='dir'><name>{text.replace('/', '')}</name><target><path>/x</path></target></pool>"})
        yield server


def addresses(server: Server) -> list[str]:
    """Pages that show what was written, and pages that say what was asked for."""
    found = ["/virt", "/virt?usage=true", "/hosts", server.host, "/settings", "/commands", f"{server.host}/networks", f"{server.host}/pools", f"{server.vm('test')}/snapshots"]
    for row in server.get("/virt").xml:
        if row.tag.endswith("}vm"):
            found += [row.get("href"), f"{row.get('href')}/virDomainGetXMLDesc", f"{row.get('href')}/virDomainSetMetadata"]
            found.append(row.find("{urn:handlervirt:1}owner").get("href"))
    for collection in (f"{server.host}/networks", f"{server.host}/pools", f"{server.vm('test')}/snapshots"):
        found += [item.get("href") for item in server.get(collection).xml if item.get("href") and item.get("name") and not item.tag.endswith("}link")]
    for payload in PAYLOADS:
        quoted = urllib.parse.quote(payload, safe="")
        found += [f"/{quoted}", f"/virt?q={quoted}", f"/virt/{quoted}", f"/virt?{quoted}={quoted}", f"/commands?q={quoted}"]
        found += [PAGES["command-form"].format(vm=f"/virt/nobody/{quoted}"), f"{server.vm('test')}/virDomainGetCPUStats?start_cpu={quoted}"]
    return list(dict.fromkeys(found))


def test_no_text_runs(rebinding, hostile):
    """All pages, rendered by the server and by the browser."""
    context = rebinding.new_context(base_url=hostile.url)
    context.add_init_script(WATCHER)
    dialogs, wrong = [], []
    context.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page = context.new_page()
    paths = addresses(hostile)
    for path in paths:
        page.goto(path)
        hit, violations = page.evaluate("[window.__hit, window.__violations]")
        if hit or violations:
            wrong.append((path, hit, violations))
    context.close()
    assert len(paths) > 250
    assert not dialogs and not wrong, wrong[:5]


@pytest.mark.parametrize("view", ["xml", "raw", "json"])
def test_no_foreign_element_lives(visitor, hostile, view):
    """XML that a browser shows as it is may hold XHTML: it neither runs, nor leads away, nor submits."""
    vm = next(row.get("href") for row in hostile.get("/virt").xml if row.get("id") == VM_UUID.replace("7f1f", "8f1f"))
    for path in (f"{vm}/virDomainGetXMLDesc?view={view}", f"{vm}?view={view}"):
        visitor.open(hostile.url + path)
        time.sleep(0.7)
        assert visitor.url.startswith(hostile.url)
        hit = None
        with contextlib.suppress(Exception):  # a sandbox without scripts lets nobody ask
            hit = visitor.mark("__hit")
            visitor.run("const lure = document.getElementById('lure'); if (lure) lure.click()")
        assert not hit
        time.sleep(0.2)
    assert hostile.state(hostile.vm("test")) == "running"
    assert not [line for line in posts(hostile) if "virDomainDestroy" in line]
    assert "script-src" not in (hostile.get(f"{vm}/virDomainGetXMLDesc?view={view}", "text/html").headers["Content-Security-Policy"])


def test_bytes_are_kept_and_not_shown(hostile):
    """A result that is a buffer may be anything, a page too."""
    response = hostile.get(f"{hostile.vm('test')}/virDomainScreenshot", "application/octet-stream")
    if response.status == 200:
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
    assert "sandbox" in response.headers["Content-Security-Policy"] and response.headers["X-Content-Type-Options"] == "nosniff"


EVERYWHERE = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


@pytest.mark.parametrize("method, path, status", [
    ("GET", "/virt", 200), ("HEAD", "/virt", 200), ("GET", "/", 302), ("GET", "/nonesuch", 404), ("PUT", "/virt", 405), ("GET", "/virt?view=x", 422),
    ("GET", "/public/css/handlervirt.css", 200), ("GET", "/stylesheets/html/layout.xsl", 200), ("GET", "/schema/handlervirt.rng", 200), ("GET", "/openapi.json", 200),
    ("GET", "/metrics", 200), ("GET", "/health", 200), ("GET", "/%zz", 400), ("GET", "/virt?" + "a" * 17000, 414), ("POST", "/virt/nobody/test/virDomainNonesuch", 404),
])  # fmt: skip
@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json"])
def test_every_response_says_so(server, method, path, status, accept):
    response = server._request(method, path, {"Accept": accept}, None, 30)
    assert response.status == status
    for name, value in EVERYWHERE.items():
        assert response.headers[name] == value, name
    policy = response.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy and "*" not in policy and "data:" not in policy
    if status == 200 and method == "GET" and path == "/virt":
        again = server._request("GET", path, {"Accept": accept, "If-None-Match": response.headers["ETag"]}, None, 30)
        assert again.status == 304 and again.headers["Content-Security-Policy"] == policy
        assert all(again.headers[name] == value for name, value in EVERYWHERE.items())


def test_redirects_stay_here(own_server):
    """Whatever a domain and its owner are called, a redirect is a path of ours."""
    names = ["/evil.example", "//evil.example", "\\evil.example", "a\tb", "http://evil.example", "@evil.example", "?x", "%2f%2fevil", "..", "~", ";x", "evil:80", "<b>"]
    for number, name in enumerate(names):
        uuid = f"9f1f8a3e-52a7-4c53-9c0e-{number:012}"
        owner = f"<owner xmlns='urn:handlervirt:owner:1'>{name.replace('<', '&lt;')}</owner>"
        xml = domain_xml(f"vm{number}" if "/" in name else name, uuid).replace("<memory", f"<metadata>{owner}</metadata><memory", 1)
        response = own_server.post(f"{own_server.host}/virDomainDefineXML", {"xml": xml}, accept="text/html")
        seen = [response]
        if response.status == 303:
            seen.append(own_server.get(f"/virt/nobody/{uuid}?view=html&x=//evil", accept="text/html"))
            seen.append(own_server.post(response.headers["Location"] + "/virDomainCreate", {}, accept="text/html"))
            seen.append(own_server.get(f"/virt/{urllib.parse.quote('/evil', safe='')}/{uuid}", accept="text/html"))
        for one in seen:
            location = one.headers["Location"]
            if one.status in (302, 303):
                assert location.startswith(("/virt", "/hosts")) and "\\" not in location and "//" not in location.partition("?")[0], location
    assert len(own_server.get("/virt").xml.findall("{urn:handlervirt:1}vm")) >= len(names)
