# SPDX-License-Identifier: GPL-2.0-or-later
"""What pages and lists show: every action that the caller may run and no other, and nothing that is not his to see."""
import itertools
import re

from cells import OWNER
from client import HV, HTML
from expectation import Expectation, Verdict
from judgement import CHALLENGE, Bench
from permissions import Function
from roles import CALLERS, Caller, Thing
from things import RULED

COMMAND = re.compile(r"vir[A-Z]\w+|owner")
# Pages of the server itself, and what they ask for. Whoever is known may see the others.
SERVER = {"/settings": "hv:settings", "/metrics": "hv:metrics", "/audit": "hv:audit", "/virt": None, "/hosts": None, "/commands": None, "/openapi.json": None}
OPEN = ("/health", "/public/render.js", "/schema/handlervirt.rng", "/stylesheets/html/layout.xsl")
CLOSED = ("/", "/virt", "/hosts", "/virt/xena", "/virt/xena/xenas-vm", "/virt/xena/nonesuch", "/hosts/h1/networks/alice-net", "/nonsense")
# With a form on the page no window of the browser's own is wanted.
PAGE_CHALLENGE = 'Bearer realm="handlervirt"'
GUESSES = ("Basic eGVuYTp3cm9uZw==", "Basic c3RyYW5nZXI6eA==")
# Nothing; a wrong password of xena's; a user that there is not; what is no password at all.
WRONG = ("", *GUESSES, "Basic ***", "Bearer x")


