# SPDX-License-Identifier: GPL-2.0-or-later
"""What a program of these tests found, a line for each check."""
import os
import time
import traceback


class Checks:
    """Counts and prints. A check that fails does not end the program."""

    def __init__(self):
        self.passed = 0
        self.failures: list[str] = []
        self.start = time.monotonic()

    def note(self, text: str):
        print(f"--   {text}", flush=True)

    def check(self, name: str, is_so: bool, figure: object = "") -> bool:
        """`figure` is what was measured: it is printed whether it will do or not."""
        if is_so:
            self.passed += 1
        else:
            self.failures.append(name)
        shown = f": {figure}" if figure != "" else ""
        print(f"{'ok  ' if is_so else 'FAIL'} {name}{shown}", flush=True)
        return is_so

    def scene(self, name: str, play, *arguments):
        """One story. Where its own Python fails, the others go on."""
        try:
            return play(*arguments)
        except Exception as error:  # noqa: BLE001 (whatever it is)
            frames = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)[1:]))
            self.check(f"{name}, to its end", False, f"{error!r} in {frames}"[:600])
            return None

    def end(self) -> int:
        self.note(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        print(f"in {time.monotonic() - self.start:.0f} s: {self.passed} passed, {len(self.failures)} failed", flush=True)
        return 1 if self.failures else 0


def percentile(durations: list[float], share: float) -> float:
    ordered = sorted(durations)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
