"""The table of targets: each figure, how it comes from what was measured, and its limit. Pure."""

import dataclasses
import typing

from .figures import Spread, median, ratios
from .scenarios import FAN_OUT_SESSIONS, IDLE_SESSIONS, WIRES, sessions_label
from .systems import BASELINE, GATEWAY, NCHAN, PEERS, SILENT

# Counts that must be 0 wherever they are told, and what they count.
FORBIDDEN = {"wrong": "wrong answers", "lost": "lost answers",
             "unanswered": "calls without an answer", "sessions_lost": "lost sessions",
             "progress_to_strangers": "progress to strangers", "progress_lost": "lost progress",
             "missing": "events missing on streams", "rows_missing": "calls without a row"}
KIB = 1024
MIB = 1024 * 1024


@dataclasses.dataclass(frozen=True)
class Compared:
    """One value a round, and what stands beside it in the table."""

    values: list
    ours: float | None = None
    other: float | None = None
    other_name: str = ""


@dataclasses.dataclass(frozen=True)
class Target:
    """`unit` is that of the limit, `shown_unit` that of ours and the other's figure."""

    figure: str
    limit: float
    compute: typing.Callable
    unit: str = "×"
    shown_unit: str = ""
    at_least: bool = False

    def is_met_by(self, value):
        return value >= self.limit if self.at_least else value <= self.limit

    def wanted(self):
        if self.limit == 0:
            return "0"
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}{spaced(self.unit)}"


@dataclasses.dataclass(frozen=True)
class Finding:
    """What became of a target; `value` is None when it was not measured."""

    target: Target
    value: Spread | None
    compared: Compared | None

    @property
    def verdict(self):
        if self.value is None:
            return "not measured"
        return "met" if self.target.is_met_by(self.value.median) else "MISSED"

    def as_json(self):
        told = {"figure": self.target.figure, "limit": self.target.limit,
                "unit": self.target.unit, "at_least": self.target.at_least,
                "verdict": self.verdict}
        if self.value is not None:
            told |= {**dataclasses.asdict(self.value), "ours": self.compared.ours,
                     "other": self.compared.other, "other_name": self.compared.other_name,
                     "rounds": self.compared.values}
        return told


def spaced(unit):
    return unit if unit in ("×", "") else " " + unit


def against(scenario, point, field, other):
    """Ours by the other's, round by round."""
    def compute(measured):
        ours = measured.values(scenario, point, GATEWAY, field)
        theirs = measured.values(scenario, point, other, field)
        return Compared(ratios(ours, theirs), median(ours), median(theirs), other)
    return compute


def against_best_peer(scenario, point, field):
    """The peer whose median is highest."""
    def compute(measured):
        medians = {peer: median(measured.values(scenario, point, peer, field)) or 0
                   for peer in PEERS}
        best = max(medians, key=medians.get)
        return against(scenario, point, field, best)(measured)
    return compute


def between_points(scenario, point, base_point, field):
    """Ours at one point by ours at another."""
    def compute(measured):
        upper = measured.values(scenario, point, GATEWAY, field)
        lower = measured.values(scenario, base_point, GATEWAY, field)
        return Compared(ratios(upper, lower), median(upper), median(lower), base_point)
    return compute


def own(scenario, point, field, divisor=1):
    """Ours alone."""
    def compute(measured):
        values = [None if value is None else value / divisor
                  for value in measured.values(scenario, point, GATEWAY, field)]
        return Compared(values, median(values))
    return compute


def idle_session(measured):
    point = sessions_label(IDLE_SESSIONS)
    ours = measured.values("idle", point, GATEWAY, "kib_per_session")
    theirs = measured.values("idle", point, NCHAN, "kib_per_session")
    return Compared(ours, median(ours), median(theirs), NCHAN)


def recovery(wire):
    """What the first right answer took beyond the start of the process, in milliseconds."""
    def compute(measured):
        rounds = measured.rounds(f"recover-{wire}", "16 sessions", GATEWAY)
        answers = [_slowest(one.get("first_right_us")) for one in rounds]
        starts = [_slowest(one.get("child_start_us")) for one in rounds]
        # A session that never came back has no time, and must not leave the others' in the table.
        values = [None if answer is None or start is None or one.get("sessions_lost")
                  or one.get("unanswered") else (answer - start) / 1000
                  for one, answer, start in zip(rounds, answers, starts)]
        return Compared(values, _thousandth(median(answers)), _thousandth(median(starts)),
                        "start alone")
    return compute


