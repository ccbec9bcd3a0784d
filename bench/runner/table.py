"""The results as text for a terminal. Pure."""

from .figures import Measured, median
from .systems import BASELINE, CEILINGS, GATEWAY
from .targets import spaced

TARGET_ROW = "{:<62}{:>11}{:>11}  {:<14}{:>9} {:<17}{:<10}{}"
FIGURES = {"calls_per_second": "calls/s", "p50_us": "p50 µs", "p99_us": "p99 µs",
           "cpu_us_per_call": "CPU µs/call"}
SYSTEM_ROW = "{:<26}{:>12}{:>11}{:>11}{:>14}{:>8}"


def number(value):
    """Three digits that count, thousands apart; `-` for nothing."""
    if value is None:
        return "-"
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if size >= 0.1 else f"{value:.2g}"


def quantity(value, unit):
    if value is None:
        return ""
    if unit == "B/s":
        return f"{number(value / 1e6)} MB/s"
    return f"{number(value)}{' ' + unit if unit else ''}"


def spread(value):
    """Least and most; nothing where all rounds were alike."""
    if value.least == value.most:
        return ""
    return f"({number(value.least)}–{number(value.most)})"


def target_cells(finding):
    """figure, ours, other, its name, value, spread, wanted, verdict."""
    target = finding.target
    if finding.value is None:
        return [target.figure, "", "", "", "", "", target.wanted(), finding.verdict]
    compared = finding.compared
    return [target.figure, quantity(compared.ours, target.shown_unit),
            quantity(compared.other, target.shown_unit), compared.other_name,
            number(finding.value.median) + spaced(target.unit), spread(finding.value),
            target.wanted(), finding.verdict]


def system_rows(measured, scenario, point):
    """System, its words when it failed, its medians, its wrong answers; ours first."""
    order = sorted(measured.systems(scenario, point),
                   key=lambda system: (system != GATEWAY, system not in CEILINGS, system))
    for system in order:
        error = measured.error(scenario, point, system)
        yield (system, error,
               [median(measured.values(scenario, point, system, field)) for field in FIGURES],
               wrong(measured, scenario, point, system))


def wrong(measured, scenario, point, system):
    """How many answers of all rounds were wrong, those to others among them."""
    return sum(one.get("wrong", 0) for one in measured.rounds(scenario, point, system))


def _targets(findings):
    lines = [TARGET_ROW.format("target", "mcp-orch", "other", "", "value", "(least–most)",
                               "wanted", "")]
    lines += [TARGET_ROW.format(*target_cells(finding)).rstrip() for finding in findings]
    return lines


def _systems(measured, scenario, title, point):
    lines = ["", f"{title}, {point}",
             SYSTEM_ROW.format("", *FIGURES.values(), "wrong")]
    for system, error, values, mistakes in system_rows(measured, scenario, point):
        if error:
            lines.append(f"{system:<26}failed: {' '.join(error.split())[:120]}")
        else:
            lines.append(SYSTEM_ROW.format(system, *map(number, values), number(mistakes)))
    return lines


def text(results, findings):
    measured = Measured(results["scenarios"])
    options = results["options"]
    machine = results["machine"]
    lines = [f"Medians of {options['rounds']} rounds of {options['seconds']:g} s on "
             f"{machine['processors']} × {machine['processor']}; every call logged with bodies", ""]
    # Where only some scenarios were asked for, what the others would tell is no news.
    lines += _targets([finding for finding in findings
                       if finding.value is not None or not options["only"]])
    for scenario, told in results["scenarios"].items():
        for point in told["points"]:
            if BASELINE in measured.systems(scenario, point) and scenario.startswith("calls-"):
                lines += _systems(measured, scenario, told["title"], point)
    for told in results["scenarios"].get("log-queries", {}).get("points", {}).values():
        lines += ["", told[GATEWAY][0].get("text", "").rstrip()]
    missed = sum(finding.verdict == "MISSED" for finding in findings)
    met = sum(finding.verdict == "met" for finding in findings)
    lines += ["", f"{met} of {len(findings)} targets met, {missed} missed, "
                  f"{len(findings) - met - missed} not measured"]
    lines += [f"WENT WRONG: {problem}" for problem in results["problems"]]
    return "\n".join(lines)
