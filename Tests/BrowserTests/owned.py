# SPDX-License-Identifier: GPL-2.0-or-later
"""A server on which each user sees his own, and its users."""
import base64
import contextlib
import pathlib
import subprocess
import tempfile

from browser import opened
from server import Server, domain_xml

USERS = ("root", "anna", "bert", "vera", "xaver")
VMS = {"anna-web": "anna", "anna-db": "anna", "bert-mail": "bert"}
CONFIGURATION = """
visibility: owner
users: users
access: read-write
grants:
  - {role: admin, user: root}
  - {role: viewer, user: vera}
  - {role: owner-xml, user: xaver}
"""


def password(name: str) -> str:
    return f"{name}'s pass:word ä"


def hashed(text: str) -> str:
    return subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=text, text=True, capture_output=True, check=True).stdout.strip()


@contextlib.contextmanager
def owned_server():
    """Three VMs of two owners beside the test driver's own, which is nobody's. The server asks as root."""
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        (directory / "users").write_text("".join(f"{user}:{hashed(password(user))}\n" for user in USERS), encoding="utf-8")
        (directory / "handlervirt.yaml").write_text(CONFIGURATION, encoding="utf-8")
        with Server("--config", str(directory / "handlervirt.yaml"), credentials=f"root:{password('root')}") as server:
            for number, (vm, owner) in enumerate(VMS.items()):
                server.define(domain_xml(vm, f"6f1f8a3e-52a7-4c53-9c0e-00000000000{number}"))
                response = server.post(f"/virt/nobody/{vm}/owner", {"owner": owner})
                assert response.status == 200, response.body
            yield server


def opened_as(browser, server: Server, user: str, wrong: str = "", **options):
    """`wrong`: another user, whose password is given."""
    # Pages ask for no Basic, so a browser would not send what Playwright calls http_credentials.
    credentials = base64.b64encode(f"{user}:{password(wrong or user)}".encode()).decode()
    return opened(browser, server.url, extra_http_headers={"Authorization": f"Basic {credentials}"}, java_script_enabled=False, **options)
