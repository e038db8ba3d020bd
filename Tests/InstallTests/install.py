# SPDX-License-Identifier: GPL-2.0-or-later
"""`make install` into an empty folder, and the programs run from there.

HANDLERVIRT_BUILT is the directory that holds the programs, or .build/debug.
"""
import contextlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/NetworkTests"))
from checks import Checks  # noqa: E402

BUILT = os.environ.get("HANDLERVIRT_BUILT", ".build/debug")
EXPECTED = {
    "bin/handlervirt", "bin/domumdns", "share/man/man8/domumdns.8", "lib/systemd/system/domumdns.service", "lib/systemd/system/handlervirt.service",
    "lib/sysusers.d/handlervirt.conf",
} | {f"share/doc/handlervirt/{path.name}" for path in (ROOT / "docs").glob("*.md")}  # fmt: skip


def files(folder: pathlib.Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def get(url: str) -> str:
    request = urllib.request.Request(url, headers={"Accept": "text/html"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def serve(installed: pathlib.Path, checks: Checks):
    # What is shown must come from what was installed.
    marked = installed / "share/handlervirt/Public/css/handlervirt.css"
    marked.write_text("/* installed */", encoding="utf-8")
    log = installed / "log"
    with log.open("wb") as written, subprocess.Popen([installed / "bin/handlervirt", "--listen", "127.0.0.1:0"], cwd="/", stderr=written) as server:
        try:
            deadline = time.monotonic() + 60
            page, at = "", ""
            # The host may answer a moment later than the server.
            while "test" not in page and time.monotonic() < deadline:
                found = re.search(r"at (http://127\.0\.0\.1:\d+)/", log.read_text(encoding="utf-8"))
                at = found[1] if found else ""
                with contextlib.suppress(OSError):
                    page = get(f"{at}/virt") if at else ""
                time.sleep(0.1)
            checks.check("the installed server transforms its pages", "<html" in page and "test" in page, f"{len(page)} bytes")
            checks.check("with the files that were installed", get(f"{at}/public/css/handlervirt.css") == "/* installed */")
        finally:
            server.terminate()


def main() -> int:
    checks = Checks()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        command = ["make", "--no-print-directory", "install", f"DESTDIR={folder}", "PREFIX=/opt/hv", f"BUILT={BUILT}"]
        for time_ in ("first", "second"):
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            checks.check(f"make install, the {time_} time", done.returncode == 0, done.stderr.strip()[-300:])
        installed = folder / "opt/hv"
        checks.check("nothing lies beside the prefix", {path.split("/")[0] + "/" + path.split("/")[1] for path in files(folder)} == {"opt/hv"})
        found = files(installed)
        assets = {f"share/handlervirt/{name}/{path}" for name in ("Stylesheets", "Public") for path in files(ROOT / name)}
        checks.check("every file is there, and no other", found == EXPECTED | assets, f"{sorted(found ^ (EXPECTED | assets))[:5]}")
        for program in ("domumdns", "handlervirt"):
            unit = (installed / f"lib/systemd/system/{program}.service").read_text(encoding="utf-8")
            starts = re.search(rf"^ExecStart=/opt/hv/bin/{program}\b", unit, re.MULTILINE)
            checks.check(f"the unit of {program} starts the installed program", bool(starts) and str(folder) not in unit and "@PREFIX@" not in unit)
        dry = subprocess.run(
            [installed / "bin/domumdns", "--dry-run", "--connect", "test:///default"], cwd="/", capture_output=True, text=True, check=False)
        checks.check("the installed domumdns runs", dry.returncode == 0 and "_domu._tcp 0 test " in dry.stdout, dry.stdout.strip()[-200:])
        libraries = subprocess.run(["ldd", installed / "bin/domumdns"], capture_output=True, text=True, check=True).stdout
        linked = [name for name in ("libssl", "libFoundation.", "libNIO") if name in libraries]
        symbols = (installed / "bin/domumdns").read_bytes()
        linked += [name for name in ("Hummingbird", "NIOSSL", "BoringSSL") if name.encode() in symbols]
        checks.check("domumdns links neither Hummingbird nor TLS nor Foundation of its own", not linked, linked)
        checks.scene("server", serve, installed, checks)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
