"""Scenarios that no single load makes. Each has a name, a title, `seconds` and `run`."""

import contextlib
import subprocess
import time

from .database import Database
from .failure import Failed
from .process import ENVIRONMENT
from .servers import SERVERS, Gateway
from .systems import GATEWAY, PIPE

BACK_SECONDS = 60
LOG_SECONDS = 1800
SESSIONS = 16


def sleepers(number):
    """Definitions of servers that never answer."""
    return {f"sleeper{i}": {"command": "sleep", "args": ["1000"]} for i in range(number)}


@contextlib.contextmanager
def stopping(server):
    try:
        yield server
    finally:
        server.stop()


class Special:
    """Measures `system` as often as rounds are wanted.

    A subclass yields (point, figures) from `measure`, with what `prepared` made for all rounds.
    """

    system = GATEWAY
    rounds_max = 99
    seconds_of_round = 5.0

    def rounds(self, options):
        return min(options.rounds, self.rounds_max)

    def seconds(self, options):
        return self.seconds_of_round * self.rounds(options)

    def run(self, bench):
        points = {}

        def add(point, figures):
            points.setdefault(point, {self.system: []})[self.system].append(figures)

        try:
            with self.prepared(bench) as prepared:
                for number in range(self.rounds(bench.options)):
                    bench.progress.tell(f"{self.name}: round {number + 1} of "
                                        f"{self.rounds(bench.options)}")
                    for point, figures in self.measure(bench, prepared):
                        add(point, figures)
                    bench.progress.finish(self.seconds_of_round)
        except Failed as failure:
            add("all", {"error": str(failure)})
        return points

    @contextlib.contextmanager
    def prepared(self, bench):
        yield None

    def measure(self, bench, prepared):
        raise NotImplementedError


class Pipe(Special):
    name = "pipe"
    title = "The stdio server alone over its pipe"
    system = PIPE

    def measure(self, bench, prepared):
        command = bench.workspace.upstream()
        for depth in (1, 64):
            yield f"depth {depth}", bench.load.pipe(command, depth, 1000)


class DatabaseAway(Special):
    """The database stops while calls are made; they go on, and each has its row in the end."""

    name = "database-away"
    title = "The database is away for a while"
    rounds_max = 1
    seconds_of_round = 20

    @contextlib.contextmanager
    def prepared(self, bench):
        database = Database(bench.workspace)
        try:
            environment = {"MCP_ORCH_DATABASE_URL": database.create()}
            with stopping(Gateway(bench.workspace, environment=environment)) as gateway:
                yield database, gateway
        finally:
            database.remove()

    def measure(self, bench, prepared):
        database, gateway = prepared
        yield "there", self._calls(bench, gateway)
        database.stop()
        yield "away", self._calls(bench, gateway)
        database.start()
        yield "there again", self._rows(gateway)

    @staticmethod
    def _calls(bench, gateway):
        figures = bench.load("calls", gateway, "sse", sessions=SESSIONS,
                             milliseconds=int(bench.options.seconds * 1000))
        gateway.calls += figures["calls"]
        if figures["failed"]:
            raise Failed(f"{figures['failed']} of {figures['calls']} calls failed")
        return figures

    @staticmethod
    def _rows(gateway):
        begun = time.monotonic()
        while gateway.rows() < gateway.calls and time.monotonic() < begun + BACK_SECONDS:
            time.sleep(0.1)
        return {"rows_missing": gateway.calls - gateway.rows(),
                "catch_up_seconds": time.monotonic() - begun}


class Start(Special):
    """From exec to the line that it is ready, with a data directory of an earlier start."""

    name = "start"
    title = "Start to ready"
    seconds_of_round = 6
    points = {"private PostgreSQL": (False, 1), "running PostgreSQL": (True, 1),
              "private PostgreSQL, 50 servers": (False, 50),
              "running PostgreSQL, 50 servers": (True, 50)}

    def seconds(self, options):
        return super().seconds(options) + 20

    @contextlib.contextmanager
    def prepared(self, bench):
        database = Database(bench.workspace)
        try:
            yield {point: self._first_start(bench, database if external else None, servers)
                   for point, (external, servers) in self.points.items()}
        finally:
            database.remove()

    @staticmethod
    def _first_start(bench, database, servers):
        """What later starts are given: environment and data directory."""
        environment = {"MCP_ORCH_DATABASE_URL": database.create()} if database else {}
        with stopping(Gateway(bench.workspace, sleepers(servers), environment)) as gateway:
            return environment, gateway.data

    def measure(self, bench, prepared):
        for point, (environment, data) in prepared.items():
            yield point, {"ready_seconds": _time_start(bench.workspace, data, environment)}


class _Restarted(Gateway):
    """Starts on data that is there, and is looked at more often."""

    poll_seconds = 0.002

    def __init__(self, workspace, data, environment):
        self.begun = time.monotonic()
        super().__init__(workspace, {}, environment, data)

    def _create_key(self):
        self.ready_seconds = time.monotonic() - self.begun
        return ""


def _time_start(workspace, data, environment):
    with stopping(_Restarted(workspace, data, environment)) as gateway:
        return gateway.ready_seconds


class IdleMemory(Special):
    name = "idle-memory"
    title = "Resident memory with 10 servers defined and none started"
    seconds_of_round = 5

    def measure(self, bench, prepared):
        with stopping(Gateway(bench.workspace, sleepers(10))) as gateway:
            if gateway.count("running") + gateway.count("starting") > 0:
                raise Failed("a server was started that nobody asked for")
            yield "10 servers", {"resident_bytes": gateway.resident_bytes()}


class ServerList(Special):
    """Two of them and not one before and after, so that both see the same machine."""

    name = "server-list"
    title = "The list of servers while 20 of them hang in their start"
    servers = 20
    requests = 2000

    @contextlib.contextmanager
    def prepared(self, bench):
        with stopping(Gateway(bench.workspace, sleepers(self.servers))) as quiet, \
                stopping(Gateway(bench.workspace, sleepers(self.servers))) as hanging:
            hanging.start_all_servers()
            hanging.wait_until_starting(self.servers)
            yield quiet, hanging
            still = hanging.count("starting")
            if still < self.servers or quiet.count("starting") > 0:
                raise Failed(f"only {still} servers were still starting after the measurement")

    def measure(self, bench, prepared):
        for point, gateway in zip(("none is starting", "20 are starting"), prepared):
            yield point, bench.load.get(gateway, SERVERS, self.requests)


class LogQueries(Special):
    """A program of its own: `bench-logs`."""

    name = "log-queries"
    title = "Questions to a call log of a million rows"
    rounds_max = 1
    seconds_of_round = 200

    def measure(self, bench, prepared):
        program = bench.workspace.build / "bench" / "bench-logs"
        try:
            done = subprocess.run([program], capture_output=True, text=True, env=ENVIRONMENT,
                                  check=False, timeout=LOG_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise Failed(f"bench-logs: {fault}") from None
        if done.returncode != 0:
            raise Failed(f"bench-logs: {done.stderr.strip()[-300:]}")
        yield "a million rows", {"text": done.stdout}
