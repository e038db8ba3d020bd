# SPDX-License-Identifier: GPL-2.0-or-later
"""One line for each check with what was measured, and at the end how many passed."""
import traceback


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, is_good: bool, line: str):
        self.passed += is_good
        self.failed += not is_good
        print(f"{'ok    ' if is_good else 'FAILED'} {line}", flush=True)

    def state(self, line: str):
        """A figure that nothing depends on."""
        print(f"       {line}", flush=True)

    def run(self, work) -> int:
        """Does all the work, a failure of which is one more check; then the last line. Returns the exit status."""
        try:
            work(self)
        except Exception as error:
            traceback.print_exc()
            self.check(False, f"did not come to its end: {error}")
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0


def percentile(values, percent: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
