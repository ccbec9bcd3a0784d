"""Everything that can be measured, by name, and the servers of one scenario."""

from . import peers, servers
from .failure import Failed

GATEWAY = "mcp-orch"
SILENT = "mcp-orch without call log"
BASELINE = "plain proxy"
NCHAN = "nginx+nchan"
PIPE = "pipe alone"
CEILINGS = (BASELINE, NCHAN, PIPE)
PEERS = tuple(peers.PEERS)
OURS = (GATEWAY, SILENT)

_MAKERS = {
    GATEWAY: lambda workspace, wire: servers.Gateway(workspace),
    SILENT: lambda workspace, wire: servers.GatewayWithoutCallLog(workspace),
    BASELINE: lambda workspace, wire: servers.Baseline(workspace),
    NCHAN: lambda workspace, wire: servers.Nchan(workspace),
    **peers.PEERS,
}
_WIRES = {NCHAN: ("sse",), peers.McpHub.name: ("sse",)}


def serves(system, wire):
    return wire in _WIRES.get(system, ("sse", "streamable"))


def peers_of(wire):
    return tuple(peer for peer in PEERS if serves(peer, wire))


class Fleet:
    """Starts servers when they are first asked for, and stops all at the end of a `with`."""

    def __init__(self, workspace, wire):
        self.workspace = workspace
        self.wire = wire
        self.running = {}
        self.failures = {}

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        for system in list(self.running):
            self.stop(system)

    def get(self, system):
        """Raises `Failed` with the same words again when it did not start."""
        if system in self.failures:
            raise Failed(self.failures[system])
        if system not in self.running:
            try:
                self.running[system] = _MAKERS[system](self.workspace, self.wire)
            except Failed as failure:
                self.failures[system] = f"does not start: {failure}"
                raise Failed(self.failures[system]) from failure
        return self.running[system]

    def stop(self, system):
        server = self.running.pop(system, None)
        if server is not None:
            server.stop()
