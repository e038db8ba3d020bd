# SPDX-License-Identifier: GPL-2.0-or-later
"""Firefox ESR, driven over Marionette, which needs no geckodriver."""
import os
import pathlib
import shutil
import socket
import subprocess
import time

from marionette_driver.errors import MarionetteException
from marionette_driver.marionette import Marionette

from server import Server, free_port

# A name that leads to this machine.
REBOUND = "rebound.example"

# Nothing but what a test asks for may leave the browser.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.dns.localDomains": REBOUND,
    "network.prefetch-next": False,
    # All but loopback goes to a proxy that does not exist.
    "network.proxy.no_proxies_on": f"127.0.0.2, {REBOUND}",
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.type": 1,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    def __init__(self, profile: pathlib.Path, xslt: bool):
        self.profile = profile
        self.xslt = xslt

    def __enter__(self) -> "Firefox":
        binary = os.environ.get("FIREFOX") or shutil.which("firefox-esr")
        if not binary:
            raise RuntimeError("firefox-esr is missing: install it, or name another one in FIREFOX")
        port = free_port()
        preferences = {**PREFERENCES, "marionette.port": port, "dom.xslt.enabled": self.xslt}
        literal = {True: "true", False: "false"}
        lines = [
            f'user_pref("{name}", {literal[value] if isinstance(value, bool) else repr(value).replace(chr(39), chr(34))});'
            for name, value in preferences.items()
        ]
        (self.profile / "user.js").write_text("\n".join(lines) + "\n")
        # A home of its own: as root, Firefox refuses one that belongs to somebody else.
        environment = {**os.environ, "HOME": str(self.profile), "MOZ_HEADLESS": "1"}
        command = [binary, "--headless", "--no-remote", "--marionette", "--profile", str(self.profile)]
        with open(self.profile / "output.log", "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        try:
            self._wait_for(port)
            self.client = Marionette(host="127.0.0.1", port=port, socket_timeout=120)
            self.client.start_session()
            self.client.timeout.page_load = 60
        except BaseException:
            self._stop()
            raise
        return self

    def _wait_for(self, port: int):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("Firefox does not answer:\n" + (self.profile / "output.log").read_text(errors="replace"))

    def __exit__(self, *_):
        self._stop()

    def _stop(self):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def open(self, url: str):
        self.client.navigate(url)

    @property
    def url(self) -> str:
        return self.client.get_url()

    def outline(self) -> list[str]:
        """As for Chromium in test_raw.py."""
        script = "return [...document.querySelectorAll('h1, h2, th, td, dt, dd, label, button')].map(e => e.innerText.trim())"
        return self.client.execute_script(script)

    def is_at(self, condition) -> bool:
        """Whether a page is there as a whole whose address is as wanted."""
        try:
            return condition(self.url) and self.client.execute_script("return document.readyState") == "complete" and condition(self.url)
        except MarionetteException:  # between two pages
            return False

    def forget(self, server: Server):
        """Goes there, and drops what cookies there are: those of other servers, too, as ports are all one to them."""
        self.open(f"{server.url}/health")
        self.client.delete_all_cookies()

    def wait(self, condition, seconds: float = 30):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not within {seconds} s at {self.url}"
            time.sleep(0.1)
