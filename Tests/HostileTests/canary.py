# SPDX-License-Identifier: GPL-2.0-or-later
"""What must not happen leaves a trace here: a file that is read or written, a connection that is made."""
import pathlib
import socket
import threading


class Canary:
    """A secret file, a directory that stays empty, and a listener whom nobody calls."""

    SECRET = "canary-7c1e55d2f0"

    def __init__(self, directory: pathlib.Path):
        self.file = directory / "canary.xml"
        self.file.write_text(f"<canary>{self.SECRET}</canary>\n", encoding="utf-8")
        self.empty = directory / "empty"
        self.empty.mkdir()
        self.calls: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                try:
                    self.calls.append(connection.recv(200))
                except OSError:
                    self.calls.append(b"")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/canary"

    def written(self) -> list[str]:
        return [path.name for path in self.empty.iterdir()]

    def close(self):
        self.socket.close()
