#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""TLS: what is spoken, what is shown, and how the certificate is read anew. HANDLERVIRT_BINARY names another server."""
import os
import pathlib
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import warnings

from server import BINARY, Checks, Client, Server, within

HSTS = "max-age=31536000"
# Connections of one address. One that was closed counts until the server has noticed, so that there is room for some of these.
CONNECTIONS = 20
# The server looks at its files once a second; a slow machine may take longer.
LOOKED = 10
# `At once` is less than this: far from each deadline, and more than a machine stands still.
SOON = 6


class Authority:
    """A root, an intermediate, and what they sign, made by openssl."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.root = self.make("root", None, "-addext", "basicConstraints=critical,CA:TRUE")
        self.middle = self.make("middle", self.root, "-addext", "basicConstraints=critical,CA:TRUE")
        self.trust = self.root.with_suffix(".crt")

    def run(self, *arguments: str):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)

    def make(self, name: str, issuer: pathlib.Path | None, *more: str) -> pathlib.Path:
        base = self.folder / name
        signed = ["-CA", f"{issuer}.crt", "-CAkey", f"{issuer}.key"] if issuer else []
        self.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{base}.key", "-out", f"{base}.crt",
            "-subj", f"/CN={name}", "-days", "30", *signed, *more)
        return base

    def leaf(self, name: str, *more: str) -> pathlib.Path:
        """A server's certificate, with the intermediate behind it."""
        base = self.make(name, self.middle, "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=CA:FALSE", *more)
        chain = base.with_suffix(".pem")
        chain.write_text(base.with_suffix(".crt").read_text() + self.middle.with_suffix(".crt").read_text())
        return base

    def context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.trust))
        context.set_alpn_protocols(["h2", "http/1.1"])
        return context


class Files:
    """The two files that the server reads."""

    def __init__(self, folder: pathlib.Path):
        self.certificate = folder / "server.pem"
        self.key = folder / "server.key"

    def certify(self, base: pathlib.Path):
        replace(base.with_suffix(".pem"), self.certificate)

    def unlock(self, base: pathlib.Path):
        replace(base.with_suffix(".key"), self.key)

    def take(self, base: pathlib.Path):
        self.certify(base)
        self.unlock(base)

    @property
    def options(self) -> list[str]:
        return ["--tls-certificate", str(self.certificate), "--tls-key", str(self.key)]


def replace(source: pathlib.Path, target: pathlib.Path):
    new = target.with_suffix(".new")
    shutil.copy(source, new)
    os.replace(new, target)


def name(client: Client) -> str:
    """Who the server says it is."""
    return dict(item[0] for item in client.socket.getpeercert()["subject"])["commonName"]


def shown(server: Server, context: ssl.SSLContext) -> str:
    with Client(server, tls=context) as client:
        return name(client)


