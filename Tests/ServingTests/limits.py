#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every limit of docs/serving.md: what a client sees that goes beyond it, byte by byte. HANDLERVIRT_BINARY names another server."""
import contextlib
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time

from server import Answer, Checks, Client, Server, within

SMALL = {
    "connections": 40,
    "connections-per-address": 20,
    "requests": 5,
    "requests-per-caller": 3,
    "head-time": 2,
    "request-time": 3,
    "idle-time": 4,
    "line": 1024,
    "headers": 2048,
    "body": 4096,
    "parameters": 20,
    "parts": 5,
}
# Where no deadline is the matter none comes, however slow the machine is.
PATIENT = SMALL | {"head-time": 60, "request-time": 120, "idle-time": 120}
# `At once` is less than this: far from each deadline, and more than a machine stands still.
SOON = 6
# So long the server may take to notice who went away, and to end what it did for him: half of the time after which it would end that anyway.
NOTICED = 60
VM = "/virt/nobody/6695eb01-f6a4-8304-79aa-97f2502e193f"
SUSPEND = f"{VM}/virDomainSuspend"
FORM = "Content-Type: application/x-www-form-urlencoded"


def is_refused(answer, status: int) -> bool:
    return answer is not None and answer.status == status and answer.is_fault and answer.closes


def state(server: Server, source: str = "127.0.0.1") -> str:
    with Client(server, source=source) as client:
        return re.search(rb"<hv:state [^>]*>([^<]*)", client.ask(VM).body)[1].decode()


