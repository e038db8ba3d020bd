#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Everything hostile that was thought of, sent to a running server, and given to a starting one.

    corpora.py [NAME...]        all of them, or those of requests, xml, files, themes

No crash, no status 500, no file read or written, no connection made, each request within 5 s, and memory bounded.
"""
import concurrent.futures
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / name) for name in ("NetworkTests", "ParityTests", "BrowserTests")]
import file_corpus  # noqa: E402
import http_corpus  # noqa: E402
import machine  # noqa: E402
import themes  # noqa: E402
import xml_corpus  # noqa: E402
from canary import Canary  # noqa: E402
from checks import Checks  # noqa: E402
from generators import read_command  # noqa: E402
from nonsense import OBJECTS  # noqa: E402
from server import BINARY, HV, ROOT, Server  # noqa: E402
from wire import LONGEST, PATIENCE, Answer, exchange, multipart, request, spent  # noqa: E402

# What the server may grow by, in MiB: a debug server keeps what its threads have touched.
GROWTH = 700
URLENCODED = "application/x-www-form-urlencoded"


def resident(process: subprocess.Popen, field: str = "VmRSS") -> int:
    """In MiB."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(field)) // 1024


class Judge:
    """Sends requests and keeps what must not be."""

    def __init__(self, server: Server, canary: Canary):
        self.server = server
        self.canary = canary
        self.slowest = (0.0, "")
        self.count = 0

    def wrong(self, name: str, sent: bytes, expected: set[int] | None = None) -> str | None:
        answer = exchange(self.server.port, sent)
        self.count += 1
        self.slowest = max(self.slowest, (answer.seconds, name))
        complaint = self.complaint(answer, expected)
        return complaint and f"{name}: {complaint}"

    def complaint(self, answer: Answer, expected: set[int] | None) -> str | None:
        if self.server.process.poll() is not None:
            return f"the server has ended with {self.server.process.returncode}"
        if answer.status == -1:
            return f"no answer in {LONGEST} s"
        if answer.status == 500:
            return f"500: {answer.body[:300]!r}"
        if Canary.SECRET.encode() in answer.body:
            return "the answer holds what is in a file"
        if expected and answer.status not in expected:
            return f"{answer.status}: {answer.body[-400:]!r}"
        # A request that is none gets a bare answer from the parser, before any of ours.
        if answer.headers.get("x-request-id") and "content-security-policy" not in answer.headers:
            return "there is no Content-Security-Policy"
        return None


def judge_all(checks: Checks, judge: Judge, name: str, corpus: dict[str, bytes], expected: set[int] | None = None):
    before = resident(judge.server.process)
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wrong = [text for text in pool.map(lambda item: judge.wrong(f"{name}: {item[0]}", item[1], expected), corpus.items()) if text]
    for text in wrong[:10]:
        checks.note(text)
    if judge.server.process.poll() is not None:
        checks.note(judge.server.output()[-3000:])
    growth = resident(judge.server.process) - before if judge.server.process.poll() is None else 0
    checks.check(f"{name}: {len(corpus)}, each as it should be", not wrong, f"{len(wrong)} wrong, {time.monotonic() - start:.1f} s, {growth:+} MiB")


def requests(checks: Checks, judge: Judge):
    judge_all(checks, judge, "targets", http_corpus.targets(str(judge.canary.file)))
    judge_all(checks, judge, "headers", http_corpus.headers())
    judge_all(checks, judge, "cookies", http_corpus.cookies())
    judge_all(checks, judge, "bodies", http_corpus.bodies())


def ways(xml: bytes, is_short: bool) -> dict[str, bytes]:
    """The same XML by every way into the server."""
    path, encoded = http_corpus.DEFINE, urllib.parse.quote_from_bytes(xml, safe="")
    sent = {
        "body": request("POST", path, {"Content-Type": "application/xml"}, xml),
        "multipart": request("POST", path, {"Content-Type": "multipart/form-data; boundary=B"}, multipart([("xml", xml)])),
        "form": request("POST", path, {"Content-Type": URLENCODED}, b"xml=" + encoded.encode()),
    }
    if is_short and len(encoded) < 7_000:
        sent["query"] = request("POST", f"{path}?xml={encoded}")
        fields = urllib.parse.urlencode({"type": "VIR_DOMAIN_METADATA_ELEMENT", "key": "k", "uri": "urn:k"}) + "&metadata=" + encoded
        sent["metadata"] = request("POST", "/virt/nobody/test/virDomainSetMetadata", {"Content-Type": URLENCODED}, fields.encode())
    return sent


