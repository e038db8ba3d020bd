#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Two scanners of others against a server of this test: schemathesis on what /openapi.json says, wapiti on the pages.

    scan.py [SECONDS]

HANDLERVIRT_BINARY is the server. SECONDS (60) is the time of schemathesis. What a scanner finds that is no hole stands in ACCEPTED, with why.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(ROOT / "Tests/NetworkTests"))
from checks import Checks  # noqa: E402

VENV = ROOT / ".venv-scan"
# What wapiti says, and why it is no hole.
ACCEPTED = {
    "X-XSS-Protection is not set": "no browser has that filter any more, and it made holes; the content security policy forbids inline scripts",
    "Strict-Transport-Security is not set": "this server speaks no TLS",
    "Lack of anti CSRF token": "a form of another site is known by Origin and Sec-Fetch-Site, and the session's cookie is SameSite=Strict; test_foreign.py tries",
}
# What schemathesis says, and why it is no hole: asked without any parameter, a command shows its form.
FORM = re.compile(r"Missing `\w+` at query\n.*\n    curl -X GET [^?\s]+\n", re.DOTALL)
# A field too many that has no value is not in the body that it then sends.
UNSENT = re.compile(r"violates `additionalProperties`\n.*\n    curl -X POST .* http://[^/]+(/[^\s']+)\n", re.DOTALL)
FOLDERS = ["/virt/nobody/", "/hosts/test/", "/hosts/test/networks/", "/commands/", "/"]


class Server:
    """handlervirt with libvirt's test driver, everything allowed."""

    def __init__(self, folder: pathlib.Path):
        binary = os.environ.get("HANDLERVIRT_BINARY", str(ROOT / ".build/debug/handlervirt"))
        self.log = folder / "server.log"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [binary, "--listen", "127.0.0.1:0", "--access", "read-write", "--audit", str(folder / "audit.log")], stderr=log, cwd=folder)
        deadline = time.monotonic() + 60
        self.url = ""
        while not self.url and time.monotonic() < deadline:
            found = re.search(r"at (http://127\.0\.0\.1:\d+)/", self.log.read_text(encoding="utf-8"))
            self.url = found.group(1) if found else ""
            time.sleep(0.05)

    def answers(self) -> bool:
        with urllib.request.urlopen(self.url + "/health", timeout=30) as answer:
            return answer.status == 200

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


def prepare():
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8") + sys.version
    stamp = VENV / "stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    subprocess.run(["rm", "-rf", VENV], check=True)
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    subprocess.run([VENV / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", HERE / "requirements.txt"], check=True)
    stamp.write_text(wanted, encoding="utf-8")


def is_accepted(finding: str, paths: dict) -> bool:
    """`finding` is one of schemathesis, with the request as a curl command."""
    if finding.count("\n- ST") != 1 or "- ST201" not in finding:
        return False
    unsent = UNSENT.search(finding)
    if not unsent:
        return bool(FORM.search(finding))
    # Wherever it stands: what a command takes is the same.
    name = unsent.group(1).rsplit("/", 1)[1]
    post = next(item["post"] for path, item in paths.items() if path.endswith("/" + name))
    declared = set(next(iter(post["requestBody"]["content"].values()))["schema"]["properties"])
    return set(re.findall(r'name="([^"]+)"', finding)) <= declared


def operations(checks: Checks, server: Server, folder: pathlib.Path, seconds: int):
    done = subprocess.run(
        [VENV / "bin/schemathesis", "--config-file", HERE / "schemathesis.toml", "run", server.url + "/openapi.json", "--phases",
         "coverage,fuzzing", "--max-examples", "4", "--max-time", str(seconds), "--workers", "2", "--checks", "all", "--warnings", "off",
         "--continue-on-failure", "--no-color", "--max-redirects", "0", "--request-timeout", "30"],
        cwd=folder, capture_output=True, text=True, timeout=seconds + 240, check=False)  # fmt: skip
    summary = done.stdout[done.stdout.rfind("= SUMMARY ="):]
    tested = re.search(r"Tested: (\d+)", summary)
    cases = re.search(r"(\d+) generated", summary)
    checks.check("schemathesis came to its end", bool(tested and cases), (done.stdout + done.stderr)[-400:] if not tested else "")
    if not tested or not cases:
        return
    findings = re.split(r"^\d+\. Test Case ID: .*\n", done.stdout[: -len(summary)], flags=re.MULTILINE)[1:]
    with urllib.request.urlopen(server.url + "/openapi.json", timeout=60) as answer:
        paths = json.load(answer)["paths"]
    found = [finding for finding in findings if not is_accepted(finding, paths)]
    if not findings:
        found = re.findall(r"❌ (ST\d+[^\n]*)", summary)
    checks.check(
        "schemathesis finds nothing that goes against /openapi.json", not found, f"{tested.group(1)} operations, {cases.group(1)} cases; {found[:3]}")
    if found:
        print(done.stdout[-12_000:])


def pages(checks: Checks, server: Server, folder: pathlib.Path):
    for number, start in enumerate(FOLDERS):
        report = folder / f"wapiti{number}.json"
        scope = "page" if start == "/" else "folder"
        subprocess.run(
            ["wapiti", "-u", server.url + start, "--scope", scope, "-d", "2", "--max-files-per-dir", "12", "--max-scan-time", "10",
             "--max-attack-time", "4", "--flush-session", "--no-bugreport", "-t", "20", "-m", "common,csrf,crlf,methods,htaccess", "-f", "json", "-o", report],
            cwd=folder, capture_output=True, text=True, timeout=180, check=False)  # fmt: skip
        if not checks.check(f"wapiti came to its end below {start}", report.exists()):
            continue
        told = json.loads(report.read_text(encoding="utf-8"))
        found = [
            f"{kind}: {item['method']} {item['path']} {item['info']}"
            for group in ("vulnerabilities", "anomalies")
            for kind, items in told[group].items()
            for item in items
            if not any(accepted in item["info"] for accepted in ACCEPTED)
        ]
        checks.check(f"wapiti finds nothing below {start}", not found, found[:5] if found else "")


def main() -> int:
    checks = Checks()
    prepare()
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        # What is scanned is changed, so each scanner has a server of its own.
        for name, scan, arguments in (("schemathesis", operations, (seconds,)), ("wapiti", pages, ())):
            server = Server(folder)
            try:
                checks.scene(name, scan, checks, server, folder, *arguments)
                checks.check(f"the server lives after {name}", server.process.poll() is None and server.answers())
                log = server.log.read_text(encoding="utf-8")
                checks.check(f"nothing failed within it by {name}", "request failed" not in log and "Fatal" not in log)
            finally:
                server.stop()
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
