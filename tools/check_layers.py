#!/usr/bin/env python3
"""Checks that #include lines follow the arrows between folders, that third-party libraries stay in
their homes, and that files stay small. `--self-test` proves that violations are found."""
import pathlib
import re
import sys
import tempfile

MIDDLE = {"crypto", "mcp", "net", "storage"}
# folder -> folders it may include beside itself.
ARROWS = {
    "core": set(),
    "crypto": {"core"},
    "mcp": {"core"},
    "net": {"core"},
    "storage": {"core"},
    "actors": {"core"} | MIDDLE,
    "api": {"core", "actors", "web"} | MIDDLE,  # of web, what a file is
    "config": {"core"},  # and options.hpp of every folder
    "launcher": set(),
    "web": set(),
    "app": {"core", "actors", "api", "config", "web"} | MIDDLE,
}
ARROWS["tests"] = ARROWS["bench"] = set(ARROWS) | {"launcher", "tests", "bench"}
OPTIONS_OF_ALL = "config"

# Start of an included path -> path prefixes where it may stand; tests and bench may use all.
HOMES = {
    "simdjson": ("core/", "mcp/"),
    "boost/beast": ("net/",),
    "boost/asio": ("net/", "api/", "actors/bridge", "app/"),
    "pqxx": ("storage/",),
    "caf/": ("actors/", "app/"),
    "sodium": ("crypto/",),
    "openssl": ("crypto/", "net/tls"),
    "crypt.h": ("crypto/",),
}
HEADER_LINES_MAX, SOURCE_LINES_MAX = 300, 500
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "misc"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def include_faults(path, folder, bracket, target):
    top = target.split("/")[0]
    if bracket == '"' and top in ARROWS and top != folder and top not in ARROWS[folder]:
        if not (folder == OPTIONS_OF_ALL and target.endswith("/options.hpp")):
            yield f"{folder} must not include {target}"
    for library, homes in HOMES.items():
        if target.startswith(library) and folder not in ("tests", "bench"):
            if not path.startswith(homes):
                yield f"<{target}> may only be included in {', '.join(homes)}"


def file_faults(root, file):
    path = file.relative_to(root).as_posix()
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    limit = HEADER_LINES_MAX if file.suffix == ".hpp" else SOURCE_LINES_MAX
    if len(lines) > limit:
        yield f"{path}:1: {len(lines)} lines, more than {limit}: split it by subject"
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if found:
            for fault in include_faults(path, path.split("/")[0], *found.groups()):
                yield f"{path}:{number}: {fault}"


def tree_faults(root):
    for folder in ARROWS:
        for entry in sorted((root / folder).rglob("*")):
            if "node_modules" in entry.parts:
                continue
            if entry.is_dir() and entry.name in FORBIDDEN_NAMES:
                yield f"{entry.relative_to(root)}: a folder is named after what it holds"
            if entry.is_file() and entry.suffix in (".hpp", ".cpp"):
                yield from file_faults(root, entry)


def self_test():
    """A tree with one violation of each kind, and one that is clean."""
    bad = {
        "core/up.hpp": '#include "net/router.hpp"\n',
        "net/stranger.cpp": '#include "storage/spool.hpp"\n',
        "config/deep.cpp": '#include "net/router.hpp"\n',
        "launcher/fat.cpp": '#include "core/error.hpp"\n',
        "api/json.cpp": "  #  include <simdjson.h>\n",
        "actors/io.cpp": "#include <boost/asio/post.hpp>\n",
        "core/long.hpp": "\n" * (HEADER_LINES_MAX + 1),
        "app/long.cpp": "\n" * (SOURCE_LINES_MAX + 1),
        "net/utils/text.txt": "",
    }
    good = {
        "config/read.cpp": '#include "net/options.hpp"\n#include "core/error.hpp"\n',
        "actors/bridge.cpp": "#include <boost/asio/post.hpp>\n",
        "tests/net/all_test.cpp": '#include "app/main.hpp"\n#include <pqxx/pqxx>\n',
        "mcp/json.cpp": "#include <simdjson.h>\n",
    }
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for path, text in (bad | good).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        faults = list(tree_faults(root))
    missed = [path for path in bad if not any(f.startswith(path.rsplit("/text")[0]) for f in faults)]
    wrong = [fault for fault in faults if fault.split(":")[0] in good]
    for problem in [f"not found: {path}" for path in missed] + [f"false: {f}" for f in wrong]:
        print(f"self-test: {problem}")
    return len(missed) + len(wrong)


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    faults = list(tree_faults(pathlib.Path(__file__).resolve().parent.parent))
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
