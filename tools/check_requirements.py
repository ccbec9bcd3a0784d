#!/usr/bin/env python3
"""Checks docs/mcp-requirements.md: every requirement of the list is there, and each test that it
names is found, under its id, in the file that it names. --self-test checks the check."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = "docs/mcp-requirements.md"
LAST = {"F": 17, "C": 19, "U": 10, "S": 7}
ROW = re.compile(r"^\| ([FCUS]\d+) \| (.*?) \| (.*?) \| (.*) \|$")


def faults_of(table, read):
    """The faults of a table; `read` gives the text of a file, or None."""
    faults, seen = [], set()
    for number, line in enumerate(table.splitlines(), 1):
        row = ROW.match(line)
        if not row:
            continue
        key, _, file, name = (part.strip() for part in row.groups())
        seen.add(key)
        if file == "–":
            if not name:
                faults.append(f"{TABLE}:{number}: {key} has neither a test nor a reason")
            continue
        text = read(file.strip("`"))
        if text is None:
            faults.append(f"{TABLE}:{number}: there is no file {file}")
        elif not re.search(rf"\b{key}\b[^\n]*: ", name) or name not in text:
            faults.append(f"{TABLE}:{number}: {file} has no test '{name}' of {key}")
    for kind, last in LAST.items():
        for place in range(1, last + 1):
            if f"{kind}{place}" not in seen:
                faults.append(f"{TABLE}: {kind}{place} is missing")
    return faults


def read_file(path):
    file = ROOT / path
    return file.read_text() if file.is_file() else None


def self_test():
    rows = [f"| {kind}{place} | x | – | why |"
            for kind, last in LAST.items() for place in range(1, last + 1)]
    files = {"a.mjs": "test('F1, F2: it works', () => {"}
    cases = {
        "": 0,
        "| F1 | x | `a.mjs` | F1, F2: it works |": 0,
        "| F2 | x | `a.mjs` | F1, F2: it works |": 0,
        "| F1 | x | `a.mjs` | F1: it works |": 1,
        "| F3 | x | `a.mjs` | F1, F2: it works |": 1,
        "| F1 | x | `b.mjs` | F1, F2: it works |": 1,
        "| F1 | x | – |  |": 1,
    }
    for row, wanted in cases.items():
        found = faults_of("\n".join(rows + [row]), files.get)
        assert len(found) == wanted, (row, found)
    assert len(faults_of("\n".join(rows[1:]), files.get)) == 1


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        sys.exit(0)
    found = faults_of(read_file(TABLE), read_file)
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    sys.exit(1 if found else 0)
