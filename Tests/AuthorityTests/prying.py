# SPDX-License-Identifier: GPL-2.0-or-later
"""Somebody who asks for everything, and what he learns of what is not his."""
import collections
import html
import re
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

from marks import CODED, Marks, decoded
from persons import FORM, HV, LOOKS, VIEWS, Answer, Person, links, with_view

# Headers that tell of the request or of the bytes, and not of what was asked for.
OWN = {"date", "content-length", "etag", "x-request-id", "connection", "keep-alive"}
ENDLESS = re.compile(r"^/(events|logout)\b")
# What turns the words of an answer into those of the answer that it is compared with.
Swap = Callable[[str], str]
COMMAND = re.compile(r"/vir[A-Z]")
# Of what names nothing that is anybody's, so many of a shape are looked at; and of every shape so many in all views.
ALIKE, VIEWED = 3, 2
# How many of the segments after these are names.
NAMES = {"virt": 2, "hosts": 1, "commands": 1} | dict.fromkeys(
    ("domains", "networks", "pools", "volumes", "ports", "interfaces", "devices", "filters", "bindings", "secrets", "snapshots", "checkpoints"), 1)


def shape(path: str) -> str:
    """The path without names and values."""
    path, _, query = path.partition("?")
    kept, names = [], 0
    for part in path.split("/"):
        kept.append("*" if names else part)
        names = names - 1 if names else NAMES.get(part, 0)
    return "/".join(kept) + "?" + "&".join(sorted(item.split("=")[0] for item in filter(None, query.split("&"))))


@dataclass
class Map:
    """All paths that an admin finds by links, and those that are only posted to."""

    read: list[str] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)


def explored(admin: Person, starts: list[str], marked: list[Marks]) -> Map:
    """Breadth first. A command's own page is opened once of each shape: it leads nowhere new, but it is in the map all the same."""
    seen, alike = set(starts), collections.Counter()
    queue = collections.deque(starts)
    found = Map(list(starts))
    while queue:
        path = queue.popleft()
        answer = admin.get(path)
        if answer.status not in (200, 300) or not answer.headers.get("Content-Type", "").startswith("application/xml"):
            continue
        posted = {item.get("href") for item in answer.xml.iter(f"{HV}action") if item.findtext(f"{HV}method") == "POST"}
        for link in links(answer):
            if link in seen or ENDLESS.search(link) or "view=" in link:
                continue
            seen.add(link)
            kind = shape(link)
            alike[kind] += 1
            is_marked = any(marks.is_in(link) for marks in marked)
            if not is_marked and alike[kind] > ALIKE:
                continue
            found.read.append(link)
            if link in posted:
                found.posted.append(link)
            if not COMMAND.search(link) or alike[kind] <= 1:
                queue.append(link)
    return found


