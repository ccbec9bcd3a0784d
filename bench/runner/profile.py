"""Where the CPU of mcp-orch goes, if `perf` is there."""

import shutil
import signal
import subprocess

from .failure import Failed
from .load import Load
from .scenarios import WIRES
from .systems import GATEWAY, Fleet

SESSIONS = 16
MILLISECONDS = 3000
SHOWN_LINES = 25


def profile(workspace, options):
    """Prints the tops of the profiles and writes all of them to the directory of results."""
    if shutil.which("perf") is None:
        raise Failed("there is no perf (Debian: linux-perf)")
    options.results.mkdir(parents=True, exist_ok=True)
    samples = workspace.path / "perf.data"
    load = Load(workspace)
    for wire in WIRES:
        with Fleet(workspace, wire) as fleet:
            gateway = fleet.get(GATEWAY)
            load("calls", gateway, wire, sessions=SESSIONS, milliseconds=500)
            _record(load, gateway, wire, samples)
        for name, flag in (("self", "--no-children"), ("callees", "--children")):
            target = options.results / f"profile-{wire}-{name}.txt"
            target.write_text(_shown(samples, flag))
            print(f"\n{WIRES[wire]}, CPU {name}:", *_head(target), sep="\n")


def _record(load, gateway, wire, samples):
    recorder = subprocess.Popen(
        ["perf", "record", "-q", "-F", "499", "--call-graph", "dwarf,8192", "-o", samples,
         "-p", str(gateway.pid)], stderr=subprocess.DEVNULL)
    try:
        load("calls", gateway, wire, sessions=SESSIONS, milliseconds=MILLISECONDS)
    finally:
        recorder.send_signal(signal.SIGINT)
        recorder.wait()


def _shown(samples, flag):
    return subprocess.run(
        ["perf", "report", "-i", samples, "--stdio", "--no-inline", "-g", "none",
         "--percent-limit", "0.4", "--sort", "comm,symbol", flag],
        capture_output=True, text=True, check=False).stdout


def _head(target):
    lines = [" ".join(line.split())[:96] for line in target.read_text().splitlines()
             if line and line[0] != "#"]
    return lines[:SHOWN_LINES]