def _slowest(figure):
    """A figure of many sessions is told as {"p50": …, "max": …}."""
    return figure.get("max") if isinstance(figure, dict) else figure


def _thousandth(value):
    return None if value is None else value / 1000


def forbidden(*fields):
    """The sum of all scenarios; nothing when none of them tells the count."""
    def compute(measured):
        told = [one[field] for scenario in measured.scenarios.values()
                for systems in scenario["points"].values()
                for system in (GATEWAY, SILENT)
                for one in systems.get(system, [])
                for field in fields if field in one]
        return Compared([sum(told)] if told else [], sum(told) if told else None)
    return compute


def _of_calls(wire):
    name, calls = WIRES[wire], f"calls-{wire}"
    at = sessions_label
    rivals = {"sse": 8, "streamable": 18}
    cpu, per_second = "cpu_us_per_call", "calls_per_second"
    return [
        Target(f"CPU per call, {name}, 16 sessions", 1.4,
               against(calls, at(16), cpu, BASELINE), shown_unit="µs"),
        Target(f"CPU per call, {name}, 64 sessions", 1.4,
               against(calls, at(64), cpu, BASELINE), shown_unit="µs"),
        Target(f"calls per second, {name}, 64 sessions", rivals[wire],
               against_best_peer(calls, at(64), per_second), at_least=True),
        Target(f"p50, {name}, 1 session", 1.4,
               against(calls, at(1), "p50_us", BASELINE), shown_unit="µs"),
        Target(f"p99, {name}, 64 sessions", 1.5,
               against(calls, at(64), "p99_us", BASELINE), shown_unit="µs"),
        Target(f"CPU per call at 1,024 sessions by 16, {name}", 1.3,
               between_points(calls, at(1024), at(16), cpu), shown_unit="µs"),
        Target(f"bytes per second, 1 MiB results, {name}", 0.9,
               against(f"sizes-{wire}", "1 MiB", "bytes_per_second", BASELINE),
               shown_unit="B/s", at_least=True),
        Target(f"CPU per call with the call log by without, {name}", 1.25,
               against(f"logging-{wire}", at(16), cpu, SILENT), shown_unit="µs"),
    ]


def _of_sessions():
    targets = [Target("memory of an idle SSE session, 10,000 of them", 5, idle_session,
                      unit="KiB", shown_unit="KiB")]
    targets += [Target(f"CPU per delivered event, {sessions:,} streams", 1.2,
                       against("fan-out", f"{sessions:,} streams", "cpu_us_per_event", NCHAN),
                       shown_unit="µs") for sessions in FAN_OUT_SESSIONS]
    return targets


def _of_faults():
    targets = [Target("wrong answers", 0, forbidden("wrong"), unit=""),
               Target("lost answers", 0, forbidden("lost", "missing"), unit=""),
               Target("progress to strangers", 0, forbidden("progress_to_strangers"), unit=""),
               Target("calls without a row after the database was away", 0,
                      own("database-away", "there again", "rows_missing"), unit="")]
    targets += [Target(f"first answer after a kill, beyond the start, {WIRES[wire]}", 200,
                       recovery(wire), unit="ms", shown_unit="ms") for wire in WIRES]
    return targets


def _of_starts():
    return [Target("start to ready, private PostgreSQL", 1.5,
                   own("start", "private PostgreSQL", "ready_seconds"), unit="s", shown_unit="s"),
            Target("start to ready, running PostgreSQL", 0.2,
                   own("start", "running PostgreSQL", "ready_seconds"), unit="s", shown_unit="s"),
            Target("memory with 10 servers defined, none started", 40,
                   own("idle-memory", "10 servers", "resident_bytes", MIB), unit="MiB",
                   shown_unit="MiB")]


TARGETS = [target for wire in WIRES for target in _of_calls(wire)] \
    + _of_sessions() + _of_faults() + _of_starts()


def judge(measured):
    """One finding for each target, in the order of the table."""
    return [_find(target, measured) for target in TARGETS]


def _find(target, measured):
    compared = target.compute(measured)
    value = Spread.of(compared.values)
    return Finding(target, value, compared if value is not None else None)