class Pages:
    def __init__(self, bench: Bench, expectation: Expectation, functions: dict[str, Function]):
        self.bench, self.report = bench, bench.report
        self.client, self.access = bench.service.client, bench.service.access
        self.expectation = expectation
        self.functions = functions

    def get(self, caller: Caller, path: str, accept: str = "application/xml"):
        while True:
            answer = self.client.ask("GET", path, caller.name, accept=accept)
            if answer.status not in (503, 504) or not self.bench.service.was_lost():
                return answer

    def offers(self):
        """Actions and links of each page that a caller may see."""
        for caller in CALLERS[1:]:
            for thing in self.expectation.things:
                if thing.is_there and self.expectation.finds(caller, thing) is None:
                    self.offer(caller, thing)

    def offer(self, caller: Caller, thing: Thing):
        answer = self.get(caller, thing.paths[0])
        self.report.check(answer.status == 200, f"{self.access}  {caller}: the page of {thing} must be there, is {answer}")
        if answer.status != 200:
            return
        elements = [item for item in answer.xml.iter() if item.tag in (f"{HV}action", f"{HV}link")]
        found = {item.get("name") for item in elements if COMMAND.fullmatch(item.get("name") or "")}
        own = {name: function for name, function in self.functions.items() if function.kind == thing.kind}
        # Nobody can say whose a domain is where a rule does.
        if thing.kind == "domain" and thing.name != RULED:
            own["owner"] = OWNER
        verdicts = {name: self.expectation.offers(caller, function, thing) for name, function in own.items()}
        missing = sorted(name for name, verdict in verdicts.items() if verdict is Verdict.ALLOWED and name not in found)
        # The form that changes an object's XML is another object's command, but it is about this one.
        others = {name: self.expectation.has(caller, self.functions[name].base, thing) for name in found - own.keys() - {"owner"}}
        forbidden = sorted(
            [name for name in found & own.keys() if verdicts[name] is Verdict.DENIED] + [name for name, is_his in others.items() if not is_his])
        page = f"{self.access}  {caller}: the page of {thing}"
        self.report.check(not missing, f"{page} lacks {len(missing)}: {' '.join(missing[:8])}")
        self.report.check(not forbidden, f"{page} offers {len(forbidden)} forbidden: {' '.join(forbidden[:8])}")

    def lists(self):
        """`/virt`, the lists of each owner, and the lists of a host's objects."""
        domains = self.expectation.domains
        ours = {domain.uuid for domain in domains}
        for caller in CALLERS[1:]:
            visible = {domain.uuid for domain in domains if self.expectation.sees(caller, domain)}
            rows = {row.get("id") for row in self.get(caller, "/virt").xml.findall(f"{HV}vm")}
            sees_all = any(grant.on == "*" for grant in caller.grants)
            self.report.check(
                rows & ours == visible and (sees_all or rows == visible), f"{self.access}  {caller}: /virt must list {visible}, lists {rows}")
            self.owners(caller, domains)
            for kind, path in (("network", "networks"), ("pool", "pools")):
                self.listed(caller, kind, path)

    def owners(self, caller: Caller, domains: list[Thing]):
        for owner in ("alice", "xena", "bob", "noel", "carl", "no-such-owner"):
            seen = {domain.uuid for domain in domains if domain.owner == owner and self.expectation.sees(caller, domain)}
            status = 200 if seen or owner == caller.name else 404
            answer = self.get(caller, f"/virt/{owner}")
            self.report.check(answer.status == status, f"{self.access}  {caller}: /virt/{owner} must be {status}, is {answer}")
            if answer.status == status == 200:
                rows = {row.get("id") for row in answer.xml.findall(f"{HV}vm")}
                self.report.check(rows == seen, f"{self.access}  {caller}: /virt/{owner} must list {seen}, lists {rows}")

    def listed(self, caller: Caller, kind: str, path: str):
        """A list may be refused, but never shows what is hidden."""
        host = next(thing for thing in self.expectation.things if thing.kind == "host" and thing.is_there)
        answer = self.get(caller, f"{host.paths[0]}/{path}")
        if not self.expectation.sees(caller, host):
            return self.report.check(answer.status == 404, f"{self.access}  {caller}: {path} of a hidden host must be 404, is {answer}")
        names = {row.get("name") for row in answer.xml.findall(f"{HV}{kind}")} if answer.status == 200 else set()
        for thing in self.expectation.things:
            if thing.kind == kind and not self.expectation.sees(caller, thing):
                self.report.check(thing.name not in names, f"{self.access}  {caller}: {path} shows {thing.name}, which is hidden")
        return None

    def server(self):
        """The server's own pages, with what it takes to see them; and what is open to anybody."""
        server = Thing("server", "itself")
        for path, permission in SERVER.items():
            for caller in CALLERS:
                is_his = permission is None or caller.has(permission, server, self.expectation.is_read_only)
                status = 401 if caller.name is None else 200 if is_his else 403
                answer = self.get(caller, path)
                self.report.check(answer.status == status, f"{self.access}  {caller}: {path} must be {status}, is {answer}")
        for path in OPEN:
            answer = self.get(CALLERS[0], path)
            self.report.check(answer.status == 200, f"{self.access}  nobody: {path} must be open, is {answer}")

    def strangers(self):
        """Who gives a wrong password, or none, or somebody's who is not there, is answered alike everywhere."""
        for number, (accept, path, given) in enumerate(itertools.product(("application/xml", HTML), CLOSED, WRONG)):
            # Each from an address of its own, as who fails often has to wait, and so does everybody there.
            headers = {"Authorization": given} if given else {}
            answer = self.client.ask("GET", path, None, accept=accept, headers={**headers, "X-Forwarded-For": f"198.51.100.{number}"})
            is_asked = answer.headers.get("WWW-Authenticate") == (PAGE_CHALLENGE if accept == HTML else CHALLENGE)
            is_slowed = given in GUESSES and answer.status == 429 and "Retry-After" in answer.headers
            self.report.check(
                (answer.status == 401 and is_asked or is_slowed) and b"alice" not in answer.body.replace(path.encode(), b""),
                f"{self.access}  nobody ({given}): {path} must be 401, is {answer}")
        # The more guesses were refused the longer one has to wait: a minute at most.
        self.bench.service.until(lambda: self.client.ask("GET", "/virt", "xena").status != 429, "xena may try again", 90)
