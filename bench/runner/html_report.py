"""The results as one page of HTML without scripts, with plots, in light and dark. Pure."""

import html

from . import chart
from .figures import Measured, Spread
from .scenarios import IDLE_SESSIONS, OPEN_LOOP, SESSIONS, SIZES, WIRES, sessions_label
from .style import STYLE
from .systems import BASELINE, GATEWAY, NCHAN, PEERS, PIPE, SILENT
from .table import FIGURES, number, quantity, spread, target_cells, wrong

STYLES = {GATEWAY: "ours", SILENT: "silent", BASELINE: "plain", NCHAN: "nginx", PIPE: "plain",
          **dict(zip(PEERS, ("peer1", "peer2", "peer3", "peer4")))}
WORDS_MAX = 240
LATENCY_TICKS = [(2, "50 %"), (10, "90 %"), (100, "99 %"), (1000, "99.9 %")]
CURVES = (("calls_per_second", "calls per second", 1), ("cpu_us_per_call", "CPU µs per call", 1),
          ("p50_us", "p50, ms", 1000), ("p99_us", "p99, ms", 1000))


def page(results, findings):
    """`results` is what results.json holds."""
    measured = Measured(results["scenarios"])
    parts = [_head(results, findings), _targets(findings), _problems(results["problems"])]
    for wire in WIRES:
        parts.append(_calls(measured, wire))
    parts += [_sizes(measured), _sessions(measured), _fan_out(measured),
              _everything(results["scenarios"])]
    return ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width\">"
            "<meta name=\"color-scheme\" content=\"light dark\">"
            f"<title>mcp-orch: benchmarks</title><style>{STYLE}</style>"
            f"<body>{''.join(parts)}</body></html>\n")


def escaped(text):
    return html.escape(str(text))


def table(heads, rows, style=""):
    """`rows` hold HTML; the first column is a heading, a single second one takes all columns."""
    head = "".join(f"<th scope=\"col\">{escaped(each)}</th>" for each in heads)
    body = "".join(f"<tr><th scope=\"row\">{row[0]}</th>{_cells(row[1:], len(heads) - 1)}</tr>"
                   for row in rows)
    return (f"<div class=\"wide\"><table class=\"{style}\"><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div>")


def _cells(cells, columns):
    if len(cells) == 1 and columns > 1:
        return f"<td class=\"words\" colspan=\"{columns}\">{cells[0]}</td>"
    return "".join(f"<td>{cell}</td>" for cell in cells)


def section(title, *parts):
    shown = "".join(parts)
    return f"<section><h2>{escaped(title)}</h2>{shown}</section>" if shown else ""


def figure(title, plot, names=""):
    if not plot:
        return ""
    return f"<figure><figcaption>{escaped(title)}</figcaption>{plot}{names}</figure>"


def _head(results, findings):
    machine, options = results["machine"], results["options"]
    count = {verdict: sum(each.verdict == verdict for each in findings)
             for verdict in ("met", "MISSED", "not measured")}
    return (f"<header><h1>mcp-orch: benchmarks</h1><p>{count['met']} targets met, "
            f"{count['MISSED']} missed, {count['not measured']} not measured. Medians of "
            f"{options['rounds']} rounds of {options['seconds']:g} s, by turns, on "
            f"{machine['processors']} × {escaped(machine['processor'])}, "
            f"{machine['memory_gib']:g} GiB, Linux {escaped(machine['kernel'])}. mcp-orch logs "
            "every call with its bodies to PostgreSQL on the same machine. Only ratios within one "
            "run mean something.</p></header>")


def _targets(findings):
    rows = []
    for finding in findings:
        name, ours, other, other_name, value, spread_, wanted, verdict = map(
            escaped, target_cells(finding))
        style = {"met": "good", "MISSED": "bad"}.get(finding.verdict, "unknown")
        rows.append([name, ours, other, other_name, f"<b>{value}</b> <small>{spread_}</small>",
                     wanted, f"<span class=\"{style}\">{verdict.lower()}</span>"])
    return section("Targets", table(["figure", "mcp-orch", "other", "which", "value", "wanted", ""],
                                    rows, "targets"))


def _problems(problems):
    if not problems:
        return ""
    return section("What went wrong", "<ul class=\"bad\">" + "".join(
        f"<li>{escaped(problem)}</li>" for problem in problems) + "</ul>")


def _calls(measured, wire):
    scenario = f"calls-{wire}"
    present = [count for count in SESSIONS if measured.systems(scenario, sessions_label(count))]
    if not present:
        return ""
    parts = []
    for field, title, divisor in CURVES:
        lines = [chart.Line(system, STYLES[system],
                            _curve(measured, scenario, present, system, field, divisor))
                 for system in (GATEWAY, BASELINE, *PEERS)]
        ticks = [(count, f"{count:,}") for count in present]
        parts.append(figure(title, chart.lines_over_logs(lines, "sessions", title, ticks),
                            chart.legend(lines)))
    for point in (sessions_label(64), OPEN_LOOP):
        parts.append(_latencies(measured, scenario, point))
    return section(f"Calls, {WIRES[wire]}", f"<div class=\"plots\">{''.join(parts)}</div>",
                   *[_systems(measured, scenario, sessions_label(count)) for count in present])


