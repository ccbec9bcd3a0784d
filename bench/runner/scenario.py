"""A scenario: points, at each of which some systems are measured by turns."""

import contextlib
import dataclasses

from .failure import Failed
from .systems import GATEWAY, OURS, PEERS, Fleet

# What a run takes beside its load: opening, draining, the start of a process.
OVERHEAD_SECONDS = 1.5
PEER_SPARE_SECONDS = 40


@dataclasses.dataclass(frozen=True)
class Point:
    """One kind of load and who takes it."""

    label: str
    load: str
    systems: tuple
    options: dict = dataclasses.field(default_factory=dict)
    # More for some systems, such as nginx, which speaks no MCP.
    options_of: dict = dataclasses.field(default_factory=dict)
    # Seconds of a measurement when `timed` is not what it takes.
    seconds: float = 0.0
    # Takes as long as --seconds says.
    timed: bool = False
    # A fraction of the calls a second that mcp-orch reached at another point of the scenario.
    rate_of: tuple = ()


@dataclasses.dataclass(frozen=True)
class Scenario:
    """`fresh`: each measurement has a new process, since the last one leaves traces.
    `rounds_max`: where more would say no more. `calls_logged`: each call must have its row.
    `calls_may_fail`: that is what is measured; elsewhere a failed call is no call.
    """

    name: str
    title: str
    wire: str
    points: tuple
    fresh: bool = False
    rounds_max: int = 99
    calls_logged: bool = False
    calls_may_fail: bool = False

    def rounds(self, options):
        return min(options.rounds, self.rounds_max)

    def seconds(self, options):
        """What it is expected to take."""
        turns = sum(_seconds(point, options) * len(point.systems) for point in self.points)
        return turns * self.rounds(options)

    def run(self, bench):
        """Point -> system -> one dict a round."""
        points = {point.label: {system: [] for system in point.systems} for point in self.points}
        with Fleet(bench.workspace, self.wire) as fleet:
            for number in range(self.rounds(bench.options)):
                for point in self.points:
                    bench.progress.tell(f"{self.name}: round {number + 1} of "
                                        f"{self.rounds(bench.options)}, {point.label}")
                    for system in turns(point.systems, number):
                        runs = points[point.label][system]
                        runs.append(self._turn(bench, fleet, point, system, points, runs))
                        bench.progress.finish(_seconds(point, bench.options))
            if self.calls_logged:
                self._check_call_log(fleet, points)
        return points

    def _turn(self, bench, fleet, point, system, points, earlier):
        """One measurement. Who failed here once is not asked again: it takes long to fail."""
        failed = next((run["error"] for run in earlier if "error" in run), None)
        if failed is not None:
            return {"error": failed}
        try:
            server = fleet.get(system)
            result = self._measure(bench, server, point, system, points)
        except Failed as failure:
            fleet.stop(system)
            return {"error": str(failure)}
        if self.fresh:
            fleet.stop(system)
        failures = result.get("failed", 0)
        if failures and not self.calls_may_fail:
            # Answering fast that it did not work is no merit.
            result["error"] = f"{failures} of {result.get('calls', '?')} calls failed"
        return result

    def _measure(self, bench, server, point, system, points):
        options = {**point.options, **point.options_of.get(system, {})}
        if point.timed:
            options["milliseconds"] = int(bench.options.seconds * 1000)
        if point.rate_of:
            options["rate"] = _rate(point, points)
        if "publish_url" in options:
            options["publish_url"] = server.publish_url()
        spare = {"spare_seconds": PEER_SPARE_SECONDS} if system in PEERS else {}
        result = bench.load(point.load, server, self.wire, **spare, **options)
        if system in OURS:
            server.calls += result.get("calls", 0)
        return result

    @staticmethod
    def _check_call_log(fleet, points):
        gateway = fleet.running.get(GATEWAY)
        if gateway is None:
            return  # it failed, which is told where it did
        try:
            gateway.check_call_log()
        except Failed as failure:
            last = next(reversed(points.values()))
            last[GATEWAY][-1] = {"error": str(failure)}


def turns(systems, number):
    """Nobody comes first in each round; each second round runs backwards, so that nobody always
    comes after the same one."""
    if len(systems) > 2:
        number, backwards = divmod(number, 2)
    else:
        backwards = False  # two are turned round by the rotation
    shift = number % len(systems)
    turned = systems[shift:] + systems[:shift]
    return turned[::-1] if backwards else turned


def _seconds(point, options):
    return (options.seconds + 0.5 if point.timed else point.seconds) + OVERHEAD_SECONDS


def _rate(point, points):
    label, fraction = point.rate_of
    with contextlib.suppress(IndexError, KeyError):
        return max(int(points[label][GATEWAY][-1]["calls_per_second"] * fraction), 1)
    raise Failed(f"no rate: mcp-orch has no figure at {label}")
