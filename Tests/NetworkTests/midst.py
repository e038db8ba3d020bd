# SPDX-License-Identifier: GPL-2.0-or-later
"""A libvirtd that dies when a command has been sent to it and was not yet answered."""
import threading
import time

import machine
from failing import Stage, ask
from replica import Answer, Replica

NAME = "killed in the midst of a call"
# The command is on its way by then.
SENT = 1.0


def killed_in_the_midst(stage: Stage, server: Replica, host: str):
    """Frozen, so that it surely does not answer, and then killed: nobody can know whether it was done before."""
    checks, witness = stage.checks, stage.witnesses[host]
    answers: list[Answer] = []
    order = threading.Thread(target=lambda: answers.append(ask(server.port, "POST", stage.path(host, "on", "virDomainSuspend"))))
    server.post(stage.path(host, "on", "virDomainResume"))  # refused, but its connection stays open
    start = time.monotonic()
    stage.bed.do("freeze", host)
    try:
        order.start()
        begin = time.monotonic()
        while machine.spent(begin) < SENT:
            time.sleep(0.05)
        stage.bed.do("kill", host)
        killed = time.monotonic()
        order.join(server.deadlines.acting + 10)
        took = machine.spent(killed)
    finally:
        stage.bed.do("revive", host)
        witness.open()
    answer = answers[0]
    checks.check(f"{NAME}: the call ends soon", answer.status in (502, 504) and took <= 2, f"{answer}, {took:.2f} s after the kill")
    checks.check(f"{NAME}: it is unknown", answer.text("outcome") == "unknown", answer.text("outcome") or "no outcome")
    time.sleep(2)  # the absence of an event cannot be waited for
    count = witness.count(stage.uuids[host, "on"], "suspended", start)
    checks.check(f"{NAME}: it was not sent again", count == 0 and witness.truths()[stage.uuids[host, "on"]].state == "running", f"{count} times")
    stage.restore(server, host)