def _curve(measured, scenario, present, system, field, divisor):
    points = []
    for count in present:
        value = Spread.of(measured.values(scenario, sessions_label(count), system, field))
        if value is not None and value.least > 0:
            points.append((count, value.median / divisor, value.least / divisor,
                           value.most / divisor))
    return points


def _latencies(measured, scenario, point):
    """Of the last round: how long the slowest of so many calls took."""
    lines = []
    for system in (GATEWAY, BASELINE, *PEERS):
        rounds = [one for one in measured.rounds(scenario, point, system) if one.get("histogram")]
        if rounds:
            lines.append(chart.Line(system, STYLES[system], percentiles(rounds[-1]["histogram"])))
    title = f"latency, {point}, ms"
    plot = chart.lines_over_logs(lines, "share of calls that are faster", "ms", LATENCY_TICKS)
    return figure(title, plot, chart.legend(lines))


def percentiles(histogram):
    """[[upper_us, count], …] as points of (1 / share that is slower, ms), up to 99.9 %."""
    total = sum(count for _, count in histogram)
    seen, points = 0, []
    for upper, count in sorted(histogram):
        seen += count
        slower = total - seen
        if 2 * slower <= total and slower * 1000 >= total and upper > 0:
            points.append((total / slower, upper / 1000, upper / 1000, upper / 1000))
    return points


def _systems(measured, scenario, point):
    systems = [each for each in STYLES if each in measured.systems(scenario, point)]
    rows = []
    for system in systems:
        error = measured.error(scenario, point, system)
        cells = [_cell(measured.values(scenario, point, system, field)) for field in FIGURES]
        cells.append(_mistakes(wrong(measured, scenario, point, system)))
        rows.append([escaped(system), *([_failure(error)] if error else cells)])
    return f"<h3>{escaped(point)}</h3>" + table(["", *FIGURES.values(), "wrong"], rows, "systems")


def _mistakes(count):
    return f"<span class=\"bad\">{count:,}</span>" if count else "0"


def _failure(words):
    return f"<span class=\"bad\">failed:</span> {escaped(words[:WORDS_MAX])}"


def _cell(values):
    value = Spread.of(values)
    return "" if value is None else f"{number(value.median)} <small>{spread(value)}</small>"


def bar_rows(measured, scenario, point, field, unit, divisor=1):
    """One bar for each system that took part."""
    rows = []
    for system in [each for each in STYLES if each in measured.systems(scenario, point)]:
        value = Spread.of(measured.values(scenario, point, system, field))
        if value is None:
            rows.append(chart.Bar(system, STYLES[system], None, words="failed"))
        else:
            rows.append(chart.Bar(system, STYLES[system], value.median / divisor,
                                  value.least / divisor, value.most / divisor,
                                  quantity(value.median / divisor, unit)))
    return rows


def _sizes(measured):
    plots = []
    for wire, name in WIRES.items():
        for size in SIZES:
            title = f"{size} results, {name}: MB per second"
            rows = bar_rows(measured, f"sizes-{wire}", size, "bytes_per_second", "MB/s", 1e6)
            plots.append(figure(title, chart.bars(rows, title)))
    return section("Large results", _plots(plots))


def _sessions(measured):
    point = sessions_label(IDLE_SESSIONS)
    title = f"memory of each of {IDLE_SESSIONS:,} idle SSE sessions, KiB"
    memory = bar_rows(measured, "idle", point, "kib_per_session", "KiB")
    opened = bar_rows(measured, "idle", point, "sessions_per_second", "/s")
    return section("Idle sessions", _plots([
        figure(title, chart.bars(memory, title, 5, "target: 5 KiB")),
        figure("sessions opened per second", chart.bars(opened, "sessions opened per second"))]))


def _fan_out(measured):
    plots = []
    for point in measured.scenarios.get("fan-out", {}).get("points", {}):
        title = f"CPU per delivered event, {point}, µs"
        rows = bar_rows(measured, "fan-out", point, "cpu_us_per_event", "µs")
        plots.append(figure(title, chart.bars(rows, title)))
    return section("Fan-out of one event", _plots(plots))


def _plots(plots):
    shown = "".join(plots)
    return f"<div class=\"plots\">{shown}</div>" if shown else ""


def _everything(scenarios):
    """All figures of all scenarios, folded up."""
    parts = []
    for name, scenario in scenarios.items():
        tables = "".join(_figures(point, systems) for point, systems in scenario["points"].items())
        parts.append(f"<details><summary>{escaped(scenario['title'])} "
                     f"<small>{escaped(name)}</small></summary>{tables}</details>")
    return section("All figures", *parts)


def _figures(point, systems):
    """Figures down, systems across; words and text below."""
    fields = {field: None for runs in systems.values() for run in runs
              for field, value in run.items() if isinstance(value, (int, float))}
    rows = [[escaped(field)] + [_cell([run.get(field) for run in runs])
                                for runs in systems.values()] for field in fields]
    words = "".join(f"<p><span class=\"bad\">{escaped(system)} failed:</span> "
                    f"{escaped(run['error'])}</p>"
                    for system, runs in systems.items() for run in runs[:1] if "error" in run)
    text = "".join(f"<pre>{escaped(run['text'])}</pre>"
                   for runs in systems.values() for run in runs if "text" in run)
    shown = table(["", *systems], rows, "systems") if rows else ""
    return f"<h3>{escaped(point)}</h3>{shown}{words}{text}"
