# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the answers are those that must be, and how many calls reached the host meanwhile."""
import concurrent.futures
import time
from dataclasses import dataclass, field

from client import Answer
from expectation import Cell, Verdict
from service import Service

THREADS = 4
CHALLENGE = 'Basic realm="handlervirt", charset="UTF-8"'


def trouble(verdict: Verdict, answer: Answer) -> str | None:
    """What is wrong with an answer, if anything is."""
    own = not answer.is_libvirts
    allowed = answer.status in range(200, 600) and answer.status != 401 and not (own and answer.status in (403, 404, 500))
    is_so = {
        Verdict.UNKNOWN: answer.status == 401 and answer.headers.get("WWW-Authenticate") == CHALLENGE,
        Verdict.HIDDEN: own and answer.status == 404,
        Verdict.ABSENT: answer.status in (404, 501),
        Verdict.BARRED: own and answer.status in (403, 404) or answer.status in (404, 501),
        Verdict.DENIED: own and answer.status == 403,
        Verdict.REFUSED: own and answer.status in (403, 405),
        Verdict.POSTED: answer.status == 405,
        Verdict.ALLOWED: allowed,
        Verdict.EITHER: allowed or own and answer.status == 403,
    }[verdict]
    return None if is_so else f"must be {verdict.value}, is {answer}"


@dataclass
class Report:
    """What is found. `cells` are those that were asked."""

    cells: int = 0
    checks: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)

    def fail(self, text: str, sort: str = ""):
        """- sort: what failures of one cause have in common."""
        self.failures.append((sort or text, text))

    def listing(self, most: int) -> list[str]:
        """The first failure of each sort, with how many there are."""
        sorts: dict[str, list[str]] = {}
        for sort, text in self.failures:
            sorts.setdefault(sort, []).append(text)
        rest = len(sorts) - most
        shown = [f"{texts[0]}{f'   (one of {len(texts)})' if len(texts) > 1 else ''}" for texts in list(sorts.values())[:most]]
        return shown + [f"... and {rest} more sorts of differences"] * (rest > 0)

    def check(self, is_so: bool, text: str):
        self.checks += 1
        if not is_so:
            self.fail(text)

    def show(self, title: str, before: int, note: str = ""):
        """One line for what was done since there were `before` failures."""
        found = len(self.failures) - before
        print(f"{'FAIL' if found else 'ok  '}  {title}{f': {found} differences' if found else ''}{f'; {note}' if note else ''}", flush=True)


class Bench:
    """Asks a server many things at once."""

    def __init__(self, service: Service, report: Report):
        self.service = service
        self.report = report

    def answer(self, cell: Cell) -> Answer:
        return self.service.client.ask(cell.method, cell.path, cell.caller.name, cell.parameters)

    def judge(self, cells: list[Cell]) -> list[Answer]:
        def one(cell: Cell) -> Answer:
            answer = self.answer(cell)
            while trouble(cell.verdict, answer) and self.service.was_lost():
                answer = self.answer(cell)
            if found := trouble(cell.verdict, answer):
                self.report.fail(f"{self.service.access}  {cell}: {found}", cell.sort(found))
            return answer

        with concurrent.futures.ThreadPoolExecutor(THREADS) as threads:
            answers = list(threads.map(one, cells))
        self.report.cells += len(cells)
        return answers

    def batch(self, title: str, cells: list[Cell], sweep: float | None = None, lookups: float | None = None) -> list[Answer]:
        """Asks all of them, and counts what reached the host.

        - sweep: calls of one reading of the whole host. The inventory may make that many a minute, sometimes a little earlier, and where it has lost
          the host; nothing else may call, but for
        - lookups: how many readings each cell may cost that looks for its object. None: calls are not counted.
        """
        failures, start, before = len(self.report.failures), time.monotonic(), self.service.calls()
        lost = self.service.times_lost()
        answers = self.judge(cells)
        after, seconds = self.service.calls(), time.monotonic() - start
        made = {kind: after[kind] - before.get(kind, 0) for kind in after}
        if lookups is not None:
            sweeps = 2 + self.service.times_lost() - lost + seconds / 50
            limits = {"reading": lookups * len(cells), "inventory": sweep * sweeps}
            over = [f"{number:.0f} of kind {kind}" for kind, number in made.items() if number > limits.get(kind, 0)]
            self.report.check(not over, f"{self.service.access}  {title}: calls reached the host: {', '.join(over)}")
        calls = ", ".join(f"{number:.0f} {kind}" for kind, number in made.items() if number) or "none"
        self.report.show(f"{self.service.access}  {title}", failures, f"{len(cells)} cells in {seconds:.0f} s, calls to the host: {calls}")
        return answers
