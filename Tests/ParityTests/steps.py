# SPDX-License-Identifier: GPL-2.0-or-later
"""Modifying functions called over HTTP one after the other, with what libvirt-python must see of each afterwards."""
import time
import traceback

import libvirt

from client import HV, Client, Object, Server

OFF = 5  # VIR_DOMAIN_SHUTOFF


def vm(domain) -> str:
    """Where a domain lives; `domain` is libvirt's, or the link that an answer gave."""
    return f"/virt/nobody/{domain.name if isinstance(domain, Object) else domain.UUIDString()}"


def state(domain) -> int:
    return domain.state()[0]


class Steps:
    """Posts to one server. A step that fails is noted, and the scenario goes on where it can."""

    def __init__(self, server: Server, uri: str):
        self.client = Client(server, uri)
        self.succeeded: set[str] = set()
        self.failures: list[str] = []

    def parameter_type(self, function: str, name: str) -> str:
        document = self.client.server.get(f"/commands/{function}").xml
        return next(item.findtext(f"{HV}type") for item in document.iter(f"{HV}parameter") if item.get("name") == name)

    def do(self, path: str, function: str, check=None, **parameters):
        """Runs a function. `check` is asked until it says yes, as some effects come later."""
        answer = self.client.post(path, function, **parameters)
        if answer.trouble or answer.code is not None:
            message = answer.document.findtext(f"{HV}message") if answer.document is not None else ""
            self.failures.append(f"{function}: {answer} {message}\n      {answer.request}")
            return None
        if check and not self.seen(check):
            self.failures.append(f"{function}: answers {answer}, but libvirt-python sees no effect\n      {answer.request}")
            return answer.result
        self.succeeded.add(function)
        return answer.result

    def await_known(self, domain: libvirt.virDomain, state: str = ""):
        """What libvirt-python did needs a moment until the server has heard of it, and a POST does not wait for that."""

        def shows() -> bool:
            answer = self.client.server.get(vm(domain))
            if answer.status != 200 or answer.xml.tag != f"{HV}vm" or answer.xml.find(f"{HV}host").get("href") != self.client.host:
                return False
            return state in ("", answer.xml.findtext(f"{HV}state"))

        if not self.seen(shows):
            raise TimeoutError(f"the server does not show {domain.name()} as {state or 'there'}")

    def seen(self, check, seconds: float = 60) -> bool:
        deadline = time.monotonic() + seconds
        while True:
            try:
                if check():
                    return True
            except libvirt.libvirtError:
                pass
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)

    def scenario(self, play, *arguments):
        """One story. Where its own Python fails, because an earlier step did or the host lacks something, the rest of it is not told."""
        try:
            play(self, *arguments)
        except Exception as error:  # noqa: BLE001 (whatever it is, the other stories go on)
            frame = traceback.extract_tb(error.__traceback__)[1]
            self.failures.append(f"{play.__name__}, line {frame.lineno}: {error!r}")


def gone(look_up, *arguments) -> bool:
    """Does libvirt no longer know it?"""
    try:
        look_up(*arguments)
    except libvirt.libvirtError:
        return True
    return False
