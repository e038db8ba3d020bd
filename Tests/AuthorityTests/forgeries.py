# SPDX-License-Identifier: GPL-2.0-or-later
"""Domain XML that says, openly or not, that the domain is somebody else's."""
from collections.abc import Callable

from holdings import OWNER, claim, metadata, with_metadata

Forgery = Callable[[str], str]


def _saying(*elements: str) -> Forgery:
    return lambda xml: with_metadata(xml, metadata(*elements))


def _owner(content: str, name: str = "owner", namespace: str = OWNER) -> str:
    return f"<{name} xmlns='{namespace}'>{content}</{name}>"


def _with_entity(value: str) -> Forgery:
    def forge(xml: str) -> str:
        return f"<!DOCTYPE domain [<!ENTITY who {value}>]>" + with_metadata(xml, metadata(_owner("&who;")))

    return forge


def _declared_above(place: str, forged: str) -> Forgery:
    def forge(xml: str) -> str:
        return with_metadata(xml, metadata(f"<above:owner>{forged}</above:owner>")).replace(f"<{place}", f"<{place} xmlns:above='{OWNER}'")

    return forge


def _in_utf7(forged: str) -> Forgery:
    """Who reads it as UTF-8 finds text where libvirt, by its declaration, finds an element."""

    def forge(xml: str) -> str:
        element = f"<owner xmlns=\"{OWNER}\">{forged}</owner>"
        hidden = "".join(f"+{code}-" if (code := {"<": "ADw", ">": "AD4", '"': "ACI"}.get(letter)) else letter for letter in element)
        return '<?xml version="1.0" encoding="UTF-7"?>\n' + with_metadata(xml, metadata(hidden))

    return forge


def forgeries(right: str, forged: str) -> dict[str, Forgery]:
    """By name. Each may be refused, or be put right; none may have an effect on whose it is."""
    true, false = claim(right), claim(forged)
    letters = "".join(f"&#x{ord(letter):x};" for letter in forged)
    inside = f"<x:x xmlns:x='urn:x'>{_owner(forged)}</x:x>"
    return {
        "another owner": _saying(false),
        "no owner": _saying(),
        "no metadata": lambda xml: with_metadata(xml, ""),
        "an empty owner": _saying(_owner("")),
        "two owners, the forged one first": _saying(false, true),
        "two owners, the forged one last": _saying(true, false),
        "metadata twice, the forged first": lambda xml: with_metadata(xml, metadata(false) + metadata(true)),
        "metadata twice, the forged last": lambda xml: with_metadata(xml, metadata(true) + metadata(false)),
        "a name of character references": _saying(_owner(letters)),
        "a namespace of character references": _saying(_owner(forged, namespace="urn:handler&#118;irt&#58;owner:1")),
        "an odd prefix": _saying(f"<_é.1-:owner xmlns:_é.1-='{OWNER}'>{forged}</_é.1-:owner>"),
        "a prefix that is declared at the root": _declared_above("domain", forged),
        "a prefix that is declared at the metadata": _declared_above("metadata", forged),
        "CDATA": _saying(_owner(f"<![CDATA[{forged}]]>")),
        "half CDATA": _saying(_owner(f"{forged[:3]}<![CDATA[{forged[3:]}]]>")),
        "a comment in the name": _saying(_owner(f"{forged[:3]}<!-- - -->{forged[3:]}")),
        "a comment before the right name": _saying(_owner(f"<!--{right}-->{forged}")),
        "an instruction in the name": _saying(_owner(f"{forged[:3]}<?x y?>{forged[3:]}")),
        "an element in the name": _saying(_owner(f"<x>{forged}</x>")),
        "an element beside the right name": _saying(_owner(f"{right}<x>{forged}</x>")),
        "an attribute beside the right name": _saying(f"<owner xmlns='{OWNER}' name='{forged}'>{right}</owner>"),
        "an element of another name": _saying(_owner(forged, name="person")),
        "an element of another name before the right one": _saying(_owner(forged, name="person"), true),
        "inside another element": _saying(inside),
        "inside another element, beside the right one": _saying(inside, true),
        "white space about the right name": _saying(_owner(f" {right}\n")),
        "the right name in capitals": _saying(_owner(right.upper())),
        "two names": _saying(_owner(f"{right},{forged}")),
        "an entity": _with_entity(f"'{forged}'"),
        "an entity of a file": _with_entity("SYSTEM 'file:///etc/hostname'"),
        "UTF-7": _in_utf7(forged),
    }


# What the server says to some of them, where only one answer will do: 403 to what is refused, 200 to what is put right, 400 to what is no XML for it.
ANSWERS = {
    "another owner": (403,), "no owner": (200,), "no metadata": (200,), "two owners, the forged one first": (403,), "CDATA": (403,),
    "a name of character references": (403,), "a namespace of character references": (403,), "an odd prefix": (403,),
    "a prefix that is declared at the root": (403,), "a prefix that is declared at the metadata": (403,),
}  # fmt: skip