def sizes(server: Server, checks: Checks):
    def once(data: str) -> tuple:
        with Client(server) as client:
            client.send(data)
            return client.read(), client.ends(SOON) is not None

    for name, status, data in [
        ("a line that is a little too long", 414, f"GET /{'a' * 1100} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        ("a line that has no end", 414, f"GET /{'a' * 70000}"),
        ("headers that are a little too long", 431, f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'a' * 2040}\r\n\r\n"),
        ("a header that has no end", 431, f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'a' * 70000}"),
        ("a hundred and one headers", 431, "GET / HTTP/1.1\r\n" + "A: b\r\n" * 101 + "\r\n"),
        ("something else than 100-continue", 417, "GET / HTTP/1.1\r\nHost: localhost\r\nExpect: tea\r\n\r\n"),
        ("what is no HTTP", 400, "HELO example\r\n\r\n"),
        ("TLS on a plain port", 400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "a" * 200),
        ("a method that nobody knows", 400, "FROB / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        ("HTTP of another version", 400, "GET / HTTP/3.7\r\nHost: localhost\r\n\r\n"),
    ]:
        answer, ended = once(data)
        checks.check(f"{name} is {status}, and the end", is_refused(answer, status) and ended, answer and answer.status)

    with Client(server) as client:
        checks.check("a line that is just short enough is served", client.ask("/" + "a" * 1008).status == 404)
        padding = "".join(f"N{number}: {'a' * 10}\r\n" for number in range(98))
        client.send(f"GET /health HTTP/1.1\r\nHost: localhost\r\n{padding}\r\n")
        checks.check("headers that are just short enough are served", client.read().status == 200)
        query = "&".join("a=b" for _ in range(21))
        checks.check("21 items of a query are 400", client.ask(f"/virt?{query}").status == 400)
        fields = "&".join("a=b" for _ in range(21))
        answer = client.ask(SUSPEND, FORM, f"Content-Length: {len(fields)}", method="POST", body=fields)
        checks.check("21 fields of a form are 400", answer.status == 400 and answer.is_fault, answer.status)
        parts = "".join(f'--b\r\nContent-Disposition: form-data; name="p{number}"\r\n\r\n\r\n' for number in range(6)) + "--b--\r\n"
        answer = client.ask(SUSPEND, "Content-Type: multipart/form-data; boundary=b", f"Content-Length: {len(parts)}", method="POST", body=parts)
        checks.check("6 parts are 413", answer.status == 413 and answer.is_fault, answer.status)
        answer = client.ask(SUSPEND, FORM, "Content-Length: 5000", method="POST", body="a" * 5000)
        checks.check("a body that is too large is 413", answer.status == 413 and answer.is_fault, answer.status)
        checks.check("after all that the connection goes on", client.ask().status == 200)
    with Client(server) as client:
        client.send(f"GET /{'a' * 1100} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n")
        answer = client.read()
        identifier = answer.headers["x-request-id"].encode()
        checks.check("who wants HTML is refused in HTML", answer.status == 414 and b"<html" in answer.body and identifier in answer.body)


def smuggling(server: Server, checks: Checks):
    post = f"POST {SUSPEND} HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\n"
    chunked = "Transfer-Encoding: chunked\r\n"
    for name, data in [
        ("Transfer-Encoding and Content-Length", f"{post}{chunked}Content-Length: 4\r\n\r\n0\r\n\r\n"),
        ("Content-Length and Transfer-Encoding", f"{post}Content-Length: 4\r\n{chunked}\r\n0\r\n\r\n"),
        ("two different lengths", f"{post}Content-Length: 0\r\nContent-Length: 5\r\n\r\n"),
        ("the same length twice", f"{post}Content-Length: 0\r\nContent-Length: 0\r\n\r\n"),
        ("two lengths in one line", f"{post}Content-Length: 0, 0\r\n\r\n"),
        ("a length with a sign", f"{post}Content-Length: +0\r\n\r\n"),
        ("a chunk without a size", f"{post}{chunked}\r\nxyz\r\n\r\n"),
        ("a chunk longer than it says", f"{post}{chunked}\r\n1\r\nabc\r\n0\r\n\r\n"),
        ("an unknown coding", f"{post}Transfer-Encoding: chunkedd\r\n\r\n0\r\n\r\n"),
        ("chunks that are not the last coding", f"{post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        ("chunks in HTTP/1.0", post.replace("1.1", "1.0") + f"{chunked}\r\n0\r\n\r\n"),
        ("a space before the colon", f"{post}Content-Length : 0\r\n\r\n"),
        ("a header that goes on in the next line", f"{post}Content-Length: 0\r\nX: a\r\n b\r\n\r\n"),
        ("a NUL in a header", f"{post}Content-Length: 0\r\nX: a\0b\r\n\r\n"),
    ]:
        with Client(server) as client:
            client.send(data + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            answer = client.read()
            after = client.read()
            checks.check(f"{name} is 400, and nothing after it is read", is_refused(answer, 400) and after is None, answer and answer.status)
    checks.check("none of these did anything", state(server) == "running", state(server))


def connections_that_go_on(server: Server, checks: Checks):
    get = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with Client(server) as client:
        client.send(get * 3 + f"GET {VM} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answers = [client.read() for _ in range(4)]
        checks.check("four requests at once are answered in their order", [b"health" in answer.body for answer in answers] == [True] * 3 + [False])
        checks.check("the last one asked for the end", answers[3].closes and client.ends(SOON) is not None)
    with Client(server) as client:
        client.send(get * 2)
        client.raw.shutdown(1)
        both = client.read(), client.read()
        checks.check("who ends his side is answered", all(answer and answer.status == 200 for answer in both) and client.ends(SOON) is not None)
    with Client(server) as client:
        client.send(get + "GARBAGE\r\n\r\n")
        first, second = client.read(), client.read()
        checks.check("garbage behind a request is refused after its answer", first.status == 200 and is_refused(second, 400))
    with Client(server) as client:
        client.send("GET /health HTTP/1.0\r\n\r\n")
        answer = client.read()
        checks.check("HTTP/1.0 is answered, and ended", answer.status == 200 and answer.closes and client.ends(SOON) is not None)
    with Client(server) as client:
        client.send("GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        answer = client.read()
        client.send("GET /health HTTP/1.0\r\n\r\n")
        kept = answer.headers.get("connection") == "keep-alive" and client.read().status == 200
        checks.check("HTTP/1.0 that asks for it is kept alive", kept)
    with Client(server) as client:
        answer = client.ask("/health", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA")
        checks.check("an upgrade is ignored", answer.status == 200, answer.status)
    with Client(server) as client:
        answer = client.ask("/health", method="HEAD")
        checks.check("HEAD has no body", answer.status == 200 and client.ask().status == 200)


def expectations(server: Server, checks: Checks):
    expect = "Expect: 100-continue"
    with Client(server) as client:
        first = client.ask(SUSPEND, FORM, expect, "Content-Length: 3", method="POST")
        went_on = first.status == 100 and not first.headers
        client.send("a=b")
        answer = client.read()
        checks.check("who asks is told to go on, and then answered", went_on and answer.status == 422, (first.status, answer.status))
        checks.check("the connection goes on", client.ask().status == 200)
    for name, status, path, headers in [
        ("too large a body", 413, SUSPEND, [FORM, "Content-Length: 9999999"]),
        ("another method's address", 405, VM, [FORM, "Content-Length: 3"]),
        ("nothing's address", 404, "/nothing/at/all", [FORM, "Content-Length: 3"]),
        ("another site", 403, SUSPEND, [FORM, "Content-Length: 3", "Sec-Fetch-Site: cross-site"]),
    ]:
        with Client(server) as client:
            start = time.monotonic()
            answer = client.ask(path, expect, *headers, method="POST")
            checks.check(
                f"{name} is {status} at once, and the end",
                is_refused(answer, status) and client.ends(SOON) is not None and time.monotonic() - start < SOON,
                answer and answer.status)
    with Client(server) as client:
        client.send(f"POST {SUSPEND} HTTP/1.0\r\n{FORM}\r\n{expect}\r\nContent-Length: 3\r\n\r\na=b")
        checks.check("HTTP/1.0 is told nothing in between", client.read().status == 422)


def deadlines(server: Server, checks: Checks):
    def slowly(client: Client, pause: float):
        """Sends a byte now and then until the other side has answered."""
        end = time.monotonic() + 12
        client.socket.settimeout(pause)
        while time.monotonic() < end:
            try:
                client.send("a")
                if client.more():
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        client.socket.settimeout(5)

    def check_late(name: str, client: Client, reason: str, least: float, head: str):
        """The server says which deadline it was, so that the time may be longer; were it put off by each byte, it would be 12 s or more."""
        said = f'handlervirt_requests_refused_total{{reason="{reason}"}}'
        before, start = server.metric(said), time.monotonic()
        client.send(head)
        slowly(client, 0.3)
        taken, answer = time.monotonic() - start, client.read()
        checks.check(name, is_refused(answer, 408) and least < taken < 10 and server.metric(said) == before + 1, f"{taken:.1f} s")

    with Client(server) as client:
        check_late("a head that comes byte by byte is 408 in time", client, "head-time", 1.8, "GET /health HTTP/1.1\r\nX: ")
    with Client(server) as client:
        client.ask()
        check_late("so is a second one", client, "head-time", 1.8, "GET /health HTTP/1.1\r\nX: ")
    with Client(server) as client:
        head = f"POST {SUSPEND} HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nContent-Length: 4000\r\n\r\n"
        check_late("a body that comes byte by byte is 408 in time", client, "request-time", 2.8, head)
        checks.check("and the end", client.ends(SOON) is not None)
    with Client(server) as client:
        client.send(f"POST {SUSPEND} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        slowly(client, 5)
        answer = client.read()
        checks.check("a chunk whose size is no number is 400", is_refused(answer, 400) or is_refused(answer, 408), answer and answer.status)
    checks.check("none of them did anything", state(server) == "running", state(server))
    start = time.monotonic()
    with Client(server) as client:
        ended = client.ends(15) is not None
        taken = time.monotonic() - start
        checks.check("a connection without a byte ends", ended and 3.8 < taken < 10, f"{taken:.1f} s")
    start = time.monotonic()
    with Client(server) as client:
        client.ask()
        ended = client.ends(15) is not None
        taken = time.monotonic() - start
        checks.check("so does one between two requests", ended and 3.8 < taken < 10, f"{taken:.1f} s")
    held = [waiting(server, "127.0.0.2") for _ in range(3)]
    statuses = [client.read().status for client in held]
    with Client(server, source="127.0.0.2") as client:
        checks.check("who is too slow frees his slot", statuses == [408] * 3 and client.ask("/virt").status == 200, statuses)
    for client in held:
        client.close()


def reading(server: Server, checks: Checks):
    """Answers that are read slowly, and then not at all. The idle time is 6 s."""
    with Client(server, receive=4096) as client:
        client.send("GET /commands HTTP/1.1\r\nHost: localhost\r\n\r\n" * 60)
        before = 2 if within(3, lambda: server.metric("handlervirt_connections_open") == 2) else 0
        start = time.monotonic()
        # Reading slowly is no offence as long as something moves.
        for _ in range(8):
            time.sleep(1)
            for _ in range(64):
                client.socket.recv(4096)
        moved = server.metric("handlervirt_connections_open")
        gone = within(20, lambda: server.metric("handlervirt_connections_open") == 1)
        checks.check(
            "who reads nothing any more is cut off, and not before", (before, moved, gone) == (2, 2, True),
            f"open {before:.0f}, {moved:.0f}; {time.monotonic() - start:.1f} s")


def connections(server: Server, checks: Checks):
    own = [Client(server, source="127.0.0.2") for _ in range(20)]
    for client in own:
        client.ask()
    with Client(server, source="127.0.0.2") as client:
        start = time.monotonic()
        answer = client.read()
        taken = time.monotonic() - start
        checks.check(
            "one more connection of an address is 503 before it asks", is_refused(answer, 503) and answer.headers["retry-after"] == "1" and taken < SOON,
            f"{taken * 1000:.0f} ms")
        client.raw.shutdown(1)
        checks.check("and the end", client.ends(SOON) is not None)
    with Client(server, source="127.0.0.2") as client:
        client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n" * 50)
        checks.check("who asks all the same sees it too", is_refused(client.read(), 503))
    with Client(server, source="127.0.0.3") as client:
        checks.check("another address is served", client.ask().status == 200)
    # The one that looks is one of those: another one's end would be counted a moment later than it is seen here.
    proxied = [Client(server, source="127.0.0.9")]
    others_left = within(NOTICED, lambda: proxied[0].metric("handlervirt_connections_open") == 21)
    proxied += [Client(server, source="127.0.0.9") for _ in range(19)]
    checks.check("as many as may be are served", others_left and all(client.ask().status == 200 for client in proxied))
    with Client(server, source="127.0.0.4") as client:
        answer = client.ask()
        checks.check("beyond all connections nobody is served", is_refused(answer, 503), answer and answer.status)
    for client in proxied[:5]:
        client.close()
    for client in own[5:]:
        client.close()
    others_left = within(NOTICED, lambda: proxied[-1].metric("handlervirt_connections_open") == 20)
    more = [Client(server, source="127.0.0.9") for _ in range(8)]
    checks.check("a trusted proxy has more connections than one address", others_left and all(client.ask().status == 200 for client in more), len(more) + 15)
    for client in own + proxied + more:
        client.close()
    checks.check("when they are gone others are served", within(NOTICED, lambda: served(server, "127.0.0.2")))
    left = within(NOTICED, lambda: is_alone(server))
    flood = []
    for _ in range(600):
        flood.append(Client(server, source="127.0.0.5"))
    with Client(server, source="127.0.0.6") as client:
        start = time.monotonic()
        answer = client.ask()
        checks.check(
            "in a flood of one address another is served", left and answer and answer.status == 200, f"{(time.monotonic() - start) * 1000:.0f} ms")
    for client in flood:
        client.close()
    checks.check("of a flood nothing is left", within(NOTICED, lambda: is_alone(server)))


def is_alone(server: Server, source: str = "127.0.0.1") -> bool:
    """Whether the connection that asks is the only one."""
    return server.metric("handlervirt_connections_open", source) == 1


def served(server: Server, source: str, path: str = "/health") -> bool:
    with Client(server, source=source) as client:
        answer = client.ask(path)
        return answer is not None and answer.status == 200


def waiting(server: Server, source: str, *headers: str) -> Client:
    """A request that is being answered: it waits for its body, four bytes. Who went away before may be noticed a moment later."""
    taken = []

    def is_taken() -> bool:
        client = Client(server, source=source)
        answer = client.ask(SUSPEND, FORM, "Expect: 100-continue", "Content-Length: 4", *headers, method="POST")
        if answer is None or answer.status != 100:
            client.close()
            return False
        taken.append(client)
        return True

    if not within(NOTICED, is_taken):
        raise RuntimeError("the request was not taken")
    return taken[0]


def requests(server: Server, checks: Checks):
    def begin(source: str) -> Client:
        return waiting(server, source)

    def answer(source: str, path: str = "/virt", *headers: str):
        with Client(server, source=source) as client:
            return client.ask(path, *headers)

    def is_busy(source: str) -> bool:
        return answer(source).status == 503

    def check_recovery(name: str, sources: list[str]):
        start = time.monotonic()
        recovered = within(NOTICED, lambda: not any(is_busy(source) for source in sources))
        checks.check(name, recovered, f"{(time.monotonic() - start) * 1000:.0f} ms")

    held = [begin("127.0.0.2") for _ in range(3)]
    checks.check("a caller's fourth request is 503", is_busy("127.0.0.2"))
    start = time.monotonic()
    refused = answer("127.0.0.2")
    checks.check(
        "with a fault, at once, and another try", refused.is_fault and refused.headers["retry-after"] == "1" and time.monotonic() - start < SOON,
        f"{(time.monotonic() - start) * 1000:.0f} ms")
    checks.check("another caller's is served", answer("127.0.0.3").status == 200)
    checks.check("so is the health", answer("127.0.0.2", "/health").status == 200)
    passed_on = ["X-Forwarded-For: 127.0.0.2"]
    checks.check("who comes by a trusted proxy is who he is", answer("127.0.0.9", "/virt", *passed_on).status == 503)
    checks.check("and not who he says without one", answer("127.0.0.3", "/virt", *passed_on).status == 200)
    # More than may be answered at once, and as many as are waited for.
    held += [begin(f"127.0.1.{number // 3}") for number in range(17)]
    with Client(server, source="127.0.0.4") as client:
        last = client.ask(SUSPEND, FORM, "Expect: 100-continue", "Content-Length: 4", method="POST")
        checks.check("with all bodies that are waited for another one's is 503", is_refused(last, 503), last.status)
    checks.check("and what has none is served", answer("127.0.0.4").status == 200)
    checks.check("and the health", answer("127.0.0.4", "/health").status == 200)
    for client in held[:2] + held[3:]:
        client.close()
    check_recovery("who goes away frees his slot", ["127.0.0.2", "127.0.1.1", "127.0.0.4"])
    held[2].send("a=b&")
    checks.check("who stayed is answered", held[2].read().status == 422)
    held[2].close()

    held = [begin("127.0.0.2") for _ in range(3)]
    for client in held:
        client.send("a=b&")
        client.read()
        client.close()
    check_recovery("who is answered frees his slot", ["127.0.0.2"])


def pipelines(server: Server, checks: Checks):
    """What is sent in one go, by clients that do not wait for answers, or do not read them, or are gone."""
    get = "GET /virt HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for count in (2, 4):
        for number in range(150):
            client = Client(server, source=f"127.0.2.{number % 50 + 1}")
            client.send(get * count)
            if number % 2:
                client.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
    freed = within(NOTICED, lambda: is_alone(server, "127.0.0.9"))
    checks.check("300 clients that went away before they were answered leave nothing", server.process.poll() is None and freed)
    checks.check("and are no caller's", all(within(NOTICED, lambda: served(server, f"127.0.2.{number + 1}", "/virt")) for number in range(50)))
    held = [waiting(server, "127.0.0.2") for _ in range(3)]
    with Client(server, source="127.0.0.2") as client:
        client.socket.setblocking(False)
        before, sent, end = server.memory(), 0, time.monotonic() + 2
        while time.monotonic() < end:
            with contextlib.suppress(BlockingIOError):
                sent += client.socket.send(("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n" + get.replace("\r\n\r\n", "\r\nAccept: text/html\r\n\r\n") * 500).encode())
        grown = server.memory() - before
        checks.check("who asks for ever, without a slot, and reads nothing, is not listened to", grown < 40, f"{sent} bytes taken, {grown:.0f} MiB more")
    for client in held:
        client.close()
    checks.check("others are served", within(NOTICED, lambda: served(server, "127.0.0.2")))


def bodies(server: Server, checks: Checks):
    with Client(server, timeout=150) as client:
        body = b"xml=" + b"%3Cdomain%3E" + b"&" * (70 << 20) + b"bogus=1"
        client.send(f"POST /hosts/test/virDomainDefineXML HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nContent-Length: {len(body)}\r\n\r\n")
        client.send(body)
        answer = client.read()
        checks.check("of a large form nothing is left out", answer.status == 422 and b"bogus" in answer.body, answer.status)
    with Client(server, timeout=150) as client:
        client.send(f"POST {SUSPEND} HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nTransfer-Encoding: chunked\r\n\r\n")
        client.send("1\r\na\r\n" * 1000)
        before, chunks = server.memory(), "1\r\na\r\n" * 100_000
        for _ in range(3):
            client.send(chunks)
        grown = server.memory() - before
        client.send("0\r\n\r\n")
        checks.check("a body in 300,000 chunks takes little more than its bytes", client.read().status in (400, 422) and grown < 8, f"{grown:.0f} MiB more")


def endings(server: Server, checks: Checks):
    """Answers that are read slowly, and are the last ones."""
    for name, header in [
        ("of who asked for the end", "Connection: close"), ("of who would speak HTTP/2", "Upgrade: h2c"), ("of who says nothing more", "A: b"),
    ]:
        with Client(server, receive=4096) as client:
            client.send(f"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n")
            if header == "A: b":
                client.raw.shutdown(1)
            answer = read_slowly(client)
            checks.check(f"a last answer, {name}, is read to its end", answer is not None, answer and len(answer.body))


def read_slowly(client: Client, rounds: int = 8) -> Answer | None:
    for _ in range(rounds):
        time.sleep(0.5)
        for _ in range(16):
            client.more()
    return client.read()


def users(server: Server, checks: Checks):
    def basic(name: str, password: str) -> str:
        import base64
        return "Authorization: Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()

    with Client(server) as client:
        answer = client.ask(SUSPEND, FORM, "Expect: 100-continue", "Content-Length: 3", basic("anna", "wrong"), method="POST")
        checks.check("a wrong password is 401 before the body", is_refused(answer, 401), answer.status)
    held = [waiting(server, f"127.0.0.{number + 2}", basic("anna", "secret")) for number in range(3)]

    def status(name: str, source: str) -> int:
        with Client(server, source=source) as client:
            return client.ask("/virt", basic(name, "secret")).status

    checks.check("a user's fourth request is 503 from whichever address", status("anna", "127.0.0.7") == 503)
    checks.check("another user's is served from the same", status("bert", "127.0.0.2") == 200)
    for client in held:
        client.close()
    checks.check("it frees", within(NOTICED, lambda: status("anna", "127.0.0.7") == 200))


def stopping(server: Server, checks: Checks):
    idle = [Client(server) for _ in range(10)]
    for client in idle[:8]:
        client.ask()
    idle[9].send("GET /hea")
    readers = [Client(server, receive=4096) for _ in range(2)]
    readers[0].send("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
    readers[0].more()
    time.sleep(0.2)
    start = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    # After 8 s everything ends, whatever it is.
    ended = all(client.ends(SOON) is not None for client in [*idle, readers[1]])
    taken = time.monotonic() - start
    checks.check("idle connections are closed at once", ended and taken < SOON, f"{taken:.2f} s")
    # For longer than it would be waited for if nothing were left to read.
    checks.check("an answer that is being read is read to its end", read_slowly(readers[0], 5) is not None)
    ended = server.wait(10) is not None
    taken = time.monotonic() - start
    checks.check("and then is the end", ended and taken < 7.5, f"{taken:.2f} s after it was told to")


def counts(server: Server, checks: Checks):
    checks.check("no connection is left", within(NOTICED, lambda: is_alone(server)))
    for name in ["handlervirt_connections_refused_total", "handlervirt_requests_refused_total"]:
        checks.check(f"{name} was counted", server.metric(name) > 0, server.metric(name))


def few_files(checks: Checks):
    """With fewer files than connections it leaves some to the rest of the process, which would not live without."""
    with Server(limits={"connections": 1000, "connections-per-address": 1000}, before="ulimit -n 150;") as server:
        checks.check("a limit of files that is too low is said in the log", "limit of open files" in server.log())
        clients = []
        for _ in range(400):
            clients.append(Client(server))
        within(20, lambda: "no connection is accepted" in server.log())
        time.sleep(1)
        files = len(os.listdir(f"/proc/{server.process.pid}/fd"))
        checks.check("of 150 files a flood leaves some", 75 <= files < 140, files)
        for client in clients:
            client.close()
        checks.check("after it the server serves", within(30, lambda: served(server, "127.0.0.1")))
        checks.check("and said so in few lines", (said := server.log().count("no connection is accepted")) in (1, 2), said)


def main() -> int:
    checks = Checks()
    with Server("--access", "read-write", "--trusted-proxy", "127.0.0.9/32", limits=PATIENT) as server:
        for scene in [sizes, smuggling, connections_that_go_on, expectations, connections, requests, pipelines, endings, counts, stopping]:
            checks.scene(scene.__name__, scene, server, checks)
    for scene, limits in [(deadlines, SMALL), (reading, SMALL | {"idle-time": 6})]:
        with Server("--access", "read-write", limits=limits) as server:
            checks.scene(scene.__name__, scene, server, checks)
    digest = subprocess.run(["openssl", "passwd", "-6", "secret"], capture_output=True, text=True, check=True).stdout.strip()
    people = f"/tmp/handlervirt-serving-users-{time.monotonic_ns()}"
    with open(people, "w", encoding="utf-8") as file:
        file.write("".join(f"{name}:{digest}\n" for name in ("anna", "bert")))
    with Server("--access", "read-write", "--users", people, limits=PATIENT) as server:
        checks.scene("users", users, server, checks)
    with Server("--access", "read-write", limits={"body": 200 << 20, "request-time": 200}) as server:
        checks.scene("bodies", bodies, server, checks)
    checks.scene("few files", few_files, checks)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
