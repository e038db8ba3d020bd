#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The systemd units under a real systemd: a machine that has this one's /usr, an empty /etc and /var, and no network but loopback.

HANDLERVIRT_BUILT is the directory that holds the programs, or .build/debug. It needs root.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/NetworkTests"))
from checks import Checks  # noqa: E402

BUILT = os.environ.get("HANDLERVIRT_BUILT", ".build/debug")
# Seconds for all of it, which takes a fraction of them where the machine is quick.
PATIENCE = 240
SERVICE = """[Unit]
After=basic.target dbus.service
[Service]
Type=oneshot
ExecStart=/bin/bash -c 'bash /checks/inside.sh /checks > /checks/result 2> /checks/errors; systemctl poweroff --no-block'
"""


def libraries(program: pathlib.Path) -> set[str]:
    """The directories outside of /usr that hold what a program links."""
    linked = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    folders = {str(pathlib.Path(path).parent) for path in re.findall(r"=> (/\S+)", linked)}
    return {folder for folder in folders if not folder.startswith(("/usr/", "/lib"))}


def main() -> int:
    checks = Checks()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        installed = folder / "installed"
        subprocess.run(["make", "--no-print-directory", "install", f"DESTDIR={installed}", f"BUILT={BUILT}"], cwd=ROOT, capture_output=True, check=True)
        shared = folder / "checks"
        shared.mkdir()
        (shared / "inside.sh").write_bytes((ROOT / "Tests/InstallTests/inside.sh").read_bytes())
        units = folder / "units"
        units.mkdir()
        (units / "checks.service").write_text(SERVICE, encoding="utf-8")
        os.chmod(scratch, 0o755)  # noqa: S103 (the service's user goes through it)
        binds = [f"--bind-ro={installed}/usr/local:/usr/local", f"--bind={shared}:/checks", f"--bind-ro={units}/checks.service:/etc/systemd/system/checks.service"]
        binds += [f"--bind-ro={path}" for path in sorted(libraries(installed / "usr/local/bin/handlervirt"))]
        machine = subprocess.run(
            ["timeout", "--kill-after=10", str(PATIENCE), "systemd-nspawn", "--quiet", "-D", "/", "--volatile=yes", "--private-network", "--register=no", "--keep-unit", "--machine=handlervirt-test",
             "--link-journal=no", *binds, "--boot", "systemd.unit=multi-user.target",
             "systemd.wants=checks.service", "systemd.firstboot=off", "systemd.show_status=no"],
            cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)  # fmt: skip
        result = shared / "result"
        lines = result.read_text(encoding="utf-8").splitlines() if result.exists() else []
        for line in lines:
            name, _, rest = line.partition("\t")
            if rest:
                outcome, _, figure = rest.partition("\t")
                checks.check(name, outcome == "ok", figure)
        ended = lines[-1:] == ["end"]
        errors = (shared / "errors").read_text(encoding="utf-8") if (shared / "errors").exists() else machine.stdout + machine.stderr
        checks.check("the machine booted, and all was asked", ended)
        if checks.failures:
            print(errors[-3000:])
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
