"""Calls the load generator and reads what it measured."""

import json
import re
import subprocess

from .failure import Failed

# On top of what the load itself takes: opening sessions, waiting until the log is written.
SPARE_SECONDS = 150
SHOWN = 300
# Loads that know one wire only.
WITHOUT_WIRE = ("idle", "fan-out")


class Load:
    def __init__(self, workspace):
        self.program = workspace.program("mcp-orch-bench")

    def __call__(self, kind, server, wire, spare_seconds=SPARE_SECONDS, **options):
        """One run against a wire of a server; raises `Failed` with the generator's words."""
        arguments = ["--url", server.url(wire), "--pid", str(server.pid), *flags(options)]
        if server.key:
            arguments += ["--key", server.key]
        if server.tool_prefix:
            arguments += ["--tool-prefix", server.tool_prefix]
        if kind not in WITHOUT_WIRE:
            arguments += ["--wire", wire]
        seconds = options.get("milliseconds", 0) / 1000 + options.get("watch", 0) + spare_seconds
        return self._run([kind, *arguments], seconds, server)

    def pipe(self, command, depth, milliseconds):
        """The stdio server alone."""
        return self._run(["pipe", "--depth", str(depth), "--milliseconds", str(milliseconds),
                          "--command", *command], milliseconds / 1000 + SPARE_SECONDS)

    def get(self, server, path, requests):
        return self._run(["get", "--url", f"http://127.0.0.1:{server.port}{path}", "--key",
                          server.key, "--requests", str(requests)], SPARE_SECONDS, server)

    def _run(self, arguments, seconds, server=None):
        try:
            done = subprocess.run([self.program, *arguments], stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, check=False, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise Failed(f"no end after {seconds:.0f} s") from None
        if done.returncode != 0:
            words = said(done.stderr) or f"exit code {done.returncode}"
            if server is not None and server.process.poll() is not None:
                words += f"; the server is gone (exit code {server.process.returncode})"
            raise Failed(words)
        return json.loads(done.stdout)


def said(stderr):
    """The words of a program in one line, without where in Boost they come from."""
    return re.sub(r" \[[\w.]+:\d+ at .*?\]", "", " ".join(stderr.split()))[:SHOWN]


def flags(options):
    """`{"kill_after": 5, "plain": True}` as arguments of a command line."""
    given = []
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        if value is True:
            given.append(flag)
        else:
            given += [flag, str(value)]
    return given
