# SPDX-License-Identifier: GPL-2.0-or-later
"""The pages that Tests/StylesheetTests made of its fixtures: states that libvirt's test driver never gets into."""
import functools
import http.server
import pathlib
import threading

from server import ROOT

GOLDEN = sorted((ROOT / "Tests/StylesheetTests/Golden").glob("*.html"))


class Handler(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        if path.startswith("/public/"):
            return super().translate_path("/Public/" + path.removeprefix("/public/"))
        return super().translate_path("/Tests/StylesheetTests/Golden" + path)

    def log_message(self, *_):
        pass


class FixtureServer:
    """Serves them, with the style sheets and icons that they ask for."""

    def __enter__(self) -> "FixtureServer":
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(ROOT)))
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def name(path: pathlib.Path) -> str:
    return path.stem
