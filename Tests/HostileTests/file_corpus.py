# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that the program reads when it starts."""

HASH = "$6$rounds=5000$saltsaltsaltsalt$" + "a" * 86


def users() -> dict[str, bytes]:
    texts = {
        "plain text": "alice:secret", "no colon": "alice", "no name": f":{HASH}", "no hash": "alice:", "MD5": "alice:$apr1$abcdefgh$" + "a" * 22, "SHA-1": "alice:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "DES": "alice:abJnggxhB/yWI",
        "an unknown hash": "alice:$9$x$y", "twice": f"alice:{HASH}\nalice:{HASH}", "nobody": f"nobody:{HASH}", "a control character": f"al\x01ice:{HASH}", "a long name": f"{'a' * 5000}:{HASH}", "a long line": f"alice:{'a' * 1_000_000}", "a long file": f"alice:{HASH}\n" * 2 + "# x\n" * 500_000,
        "bcrypt that costs much": "alice:$2y$31$" + "a" * 53, "SHA-crypt that costs much": "alice:$6$rounds=999999999$salt$" + "a" * 86, "scrypt that costs much": "alice:$7$zzzzz/..../....$" + "a" * 43, "yescrypt that costs much": "alice:$y$jzzzz$salt$" + "a" * 43,
        "white space": f" alice : {HASH} ", "colons": "a:b:c:d:e", "a format": "%s%n%x:" + HASH, "an owner beyond": f"../../etc/passwd:{HASH}", "empty": "", "feeds": "\n" * 100_000, "returns": f"alice:{HASH}\r\n",
    }  # fmt: skip
    corpus = {name: text.encode() for name, text in texts.items()}
    corpus |= {"no utf-8": b"al\xffice:" + HASH.encode(), "NUL": b"alice\x00:" + HASH.encode(), "noise": bytes(range(256)) * 1_000, "UTF-16": f"alice:{HASH}".encode("utf-16"), "a byte order mark": b"\xef\xbb\xbfalice:" + HASH.encode()}
    return corpus


def configurations() -> dict[str, bytes]:
    laughs = "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(12))
    texts = {
        "billion laughs": laughs, "billion laughs in flow": "{" + ", ".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]" for n in range(40)) + "}", "an anchor": "listen: &a 127.0.0.1:1\n", "an alias to itself": "a: &a [*a]\n", "a merge": "<<: {listen: x}\n", "a tag": "listen: !!python/object/apply:os.system [id]\n", "a local tag": "listen: !x y\n",
        "deep in flow": "a: " + "[" * 100_000, "deep and closed": "a: " + "[" * 5_000 + "]" * 5_000, "deep mappings": "a: " + "{b: " * 5_000, "deep in blocks": "\n".join(" " * n + "a:" for n in range(3_000)), "deep in dashes": "hosts: " + "- " * 10_000, "a long key": "k" * 1_000_000 + ": x", "a long value": "listen: " + "x" * 1_000_000, "many keys": "\n".join(f"k{n}: x" for n in range(10_000)),
        "many documents": "---\n" * 10_000, "two documents": "listen: a\n---\nlisten: b\n", "a key twice": "listen: a\nlisten: b\n", "no mapping": "- a\n- b\n", "a scalar": "x", "half a quote": 'listen: "', "half a brace": "hosts: [{uri: ", "tabs": "hosts:\n\t- uri: x\n", "a directive": "%YAML 9.9\n---\nlisten: x\n", "a null": "listen: ~\n", "a date": "listen: 2001-01-01\n", "infinity": "deadlines: {reading: .inf}\n", "not a number": "deadlines: {reading: .nan}\n",
        "a negative deadline": "deadlines: {reading: -1}\n", "a huge deadline": "deadlines: {reading: 99999999999999999999}\n", "a huge limit": "limits: {body: 99999999999999999999}\n", "limits of nothing": "limits: {connections: 0, body: -1}\n", "no such key": "lissen: x\n", "a URI that runs": "connect: ['qemu+ssh://x/system?command=/bin/true']\nhosts: [{uri: 1}]\n", "an odd port": "listen: 127.0.0.1:99999\n", "an odd host": "public-host: ['<script>', '//x', 'a b']\n",
        "patterns": "discovery: {allow: [{name: '" + "*" * 10_000 + "a', transport: tcp}]}\n", "an unknown role": "grants: [{role: nonesuch, user: x}]\n", "a folded text": "listen: >" + "\n  x" * 100_000, "escapes": 'listen: "\\x00\\u0000\\U00110000"\n', "a complex key": "? [a, b]\n: c\n", "comments": "# x\n" * 300_000, "controls": "listen: a\x01b\n", "empty": "",
    }  # fmt: skip
    corpus = {name: text.encode() for name, text in texts.items()}
    corpus |= {"no utf-8": b"listen: \xff\n", "NUL": b"listen: a\x00b\n", "noise": bytes(range(256)) * 1_000, "UTF-16": "listen: x\n".encode("utf-16"), "UTF-32": "listen: x\n".encode("utf-32")}
    return corpus


def keys() -> dict[str, bytes]:
    """Session keys, and the files of a directory of tokens."""
    return {"empty": b"", "one byte": b"x", "noise": bytes(range(256)), "zeros": b"\x00" * 64, "long": b"k" * 5_000_000, "feeds": b"\n" * 100, "hexadecimal": b"ab" * 32 + b"\n", "YAML": b"a: [", "JSON": b"{" * 100_000, "NUL": b"abc\x00def", "no utf-8": b"\xff" * 40, "a format": b"%s%n" * 10}
