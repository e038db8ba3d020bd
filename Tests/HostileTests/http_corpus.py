# SPDX-License-Identifier: GPL-2.0-or-later
"""Targets, headers, cookies and multipart bodies that nobody means well with: whole requests, as bytes."""
from wire import multipart, request

DEFINE = "/hosts/test/virDomainDefineXML"


def targets(secret: str) -> dict[str, bytes]:
    """`secret`: the path of a file that must not be read."""
    corpus: dict[str, bytes | str] = {}
    climbs = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e%252f", "..%c0%af", "..%e0%80%af", "%c0%ae%c0%ae/", "..;/", ".../", "..%00/", "..//", "%u002e%u002e/", "．．/"]
    for base in ("/public/", "/stylesheets/", "/schema/", "/virt/nobody/", "/hosts/test/pools/"):
        for climb in climbs:
            corpus[f"{base}{climb}"] = f"{base}{climb * 12}{secret.lstrip('/')}"
    for text in ("~", "~~", "~.", "~Li4", "~Li4vLi4v", "~====", "~" + "A" * 4000, "~%2e", "~_-", "~\xff", "~AA", "~AAAA/~AAAA", "~-_-_", "%7ELi4", "~Li4vLi4vZXRj/passwd"):
        corpus[f"/virt/{text[:20]}"] = f"/virt/{text}".encode("latin-1")
        corpus[f"/public/{text[:20]}"] = f"/public/{text}".encode("latin-1")
    for raw in (b"%00", b"a%00b", b"%", b"%2", b"%zz", b"%c0%80", b"%ff", b"%ed%a0%80", b"%f4%90%80%80", b"\xff\xfe", b"a\x01b", b"\x7f", b"%0d%0aX:y", b"a\tb", b"\\", b"|", b"^", b"{}", b"<>", b'"', b"#", b"?", b"??", b"&", b"=", b";", b"%2f%2f", b"//", b"///", b"/./.", b"/.."):
        for base in (b"/virt/", b"/virt/nobody/", b"/hosts/", b"/commands/", b"/virt?q=", b"/virt?", b"/public/", b"/"):
            corpus[repr(base + raw)] = base + raw
    for size in (1_000, 7_900, 8_100, 16_384, 70_000, 200_000):
        for form in ("/virt/{0}", "/{0}", "/virt?q={0}", "/virt?{0}=1", "/hosts/test/volumes/{0}/x"):
            corpus[f"{form} of {size}"] = form.format("a" * size)
    corpus["many segments"] = "/" + "a/" * 4_000
    corpus["many slashes"] = "/" * 8_000
    corpus["many parameters"] = "/virt?" + "&".join(f"a{n}=1" for n in range(1_200))
    corpus["the same parameter"] = "/virt?" + "q=1&" * 1_900
    corpus["ampersands"] = "/virt?" + "&" * 8_000
    corpus["percents"] = "/virt?" + "%41" * 2_600
    corpus["pages"] = "/virt?max=99999999999999999999&from=-1&sort=%00&view=nonesuch"
    for number in ("-1", "0", "1e9", "9223372036854775807", "9223372036854775808", "0x10", "٣", "1 ", "+1", "NaN"):
        corpus[f"max={number}"] = f"/virt?max={number}&from={number}".replace(" ", "%20").encode()
    for target in ("*", "http://localhost", "http://localhost/virt", "http://user@localhost/", "http://[::1", "http:///x", "HTTP://LOCALHOST/virt", "ftp://localhost/", "javascript:alert(1)", "data:,x", "localhost:80", "//localhost/virt", "http:virt", ":", "::", "-", "http://localhost:99999/", "http://" + "a" * 9000 + "/"):
        corpus[f"target {target[:30]}"] = target.encode()
    for path in ("/hosts/qemu+ssh:%2f%2f127.0.0.1%2fsystem", "/hosts/test%3a%2f%2f%2fdefault", "/hosts/test/networks/..%2f..", "/virt/nobody/%2e%2e/%2e%2e"):
        corpus[path] = path
    return {name: request("GET", target) for name, target in corpus.items()}