class Pry:
    """One person, to whom nothing may be told of what bears these marks."""

    def __init__(self, person: Person, foreign: list[Marks]):
        self.person, self.foreign = person, foreign
        self.asked = self.compared = 0
        self.statuses: collections.Counter[int] = collections.Counter()
        self.leaks: list[str] = []
        self.differences: list[str] = []
        self.errors: list[str] = []
        self.views: collections.Counter[str] = collections.Counter()

    def ask(self, method: str, path: str, given: dict | None = None, accept: str = "application/xml", allowed: str = "") -> Answer:
        """`allowed` are identifiers that she knows anyway; so are those that she sends."""
        body = None if given is None else urllib.parse.urlencode(given, doseq=True)
        headers = {"Accept": accept} | ({"Content-Type": FORM} if body is not None else {})
        answer = self.person.ask(method, path, body, headers)
        self.asked += 1
        self.statuses[answer.status] += 1
        if answer.status == 0 or answer.status >= 500:
            self.errors.append(f"{method} {path}: {answer}")
        sent = [urllib.parse.unquote(path), allowed, *(str(value) for value in (given or {}).values())]
        self._look(f"{method} {path[:160]}{f' {shortened(given)}' if given else ''}", answer, sent)
        return answer

    def _look(self, what: str, answer: Answer, sent: list[str]):
        said = "\n".join(f"{name}: {value}" for name, value in answer.headers.items()).encode() + b"\n\n" + answer.body
        for marks in self.foreign:
            if not marks.found(said):
                continue
            # Her own words do not count. They come back as they are, escaped, and encoded for an address.
            rest = said
            for word in sorted(words(sent, marks), key=len, reverse=True):
                escaped = {word, html.escape(word), html.escape(word, quote=False)}
                for form in escaped | {urllib.parse.quote(word), urllib.parse.quote(word, safe=""), urllib.parse.quote_plus(word)}:
                    rest = rest.replace(form.encode(), b"")
            if found := marks.found(rest):
                self.leaks.append(f"{what} says {answer.status}: {found[0]}")

    def look(self, path: str):
        """In XML, and the first of a shape in all other views."""
        self.ask("GET", path)
        kind = shape(path)
        self.views[kind] += 1
        if self.views[kind] <= VIEWED:
            for view in VIEWS[1:]:
                self.ask("GET", with_view(path, view), accept="text/html" if view == "html" else "application/xml")
            self.ask("HEAD", path)

    def compare(self, path: str, marks: Marks, other: Marks, method: str = "GET", given: dict | None = None, accept: str = "application/xml"):
        """What is there, and somebody else's, against what is not there."""
        ghost = marks.given_to(other, path)
        ghostly = None if given is None else {name: marks.given_to(other, str(value)) for name, value in given.items()}
        self.same(path, ghost, lambda text: marks.given_to(other, text), method, given, ghostly, accept)

    def same(self, path: str, ghost: str, swap: Swap, method: str = "GET", given=None, ghostly=None, accept: str = "application/xml"):
        for _ in range(LOOKS):
            one, other = self.ask(method, path, given, accept), self.ask(method, ghost, ghostly, accept)
            why = difference(one, other, path, ghost, swap)
            # Where nothing is, an answer names the hosts that do not answer just now.
            if not why or not self.person.server.was_slow():
                break
        self.compared += 1
        if why:
            self.differences.append(f"{method} {path[:140]}{f' {shortened(given)}' if given else ''}: {why}")


def shortened(given: dict) -> dict:
    return {name: f"...{value[-60:]}" if len(value := str(item)) > 60 else value for name, item in given.items()}


def words(sent: list[str], marks: Marks) -> set[str]:
    """What she sent that bears a mark: whole, and the segments and words of it."""
    found = set()
    for text in sent:
        found |= {text, *re.split(r"[/?&=]", text), *re.split(r"[\s<>\"'/?&=]+", text)}
        found |= {urllib.parse.quote(text), text.lower(), *map(decoded, CODED.findall(text))}
    return {word for word in found if word and marks.found(word.encode())}


def plain(answer: Answer, path: str, swap: Swap = str) -> tuple[dict, str]:
    """Headers and body in the other's words, and without what the path and the request's id make different."""
    request = answer.headers.get("X-Request-Id", "no id")

    def without(text: str) -> str:
        text = swap(text)
        bare = path.partition("?")[0]
        forms = {path, bare, html.escape(path), html.escape(path, quote=False), urllib.parse.unquote(bare), html.escape(urllib.parse.unquote(bare))}
        for form in sorted(forms, key=len, reverse=True):
            text = text.replace(swap(form), "PATH")
        return text.replace(request, "ID")

    headers = {name.lower(): without(value) for name, value in answer.headers.items() if name.lower() not in OWN}
    return headers, without(answer.body.decode("utf-8", errors="replace"))


def difference(one: Answer, other: Answer, path: str, ghost: str, swap: Swap) -> str:
    if one.status != other.status:
        return f"{one} where there is nothing: {other}"
    (headers, body), (other_headers, other_body) = plain(one, path, swap), plain(other, ghost)
    if headers != other_headers:
        return f"headers {dict(headers.items() - other_headers.items())} where there is nothing: {dict(other_headers.items() - headers.items())}"
    if body != other_body:
        at = next((index for index, (a, b) in enumerate(zip(body, other_body, strict=False)) if a != b), min(len(body), len(other_body)))
        return f"{body[max(0, at - 60) : at + 60]!r} where there is nothing: {other_body[max(0, at - 60) : at + 60]!r}"
    return ""
