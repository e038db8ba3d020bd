#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The server behind nginx and behind Caddy, as docs/deploy.md writes them: only names of files and ports are others.

HANDLERVIRT_BINARY is the server.
"""
import contextlib
import http.client
import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/NetworkTests"))
from checks import Checks  # noqa: E402
from ports import free_port  # noqa: E402

BINARY = os.environ.get("HANDLERVIRT_BINARY", str(ROOT / ".build/debug/handlervirt"))
NAME = "vms.example.org"
PASSWORD = "correct horse battery"
# Whom a client pretends to ask for.
PRETENDED = "203.0.113.99"


def await_port(port: int):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


def example(language: str) -> str:
    text = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    return re.search(rf"```{language}\n(.*?)```", text, re.DOTALL).group(1)


class Line(http.client.HTTPSConnection):
    """To this machine, by the name that the proxy serves."""

    def connect(self):
        self.sock = self._context.wrap_socket(socket.create_connection((self.host, self.port), self.timeout), server_hostname=NAME)


class Client:
    """A browser that sends what browsers send, and keeps its cookie."""

    def __init__(self, port: int):
        self.port = port
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.cookie = ""

    def ask(self, method: str, path: str, body: dict | None = None, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
        connection = Line("127.0.0.1", self.port, timeout=20, context=self.context)
        sent = {"Host": f"{NAME}:{self.port}", "Accept": "text/html"} | ({"Cookie": self.cookie} if self.cookie else {}) | headers
        if body is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, urllib.parse.urlencode(body) if body is not None else None, sent)
        answer = connection.getresponse()
        with contextlib.closing(connection):
            return answer.status, answer.headers, answer.read().decode(errors="replace")


def play(checks: Checks, proxy: str, port: int, audit: pathlib.Path):
    client = Client(port)
    own = {"Origin": f"https://{NAME}:{port}", "Sec-Fetch-Site": "same-origin"}
    status, headers, page = client.ask("GET", "/virt")
    checks.check(f"{proxy}: a stranger gets the form to log in", status == 401 and 'name="password"' in page, status)
    checks.check(f"{proxy}: Strict-Transport-Security is the proxy's", headers.get("Strict-Transport-Security") == "max-age=31536000")
    status, _, page = client.ask("POST", "/login", {"name": "root", "password": "wrong horse"}, **own)
    checks.check(f"{proxy}: a wrong password is refused", status == 401, status)
    status, headers, _ = client.ask("POST", "/login", {"name": "root", "password": PASSWORD, "next": "/virt"}, **own, **{"X-Forwarded-For": PRETENDED})
    cookie = headers.get("Set-Cookie", "")
    checks.check(f"{proxy}: the right one is taken", status == 303 and headers.get("Location") == "/virt", f"{status} {headers.get('Location')}")
    checks.check(f"{proxy}: the cookie is for TLS alone", cookie.startswith("__Host-") and "; Secure" in cookie, re.sub(r"=[^;]*", "=...", cookie, count=1))
    client.cookie = cookie.split(";")[0]
    status, _, page = client.ask("GET", "/virt")
    checks.check(f"{proxy}: the session is there", status == 200 and "root" in page, status)
    status, headers, _ = client.ask("POST", "/virt/nobody/test/virDomainSuspend", {}, **own)
    checks.check(f"{proxy}: a form of our own is taken", status == 303, status)
    status, _, _ = client.ask("POST", "/virt/nobody/test/virDomainResume", {}, Origin="https://evil.example", **{"Sec-Fetch-Site": "cross-site"})
    checks.check(f"{proxy}: one of another site is not", status == 403, status)
    status, _, _ = client.ask("POST", "/virt/nobody/test/virDomainResume", {}, **own)
    checks.check(f"{proxy}: the next of our own is", status == 303, status)
    # Caddy itself has nothing under a name that it does not know.
    status, _, text = client.ask("GET", "/virt", Host="evil.example")
    checks.check(f"{proxy}: another name is not answered", status == 421 or (proxy == "caddy" and not text), status)
    lines = [json.loads(line) for line in audit.read_text(encoding="utf-8").splitlines()]
    addresses = {line.get("address") for line in lines if line["event"] in ("login", "command", "end", "denial")}
    checks.check(f"{proxy}: the audit has the client's address, whatever he says", addresses == {"127.0.0.1"}, addresses)


def main() -> int:
    checks = Checks()
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as ends:
        folder = pathlib.Path(scratch)
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext",
             f"subjectAltName=DNS:{NAME}", "-keyout", key, "-out", certificate], capture_output=True, check=True)  # fmt: skip
        subprocess.run([BINARY, "passwd", "--users", folder / "users", "root"], input=PASSWORD + "\n", text=True, capture_output=True, check=True)
        (folder / "handlervirt.yaml").write_text("grants:\n  - {role: admin, user: root}\n", encoding="utf-8")

        def run(name: str, command: list):
            log = ends.enter_context((folder / f"{name}.log").open("w", encoding="utf-8"))
            environment = os.environ | {"HOME": scratch, "XDG_DATA_HOME": scratch, "XDG_CONFIG_HOME": scratch}
            process = subprocess.Popen([str(word) for word in command], stdout=log, stderr=log, env=environment)
            ends.callback(process.wait, 20)
            ends.callback(process.terminate)

        for proxy in ("nginx", "caddy"):
            inner, outer = free_port(), free_port()
            audit = folder / f"audit-{proxy}.log"
            run(f"server-{proxy}", [BINARY, "--config", folder / "handlervirt.yaml", "--listen", f"127.0.0.1:{inner}", "--visibility", "owner", "--access",
                "read-write", "--users", folder / "users", "--audit", audit, "--public-host", NAME, "--trusted-proxy", "127.0.0.1"])  # fmt: skip
            if proxy == "nginx":
                site = example("nginx").replace("listen 443", f"listen 127.0.0.1:{outer}").replace("127.0.0.1:8080", f"127.0.0.1:{inner}")
                site = re.sub(r"(ssl_certificate +)\S+;", rf"\1{certificate};", site)
                site = re.sub(r"(ssl_certificate_key +)\S+;", rf"\1{key};", site)
                temporary = " ".join(f"{kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
                text = f"daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}} http {{ access_log off; {temporary} {site} }}"
                (folder / "nginx.conf").write_text(text, encoding="utf-8")
                run("nginx", ["nginx", "-c", folder / "nginx.conf", "-p", folder])
            else:
                site = example("caddy").replace("127.0.0.1:8080", f"127.0.0.1:{inner}")
                site = site.replace(f"{NAME} {{", f"https://{NAME}:{outer} {{\n    bind 127.0.0.1\n    tls {certificate} {key}", 1)
                (folder / "Caddyfile").write_text("{\n    admin off\n    auto_https disable_redirects\n}\n" + site, encoding="utf-8")
                run("caddy", ["caddy", "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"])
            await_port(inner)
            await_port(outer)
            checks.scene(proxy, play, checks, proxy, outer, audit)
        for log in sorted(folder.glob("*.log")):
            if checks.failures and not log.name.startswith("audit"):
                print(f"--   {log.name}:\n{log.read_text(encoding='utf-8')[-1500:]}")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