def speaking(server: Server, context: ssl.SSLContext, checks: Checks):
    checks.check("the log says https", server.scheme == "https")
    with Client(server, tls=context) as client:
        answer = client.ask("/virt")
        checks.check("who knows the root alone is served, by the chain", answer.status == 200 and name(client) == "first")
        checks.check("it says that it wants TLS from now on", answer.headers.get("strict-transport-security") == HSTS)
        checks.check("HTTP/1.1 is agreed upon", client.socket.selected_alpn_protocol() == "http/1.1", client.socket.selected_alpn_protocol())
        client.send(f"GET /{'a' * 20000} HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = client.read()
        checks.check("a refusal says it too", answer.status == 414 and answer.headers.get("strict-transport-security") == HSTS and answer.is_fault)
        checks.check("and the end comes", client.ends(SOON) is not None)
    for version, is_spoken in [(ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)]:
        own = ssl.create_default_context(cafile=context_file)
        own.set_ciphers("ALL:@SECLEVEL=0")
        own.minimum_version = own.maximum_version = version
        try:
            with Client(server, tls=own) as client:
                spoken = client.ask().status == 200
        except (ssl.SSLError, ConnectionError):
            spoken = False
        checks.check(f"{version.name} is {'' if is_spoken else 'not '}spoken", spoken == is_spoken)


def refusing(server: Server, context: ssl.SSLContext, checks: Checks):
    failed = server.metric("handlervirt_tls_handshakes_failed_total", tls=context)
    with Client(server) as client:
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        start = time.monotonic()
        while client.more():
            pass
        checks.check("who speaks no TLS is cut off", time.monotonic() - start < SOON, f"{time.monotonic() - start:.2f} s")
    counted = within(LOOKED, lambda: server.metric("handlervirt_tls_handshakes_failed_total", tls=context) > failed)
    checks.check("and counted", counted)
    own = [Client(server, source="127.0.0.2", tls=context) for _ in range(CONNECTIONS)]
    with Client(server, source="127.0.0.2") as client:
        taken = client.ends(SOON)
        checks.check("one connection too many is closed", taken is not None, taken)
    for client in own:
        client.close()
    expiry = server.metric("handlervirt_tls_certificate_expiry_seconds", tls=context)
    checks.check("how long the certificate lasts is measured", 29 * 86400 < expiry <= 30 * 86400, f"{expiry / 86400:.2f} days")


def hesitating(server: Server, checks: Checks):
    """The handshake may take 2 s."""
    for what, data in [("nothing", b""), ("half a greeting", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03aaaa")]:
        start = time.monotonic()
        with Client(server) as client:
            client.send(data)
            ended = client.ends(12) is not None
            taken = time.monotonic() - start
            checks.check(f"who says {what} is cut off in time", ended and 1.8 < taken < 10, f"{taken:.1f} s")


def reloading(server: Server, authority: Authority, files: Files, context: ssl.SSLContext, checks: Checks):
    complaint = "The certificate stays as it was."
    second, third, fourth = authority.leaf("second"), authority.leaf("third"), authority.leaf("fourth")
    with Client(server, tls=context) as old:
        old.ask()
        start = time.monotonic()
        files.take(second)
        checks.check("new files are taken", within(LOOKED, lambda: shown(server, context) == "second"), f"{time.monotonic() - start:.1f} s")
        checks.check("a connection that is open goes on", old.ask().status == 200)
    said = server.log().count(complaint)
    files.certify(third)
    within(LOOKED, lambda: server.log().count(complaint) > said)
    time.sleep(2.5)
    checks.check("a certificate whose key is another's is not taken", shown(server, context) == "second")
    checks.check("which is said once", server.log().count(complaint) == said + 1 and "does not belong" in server.log())
    files.unlock(third)
    checks.check("with its key it is", within(LOOKED, lambda: shown(server, context) == "third"))
    for what, spoil in [
        ("half a certificate", lambda: files.certificate.write_text(fourth.with_suffix(".pem").read_text()[:300])),
        ("no file", files.certificate.unlink),
        ("an empty file", lambda: files.certificate.write_text("")),
        ("half a key", lambda: (files.certify(fourth), files.key.write_text(fourth.with_suffix(".key").read_text()[:80]))),
    ]:
        said = server.log().count(complaint)
        spoil()
        noticed = within(LOOKED, lambda: server.log().count(complaint) > said)
        checks.check(f"with {what} the old one stays", noticed and shown(server, context) == "third")
    files.take(fourth)
    checks.check("it recovers", within(LOOKED, lambda: shown(server, context) == "fourth"))
    time.sleep(1.2)
    files.take(second)
    server.process.send_signal(signal.SIGHUP)
    start = time.monotonic()
    taken = within(LOOKED, lambda: shown(server, context) == "second")
    checks.check("SIGHUP has them read at once", taken and server.process.poll() is None, f"{time.monotonic() - start:.2f} s")


def stopping(server: Server, context: ssl.SSLContext, checks: Checks):
    idle = [Client(server, tls=context) for _ in range(4)]
    for client in idle:
        client.ask()
    silent = Client(server, source="127.0.0.3")
    server.process.send_signal(signal.SIGTERM)
    # After 8 s everything ends, whatever it is.
    taken = server.wait(12)
    checks.check("idle connections do not hold the end up", taken is not None and taken < SOON, taken and f"{taken:.2f} s")
    for client in [*idle, silent]:
        client.close()


def starting(authority: Authority, folder: pathlib.Path, checks: Checks):
    first, second = authority.leaf("one"), authority.leaf("two")
    locked = folder / "locked.key"
    authority.run("ec", "-in", f"{first}.key", "-out", str(locked), "-aes128", "-passout", "pass:secret")
    empty = folder / "empty"
    empty.write_text("")
    for what, certificate, key, named in [
        ("a file that is not there", folder / "none.pem", f"{first}.key", "none.pem cannot be read: there is no such file"),
        ("a key that is not there", f"{first}.pem", folder / "none.key", "none.key cannot be read: there is no such file"),
        ("a directory", folder, f"{first}.key", "cannot be read"),
        ("a file without a certificate", empty, f"{first}.key", "empty holds no certificate"),
        ("a key with a passphrase", f"{first}.pem", locked, "locked.key holds no private key"),
        ("a key that does not fit", f"{first}.pem", f"{second}.key", "two.key does not belong to the certificate"),
    ]:
        done = subprocess.run(
            [BINARY, "--listen", "127.0.0.1:0", "--tls-certificate", str(certificate), "--tls-key", str(key)],
            capture_output=True, text=True, timeout=60)
        line = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""
        checks.check(f"it does not start with {what}", done.returncode != 0 and named in done.stderr, line.replace(str(folder), "..."))
    request, over = folder / "over.csr", folder / "over.pem"
    authority.run("req", "-new", "-key", f"{first}.key", "-subj", "/CN=over", "-out", str(request))
    authority.run("x509", "-req", "-in", str(request), "-signkey", f"{first}.key", "-days", "-1", "-out", str(over))
    with Server("--tls-certificate", str(over), "--tls-key", f"{first}.key") as server:
        careless = ssl.create_default_context()
        careless.check_hostname, careless.verify_mode = False, ssl.CERT_NONE
        with Client(server, tls=careless) as client:
            checks.check("one that has expired is served, and warned of", client.ask().status == 200 and "the certificate has expired" in server.log())
        checks.check("and measured", server.metric("handlervirt_tls_certificate_expiry_seconds", tls=careless) < 0)
    with Server() as server, Client(server) as client:
        checks.check("without TLS nothing is said of it", "strict-transport-security" not in client.ask().headers)


def main() -> int:
    global context_file
    # It is asked for so that it is refused.
    warnings.simplefilter("ignore", DeprecationWarning)
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="handlervirt-tls-") as name:
        folder = pathlib.Path(name)
        authority = Authority(folder)
        context_file = str(authority.trust)
        context = authority.context()
        files = Files(folder)
        files.take(authority.leaf("first"))
        with Server(*files.options, limits={"head-time": 2}) as server:
            checks.scene("hesitating", hesitating, server, checks)
        with Server(*files.options, limits={"connections-per-address": CONNECTIONS}) as server:
            checks.scene("speaking", speaking, server, context, checks)
            checks.scene("refusing", refusing, server, context, checks)
            checks.scene("reloading", reloading, server, authority, files, context, checks)
            checks.scene("stopping", stopping, server, context, checks)
        checks.scene("starting", starting, authority, folder, checks)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
