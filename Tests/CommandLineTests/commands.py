#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What an administrator does on the command line, and what a server that runs makes of it: passwords, tokens, sessions, who has to wait.

HANDLERVIRT_BINARY is the program, or .build/debug/handlervirt.
"""
import base64
import http.client
import json
import os
import pathlib
import pty
import re
import resource
import select
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/NetworkTests"))
from checks import Checks  # noqa: E402

BINARY = os.environ.get("HANDLERVIRT_BINARY", str(ROOT / ".build/debug/handlervirt"))
CONFIGURATION = """
visibility: owner
access: read-write
users: users
tokens: tokens
session-key: session.key
trusted-proxy: [127.0.0.1]
roles: {starter: {permissions: ["domain:getattr", "domain:read", "connect:getattr", "connect:search_domains", "domain:start"]}}
grants: [{role: admin, user: anna}]
"""
SECRETS = ["first password", "second password", "third password", "ein Passw\u00f6rtchen"]
VM = "/virt/nobody/test"


class Home:
    """A folder with a configuration, and a server that reads it."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.configuration = folder / "handlervirt.yaml"
        self.configuration.write_text(CONFIGURATION, encoding="utf-8")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDLERVIRT_")}
        self.said = ""

    def run(self, *arguments: str, text: str = "", environment: dict | None = None, largest: int = -1) -> subprocess.CompletedProcess:
        """`largest`: bytes that a file may have."""
        done = subprocess.run(
            [BINARY, *arguments], input=text, text=True, capture_output=True, cwd=self.folder, env={**self.environment, **(environment or {})}, timeout=60,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)))
        self.said += done.stderr
        return done

    def password(self, name: str, text: str, *more: str) -> subprocess.CompletedProcess:
        return self.run("passwd", "--config", "handlervirt.yaml", *more, name, text=text)

    def token(self, *arguments: str) -> subprocess.CompletedProcess:
        return self.run("token", arguments[0], "--config", "handlervirt.yaml", *arguments[1:])

    def __enter__(self) -> "Home":
        path = self.folder / "log"
        self.log = open(path, "wb")
        command = [BINARY, "--listen", "127.0.0.1:0", "--config", "handlervirt.yaml"]
        self.server = subprocess.Popen(command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

        def is_ready() -> bool:
            found = re.search(r"serving read-\w+ at http://127\.0\.0\.1:(\d+)/", path.read_text(errors="replace"))
            self.port = int(found[1]) if found else 0
            return bool(found) and self.status("/health") == 200

        started = becomes(lambda: self.server.poll() is not None or is_ready(), 60)
        if not started or self.server.poll() is not None:
            raise RuntimeError(path.read_text())
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(20)
        self.log.close()

    def ask(self, path: str, authorization: str = "", form: dict | None = None, cookie: str = "", address: str = "") -> http.client.HTTPResponse:
        headers = {"Accept": "application/xml"}
        for name, value in (("Authorization", authorization), ("Cookie", cookie), ("X-Forwarded-For", address)):
            if value:
                headers[name] = value
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET" if form is None else "POST", path, None if form is None else urllib.parse.urlencode(form), headers)
        response = connection.getresponse()
        response.text = response.read().decode()
        connection.close()
        return response

    def status(self, *arguments, **more) -> int:
        return self.ask(*arguments, **more).status


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def becomes(condition, seconds: float = 10) -> bool:
    """Whether it is so in time: a file that changed counts after a second, or two where it is written in place. The last look begins after that
    time, however long the machine stood still before."""
    deadline = time.monotonic() + seconds
    is_last = False
    while not condition():
        if is_last:
            return False
        time.sleep(0.1)
        is_last = time.monotonic() > deadline
    return True


def typed(home: Home, *lines: bytes) -> tuple[int, bytes]:
    """The exit status and all that a terminal shows, where a person types these lines after each prompt."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(home.folder)
        os.execve(BINARY, [BINARY, "passwd", "--users", "users", "bert"], home.environment)
    shown, prompts = b"", [b"New password: ", b"Again: "]
    deadline = time.monotonic() + 30
    lines = list(lines)
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if lines and prompts and prompts[0] in shown:
            prompts.pop(0)
            os.write(terminal, lines.pop(0))
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), shown


def passwords(checks: Checks, home: Home):
    users = home.folder / "users"
    done = home.password("anna", SECRETS[0] + "\n")
    checks.check("a password is read from a pipe, and the file made for its owner alone",
                 done.returncode == 0 and done.stdout == "" and users.read_text().startswith("anna:$y$") and stat.S_IMODE(users.stat().st_mode) == 0o600)
    users.write_text("# staff\n" + users.read_text() + "# end\n")
    users.chmod(0o640)
    home.password("carl", SECRETS[3])
    before = users.read_text()
    checks.check("comments and other lines stay, and the mode",
                 re.fullmatch(r"# staff\nanna:\S+\n# end\ncarl:\S+\n", before) is not None and stat.S_IMODE(users.stat().st_mode) == 0o640)
    refused = [home.password("anna", text).returncode for text in ("short\n", "\n", "", "x" * 600 + "\n", "eight\x07chars\n")]
    refused += [home.password(name, SECRETS[0]).returncode for name in ("a:b", "nobody", "")]
    refused += [home.password("stranger", "", "--delete").returncode, home.run("passwd", "anna", text=SECRETS[0]).returncode]
    checks.check("what is no password or no user's name is refused, and changes nothing", all(refused) and users.read_text() == before, refused)
    done = home.run("passwd", "dora", text=SECRETS[2], environment={"HANDLERVIRT_USERS": "users"})
    checks.check("the environment names the file as well", done.returncode == 0 and "dora:" in users.read_text())
    done = home.password("dora", "", "--delete")
    checks.check("who is deleted is gone", done.returncode == 0 and users.read_text() == before)
    done = home.run("passwd", "--users", "users", "--tokens", "tokens", "anna", text=SECRETS[1])
    checks.check("tokens are the business of a deletion alone", done.returncode != 0 and users.read_text() == before)

    status, shown = typed(home, SECRETS[1].encode() + b"\n", SECRETS[1].encode() + b"\n")
    checks.check("on a terminal it asks twice, and shows nothing of it", status == 0 and b"bert:" in users.read_bytes() and SECRETS[1].encode() not in shown)
    kept = users.read_text()
    status, shown = typed(home, SECRETS[1].encode() + b"\n", b"something else\n")
    checks.check("where the two differ nothing is changed", status != 0 and users.read_text() == kept, shown.decode().splitlines()[-1:])
    status, _ = typed(home, b"half a passw\x03")
    checks.check("Ctrl-C ends it", status == 130 and users.read_text() == kept, status)

    many = [subprocess.Popen([BINARY, "passwd", "--users", "users", f"user{number}"], cwd=home.folder, env=home.environment, stdin=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, text=True) for number in range(12)]
    for process in many:
        process.communicate(SECRETS[2] + "\n")
    names = {line.split(":")[0] for line in users.read_text().splitlines()}
    checks.check("twelve at once lose nothing", {f"user{number}" for number in range(12)} <= names and {"anna", "bert", "carl"} <= names)
    left = sorted(path.name for path in home.folder.iterdir())
    checks.check("nothing is left over", left == ["handlervirt.yaml", "users"], left)


def tokens(checks: Checks, home: Home):
    def status(token: str, path: str = VM, form=None) -> int:
        return home.status(path, f"Bearer {token}", form)

    made = home.token("create", "--user", "anna", "--role", "viewer", "--name", "looks", "--expires", "12h")
    token = made.stdout.strip()
    identifier = token[4:20]
    checks.check("a token is alone on the standard output", re.fullmatch(r"hvt_[a-z2-7]{16}_[\w-]{43}\n", made.stdout) is not None and made.returncode == 0)
    kept = "".join(path.read_text() for path in (home.folder / "tokens").iterdir())
    checks.check("its secret is in no file", token[21:] not in kept and token not in made.stderr)
    rows = json.loads(home.token("list", "--json").stdout)
    checks.check("the list has it, and that it was never used", [(row["id"], row["user"], row["role"], row["name"], row.get("used")) for row in rows]
                 == [(identifier, "anna", "viewer", "looks", None)], rows)
    checks.check("it opens what its role gives and its user may", status(token) == 200 and status(token, f"{VM}/virDomainSuspend", {}) == 403)
    row = json.loads(home.token("list", "--json").stdout)[0]
    checks.check("and then the list says when it was used", row.get("used", "") >= row["created"], row.get("used"))
    table = home.token("list").stdout.splitlines()
    checks.check("the list is a table too", table[0].split() == "ID USER ROLE NAME CREATED EXPIRES LAST USE".split() and identifier in table[1], table[1])
    admin = home.token("create", "--user", "anna", "--role", "admin").stdout.strip()
    checks.check("another with another role may more", status(admin, f"{VM}/virDomainSuspend", {}) == 200 == status(admin, f"{VM}/virDomainResume", {}))
    other = home.token("create", "--user", "bert", "--role", "admin").stdout.strip()
    checks.check("a role gives nobody what he may not", status(other) == 404)
    own = home.token("create", "--user", "anna", "--role", "starter").stdout.strip()
    checks.check("a role of the configuration will do", status(own) == 200 and status(own, "/hosts/test/networks/default") == 404)

    wrong = [("--user", "stranger", "--role", "viewer"), ("--user", "anna", "--role", "king"), ("--user", "anna"), ("--role", "viewer")]
    wrong += [("--user", "anna", "--role", "viewer", "--expires", expires) for expires in ("367d", "0d", "-1d", "1y", "", "d", "9000h", "\u0663d")]
    wrong += [("--user", "anna", "--role", "viewer", "--name", "a\nb")]
    results = [home.token("create", *arguments) for arguments in wrong]
    checks.check("what makes no sense makes no token", all(done.returncode and not done.stdout for done in results) and len(list((home.folder / "tokens").iterdir())) == 4,
                 [done.returncode for done in results])
    done = home.token("revoke", identifier)
    checks.check("who is revoked is out within a second or so", done.returncode == 0 and becomes(lambda: status(token) == 401, 5))
    checks.check("there is nothing to revoke twice", home.token("revoke", identifier).returncode != 0 and home.token("revoke", "../users").returncode != 0)
    file = home.folder / "tokens" / admin[4:20]
    file.write_text(re.sub(r"expires: .*", "expires: 2020-01-01T00:00:00Z", file.read_text()))
    checks.check("what has expired is refused", becomes(lambda: status(admin) == 401, 5) and "expired" in home.ask(VM, f"Bearer {admin}").text)
    checks.check("and the list says so", "(over)" in home.token("list").stdout)
    home.password("bert", "", "--delete")
    checks.check("a token goes with its user", becomes(lambda: home.status("/virt", f"Bearer {other}") == 401))
    home.password("bert", SECRETS[1])
    checks.check("and does not come back with another of his name",
                 becomes(lambda: home.status("/virt", basic("bert", SECRETS[1])) == 200) and home.status("/virt", f"Bearer {other}") == 401
                 and other[4:20] not in home.token("list").stdout)

    none = [home.run(*arguments, "--tokens", "mistyped") for arguments in
            (["token", "list"], ["token", "revoke", identifier], ["passwd", "--users", "users", "--delete", "bert"])]
    checks.check("a directory of tokens is made with a token alone",
                 all(done.returncode and "mistyped" in done.stderr for done in none) and not (home.folder / "mistyped").exists()
                 and "bert:" in (home.folder / "users").read_text(), [done.stderr for done in none])
    unknown = [home.token("list", "--users", "users"), home.token("list", "--audit", "stderr"), home.token("revoke", "--users", "users", identifier)]
    checks.check("a command takes no options that mean nothing to it", all(done.returncode == 64 for done in unknown), [done.returncode for done in unknown])
    return [token, admin, other, own]


def noting(checks: Checks, home: Home):
    """What is done on the command line is in the audit, where one is named; and nothing is done where it cannot be."""
    path = home.folder / "noted"
    noted = lambda: [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    where = {"HANDLERVIRT_AUDIT": str(path)}
    for text, last in ((SECRETS[0], ("zoe",)), (SECRETS[1], ("zoe",)), ("", ("--delete", "zoe"))):
        checks.check("a user comes and goes", home.run("passwd", "--config", "handlervirt.yaml", *last, text=text, environment=where).returncode == 0)
    checks.check("and that is noted", [(line["event"], line["reason"], line["parameters"]) for line in noted()]
                 == [("user", reason, [{"name": "user", "value": "zoe"}]) for reason in ("A user was made.", "A user's password was changed.", "A user was deleted.")], noted())
    made = home.run("token", "create", "--config", "handlervirt.yaml", "--user", "anna", "--role", "viewer", environment=where).stdout.strip()
    where["HANDLERVIRT_AUDIT"] = str(home.folder / "no" / "such")
    done = home.run("token", "revoke", "--config", "handlervirt.yaml", made[4:20], environment=where)
    checks.check("where the audit cannot be opened no token is revoked", done.returncode != 0 and (home.folder / "tokens" / made[4:20]).exists(), done.stderr)
    users = (home.folder / "users").read_bytes()
    done = home.run("passwd", "--config", "handlervirt.yaml", "zoe", text=SECRETS[0], environment=where)
    checks.check("nor is a password set", done.returncode != 0 and (home.folder / "users").read_bytes() == users, done.stderr)
    where["HANDLERVIRT_AUDIT"] = str(home.folder / "full")
    (home.folder / "full").write_text(path.read_text().splitlines()[0].replace("made.", "made." + "." * 3000) + "\n")
    size = (home.folder / "full").stat().st_size
    spare = home.run("token", "create", "--config", "handlervirt.yaml", "--user", "anna", "--role", "viewer").stdout.strip()[4:20]
    done = home.run("token", "revoke", "--config", "handlervirt.yaml", spare, environment=where, largest=size + 10)
    checks.check("where the audit is full a token is revoked all the same, and that is said, and nothing half is written",
                 done.returncode > 0 and f"The token {spare} is revoked, but the audit does not say so" in done.stderr
                 and not (home.folder / "tokens" / spare).exists() and (home.folder / "full").stat().st_size == size, done.stderr)
    where["HANDLERVIRT_AUDIT"] = str(path)
    checks.check("otherwise it is", home.run("token", "revoke", "--config", "handlervirt.yaml", made[4:20], environment=where).returncode == 0
                 and [line["event"] for line in noted()][-2:] == ["token", "token"])


def sessions(checks: Checks, home: Home):
    def login(name: str, password: str) -> str:
        answer = home.ask("/login", form={"name": name, "password": password})
        return answer.headers.get("Set-Cookie", "").split(";")[0] if answer.status == 200 else ""

    cookie = login("carl", SECRETS[3])
    checks.check("a script logs in, and its cookie counts", home.status("/virt", cookie=cookie) == 200)
    key = home.folder / "session.key"
    checks.check("the key is for its owner alone", stat.S_IMODE(key.stat().st_mode) == 0o600 and key.stat().st_size == 64)
    home.server.terminate()
    home.server.wait(20)
    home.__enter__()
    checks.check("a session outlives the server, as the key is in a file", home.status("/virt", cookie=cookie) == 200)
    home.password("carl", SECRETS[2])
    checks.check("a new password ends it", becomes(lambda: home.status("/virt", cookie=cookie) == 401))
    again = login("carl", SECRETS[2])
    key.unlink()
    key.write_bytes(os.urandom(48))
    key.chmod(0o600)
    checks.check("a new key ends all", becomes(lambda: home.status("/virt", cookie=again) == 401))

    users = home.folder / "users"
    text = users.read_text()
    cookie = login("carl", SECRETS[2])
    # In place, as htpasswd writes it; what stands there for a moment ends with a line. A request has the file looked at, unless that was done within
    # the last second: each piece is looked at once, and would count at a second look.
    kept = True
    with open(users, "r+", encoding="utf-8") as file:
        for piece in ("", "# staff\n", text):
            time.sleep(1.2)
            file.seek(0)
            file.truncate()
            file.write(piece)
            file.flush()
            answer = home.ask("/virt", cookie=cookie)
            kept = kept and answer.status == 200 and answer.headers["Set-Cookie"] is None
    checks.check("a file of users that is being written keeps nobody out", kept)
    users.write_text("")
    time.sleep(3.2)
    checks.check("and neither does one that was emptied", all(home.status("/virt", cookie=cookie) == 200 for _ in range(3)))
    users.write_text(text)
    return [value.split("=", 1)[1] for value in (cookie, again)]


def guess(ask, pause: int = 1) -> tuple[bool, list[int]]:
    """Whether five guesses are free, and each further one has to wait that comes within the pause: a second, and twice as long after each that came
    later. Two guesses are made in each; when it is over the next one, until one lasts `pause` seconds and has just begun. And the answers."""
    right, statuses, waits, failures, failed = True, [], 0, 0, 0.0
    length = 0
    while right and (waits < 2 or length < pause):
        if waits == 2:
            time.sleep(rest)
        sent = time.monotonic()
        answer = ask(len(statuses))
        statuses.append(answer.status)
        if answer.status == 401:
            # Neither when it failed nor when it came is known here, but both lie between the one before and this answer.
            right = failures < 5 or time.monotonic() - failed >= length
            failures, failed, waits = failures + 1, sent, 0
            length = 2 ** (failures - 5) if failures >= 5 else 0
        else:
            rest = int(answer.headers["Retry-After"] or 0)
            right = answer.status == 429 and 1 <= rest <= length and waits < 2
            waits += 1
    return right, statuses


def waiting(checks: Checks, home: Home):
    cookie = home.ask("/login", form={"name": "anna", "password": SECRETS[0]}, address="192.0.2.1").headers["Set-Cookie"].split(";")[0]
    right, answers = guess(lambda number: home.ask("/virt", basic("anna", "a guess"), address=f"198.51.100.{number}"))
    guessed, pause = time.monotonic(), 2 ** (answers.count(401) - 5)
    checks.check("five guesses are free wherever they come from, and then one has to wait", right, answers)
    checks.check("who is at work is not kept out", home.status("/virt", cookie=cookie, address="192.0.2.1") == 200)
    remembered = home.status("/virt", basic("user1", SECRETS[2]), address="192.0.2.7")
    # A pause that is long enough for what is asked in it.
    right, answers = guess(lambda number: home.ask("/virt", basic("user1", "a guess"), address=f"198.51.100.{number}"), 8)
    told = [home.status("/virt", basic("user1", SECRETS[2]), address=address) for address in ("198.51.100.98", "192.0.2.7")]
    checks.check("a password that is remembered elsewhere is not told by that to who guesses", remembered == 200 and right and told == [429, 200], (answers, told))
    checks.check("another user is not, either", home.status("/virt", basic("user3", SECRETS[2]), address="192.0.2.1") == 200)
    time.sleep(max(0, guessed + pause - time.monotonic()))
    checks.check("after that time the right password is right", home.status("/virt", basic("anna", SECRETS[0]), address="198.51.100.99") == 200)
    right, answers = guess(lambda number: home.ask("/login", form={"name": f"stranger{number}", "password": "a guess"}, address="203.0.113.5"), 8)
    checks.check("an address waits whatever is tried from it", right, answers)
    checks.check("and whoever is right there", home.status("/virt", basic("user2", SECRETS[2]), address="203.0.113.5") == 429)
    right, answers = guess(lambda _: home.ask("/virt", "Bearer hvt_revoked", address="203.0.113.9"))
    login = home.status("/login", form={"name": "user2", "password": SECRETS[2]}, address="203.0.113.9")
    checks.check("a script whose token was revoked keeps nobody else there out", right and login == 200, (answers, login))


def root(checks: Checks, scratch: pathlib.Path):
    """What root makes for a server of another user."""
    if os.geteuid() != 0:
        checks.note("not root, so nothing is made for others")
        return
    folder = scratch / "state"
    folder.mkdir()
    os.chown(folder, 4711, 4712)
    environment = {**os.environ, "HANDLERVIRT_USERS": str(folder / "users"), "HANDLERVIRT_TOKENS": str(folder / "tokens"), "HANDLERVIRT_AUDIT": str(folder / "audit.log")}
    for arguments in (["passwd", "anna"], ["token", "create", "--user", "anna", "--role", "viewer"]):
        subprocess.run([BINARY, *arguments], input=SECRETS[0], text=True, env=environment, check=True, capture_output=True, timeout=60)
    made = [path for path in folder.rglob("*") if path.is_file()]
    owners = {path.name: (path.stat().st_uid, path.stat().st_gid, stat.S_IMODE(path.stat().st_mode)) for path in made}
    tokens = (folder / "tokens").stat()
    checks.check("what root makes belongs to whom its folder belongs to", len(made) == 3 and set(owners.values()) == {(4711, 4712, 0o600)}
                 and (tokens.st_uid, tokens.st_gid, stat.S_IMODE(tokens.st_mode)) == (4711, 4712, 0o700), owners)


def starting(checks: Checks, scratch: pathlib.Path):
    """A server that is told to open its files anew while it still starts: it waits for a host that does not answer."""
    users, audit = scratch / "starting.users", scratch / "starting.log"
    users.write_text("# nobody\n")
    said = scratch / "starting.said"
    with socket.socket() as silent, open(said, "wb") as written:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        command = [BINARY, "--listen", "127.0.0.1:0", "--users", users, "--audit", audit,
                   "--connect", f"test+tcp://127.0.0.1:{silent.getsockname()[1]}/default"]
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=written)
        there = becomes(audit.exists, 20)
        audit.rename(scratch / "starting.log.1")
        server.send_signal(signal.SIGHUP)
        time.sleep(1)
        server.send_signal(signal.SIGHUP)
        anew = becomes(audit.exists, 20)
        serves = becomes(lambda: server.poll() is not None or "serving" in said.read_text(errors="replace"), 20)
        alive = server.poll() is None
        server.terminate()
        server.wait(20)
        checks.check("SIGHUP while it starts does not end it, and what was rotated then is opened anew", there and anew and serves and alive,
                     said.read_text(errors="replace")[-300:])


def main() -> int:
    checks = Checks()
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(pathlib.Path(scratch))
        checks.scene("passwords", passwords, checks, home)
        with tempfile.TemporaryDirectory() as other:
            checks.scene("root", root, checks, pathlib.Path(other))
            checks.scene("starting", starting, checks, pathlib.Path(other))
        with home:
            checks.scene("noting", noting, checks, home)
            given = checks.scene("tokens", tokens, checks, home) or []
            given += checks.scene("sessions", sessions, checks, home) or []
            checks.scene("waiting", waiting, checks, home)
        written = (home.folder / "log").read_text(errors="replace") + home.said
        found = [secret for secret in SECRETS + [text[21:] if text.startswith("hvt_") else text for text in given] if secret in written]
        checks.check("no password, token or cookie is in what was written", bool(given) and not found, f"{len(written)} characters")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
