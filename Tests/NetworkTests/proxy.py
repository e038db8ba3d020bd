# SPDX-License-Identifier: GPL-2.0-or-later
"""An nginx of the tests' own before several replicas."""
import pathlib
import subprocess
import tempfile

from bed import until
from ports import free_port
from replica import Client

CONFIGURATION = """
user root;
daemon off;
worker_processes 1;
pid {directory}/pid;
error_log {directory}/errors;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    upstream replicas {{
        {servers}
        keepalive 8;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://replicas;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host 127.0.0.1:{port};
            proxy_buffers 64 16k;
            # What was sent once is not sent again, unless it changes nothing: nginx holds to that by itself.
            proxy_next_upstream error timeout;
        }}
    }}
}}
"""


class Proxy:
    """`with Proxy([port, port]) as proxy:` hands requests to these ports of this machine by turns."""

    def __init__(self, ports: list[int]):
        self.port = free_port()
        self.directory = tempfile.TemporaryDirectory(prefix="hv-proxy-")
        servers = " ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)
        configuration = pathlib.Path(self.directory.name) / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(directory=self.directory.name, port=self.port, servers=servers), encoding="ascii")
        command = ["/usr/sbin/nginx", "-p", self.directory.name, "-c", str(configuration), "-e", f"{self.directory.name}/errors"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self) -> "Proxy":
        try:
            until(self._answers, 15, "nginx answers")
        except BaseException:
            self.__exit__()
            raise
        return self

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError((pathlib.Path(self.directory.name) / "errors").read_text(encoding="utf-8"))
        return Client(self.port).get("/virt").status == 200

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(15)
        self.directory.cleanup()