def xml(checks: Checks, judge: Judge):
    def spread(corpus: dict[str, bytes]) -> dict[str, bytes]:
        return {f"{name}, {way}": sent for name, document in corpus.items() for way, sent in ways(document, True).items()}

    doctypes = spread(xml_corpus.doctypes(judge.canary))
    judge_all(checks, judge, "DOCTYPE", {name: sent for name, sent in doctypes.items()}, {400})
    refused = {name: document for name, document in xml_corpus.encodings().items() if name not in ("declared 'utf-8\\x00'",)}
    judge_all(checks, judge, "encodings", spread(refused), {400})
    texts = {name: text.replace(b"{file}", judge.canary.file.as_uri().encode()).replace(b"{url}", judge.canary.url.encode()) for name, text in xml_corpus.shapes().items()}
    judge_all(checks, judge, "shapes", spread(texts))
    judge_all(checks, judge, "DOCTYPE in each parameter", everywhere(judge.server), {400})


def everywhere(server: Server) -> dict[str, bytes]:
    """A DOCTYPE in every parameter of every command that is XML, and the fault names it."""
    bomb = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
    corpus = {}
    for element in server.get("/commands").xml.iter(f"{HV}command"):
        command = read_command(server.get(f"/commands/{element.get('name')}").xml.find(f"{HV}command"))
        for parameter in command.parameters:
            if parameter.type not in ("xml", "list of xml") and "xml" not in parameter.type:
                continue
            pairs = [(other.name, filler(other)) for other in command.parameters if other.required and other != parameter] + [(parameter.name, bomb)]
            for place in OBJECTS[command.kind][:1]:
                path = f"{place.format(host=server.host)}/{command.name}"
                form = urllib.parse.urlencode(pairs)
                sent = request("GET", f"{path}?{form}") if command.method == "GET" else request("POST", path, {"Content-Type": URLENCODED}, form.encode())
                corpus[f"{command.name} {parameter.name}"] = sent
    return corpus


def filler(parameter) -> str:
    if parameter.constants:
        return parameter.constants[0]
    if parameter.name in ("from", "to", "file"):
        return "/x"
    return {"xml": "<a/>", "string": "x", "boolean": "0", "uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f", "cpus": "0", "host": "test", "bytes": "QQ=="}.get(parameter.type, "0")


def running(checks: Checks, scratch: pathlib.Path, names: set[str]):
    canary = Canary(scratch)
    with Server("--access", "read-write") as server:
        before = resident(server.process)
        judge = Judge(server, canary)
        for name, play in (("requests", requests), ("xml", xml)):
            if name in names:
                checks.scene(name, play, checks, judge)
        if server.process.poll() is not None:
            checks.check("the server lives", False, server.process.returncode)
            return
        peak, now = resident(server.process, "VmHWM"), resident(server.process)
        checks.check(f"memory grows by less than {GROWTH} MiB", now - before < GROWTH, f"from {before} to {now} MiB, {peak} at most")
        checks.check(f"each of {judge.count} requests is answered in {PATIENCE:.0f} s", judge.slowest[0] < PATIENCE, "slowest %.2f s, %s" % judge.slowest)
        checks.check("the server answers as before", server.get("/virt").xml.find(f"{HV}vm") is not None)
    checks.check("nobody was called", not canary.calls, canary.calls)
    checks.check("nothing was written", not canary.written(), canary.written())
    canary.close()


def hashed(text: str) -> str:
    return subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=text, text=True, capture_output=True, check=True).stdout.strip()


