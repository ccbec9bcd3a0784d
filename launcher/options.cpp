#include "launcher/options.hpp"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

namespace orch::launcher {
namespace {

/// A day: longer graces are mistakes.
constexpr long grace_ms_max = 24L * 60 * 60 * 1'000;

bool same(const char* left, const char* right) { return std::strcmp(left, right) == 0; }

bool parse_number(const char* text, long max, long& out) {
    char* end = nullptr;
    errno = 0;
    out = std::strtol(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && out >= 0 && out <= max;
}

bool parse_signal(const char* text, int& out) {
    constexpr struct {
        const char* name;
        int signal;
    } known[] = {
        {"kill", SIGKILL}, {"terminate", SIGTERM}, {"interrupt", SIGINT}, {"quit", SIGQUIT}};
    for (const auto& entry : known) {
        if (same(text, entry.name)) {
            out = entry.signal;
            return true;
        }
    }
    return false;
}

/// Takes one option that has a value; nullptr or the complaint.
const char* parse_valued(const char* name, const char* value, options& out) {
    long number = 0;
    if (same(name, "--parent")) {
        out.parent = parse_number(value, INT_MAX, number) ? static_cast<pid_t>(number) : 0;
        return out.parent > 0 ? nullptr : "--parent needs a process id";
    }
    if (same(name, "--grace-ms")) {
        return parse_number(value, grace_ms_max, out.grace_ms)
                   ? nullptr
                   : "--grace-ms needs milliseconds, at most one day";
    }
    if (same(name, "--limit-core")) {
        const bool valid = parse_number(value, LONG_MAX, number);
        out.core_bytes = static_cast<rlim_t>(number);
        return valid ? nullptr : "--limit-core needs a number of bytes";
    }
    if (same(name, "--stop-with")) {
        return parse_signal(value, out.stop_signal)
                   ? nullptr
                   : "--stop-with needs kill, terminate, interrupt or quit";
    }
    if (same(name, "--on-orphan")) {
        return parse_signal(value, out.orphan_signal)
                   ? nullptr
                   : "--on-orphan needs kill, terminate, interrupt or quit";
    }
    return "unknown option";
}

const char* check(const options& parsed) {
    if (parsed.parent == 0) {
        return "--parent is missing";
    }
    if (parsed.command == nullptr || parsed.command[0] == nullptr) {
        return "no program after --";
    }
    return parsed.command[0][0] == '/' ? nullptr : "the program needs an absolute path";
}

} // namespace

const char* const usage =
    "usage: mcp-orch-launch --parent <pid> [--grace-ms <n>] [--limit-core <bytes>]\n"
    "           [--stop-with <signal>] [--on-orphan <signal>] [--no-child-pdeathsig]\n"
    "           -- /absolute/program [argument...]\n"
    "       <signal>: kill, terminate, interrupt or quit\n";

const char* parse(int argc, char** argv, options& out) {
    int at = 1;
    while (at < argc && !same(argv[at], "--")) {
        if (same(argv[at], "--no-child-pdeathsig")) {
            out.on_launcher_death = launcher_death::spares_child;
            at += 1;
            continue;
        }
        if (at + 1 >= argc) {
            return "unknown option, or one without its value";
        }
        if (const char* complaint = parse_valued(argv[at], argv[at + 1], out)) {
            return complaint;
        }
        at += 2;
    }
    out.command = at < argc ? argv + at + 1 : nullptr;
    return check(out);
}

} // namespace orch::launcher
