"""A directory with copies of the programs and all data of one run."""

import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

from .failure import Failed

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ACCOUNT = "mcp-orch"
PROGRAMS = ("mcp-orch", "mcp-orch-launch", "bench/mcp-orch-bench", "bench/bench-baseline")


class Workspace:
    """Lies where the account that mcp-orch drops to can read it. `peers` may be absent."""

    def __init__(self, build, peers):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="mcp-orch-bench-"))
        self.path.chmod(0o755)
        self.build = build
        self.peers = peers
        self.peers_sources = ROOT / "bench" / "peers"
        self._numbers = {}
        for program in PROGRAMS:
            source = build / program
            if not source.exists():
                self.remove()
                raise Failed(f"{source} is missing: tools/build --bench release")
            shutil.copy2(source, self.program(source.name))
            self.program(source.name).chmod(0o755)
        if os.geteuid() == 0:
            prelude = ROOT / "tools" / "prelude.bash"
            subprocess.run(["bash", "-c", f"source '{prelude}' && ensure_account"], check=True)

    def program(self, name):
        return self.path / name

    def upstream(self):
        """The command of the stdio server that stands behind everything measured."""
        return [str(self.program("mcp-orch-bench")), "upstream"]

    def fresh_name(self, name):
        """`name` with a number behind it, so that no file of an earlier server is in the way."""
        self._numbers[name] = self._numbers.get(name, 0) + 1
        return f"{name}-{self._numbers[name]}"

    def directory_of_account(self, name):
        """A new directory that belongs to the account of the server."""
        made = self.path / name
        made.mkdir()
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(made, account.pw_uid, account.pw_gid)
        return made

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)
