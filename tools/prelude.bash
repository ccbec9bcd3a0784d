# Sourced by the other scripts: the root of the checkout, how to speak, how to become root.
# shellcheck shell=bash
umask 022
# shellcheck disable=SC2034
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# One compiler per core, but no more than the memory holds at 1.5 GB each.
build_jobs() {
    local cores fitting
    cores=$(nproc)
    fitting=$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo)
    [ "$fitting" -ge 1 ] || fitting=1
    echo "${ORCH_BUILD_JOBS:-$((cores < fitting ? cores : fitting))}"
}

say() { printf '==> %s\n' "$*" >&2; }

# fail WHAT [WHAT TO DO]
fail() {
    printf 'error: %s\n' "$1" >&2
    if [ $# -gt 1 ]; then printf '       %s\n' "$2" >&2; fi
    exit 1
}

is_root() { [ "$(id -u)" -eq 0 ]; }

as_root() {
    if is_root; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "this needs root: $*" "run it as root, or install sudo and run this again"
    fi
}

# The account that a server started as root drops to.
account=mcp-orch
account_state=/var/lib/mcp-orch

# ensure_account: creates the system account; only root calls it.
ensure_account() {
    if ! getent passwd "$account" >/dev/null; then
        say "creating the system account $account"
        useradd --system --user-group --home-dir "$account_state/home" --no-create-home \
            --shell /usr/sbin/nologin "$account" ||
            fail "could not create the account $account" "create it yourself: useradd --system $account"
    fi
}

# place MODE FILE DESTINATION: copies by rename, so that a running program keeps its file; does
# nothing when both are equal.
place() {
    cmp -s "$2" "$3" 2>/dev/null && return
    install -D -m "$1" "$2" "$3.new"
    mv -f "$3.new" "$3"
}

# e2e_home: where the end-to-end tests keep programs and packages.
e2e_home() {
    if is_root; then
        echo "${ORCH_TEST_DIR:-/var/cache/mcp-orch-test}"
    else
        echo "${ORCH_TEST_DIR:-$root/build/e2e}"
    fi
}

# e2e_scratch: makes a directory for data of the orchestrator and prints it. Short, since paths of
# unix sockets are.
e2e_scratch() {
    local scratch
    scratch=$(mktemp -d /tmp/mcp-orch-test.XXXXXX)
    chmod 0755 "$scratch"
    if is_root; then chown "$account:" "$scratch"; fi
    echo "$scratch"
}
