"""A PostgreSQL that a run starts and stops by itself, reached over a socket only."""

import os
import pathlib
import subprocess

from .failure import Failed
from .process import ENVIRONMENT
from .workspace import ACCOUNT

SECONDS = 60


class Database:
    """Running after the constructor; `stop` and `start` as often as wanted."""

    def __init__(self, workspace):
        self.place = workspace.directory_of_account(workspace.fresh_name("postgres"))
        self.data = self.place / "data"
        self.log = self.place / "log"
        self.programs = _programs()
        self._run("initdb", "--username=orch", "--auth=trust", "--no-sync", "--encoding=UTF8",
                  "--locale=C.UTF-8", "-D", self.data)
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{self.place}'\n")
        self.start()
        self.databases = 0

    def create(self):
        """The address of an empty database."""
        self.databases += 1
        name = f"bench{self.databases}"
        self._run("createdb", "--host", self.place, "--username=orch", name)
        return f"postgresql://orch@/{name}?host={self.place}"

    def start(self):
        self._run("pg_ctl", "-D", self.data, "-l", self.log, "-w", "start")

    def stop(self):
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def remove(self):
        if (self.data / "postmaster.pid").exists():
            self.stop()

    def _run(self, program, *arguments):
        command = [str(self.programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", ACCOUNT, "--", *command]
        # Not a pipe for stdout: the server would inherit and keep it.
        with (self.place / "commands.log").open("a+") as told:
            done = subprocess.run(command, cwd=self.place, env=ENVIRONMENT, stdout=told,
                                  stderr=told, stdin=subprocess.DEVNULL, timeout=SECONDS,
                                  check=False)
            if done.returncode != 0:
                told.seek(0)
                raise Failed(f"{program} failed: {told.read()[-500:]}")


def _programs():
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"),
                   key=lambda each: int(each.parts[-3]))
    if not found:
        raise Failed("PostgreSQL is not here: tools/install-packages run")
    return found[-1].parent
