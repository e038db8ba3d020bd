#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""reaper.py COMMAND [ARGUMENT...]: run a command and collect every process that it leaves behind.

libvirtd starts each QEMU as a daemon, so a QEMU that ends is some init's to collect. Where that init is slow, libvirt
takes the zombie for a living process and waits for it. This process adopts the orphans instead and collects at once.
It hands SIGTERM and SIGINT on to the command and ends with its status when the last process is gone.
"""
import ctypes
import os
import signal
import sys

PR_SET_CHILD_SUBREAPER = 36


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        sys.exit(f"reaper.py: prctl: {os.strerror(ctypes.get_errno())}")
    child = os.posix_spawnp(command[0], command, os.environ)

    def hand_on(number, _frame):
        try:
            os.kill(child, number)
        except ProcessLookupError:
            pass

    signal.signal(signal.SIGTERM, hand_on)
    signal.signal(signal.SIGINT, hand_on)
    result = 0
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            return result
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            result = code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
