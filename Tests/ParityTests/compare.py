# SPDX-License-Identifier: GPL-2.0-or-later
"""Is a document's value what libvirt-python says?

Python was asked before and after the server was, so that what moves meanwhile (counters, clocks, free memory) needs no list: such
a number must lie between, all else must be what it was before or after.
"""
import uuid
from xml.etree.ElementTree import ParseError

from client import Cpus, Object, Xml


def difference(http, before, after, place: str = "") -> str | None:
    """Where and how the server's value differs from Python's two, or None."""
    before, after = (_alike(http, native) for native in (before, after))
    if isinstance(http, dict) and isinstance(before, dict) and isinstance(after, dict):
        return _of_structures(http, before, after, place)
    if isinstance(http, list) and isinstance(before, list) and isinstance(after, list):
        return _of_lists(http, before, after, place)
    if _same(http, before) or _same(http, after):
        return None
    numbers = list(filter(_is_number, (http, before, after)))
    if len(numbers) == 3 and min(before, after) <= http <= max(before, after):
        return None
    if isinstance(http, Xml) and isinstance(before, Xml):
        return f"{place or 'result'}: {_first_difference(http.text, before.text)}"
    return f"{place or 'result'}: {_short(http)}, libvirt-python says {_short(before)}"


def extreme(native, said: list, pick):
    """What Python said last, but of its numbers the least or greatest of all that it said."""
    if isinstance(native, dict):
        return {name: extreme(item, [other[name] for other in said if isinstance(other, dict) and name in other], pick) for name, item in native.items()}
    if isinstance(native, list):
        alike = [other for other in said if isinstance(other, list) and len(other) == len(native)]
        return [extreme(item, [other[number] for other in alike], pick) for number, item in enumerate(native)]
    if not _is_number(native):
        return native
    return pick([native, *filter(_is_number, said)])


def _is_number(item) -> bool:
    return isinstance(item, (int, float)) and not isinstance(item, bool)


def _of_structures(http: dict, before: dict, after: dict, place: str) -> str | None:
    # A string that libvirt has not is None in Python, and in the document absent or empty; what is not in every answer comes and goes.
    silent = {name for name in before.keys() | after.keys() if before.get(name) is None and after.get(name) is None}
    http = {name: item for name, item in http.items() if not (name in silent and item == "")}
    before, after = ({name: item for name, item in native.items() if name not in silent} for native in (before, after))
    lasting = before.keys() & after.keys()
    missing, extra = lasting - http.keys(), http.keys() - (before.keys() | after.keys())
    if missing or extra:
        return f"{place or 'result'}: missing {sorted(missing)}, too many {sorted(extra)}, has {sorted(http)[:20]}"
    for name in http:
        found = difference(http[name], before.get(name, after.get(name)), after.get(name, before.get(name)), f"{place}.{name}")
        if found:
            return found
    return None


def _of_lists(http: list, before: list, after: list, place: str) -> str | None:
    if len(before) != len(after):
        return difference(http, before, before, place) and difference(http, after, after, place)
    if len(http) != len(before):
        return f"{place or 'result'}: {len(http)} items {_short(http)}, libvirt-python has {len(before)} {_short(before)}"
    for number, item in enumerate(http):
        found = difference(item, before[number], after[number], f"{place}[{number}]")
        if found:
            return found
    return None


def _alike(http, native):
    """Python's value in the shape of the document's, where libvirt-python is only poorer in types."""
    if isinstance(http, dict) and not isinstance(native, dict) and len(http) == 1:
        return {name: native for name in http}
    if isinstance(http, Xml) and isinstance(native, str):
        try:
            return Xml.parse(native)
        except ParseError:
            return native
    if isinstance(http, Cpus) and isinstance(native, list):
        return Cpus.of(native)
    if isinstance(http, str) and isinstance(native, bytes) and len(native) == 16:
        return str(uuid.UUID(bytes=native))
    # Of an empty answer one of the two may say nothing.
    if native is None and isinstance(http, (list, dict)):
        return type(http)()
    if http is None and native in ({}, []):
        return None
    return native


def _same(http, native) -> bool:
    if isinstance(http, Object) and isinstance(native, Object):
        return http == native
    return http == native and isinstance(http, str) == isinstance(native, str)


def _short(item) -> str:
    text = repr(item)
    return text if len(text) <= 160 else text[:157] + "..."


def _first_difference(http: str, native: str) -> str:
    """The line at which two long texts part."""
    pairs = zip(http.splitlines() + [""], native.splitlines() + [""])
    return next((f"{ours!r}, libvirt-python says {theirs!r}" for ours, theirs in pairs if ours != theirs), "one goes on where the other ends")