def headers() -> dict[str, bytes]:
    corpus: dict[str, list[tuple[bytes, bytes]]] = {}
    long = b"a" * 60_000
    for name in (b"Accept", b"Accept-Language", b"Accept-Encoding", b"If-None-Match", b"Authorization", b"Cookie", b"Content-Type", b"Origin", b"Sec-Fetch-Site", b"X-Forwarded-For", b"X-Forwarded-Proto", b"Range", b"Expect", b"Upgrade", b"X-Target-Authority"):
        for value in (b"", b" ", long, b",", b"," * 5_000, b";" * 5_000, b'"', b'"' * 4_999, b"\\" * 5_000, b"*", b"\xff\xfe", b"a/b;q=", b"\t", b"()<>@", b"q=" + b"9" * 5_000, b"a\x01b", b"a\x00b", b"%00", b"bytes=0-", b"W/" * 5_000, b"Basic " + b"=" * 9_000, b"Basic \xff", b"Bearer " + long, b"null", b"same-origin"):
            corpus[f"{name.decode()}: {value[:12]!r} of {len(value)}"] = [(name, value)]
    corpus["many headers"] = [(b"X-%d" % n, b"1") for n in range(900)]
    corpus["too many headers"] = [(b"X-%d" % n, b"1") for n in range(5_000)]
    corpus["the same header"] = [(b"Accept", b"text/html;q=0.1")] * 900
    corpus["a long name"] = [(b"X" * 60_000, b"1")]
    corpus["accept bomb"] = [(b"Accept", b", ".join(b"a/%d;q=0.%d;x=\"\\\"\"" % (n, n % 10) for n in range(2_000)))]
    corpus["etag bomb"] = [(b"If-None-Match", b", ".join(b'W/"%d"' % n for n in range(5_000)))]
    whole = {name: request("GET", "/virt", pairs) for name, pairs in corpus.items()}
    for name, raw in {
        "no version": b"GET /virt\r\n\r\n", "version 0.9": b"GET /virt HTTP/0.9\r\n\r\n", "version 2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "version 9": b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "bare feeds": b"GET /virt HTTP/1.1\nHost: localhost\n\n", "bare returns": b"GET /virt HTTP/1.1\rHost: localhost\r\r", "a folded header": b"GET /virt HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
        "a space before a colon": b"GET /virt HTTP/1.1\r\nHost : localhost\r\n\r\n", "no colon": b"GET /virt HTTP/1.1\r\nHost\r\n\r\n", "an odd method": b"G\x00T /virt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a long method": b"A" * 50_000 + b" / HTTP/1.1\r\nHost: localhost\r\n\r\n", "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500, "noise": bytes(range(256)) * 40, "zeros": b"\x00" * 10_000,
        "both lengths": b"POST /virt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "two lengths": b"POST /virt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "a negative length": b"POST /virt HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "a huge length": b"POST /virt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "a bad chunk": b"POST /virt HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", "a huge chunk": b"POST /virt HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "trailers": b"POST /virt HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 3_000 + b"\r\n", "an unknown encoding": b"POST /virt HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "smuggling": b"GET /virt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 44\r\n\r\nGET /settings HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    }.items():  # fmt: skip
        whole[name] = raw
    for host in (b"evil.example", b"localhost\r\nHost: localhost", b"", b"localhost:", b"localhost:x", b"[::1", b"a" * 60_000, b"\xff", b"localhost\x00", b"<script>alert(1)</script>", b"127.0.0.1.evil.example"):
        whole[f"host {host[:20]!r} of {len(host)}"] = request("GET", "/health", [(b"Host", host)], host=False)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "X" * 100, "POST"):
        for target in ("/virt", "/health", "/public/css/handlervirt.css", "/virt/nobody/test/virDomainDestroy%00"):
            whole[f"{method[:9]} {target}"] = request(method, target)
    return whole


def cookies() -> dict[str, bytes]:
    values = [b"", b"=", b";", b"a", b"a=", b"=b", b"a=b;" * 5_000, b"a=b; " * 5_000, b"a=\xff", b'a="', b"a=" + b"x" * 60_000, b"session=", b"session=" + b"A" * 8_000, b"session=a.b.c", b"session=../../etc/passwd", b"session=%00", b"session=\t", b"__Host-session=x", b"a=b, c=d", b"$Version=1; a=b", b"a=b;;;;;c=d", b"session=" + b"." * 9_000, b"session=" + b"=" * 9_000, b"session=\xc0\xaf"]
    corpus = {f"{value[:20]!r} of {len(value)}": request("GET", "/virt", [(b"Cookie", value)]) for value in values}
    corpus["many cookies"] = request("GET", "/virt", [(b"Cookie", b"session=%d" % n) for n in range(900)])
    corpus["a post by cookie alone"] = request("POST", "/virt/nobody/test/virDomainSuspend", [(b"Cookie", b"session=x")])
    return corpus


