"""mcp-orch in its variants, and the ceilings."""

import contextlib
import json
import pathlib
import re
import resource
import subprocess
import threading
import time
import urllib.request

from .failure import Failed
from .process import ENVIRONMENT, Server, free_port, listens

READY_LINE = re.compile(r"ready at http://127\.0\.0\.1:(\d+)")
ROWS_SECONDS = 60
# The setting that keeps calls out of the call log, for what logging costs.
WITHOUT_CALL_LOG = {"MCP_ORCH_CALL_LOG_ENABLED": "false"}
PROJECT = "/projects/default/servers/bench"
SERVERS = "/api/projects/default/servers"
DESCRIPTORS_MAX = 65_536
NCHAN_MODULE = pathlib.Path("/usr/lib/nginx/modules/ngx_nchan_module.so")


class Announcing(Server):
    """Tells in its log where it is ready."""

    def is_ready(self):
        found = READY_LINE.search(self.logged())
        self.port = int(found[1]) if found else 0
        return self.port > 0


class Baseline(Announcing):
    """The plain proxy."""

    paths = {"sse": "/sse", "streamable": "/mcp"}

    def __init__(self, workspace):
        super().__init__(workspace, workspace.fresh_name("baseline"),
                         [workspace.program("bench-baseline"),
                          workspace.program("mcp-orch-launch"), *workspace.upstream()])


class Gateway(Announcing):
    """mcp-orch with its own PostgreSQL, one I/O thread, and `definitions` in its project."""

    paths = {"sse": PROJECT + "/sse", "streamable": PROJECT + "/mcp"}
    records_calls = True

    def __init__(self, workspace, definitions=None, environment=None, data=None):
        name = workspace.fresh_name("mcp-orch")
        self.program = workspace.program("mcp-orch")
        self.data = data or workspace.path / f"{name}-data"
        self.calls = 0
        if definitions is None:
            command, *arguments = workspace.upstream()
            definitions = {"bench": {"command": command, "args": arguments}}
        imported = workspace.path / f"{name}.json"
        imported.write_text(json.dumps({"mcpServers": definitions}))
        super().__init__(workspace, name,
                         [self.program, "serve", "--data-dir", self.data, "--io-threads", "1",
                          "--listen", "127.0.0.1:0", "--import", imported], environment)
        try:
            self.key = self._create_key()
        except BaseException:
            self.stop()
            raise

    def _create_key(self):
        created = subprocess.run(
            [self.program, "key", "create", "--data-dir", self.data, "--project", "default",
             "--name", f"bench-{self.pid}"], env=ENVIRONMENT, capture_output=True, text=True,
            check=False, timeout=60)
        if created.returncode != 0:
            raise Failed(f"key create: {created.stderr}")
        return created.stdout.split()[-1]

    def request(self, method, path, token, timeout):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method,
                                         headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return json.load(response)

    def metric(self, name):
        url = f"http://127.0.0.1:{self.port}/metrics"
        with urllib.request.urlopen(url, timeout=10) as response:
            found = re.search(rf"^{name} (\d+)$", response.read().decode(), re.MULTILINE)
        if found is None:
            raise Failed(f"/metrics has no {name}")
        return int(found[1])

    def rows(self):
        return self.metric("mcp_orch_call_log_rows_total")

    def check_call_log(self):
        """Calls that were not recorded would make the gateway look better than it is."""
        if not self.records_calls:
            return
        deadline = time.monotonic() + ROWS_SECONDS
        while self.rows() < self.calls and time.monotonic() < deadline:
            time.sleep(0.2)
        rows = self.rows()
        if rows != self.calls:
            raise Failed(f"{self.calls} calls, but {rows} rows in the call log")

    def start_all_servers(self):
        """Asks for the status of all servers, which starts them; does not wait for the answer."""
        token = (self.data / "admin-token").read_text().strip()

        def refresh():
            # The answer comes after the time limits, when this server is long gone.
            with contextlib.suppress(OSError, ValueError):
                self.request("POST", SERVERS + "/refresh-status", token, 120)

        threading.Thread(target=refresh, daemon=True).start()

    def wait_until_starting(self, servers):
        deadline = time.monotonic() + 10
        while self.count("starting") < servers:
            if time.monotonic() > deadline:
                raise Failed(f"fewer than {servers} servers are starting")
            time.sleep(0.05)

    def count(self, state):
        listed = self.request("GET", SERVERS, self.key, 10)
        return sum(server["status"] == state for server in listed)


class GatewayWithoutCallLog(Gateway):
    """The same, and no call is recorded."""

    records_calls = False

    def __init__(self, workspace):
        super().__init__(workspace, environment=WITHOUT_CALL_LOG)


class Nchan(Server):
    """nginx with nchan: one worker, subscribers of events without MCP."""

    paths = {"sse": "/events"}
    settings = """
        daemon off;
        worker_processes 1;
        worker_rlimit_nofile {descriptors};
        pid {place}/nginx.pid;
        error_log stderr warn;
        load_module {module};
        events {{ worker_connections {descriptors}; }}
        http {{
            access_log off;
            client_body_temp_path {place}/body;
            proxy_temp_path {place}/proxy;
            fastcgi_temp_path {place}/fastcgi;
            uwsgi_temp_path {place}/uwsgi;
            scgi_temp_path {place}/scgi;
            server {{
                listen 127.0.0.1:{port} backlog=4096;
                location = /events {{
                    nchan_subscriber eventsource;
                    nchan_channel_id bench;
                    nchan_subscriber_first_message newest;
                }}
                location = /publish {{
                    nchan_publisher;
                    nchan_channel_id bench;
                }}
            }}
        }}
    """

    def __init__(self, workspace):
        if not NCHAN_MODULE.exists():
            raise Failed("nginx with nchan is not here: tools/install-packages bench")
        name = workspace.fresh_name("nginx")
        place = workspace.path / name
        place.mkdir()
        self.port = free_port()
        settings = place / "nginx.conf"
        descriptors = min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], DESCRIPTORS_MAX)
        settings.write_text(self.settings.format(place=place, module=NCHAN_MODULE, port=self.port,
                                                 descriptors=descriptors))
        super().__init__(workspace, name,
                         ["/usr/sbin/nginx", "-p", place, "-c", settings, "-e", "stderr"])

    @property
    def pid(self):
        """The worker's: it is the one that serves."""
        return self._worker or self.process.pid

    _worker = None

    def is_ready(self):
        main = self.process.pid
        children = pathlib.Path(f"/proc/{main}/task/{main}/children").read_text().split()
        if len(children) != 1 or not listens(self.port):
            return False
        self._worker = int(children[0])
        return True

    def publish_url(self):
        return f"http://127.0.0.1:{self.port}/publish"
