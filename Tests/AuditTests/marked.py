#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Is a secret that somebody sends written anywhere? Every way in which a request, a domain or an option can bear one, each with a mark.

    marked.py

HANDLERVIRT_BINARY is the server, HANDLERVIRT_TEST_QEMU the URI of a libvirtd of the tests' own; without it one is started.
"""
import base64
import contextlib
import json
import os
import pathlib
import re
import tempfile
import uuid

import libvirt

from serving import FORM, Checks, Server, records
from libvirtd import hashed, libvirtd

# VNC takes eight characters.
MARKS = {name: f"hv{os.urandom(3).hex()}" for name in ("vnc", "vnc-new")} | {
    name: f"hvmark{os.urandom(8).hex()}"
    for name in (
        "right", "wrong", "token", "cookie", "session", "guest", "multipart", "value", "uri", "query", "bad-path", "bad-head", "bad-body", "unknown",
        "metadata", "keys", "login", "proxy", "authority", "json", "two-uris",
    )
}  # fmt: skip
DOMAIN = """<domain type='qemu'><name>{name}</name><uuid>{uuid}</uuid><memory unit='KiB'>65536</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='pc'>hvm</type></os><devices><graphics type='vnc' port='-1' passwd='{passwd}'/></devices></domain>"""
SECRET = "<secret ephemeral='no' private='no'><uuid>{uuid}</uuid><usage type='ceph'><name>hv {uuid}</name></usage></secret>"


def basic(user: str, password: str) -> dict:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def forms(mark: str) -> list[bytes]:
    """How a mark may be found again."""
    data = mark.encode()
    # A base64 text in which it begins at any of three places.
    inner = [base64.b64encode(b"\0" * shift + data)[(shift * 8 + 5) // 6 : -4] for shift in range(3)]
    return [data, data.hex().encode(), *[text for text in inner if len(text) >= 8]]


class Watch:
    """Looks for every mark in what is said."""

    def __init__(self, checks: Checks):
        self.checks, self.looked = checks, 0

    def look(self, where: str, said: bytes, allowed: tuple[str, ...] = ()):
        self.looked += 1
        found = [name for name, mark in MARKS.items() if name not in allowed and any(form in said for form in forms(mark))]
        self.checks.check(f"no secret is in {where}", not found, f"{found}")


def multipart(fields: dict[str, str], files: dict[str, bytes]) -> tuple[dict, bytes]:
    edge = "edge" + os.urandom(8).hex()
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode() for name, text in fields.items()]
    parts += [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="f"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
        + data
        + b"\r\n"
        for name, data in files.items()
    ]
    return {"Content-Type": f"multipart/form-data; boundary={edge}"}, b"".join(parts) + f"--{edge}--\r\n".encode()


def ask_everything(checks: Checks, watch: Watch, server: Server, host: str, vm: str, secret: str, name: str):
    admin = basic("ada", MARKS["right"])

    def ask(where: str, method: str, path: str, fields=None, headers=None, body=None, allowed: tuple[str, ...] = ()) -> int:
        status, head, said = server.ask(method, path, fields, {**admin, **(headers or {})}, body)
        watch.look(f"{where}: the answer to {method} {path.split('?')[0]}", repr(sorted(head.items())).encode() + said, allowed)
        return status

    # Who asks
    checks.check("the right password is taken", ask("Basic", "GET", "/virt") == 200)
    checks.check("a wrong one is not", ask("Basic, wrong", "GET", "/virt", headers=basic("ada", MARKS["wrong"])) == 401)
    ask("Basic, unknown user", "GET", "/virt", headers=basic(MARKS["unknown"], MARKS["wrong"]))
    ask("Bearer", "GET", "/virt", headers={"Authorization": f"Bearer {MARKS['token']}"})
    ask("Bearer", "GET", "/virt", headers={"Authorization": f"Bearer hv_{MARKS['token']}_{MARKS['token']}"})
    ask("no scheme", "GET", "/virt", headers={"Authorization": MARKS["token"]})
    ask("Cookie", "GET", "/virt", headers={"Cookie": f"session={MARKS['cookie']}; handlervirt={MARKS['session']}; __Host-handlervirt={MARKS['session']}"})
    ask("Proxy", "GET", "/virt", headers={"Proxy-Authorization": f"Basic {MARKS['proxy']}", "X-Api-Key": MARKS["proxy"]})
    ask("login", "POST", "/login", {"user": "ada", "password": MARKS["login"]})
    # What a command takes
    ask("guest password", "POST", f"{vm}/virDomainSetUserPassword", {"user": "root", "password": MARKS["guest"]})
    ask("guest password, wrong flag", "POST", f"{vm}/virDomainSetUserPassword", {"user": "root", "password": MARKS["guest"], "flags": "NONE"})
    ask("guest password, wrong place", "POST", f"{vm}/virDomainSuspend", {"password": MARKS["guest"]})
    head, body = multipart({"user": "root", "password": MARKS["multipart"]}, {})
    ask("guest password, multipart", "POST", f"{vm}/virDomainSetUserPassword", headers=head, body=body)
    ask("guest password, cut multipart", "POST", f"{vm}/virDomainSetUserPassword", headers=head, body=body[:-20])
    ask("guest password, other type", "POST", f"{vm}/virDomainSetUserPassword", headers={"Content-Type": "text/plain"}, body=MARKS["bad-body"].encode())
    checks.check("keys are sent or refused", ask("keys", "POST", f"{vm}/virDomainSendKey", {"codeset": "VIR_KEYCODE_SET_LINUX", "holdtime": "1", "keycodes": MARKS["keys"]}) >= 400)
    for xml in (DOMAIN.format(name=name, uuid=vm.rsplit("/", 1)[1], passwd=MARKS["vnc-new"]),):
        for path in (f"/hosts/{host}/virDomainDefineXML",):
            status = ask("XML", "POST", path, {"xml": xml})
            checks.check("a domain is defined", status == 200 or status == 303, str(status))
            ask("XML that libvirt refuses", "POST", path, {"xml": xml.replace("type='vnc'", "type='vnc' port='x'")})
            ask("XML, a password too long", "POST", path, {"xml": xml.replace(MARKS["vnc-new"], MARKS["guest"])})
            ask("XML, not well-formed", "POST", path, {"xml": xml + "<"})
            ask("XML, DOCTYPE", "POST", path, {"xml": "<!DOCTYPE a>" + xml})
            ask("XML as it is", "POST", path, headers={"Content-Type": "application/xml"}, body=xml.encode())
    ask("plain metadata", "POST", f"{vm}/virDomainSetMetadata", {"type": "VIR_DOMAIN_METADATA_ELEMENT", "key": "k", "uri": "urn:x", "metadata": "<a/>", "flags": "VIR_DOMAIN_AFFECT_CONFIG"})
    ask("metadata", "POST", f"{vm}/virDomainSetMetadata", {"type": "VIR_DOMAIN_METADATA_ELEMENT", "key": "k", "uri": "urn:x", "metadata": f"<a>{MARKS['metadata']}</a", "flags": "VIR_DOMAIN_AFFECT_CONFIG"}, allowed=("metadata",))  # libvirt quotes what is no XML to who sent it
    value = f"/hosts/{host}/secrets/{secret}"
    head, body = multipart({}, {"value": MARKS["value"].encode()})
    checks.check("a secret's value is set", ask("secret", "POST", f"{value}/virSecretSetValue", headers=head, body=body) in (200, 303))
    checks.check("also in base64", ask("secret, base64", "POST", f"{value}/virSecretSetValue", {"value": base64.b64encode(MARKS["value"].encode()).decode()}) in (200, 303))
    ask("secret, wrong base64", "POST", f"{value}/virSecretSetValue", {"value": MARKS["value"] + "!"})
    # What the address bears: the answer names its address, and nothing else does
    ask("query", "GET", f"/virt?password={MARKS['query']}", allowed=("query",))
    ask("query of a command", "GET", f"{vm}/virDomainGetInfo?password={MARKS['query']}", allowed=("query",))
    ask("query of a POST", "POST", f"{vm}/virDomainSetUserPassword?user=root&password={MARKS['query']}", {}, allowed=("query",))
    # What stands before a host
    for head in (f"GET http://root:{MARKS['authority']}@127.0.0.1/virt HTTP/1.1\r\nHost: 127.0.0.1", f"GET /virt HTTP/1.1\r\nHost: root:{MARKS['authority']}@x",
                 f"GET http://root:{MARKS['authority']}@evil.example/virt HTTP/1.0", f"GET root:{MARKS['authority']}@x:1 HTTP/1.1\r\nHost: 127.0.0.1"):  # fmt: skip
        watch.look(f"the answer to a host with a user", server.raw(f"{head}\r\nConnection: close\r\n\r\n".encode()))
    # What QEMU takes for a file
    for base in (f'json:{{"driver":"ssh","x":"{MARKS["json"]}"}}', f"rbd:pool/image:id=a:key={MARKS['json']}", f"http://u:{MARKS['two-uris']}@h/x,nbd://u:{MARKS['two-uris']}@i/y"):
        status, _, _ = server.ask("POST", f"{vm}/virDomainBlockRebase", {"disk": "vda", "base": base}, admin)
        checks.check("a domain without that disk is not rebased", status >= 400, str(status))
    # Who sent a form that nobody meant
    said = server.ask("POST", f"{vm}/virDomainSuspend", {}, {**admin, "Origin": "http://evil.example"})
    checks.check("a form of another site is refused", said[0] == 403 and b"evil" not in said[2], str(said[0]))
    # What is no request
    for data in (
        f"GET /virt?a={MARKS['bad-path']} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {MARKS['bad-head']}\r\nBroken Header\r\n\r\n",
        f"GET /virt?{MARKS['bad-path']} HTTP/9.9\r\n\r\n", f"{MARKS['bad-head']} \r\n\r\n",
        f"POST /virt HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\nCookie: {MARKS['bad-head']}\r\n\r\n{MARKS['bad-body']}",
        f"POST {vm}/virDomainSetUserPassword HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: {FORM['Content-Type']}\r\n\r\nzz\r\npassword={MARKS['bad-body']}\r\n",
        f"POST {vm}/virDomainSetUserPassword HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\nContent-Type: {FORM['Content-Type']}\r\n\r\npassword={MARKS['bad-body']}",
    ):  # fmt: skip
        watch.look("the answer to what is no request", server.raw(data.encode()))
    # What may be read with its right, and then is
    for path, more in (("/login", {"name": "ada", "password": MARKS["login"]}), (f"{vm}/virDomainGetXMLDesc", {"flags": "VIR_DOMAIN_XML_SECURE"}), ("/audit", None)):
        head = server.ask("GET" if more is None else "POST", path, more, admin)[1]
        checks.check("what a browser must not keep says so", head["cache-control"] == "no-store", f"{path} {head['cache-control']}")
    status = ask("SECURE", "POST", f"{vm}/virDomainGetXMLDesc", {"flags": "VIR_DOMAIN_XML_SECURE"}, allowed=("vnc-new",))
    said = server.ask("POST", f"{vm}/virDomainGetXMLDesc", {"flags": "VIR_DOMAIN_XML_SECURE"}, admin)[2]
    checks.check("who may read SECURE XML does", status == 200 and MARKS["vnc-new"].encode() in said)
    said = server.ask("POST", f"{value}/virSecretGetValue", {}, {**admin, "Accept": "application/octet-stream"})[2]
    checks.check("who may read a secret's value does", MARKS["value"].encode() in said, repr(said[:200]))
    # Who looks at the pages
    for path in ("/virt", vm, f"{vm}/virDomainGetXMLDesc", f"/hosts/{host}", "/hosts", value, f"{value}/virSecretGetXMLDesc", "/settings", "/audit", "/metrics", "/health"):
        for view in ("", "?view=xml", "?view=html", "?view=json", "?view=raw"):
            if view and path == "/metrics":
                continue
            checks.check("a page is there", ask("pages", "GET", path + view) == 200, path + view)
    ask("pages", "GET", "/audit?view=csv")


def strangers(checks: Checks, users: pathlib.Path, directory: str):
    """What somebody unknown learns of a server that everybody may see, and what he can fill."""
    audit = f"{directory}/strangers"
    with Server(["--users", str(users), "--audit", audit], directory) as server:
        admin = basic("ada", MARKS["right"])
        for path in ("/audit",):
            checks.check("who is unknown sees no audit", (server.ask("GET", path)[0], server.ask("GET", path, headers=admin)[0]) == (403, 200), path)
            checks.check("nor a link to it", f'href="{path}"'.encode() not in server.ask("GET", "/virt", headers={"Accept": "text/html"})[2], path)
        for name in ("ada", "nobody-knows"):
            server.ask("GET", "/virt", headers=basic(name, MARKS["wrong"]))
        refused = [{**line, "time": "", "request": ""} for line in records(audit) if line["event"] == "login"]
        checks.check("a login that was refused does not tell who is there", len(refused) == 2 and refused[0] == refused[1] and "parameters" not in refused[0], str(refused))
        for number in range(40):
            server.raw(f"GET /virt HTTP/1.1\r\nHost: evil-{number}.example\r\nConnection: close\r\n\r\n".encode())
    lines = [line for line in records(audit) if line["event"] == "host"]
    checks.check("many refusals are few lines and a number", (len(lines), lines[-1].get("count")) == (11, 30), f"{len(lines)} {lines[-1]}")
    with Server(["--users", str(users), "--audit", audit], directory) as server:
        said = server.ask("GET", "/audit?event=host", headers=admin)[2]
        checks.check("the number is shown", b"<hv:count>30</hv:count>" in said)


def main():
    checks = Checks()
    watch = Watch(checks)
    with libvirtd("qemu") as uri, tempfile.TemporaryDirectory(prefix="hv-secrets-") as directory:
        connection = libvirt.open(uri)
        key, own = str(uuid.uuid4()), str(uuid.uuid4())
        domain = connection.defineXML(DOMAIN.format(name=f"hv-{key[:8]}", uuid=key, passwd=MARKS["vnc"]))
        secret = connection.secretDefineXML(SECRET.format(uuid=own))
        users = pathlib.Path(directory, "users")
        users.write_text(f"ada:{hashed(MARKS['right'])}\n", encoding="ascii")
        config = pathlib.Path(directory, "config.yaml")
        config.write_text('grants: [{role: admin, user: ada, on: "*"}]\n', encoding="ascii")
        audit = f"{directory}/audit"
        for bad in (f"qemu+tcp://ada:{MARKS['uri']}@127.0.0.1:1/system", f"qemu+tcp://127.0.0.1:1/system?password={MARKS['uri']}", f"test:///default?token={MARKS['uri']}"):
            with contextlib.suppress(RuntimeError), Server(["--connect", bad], directory) as refused:
                checks.check("a secret in a URI is refused", False)
            refused = next(pathlib.Path(directory).glob("log-*"))
            watch.look("what is said of a URI with a secret", refused.read_bytes())
            checks.check("something is", refused.stat().st_size > 0)
            refused.unlink()
        arguments = ["--config", str(config), "--connect", uri, "--users", str(users), "--visibility", "owner"]
        arguments += ["--access", "read-write", "--audit", audit, "--log-level", "trace"]
        try:
            with Server(arguments, directory) as server:
                admin = basic("ada", MARKS["right"])
                server.await_page(f"/virt/nobody/{key}", admin)
                names = server.ask("GET", "/hosts?view=json", headers=admin)[2]
                host = json.loads(names)["host"][0]["name"]
                ask_everything(checks, watch, server, host, f"/virt/nobody/{key}", own, f"hv-{key[:8]}")
            log = server.said()
        finally:
            domain.undefine()
            secret.undefine()
        strangers(checks, users, directory)
        lines = log.splitlines()
        for line in lines:
            watch.look(f"the log: {line[:160]}", line.encode()) if any(form in line.encode() for mark in MARKS.values() for form in forms(mark)) else None
        checks.check("the log says much", len(lines) > 100, str(len(lines)))
        checks.check("each line of a request bears its id", all(" request=" in line for line in lines if "status=" in line), next((line for line in lines if "status=" in line and " request=" not in line), ""))
        watch.look("the audit", pathlib.Path(audit).read_bytes())
        said = records(audit)
        values = [item["value"] for line in said for item in line.get("parameters", [])]
        checks.check("the audit says that there was a secret", "(secret)" in values)
        checks.check("of XML with a password its length alone", any(re.fullmatch(r"\(\d+ bytes\)", value) for value in values))
        read = [line for line in said if line["event"] == "command" and line["command"] in ("virDomainGetXMLDesc", "virSecretGetValue")]
        checks.check("who read what is secret is in it", {line["command"] for line in read} == {"virDomainGetXMLDesc", "virSecretGetValue"}, str(len(read)))
        denials = [line for line in said if line["event"] == "denial" and "another site" in line["reason"]]
        checks.check("of a form that nobody meant it says what for", [(line["command"], line["uuid"], line["caller"]) for line in denials] == [("virDomainSuspend", key, "ada")], str(denials))
        hosts = [line.get("host") for line in said if line["event"] == "host"]
        checks.check("of a host with a user the host alone", set(hosts) == {"127.0.0.1", "x", "evil.example"}, str(hosts))
        made = [line for line in said if line["event"] == "end" and line["command"] == "virDomainDefineXML" and line["outcome"] == "ok"]
        checks.check("a domain that is defined is hashed", made and all(line.get("before") and line.get("after") for line in made), str(made[:1]))
        checks.check("and hashes other XML", any("SHA-256" in value for value in values))
    checks.finish(f"{len(MARKS)} marks, {watch.looked} answers and files looked at, {len(lines)} lines of the log, {len(said)} of the audit")


if __name__ == "__main__":
    main()
