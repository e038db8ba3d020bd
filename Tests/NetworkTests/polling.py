# SPDX-License-Identifier: GPL-2.0-or-later
"""Clients that ask the same things again and again, and remember how long each answer took."""
import threading
import time
from collections.abc import Callable

import machine
from checks import percentile
from replica import Answer, Client


class Polling:
    """`with Polling(port, {"list": ask}) as polling:` runs each of them in a thread of its own. `ask` gets a `Client`."""

    def __init__(self, port: int, questions: dict[str, Callable[[Client], Answer | None]], pause: float = 0.02):
        self.answers: dict[str, list[tuple[float, float, int, str]]] = {name: [] for name in questions}
        self.ending = threading.Event()
        self.pause = pause
        self.threads = [threading.Thread(target=self._run, args=(port, name, ask), daemon=True) for name, ask in questions.items()]

    def __enter__(self) -> "Polling":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join(60)

    def _run(self, port: int, name: str, ask):
        client = Client(port)
        while not self.ending.is_set():
            start = time.monotonic()
            try:
                answer = ask(client)
            except AssertionError as error:
                self.answers[name].append((start, time.monotonic() - start, -1, str(error)))
            else:
                if answer is not None:
                    self.answers[name].append((start, answer.seconds, answer.status, "" if 200 <= answer.status < 400 else str(answer)))
            if self.pause:
                self.ending.wait(self.pause)
        client.close()

    def between(self, name: str, first: float, last: float) -> list[tuple[float, float, int, str]]:
        """Those that were under way at any time between."""
        return [item for item in list(self.answers[name]) if item[0] <= last and item[0] + item[1] >= first]

    def slowest(self, first: float, *names: str) -> float:
        """Of the answers since then (all, if none are named): what whatever is waited for takes longer on a machine that is so busy."""
        return max((self.figures(name, first)[2] for name in names or self.answers), default=0.0)

    def figures(self, name: str, first: float = 0, last: float = float("inf")) -> tuple[int, float, float, list[str]]:
        """How many, the 99th percentile and the maximum in seconds, without stalls of the machine, and what was wrong."""
        items = self.between(name, first, last)
        durations = [machine.spent(start, start + seconds) for start, seconds, _, _ in items]
        wrong = [f"{status} {what}" for _, _, status, what in items if what]
        return len(items), percentile(durations, 0.99), max(durations, default=0.0), wrong
