"""A server that is measured, as a process of this machine."""

import os
import pathlib
import re
import signal
import socket
import subprocess
import time

from .failure import Failed

# mcp-orch refuses variables of its own prefix that it does not know.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("MCP_ORCH_")}
READY_SECONDS = 90
STOP_SECONDS = 20
LOG_TAIL = 1500


class Server:
    """Runs `command` in a process group of its own and waits until it is ready.

    A subclass says at which `paths` it serves which wire, and how to tell that it is ready.
    """

    paths = {}
    key = ""
    # What the server puts before the names of tools.
    tool_prefix = ""
    poll_seconds = 0.02

    def __init__(self, workspace, name, command, environment=None):
        self.log = workspace.path / f"{name}.log"
        # A file and not a pipe: reading along would take CPU from what is measured.
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stderr=log, stdout=log, cwd=workspace.path,
                env={**ENVIRONMENT, **(environment or {})}, start_new_session=True)
        self._wait_until_ready()

    @property
    def pid(self):
        return self.process.pid

    def url(self, wire):
        return f"http://127.0.0.1:{self.port}{self.paths[wire]}"

    def is_ready(self):
        """Looks at the log and the port, and sets `port`."""
        raise NotImplementedError

    def logged(self):
        return self.log.read_text(errors="replace")

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[1]) * 1024

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)  # children that were left behind, too
        except ProcessLookupError:
            pass
        self.process.wait()

    def _wait_until_ready(self):
        deadline = time.monotonic() + READY_SECONDS
        try:
            while not self.is_ready():
                if self.process.poll() is not None:
                    raise Failed(f"{self.log.name} ended\n{self.logged()[-LOG_TAIL:]}")
                if time.monotonic() > deadline:
                    raise Failed(f"{self.log.name} is not ready\n{self.logged()[-LOG_TAIL:]}")
                time.sleep(self.poll_seconds)
        except BaseException:
            self.stop()
            raise


def free_port():
    """A port that nothing listens on, for servers that cannot choose one."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def listens(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False
