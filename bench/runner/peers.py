"""What people use instead, from npm. Each stands before the same stdio server as mcp-orch."""

import json
import shlex
import urllib.request

from .failure import Failed
from .process import Server, free_port, listens

INSPECTOR = "@modelcontextprotocol/inspector-server"


class Peer(Server):
    """A program for Node, ready when it listens."""

    name = ""
    script = ""
    before = ()

    def __init__(self, workspace, wire):
        node = workspace.peers / "node" / "bin" / "node"
        self.script_path = workspace.peers / "peers" / "node_modules" / self.script
        if not node.exists() or not self.script_path.exists():
            raise Failed(f"{self.name} is not installed: tools/bench does that")
        self.port = free_port()
        name = workspace.fresh_name(self.name)
        home = workspace.path / f"{name}-home"
        home.mkdir()
        self.home = home
        super().__init__(workspace, name,
                         [node, *self.before, self.script_path, *self.arguments(workspace, wire)],
                         {"HOME": str(home), "XDG_STATE_HOME": str(home),
                          "XDG_CONFIG_HOME": str(home), "NODE_ENV": "production",
                          **self.environment()})

    def arguments(self, workspace, wire):
        raise NotImplementedError

    def environment(self):
        return {}

    def is_ready(self):
        return listens(self.port)


class Supergateway(Peer):
    """SSE: one server for all; Streamable HTTP: one for each session."""

    name = "supergateway"
    script = "supergateway/dist/index.js"
    paths = {"sse": "/sse", "streamable": "/mcp"}

    def arguments(self, workspace, wire):
        transport = ["sse"] if wire == "sse" else ["streamableHttp", "--stateful"]
        return ["--stdio", shlex.join(workspace.upstream()), "--port", str(self.port),
                "--logLevel", "none", "--outputTransport", *transport]


class McpProxy(Peer):
    name = "mcp-proxy"
    script = "mcp-proxy/dist/bin/mcp-proxy.mjs"
    paths = {"sse": "/sse", "streamable": "/mcp"}

    def arguments(self, workspace, wire):
        return ["--host", "127.0.0.1", "--port", str(self.port), "--", *workspace.upstream()]


class McpHub(Peer):
    """Serves SSE only, and calls a tool `<server>__<tool>`."""

    name = "mcp-hub"
    script = "mcp-hub/dist/cli.js"
    paths = {"sse": "/mcp"}
    tool_prefix = "bench__"

    def arguments(self, workspace, wire):
        command, *arguments = workspace.upstream()
        settings = self.home / "servers.json"
        settings.write_text(json.dumps(
            {"mcpServers": {"bench": {"command": command, "args": arguments}}}))
        return ["--port", str(self.port), "--config", str(settings)]

    def health_url(self):
        return f"http://127.0.0.1:{self.port}/api/health"

    def is_ready(self):
        """It listens before it has the server."""
        try:
            with urllib.request.urlopen(self.health_url(), timeout=5) as told:
                return json.load(told)["state"] == "ready"
        except OSError:
            return False


class Inspector(Peer):
    """The proxy of the MCP inspector, which starts a server for each session."""

    name = "inspector"
    script = f"{INSPECTOR}/build/index.js"
    key = "bench"

    def __init__(self, workspace, wire):
        command, *arguments = workspace.upstream()
        query = f"?transportType=stdio&command={command}&args={'%20'.join(arguments)}"
        self.paths = {"sse": "/sse" + query, "streamable": "/mcp" + query}
        self.before = ["--import", str(workspace.peers_sources / "inspector.mjs")]
        super().__init__(workspace, wire)

    def arguments(self, workspace, wire):
        return []

    def environment(self):
        return {"SERVER_PORT": str(self.port), "HOST": "127.0.0.1",
                "MCP_PROXY_AUTH_TOKEN": self.key}


PEERS = {peer.name: peer for peer in (Supergateway, McpProxy, McpHub, Inspector)}
