# SPDX-License-Identifier: GPL-2.0-or-later
"""All pages that links lead to."""
import collections
import itertools
import re
import xml.etree.ElementTree as ElementTree

from replica import HV, Answer, Client

VIEWS = ("xml", "html", "raw", "json", "csv")
# Of pages that differ only in a name, so many are looked at.
ALIKE = 3
# What tells about the replica itself, streams that do not end, and a command that needs what the hosts lack.
LEFT_OUT = re.compile(r"^/(metrics|health|events|jobs|audit|settings|login|logout|public|stylesheets)\b|virConnectDomainXMLToNative")


def shape(path: str) -> str:
    """The path without what names an object, and a query's names only."""
    path, _, query = path.partition("?")
    parts = path.split("/")
    named = {"virt": {2, 3}, "hosts": {2}, "commands": {2}}.get(parts[1] if len(parts) > 1 else "", set())
    parts = ["*" if index in named or (index == 4 and parts[1] == "hosts" and len(parts) > 4) else part for index, part in enumerate(parts)]
    return "/".join(parts) + "?" + "&".join(sorted(item.split("=")[0] for item in filter(None, query.split("&"))))


def with_view(path: str, view: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}view={view}"


def pages(client: Client, starts: tuple[str, ...]):
    """Paths, each with its answer in XML, breadth first. Links in other views are left out: all views are asked for anyway."""
    seen, alike = set(starts), collections.Counter()
    queue = collections.deque(starts)
    while queue:
        path = queue.popleft()
        answer = client.get(path)
        yield path, answer
        if answer.status not in (200, 300) or not answer.headers.get("Content-Type", "").startswith("application/xml"):
            continue
        for link in links(answer):
            if link in seen or LEFT_OUT.search(link) or "view=" in link:
                continue
            seen.add(link)
            alike[shape(link)] += 1
            if alike[shape(link)] <= ALIKE:
                queue.append(link)


def links(answer: Answer) -> list[str]:
    """What may be read; an action that must be posted has a form that may."""
    try:
        elements = answer.xml.iter()
    except ElementTree.ParseError:
        return []
    ours = itertools.filterfalse(lambda element: not element.tag.startswith(HV), elements)
    return [href for element in ours if (href := element.get("href", "")).startswith("/")]