def start(options: list[str], seconds: float = 5) -> tuple[str, str]:
    """How a start ends: `error`, `serving`, or what went wrong; and what was said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDLERVIRT_")}
    command = [str(BINARY), "--listen", "127.0.0.1:0", "--connect", "test:///default", *options]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=ROOT)

        def said() -> str:
            return os.pread(log.fileno(), 1 << 20, 0).decode(errors="replace")

        begun = time.monotonic()
        try:
            while spent(begun) < seconds:
                if process.poll() is not None:
                    return ("error" if process.returncode > 0 else f"ended with {process.returncode}"), said()
                if "serving" in said():
                    return "serving", said()
                time.sleep(0.02)
            return f"neither served nor ended in {seconds} s", said()
        finally:
            process.kill()
            process.wait()


def files(checks: Checks, scratch: pathlib.Path):
    directory = scratch / "files"
    directory.mkdir()
    users = scratch / "users"
    users.write_text(f"alice:{hashed('secret')}\n", encoding="utf-8")
    numbers = itertools.count()

    def judge(item: tuple[str, str, bytes]) -> str | None:
        kind, name, content = item
        path = directory / f"{next(numbers)}"
        if kind == "tokens":
            path.mkdir()
            (path / "token").write_bytes(content)
        else:
            path.write_bytes(content)
        options = {
            "users": ["--visibility", "owner", "--users", str(path)], "configuration": ["--config", str(path)],
            "session key": ["--visibility", "owner", "--users", str(users), "--session-key", str(path)],
            "tokens": ["--visibility", "owner", "--users", str(users), "--tokens", str(path)],
        }[kind]  # fmt: skip
        outcome, said = start(options)
        if outcome == "serving":
            return None
        last = [line for line in said.splitlines() if line.startswith("Error: ")]
        if outcome != "error":
            return f"{kind}, {name}: {outcome}: {said[-500:]}"
        if len(last) != 1 or len(last[0]) > 2_000:
            return f"{kind}, {name}: not one sentence: {said[-500:]}"
        # An option that is not there yet is named by itself.
        has_line = str(path) in last[0] and (content == b"" or kind in ("session key", "tokens") or any(character.isdigit() for character in last[0].replace(str(path), "")))
        return None if has_line else f"{kind}, {name}: no file and line: {last[0][:300]}"

    corpora = {"users": file_corpus.users(), "configuration": file_corpus.configurations(), "session key": file_corpus.keys(), "tokens": file_corpus.keys()}
    items = [(kind, name, content) for kind, corpus in corpora.items() for name, content in corpus.items()]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wrong = [text for text in pool.map(judge, items) if text]
    for text in wrong[:20]:
        checks.note(text)
    checks.check(f"files: {len(items)}, and the program starts or says file and line within 5 s", not wrong, f"{len(wrong)} wrong")


def foreign(checks: Checks, scratch: pathlib.Path):
    """Each theme in the place of the last one, while the server runs."""
    canary = Canary(scratch)
    theme = scratch / "theme"
    page = theme / themes.PAGE
    page.parent.mkdir(parents=True)
    with Server("--stylesheets", str(theme)) as server:
        shipped = server.get("/virt", "text/html").body
        before, wrong, slowest, count = resident(server.process), [], (0.0, ""), 0
        links = {"a link to a file": canary.file, "a link up": pathlib.Path("../../../theme-not"), "a link to a device": pathlib.Path("/dev/zero"), "a link to itself": page}
        corpus = [(name, content, True) for name, content in themes.refused(canary).items()]
        corpus += [(name, content, False) for name, content in themes.failing().items()] + [(name, target, None) for name, target in links.items()]
        for name, content, is_refused in corpus:
            page.unlink(missing_ok=True)
            said = len(server.output())
            page.symlink_to(content) if is_refused is None else page.write_bytes(content)
            begun = time.monotonic()
            answers = [server.get("/virt", "text/html") for _ in range(2)]
            slowest = max(slowest, (machine.spent(begun) / 2, name))
            count += 1
            log = server.output()[said:]
            if any(answer.status != 200 or answer.body != shipped for answer in answers):
                wrong.append(f"{name}: not the shipped page: {answers[0].status} {answers[0].body[:200]!r}")
            elif Canary.SECRET in log:
                wrong.append(f"{name}: the log holds what is in a file")
            elif name not in ("a link up", "a link to itself") and log.count("[Web] stylesheet ") != 1:
                wrong.append(f"{name}: the log says it {log.count('[Web] stylesheet ')} times: {log[-500:]}")
            elif name not in ("a link up", "a link to itself") and not names_line(log, page, is_refused):
                wrong.append(f"{name}: no file and line: {log[-600:]}")
            if server.process.poll() is not None:
                wrong.append(f"{name}: the server has ended with {server.process.returncode}: {log[-2000:]}")
                break
        page.unlink(missing_ok=True)
        page.write_bytes(themes.page("<body>of a theme</body>"))
        served = server.process.poll() is None and b"of a theme" in server.get("/virt", "text/html").body
        peak, now = resident(server.process, "VmHWM"), resident(server.process)
    for text in wrong[:12]:
        checks.note(text)
    checks.check(f"themes: {count} are refused or stopped with file and line, and the shipped page is shown", not wrong, f"{len(wrong)} wrong")
    checks.check("a theme that is well is shown after them", served)
    checks.check("each in less than 5 s", slowest[0] < 5, "slowest %.2f s, %s" % slowest)
    checks.check("a theme's memory is bounded", peak - before < 1_100, f"from {before} to {now} MiB, {peak} at most")
    checks.check("no theme called anybody", not canary.calls, canary.calls)
    checks.check("no theme wrote a file", not canary.written(), canary.written())
    canary.close()


def names_line(log: str, page: pathlib.Path, is_refused: bool | None) -> bool:
    """What is stopped while it runs may have no line but that of its page."""
    return f"file={page}" in log and ("line=0" not in log or is_refused is False)


def main() -> int:
    names = set(sys.argv[1:]) or {"requests", "xml", "files", "themes"}
    checks = Checks()
    machine.watch()
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        for part in ("running", "files", "themes"):
            (scratch / part).mkdir()
        if names & {"requests", "xml"}:
            checks.scene("requests", running, checks, scratch / "running", names)
        if "files" in names:
            checks.scene("files", files, checks, scratch / "files")
        if "themes" in names:
            checks.scene("themes", foreign, checks, scratch / "themes")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
