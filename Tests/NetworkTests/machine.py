# SPDX-License-Identifier: GPL-2.0-or-later
"""When the machine let nobody run: what it is to blame for, and not the server."""
import contextlib
import os
import threading
import time

TICK = 0.02
# Seconds by which one who sleeps must be woken too late to call it a stall. What a busy server costs is less.
STALL = 0.1
# A machine that stands still longer than this may make any host silent for a moment, and so long before.
STALLED, MOMENT = 1.0, 8.0

_stalls: list[tuple[float, float]] = []


def watch():
    """On each processor one sleeps and sleeps, and notes when it was woken too late: a stall of only one of them counts too."""
    for core in sorted(os.sched_getaffinity(0)):
        threading.Thread(target=_watch, args=(core,), daemon=True).start()


def _watch(core: int):
    with contextlib.suppress(OSError):
        os.sched_setaffinity(0, {core})
    while True:
        due = time.monotonic() + TICK
        time.sleep(TICK)
        if (now := time.monotonic()) - due > STALL:
            _stalls.append((due, now))


def stalled(first: float, last: float) -> float:
    """For how many seconds of that time the machine stood still."""
    total, end = 0.0, first
    for begin, over in sorted(_stalls):
        begin, over = max(begin, end), min(over, last)
        if over > begin:
            total, end = total + over - begin, over
    return total


def may_have_silenced(first: float, last: float) -> bool:
    """Whether it stood still, then or a moment before, for about as long as a server waits for a sound host."""
    return stalled(first - MOMENT, last) > STALLED


def spent(start: float, end: float | None = None) -> float:
    """Seconds from `start` to `end`, or to now, without those in which the machine stood still."""
    if end is None:
        end = time.monotonic()
        time.sleep(2 * TICK)  # a stall that is just over has to be noted first
    return end - start - stalled(start, end)


def lag(condition, seconds: float, pause: float = 0.02) -> float:
    """How long `condition` stays untrue from now on, without stalls; infinite if it does not come true within `seconds`.

    What counts is when it was last asked in vain: how long the answer then took says nothing about what it tells of.
    """
    begin = vain = time.monotonic()
    while True:
        asked = time.monotonic()
        if condition():
            return max(0.0, spent(begin, vain))
        if asked - begin > seconds:
            return float("inf")
        vain = asked
        time.sleep(pause)