def bodies() -> dict[str, bytes]:
    """Multipart and urlencoded."""
    good = multipart([("xml", b"<a/>")])
    types: dict[str, tuple[bytes, bytes]] = {}
    for name, boundary in {"none": b"", "empty": b"; boundary=", "quoted": b'; boundary="', "long": b"; boundary=" + b"a" * 5_000, "spaces": b'; boundary="B "', "feeds": b'; boundary="a\\\nb"', "two": b"; boundary=A; boundary=B", "odd": b"; boundary=\xff", "dashes": b"; boundary=--", "crlf": b'; boundary="B\\\r"', "tail": b"; boundary=B; x=" + b"y" * 9_000}.items():  # fmt: skip
        types[f"boundary {name}"] = (b"multipart/form-data" + boundary, good)
    part = b'Content-Disposition: form-data; name="xml"\r\n\r\n'
    for name, body in {
        "empty": b"", "no end": b"--B\r\n" + part + b"<a/>", "half an end": b"--B\r\n" + part + b"<a/>\r\n--B", "one dash": b"--B\r\n" + part + b"<a/>\r\n--B-", "no beginning": part, "end alone": b"--B--", "end and more": b"--B--\r\n" + b"x" * 100_000,
        "preamble": b"x" * 1_000_000 + b"\r\n" + good, "100,000 parts": (b"--B\r\n" + part + b"\r\n") * 40_000 + b"--B--", "empty parts": b"--B\r\n\r\n\r\n" * 100_000 + b"--B--", "a huge header": b"--B\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n\r\n--B--", "many headers": b"--B\r\n" + b"X: y\r\n" * 100_000 + b"\r\n\r\n--B--",
        "no disposition": b"--B\r\nX: y\r\n\r\nz\r\n--B--", "no name": b"--B\r\nContent-Disposition: form-data\r\n\r\nz\r\n--B--", "nested": b"--B\r\nContent-Disposition: form-data; name=xml\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n" + good + b"\r\n--B--", "base64": b"--B\r\nContent-Disposition: form-data; name=xml\r\nContent-Transfer-Encoding: base64\r\n\r\nPGEvPg==\r\n--B--",
        "almost boundaries": b"--B\r\n" + part + b"\r\n--" * 60_000 + b"\r\n--B--", "almost the boundary": b"--B\r\n" + part + b"\r\n--A" * 40_000 + b"\r\n--B--", "padding": b"--B" + b" " * 500_000 + b"\r\n" + part + b"\r\n--B--", "a NUL": b"--B\r\n" + part + b"a\x00b\r\n--B--", "a NUL in the name": b'--B\r\nContent-Disposition: form-data; name="x\x00ml"\r\n\r\nz\r\n--B--',
        "a file of a path": b'--B\r\nContent-Disposition: form-data; name="xml"; filename="../../../../tmp/x"\r\n\r\n<a/>\r\n--B--', "a long name": b'--B\r\nContent-Disposition: form-data; name="' + b"n" * 100_000 + b'"\r\n\r\nz\r\n--B--', "no utf-8": b"--B\r\n" + part + b"\xff\xfe\r\n--B--", "noise": bytes(range(256)) * 2_000, "repeated": good * 1_000,
    }.items():  # fmt: skip
        types[f"multipart {name}"] = (b"multipart/form-data; boundary=B", body)
    for name, body in {
        "percent": b"xml=%", "half": b"xml=%4", "nul": b"xml=%00", "no utf-8": b"xml=%ff", "many fields": b"a=1&" * 500_000, "no names": b"=" * 500_000, "ampersands": b"&" * 3_000_000, "a long field": b"xml=" + b"a" * 3_900_000, "pluses": b"xml=" + b"+" * 1_000_000, "percents": b"xml=" + b"%41" * 1_000_000, "too large": b"x" * 5_000_000, "semicolons": b"xml=1;xml=2",
        "controls": bytes(range(1, 32)), "the same": b"xml=%3Ca/%3E&" * 900,
    }.items():  # fmt: skip
        types[f"urlencoded {name}"] = (b"application/x-www-form-urlencoded", body)
    for type in (b"", b"/", b"text", b"text/html", b"multipart/mixed; boundary=B", b"application/json", b"application/xml; charset=utf-16", b"application/octet-stream", b"a/b;" * 3_000, b"\xff/\xff", b"*/*", b"multipart/form-data, text/xml", b"application/xml\t"):
        types[f"type {type[:30]!r}"] = (type, good)
    return {name: request("POST", DEFINE, [(b"Content-Type", type)], body) for name, (type, body) in types.items()}
