"""The table of what is measured: short for each day, full for a release."""

from . import special
from .scenario import Point, Scenario
from .systems import BASELINE, GATEWAY, NCHAN, SILENT, peers_of

WIRES = {"sse": "HTTP+SSE", "streamable": "Streamable HTTP"}
SIZES = {"64 B": 64, "4 KiB": 4096, "64 KiB": 65_536, "1 MiB": 1_048_576}
SESSIONS = (1, 16, 64, 256, 1024)
MEASURED_SESSIONS = 64
SIZE_SESSIONS = 8
IDLE_SESSIONS = 10_000
FAN_OUT_SESSIONS = (1_000, 10_000)
# mcp-orch asks for the list anew before it tells of a change, and waits longer before each time:
# 1, 2, 4 seconds. More events would measure these pauses.
FAN_OUT_EVENTS = 3
BOTH = (GATEWAY, BASELINE)


def sessions_label(number):
    return "1 session" if number == 1 else f"{number:,} sessions"


OPEN_LOOP = "open loop at half of the rate"


def calls(wire, full):
    """Closed loops; then half of what mcp-orch reached, sent at fixed times."""
    points = []
    for sessions in SESSIONS:
        if sessions == 256 and not full:
            continue
        peers = peers_of(wire) if full or sessions == MEASURED_SESSIONS else ()
        points.append(Point(sessions_label(sessions), "calls", BOTH + peers,
                            {"sessions": sessions}, timed=True))
    points.append(Point(OPEN_LOOP, "calls", BOTH, {"sessions": MEASURED_SESSIONS},
                        timed=True, rate_of=(sessions_label(MEASURED_SESSIONS), 0.5)))
    return Scenario(f"calls-{wire}", f"Calls of a tool that answers at once, {WIRES[wire]}", wire,
                    tuple(points), calls_logged=True)


def sizes(wire, full):
    chosen = SIZES if full else {"1 MiB": SIZES["1 MiB"]}
    systems = BOTH + (peers_of(wire) if full else ())
    points = tuple(Point(label, "calls", systems,
                         {"sessions": SIZE_SESSIONS, "tool": "blob", "result": size}, timed=True)
                   for label, size in chosen.items())
    return Scenario(f"sizes-{wire}", f"Results by size, {SIZE_SESSIONS} sessions, {WIRES[wire]}",
                    wire, points, calls_logged=True)


def logging(wire, full):
    point = Point("16 sessions", "calls", (GATEWAY, SILENT), {"sessions": 16},
                  timed=True)
    return Scenario(f"logging-{wire}", f"Calls with and without the call log, {WIRES[wire]}", wire,
                    (point,), calls_logged=True)


def connect(wire, full):
    peers = peers_of(wire) if full else ()
    point = Point("1,000 sessions", "connect", BOTH + peers, {"sessions": 1000, "lanes": 16},
                  seconds=2)
    return Scenario(f"connect-{wire}", f"Sessions opened, used once and closed, {WIRES[wire]}",
                    wire, (point,))


def mixed(wire, full):
    point = Point("64 sessions, 2,000 requests/s", "mixed", BOTH,
                  {"sessions": 64, "rate": 2000}, timed=True)
    return Scenario(f"mixed-{wire}", f"Mixed real use, {WIRES[wire]}", wire, (point,))


def idle(full):
    point = Point(sessions_label(IDLE_SESSIONS), "idle", BOTH + (NCHAN,),
                  {"sessions": IDLE_SESSIONS, "watch": 5}, {NCHAN: {"plain": True}}, seconds=18)
    points = (point,)
    if full:
        points += (Point("1,000 sessions", "idle", BOTH + (NCHAN,) + peers_of("sse"),
                         {"sessions": 1000, "watch": 5}, {NCHAN: {"plain": True}}, seconds=12),)
    return Scenario("idle", "Idle SSE sessions", "sse", points, fresh=True,
                    rounds_max=3 if full else 1)


def fan_out(full):
    plain = {NCHAN: {"plain": True, "publish_url": ""}}
    points = tuple(Point(f"{sessions:,} streams", "fan-out", (GATEWAY, NCHAN),
                         {"sessions": sessions, "events": FAN_OUT_EVENTS}, plain,
                         seconds=6 + sessions / 2000)
                   for sessions in FAN_OUT_SESSIONS)
    if full:
        points += (Point("100 streams", "fan-out", (GATEWAY, NCHAN) + peers_of("sse"),
                         {"sessions": 100, "events": FAN_OUT_EVENTS}, plain, seconds=6),)
    return Scenario("fan-out", "One list_changed to every stream", "sse", points, fresh=True,
                    rounds_max=3)


def recover(wire, full):
    after = 10_000 if full else 2_000
    peers = peers_of(wire) if full else ()
    point = Point("16 sessions", "recover", (GATEWAY,) + peers,
                  {"sessions": 16, "kill_after": after, "milliseconds": after + 3000},
                  seconds=after / 1000 + 6)
    return Scenario(f"recover-{wire}", f"The server's process is killed, {WIRES[wire]}", wire,
                    (point,), fresh=True, calls_may_fail=True)


def vanish(wire, full):
    point = Point("64 sessions", "vanish", (GATEWAY,) + (peers_of(wire) if full else ()),
                  {"sessions": 64, "milliseconds": 4000}, seconds=8)
    return Scenario(f"vanish-{wire}", f"Half of the clients vanish, {WIRES[wire]}", wire, (point,),
                    fresh=True, rounds_max=3)


def slow(full):
    point = Point("16 sessions, 8 slow", "slow", (GATEWAY,) + (peers_of("sse") if full else ()),
                  {"sessions": 16, "slow": 8, "milliseconds": 4000}, seconds=10)
    return Scenario("slow", "Clients that do not read, beside others", "sse", (point,), fresh=True,
                    rounds_max=3)


def collide(wire, full):
    point = Point("16 sessions", "collide", (GATEWAY,) + (peers_of(wire) if full else ()),
                  {"sessions": 16}, timed=True)
    return Scenario(f"collide-{wire}", f"Equal ids and progress tokens, {WIRES[wire]}", wire,
                    (point,), fresh=True, rounds_max=3)


def plan(full):
    """All scenarios in the order in which they run."""
    chosen = [special.Pipe()]
    for each in (calls, sizes, logging, connect, mixed):
        chosen += [each(wire, full) for wire in WIRES]
    chosen += [idle(full), fan_out(full)]
    for each in (recover, vanish, collide):
        chosen += [each(wire, full) for wire in WIRES]
    chosen += [slow(full), special.DatabaseAway(), special.Start(), special.IdleMemory(),
               special.ServerList()]
    if full:
        chosen.append(special.LogQueries())
    return chosen
