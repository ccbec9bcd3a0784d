"""The command line of the benchmarks."""

import argparse
import json
import os
import pathlib
import platform
import signal
import sys

from . import html_report, scenarios, table, targets
from .failure import Failed
from .figures import Measured
from .load import Load
from .profile import profile
from .progress import Progress
from .systems import BASELINE, GATEWAY, SILENT
from .workspace import ROOT, Workspace

DESCRIPTION = """Measures mcp-orch beside a plain proxy, the peers from npm, and nginx. Only ratios
within one run mean something. Prints a table, writes all figures to results.json and a page with
plots to report.html. Missed targets are told; only answers that were wrong, lost or went to
strangers, and what broke, end with an exit code that is not 0."""


class Bench:
    """What a scenario needs to run."""

    def __init__(self, options, workspace, expected_seconds):
        self.options = options
        self.workspace = workspace
        self.load = Load(workspace)
        self.progress = Progress(expected_seconds)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="bench/run", description=DESCRIPTION)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--peers", type=pathlib.Path, default=ROOT / "build" / "bench",
                        help="where tools/bench put Node and the peers")
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / "build" / "bench",
                        help="directory for results.json and report.html")
    parser.add_argument("--full", action="store_true", help="everything, and for longer")
    parser.add_argument("--only", action="append", default=[], metavar="NAME",
                        help="scenarios whose name begins so; may be given again")
    parser.add_argument("--list", action="store_true", help="only name the scenarios")
    parser.add_argument("--rounds", type=int, help="default: 3, with --full 5")
    parser.add_argument("--seconds", type=float, help="of one load; default: 2, with --full 4")
    parser.add_argument("--profile", action="store_true", help="only show where the CPU goes")
    parser.add_argument("--keep", action="store_true", help="leave data and logs behind")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (5 if options.full else 3)
    options.seconds = options.seconds or (4.0 if options.full else 2.0)
    return options


def choose(options):
    known = scenarios.plan(options.full)
    if not options.only:
        return known
    chosen = [one for one in known if one.name.startswith(tuple(options.only))]
    if not chosen:
        raise Failed(f"no scenario is called {', '.join(options.only)}: see --list")
    return chosen


def measure(chosen, options, workspace):
    bench = Bench(options, workspace, sum(one.seconds(options) for one in chosen))
    return {one.name: {"title": one.title, "points": one.run(bench)} for one in chosen}


def machine():
    """What the figures were measured on."""
    info = pathlib.Path("/proc/cpuinfo").read_text()
    model = next((line.split(":", 1)[1].strip() for line in info.splitlines()
                  if line.startswith("model name")), platform.machine())
    memory = int(pathlib.Path("/proc/meminfo").read_text().split()[1])
    return {"processor": model, "processors": os.cpu_count(),
            "memory_gib": round(memory / 1024 / 1024, 1), "kernel": platform.release()}


def problems(measured):
    """What must not be: sentences for people, empty when all went well."""
    told = []
    for system in (GATEWAY, SILENT, BASELINE):
        for field, what in targets.FORBIDDEN.items():
            count = measured.total(system, field)
            if count:
                told.append(f"{system}: {count:g} {what}")
        told += [f"{system}, {scenario}, {point}: {words}"
                 for scenario, point, words in measured.errors(system)]
    return told


def report(options, scenarios_run):
    measured = Measured(scenarios_run)
    findings = targets.judge(measured)
    results = {"machine": machine(),
               "options": {"rounds": options.rounds, "seconds": options.seconds,
                           "full": options.full, "only": options.only},
               "targets": [finding.as_json() for finding in findings],
               "problems": problems(measured), "scenarios": scenarios_run}
    options.results.mkdir(parents=True, exist_ok=True)
    (options.results / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (options.results / "report.html").write_text(html_report.page(results, findings))
    print(table.text(results, findings))
    print(f"==> all figures: {options.results}/results.json; plots: {options.results}/report.html",
          file=sys.stderr)
    return 1 if results["problems"] else 0


def run(options):
    chosen = choose(options)
    if options.list:
        for one in chosen:
            print(f"{one.name:<20} {one.title}")
        return 0
    workspace = Workspace(options.build, options.peers)
    try:
        if options.profile:
            profile(workspace, options)
            return 0
        scenarios_run = measure(chosen, options, workspace)
    finally:
        if options.keep:
            print(f"==> left behind: {workspace.path}", file=sys.stderr)
        else:
            workspace.remove()
    return report(options, scenarios_run)


def end_in_order(*_):
    """Leaves by the way that ends what was started and removes what was made."""
    sys.exit(128 + signal.SIGTERM)


def main():
    signal.signal(signal.SIGTERM, end_in_order)
    try:
        return run(parse(sys.argv[1:]))
    except Failed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
