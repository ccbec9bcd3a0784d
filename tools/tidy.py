#!/usr/bin/env python3
"""Runs clang-tidy-16 over our sources with the compile commands of a build directory, two at a
time. A source is skipped when neither it, what it includes, nor the rules changed since it passed."""
import concurrent.futures
import hashlib
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARALLEL = 2
# Made by another compiler; without it each source must include what it uses.
PRECOMPILED = re.compile(r" -Winvalid-pch -include \S+/cmake_pch\.hxx")


def dependencies(build):
    """Object file -> our files that it was compiled from, as ninja recorded them."""
    text = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True,
                          check=True).stdout
    found = {}
    for block in text.split("\n\n"):
        head, _, rest = block.partition(":")
        files = (pathlib.Path(build, line.strip()).resolve() for line in rest.splitlines()[1:])
        found[head.rsplit("ninja: ", 1)[-1].strip().split("\n")[-1]] = [
            file for file in files if file.is_relative_to(ROOT)]
    return found


def ours(file):
    path = pathlib.Path(file)
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] != "build"


def rules_of(files):
    """What the .clang-tidy files of the folders above these files say."""
    folders = {folder for file in files for folder in file.parents if folder.is_relative_to(ROOT)}
    rules = (folder / ".clang-tidy" for folder in sorted(folders))
    return b"".join(file.read_bytes() for file in rules if file.exists())


def key_of(entry, files):
    files = {pathlib.Path(entry["file"]), *files}
    digest = hashlib.sha256(rules_of(files) + entry["command"].encode())
    for file in sorted(files):
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()


def tidy(database, passed, entry, files):
    mark = passed / key_of(entry, files)
    if mark.exists():
        return ""
    run = subprocess.run(["clang-tidy-16", "--quiet", "-p", database, entry["file"]],
                         capture_output=True, text=True, check=False)
    if run.returncode == 0:
        mark.touch()
        return ""
    return run.stdout + re.sub(r"\d+ warnings? generated\.\n|Suppressed .*\n", "", run.stderr)


def main():
    build = sys.argv[1]
    text = PRECOMPILED.sub("", pathlib.Path(build, "compile_commands.json").read_text())
    commands = json.loads(text)
    database = pathlib.Path(build, "tidy")
    database.mkdir(exist_ok=True)
    (database / "compile_commands.json").write_text(text)
    deps = dependencies(build)
    passed = pathlib.Path(build, "tidy-passed")
    passed.mkdir(exist_ok=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        jobs = {pool.submit(tidy, database, passed, entry, deps.get(entry.get("output"), [])): entry
                for entry in commands if ours(entry["file"])}
        for job in concurrent.futures.as_completed(jobs):
            if job.result():
                failed += 1
                print(job.result(), flush=True)
    print(f"clang-tidy: {len(jobs)} sources, {failed} with findings")
    return 1 if failed or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
