#pragma once

#include "bench/load/endpoint.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include <sys/types.h>

namespace CLI { // NOLINT(readability-identifier-naming): the library's
class App;
} // namespace CLI

namespace orch::bench {

/// Runs one load to its end and returns one JSON object, with `error` in it when what was to be
/// measured went wrong (`run_fault.hpp`). Throws when the run means nothing: a
/// connection was lost, or a request refused where that is not what is measured.
using load_run = std::function<std::string()>;

/// One kind of load, a subcommand with options of its own.
///
/// To add one: write `load_run prepare_<name>(CLI::App& command)` in a source file of its own,
/// which adds the options to `command` and returns what to run once they are read; declare it in
/// `loads.hpp`, and add a row to `load_table.cpp`.
struct load {
    const char* name;
    const char* what;
    load_run (*prepare)(CLI::App& command);
};

enum class wire { sse, streamable };

/// Whom a load goes to.
struct subject {
    endpoint where;
    /// The gateway's process; without one nothing is told of its CPU time and memory.
    pid_t server = 0;
};

// Options that several loads have.
void add_subject(CLI::App& command, subject& about);
void add_wire(CLI::App& command, wire& kind);
void add_milliseconds(CLI::App& command, const std::string& name, std::chrono::milliseconds& time,
                      const std::string& what,
                      std::chrono::milliseconds longest = std::chrono::hours{24});

/// `--progress` was given.
void show_progress();
/// Writes what `line` returns to stderr, at most once a second, when that is wanted.
void tell_progress(const std::function<std::string()>& line);

} // namespace orch::bench
