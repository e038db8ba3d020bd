# SPDX-License-Identifier: GPL-2.0-or-later
"""A server where one has to log in."""
import pathlib
import subprocess

from owned import hashed, password
from server import BINARY, Server


class House:
    """A server with the user anna, whose password can be changed."""

    def __init__(self, directory: pathlib.Path, *options: str, visibility: str = "owner"):
        self.users = directory / "users"
        self.users.write_text("".join(f"{name}:{hashed(password(name))}\n" for name in ("anna", "root")), encoding="utf-8")
        configuration = directory / "handlervirt.yaml"
        grants = "grants: [{role: admin, user: root}, {role: operator, user: anna}]\n" if visibility == "owner" else ""
        configuration.write_text(f"visibility: {visibility}\naccess: read-write\nusers: users\n{grants}", encoding="utf-8")
        self.server = Server("--config", str(configuration), *options, credentials=f"root:{password('root')}")

    def change_password(self):
        command = [BINARY, "passwd", "--users", self.users, "anna"]
        subprocess.run(command, input="another password\n", text=True, check=True, capture_output=True)

    def __enter__(self) -> "House":
        self.server.__enter__()
        return self

    def __exit__(self, *_):
        self.server.__exit__()
