# SPDX-License-Identifier: GPL-2.0-or-later
"""wrk, and what it measured."""
import pathlib
import subprocess
from dataclasses import dataclass

SCRIPT = pathlib.Path(__file__).resolve().parent / "wrk.lua"
CONNECTIONS = 4


@dataclass(frozen=True)
class Turn:
    """One run: requests per second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


def load(url: str, accept: str, seconds: int) -> Turn:
    """Asks with one thread on a few connections, each with the next request as soon as it has its answer. A failed request is an error."""
    command = ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s", "--timeout", "30s"]
    run = subprocess.run([*command, "--header", f"Accept: {accept}", "--script", SCRIPT, url], capture_output=True, text=True, check=True)
    (line,) = (line for line in run.stdout.splitlines() if line.startswith("measured "))
    requests, microseconds, failures, p50, p99 = map(int, line.split()[1:])
    if failures or not requests:
        raise RuntimeError(f"{failures} of {requests} requests to {url} failed:\n{run.stdout}")
    return Turn(requests / microseconds * 1e6, p50 / 1000, p99 / 1000)
