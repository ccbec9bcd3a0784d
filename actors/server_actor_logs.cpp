#include "actors/server_actor.hpp"

#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

// Log messages of the server (server utilities, logging): one process serves many clients, but has
// one level, and does not say for whom a message is.

namespace orch::actors {

namespace {

model::log_level in_own_log(std::optional<mcp::log_level> level) noexcept {
    const auto known = level.value_or(mcp::log_level::info);
    return known >= mcp::log_level::error     ? model::log_level::error
           : known == mcp::log_level::warning ? model::log_level::warning
           : known == mcp::log_level::debug   ? model::log_level::debug
                                              : model::log_level::info;
}

} // namespace

void server_actor::on_want_logs(const want_logs& wanted) {
    if (passed_on(wanted)) {
        return;
    }
    log_audience_.want(
        {wanted.session, wanted.level, wanted.client ? wanted.client->task_owner : ""});
    if (phase_ == phase::ready) {
        ask_for_logs();
    }
}

void server_actor::on_left(const session_left& left) {
    if (left.client) {
        waiting_.leave(left.client->session);
        processes_.leave(left);
    }
    log_audience_.leave(left.session);
    unsubscribe(left.session);
    tasks_.leave(left.session);
    if (phase_ == phase::ready) {
        ask_for_logs();
    }
}

void server_actor::ask_for_logs() {
    const auto wanted = log_audience_.least();
    if (!wanted || wanted == log_level_ || !profile_.offered().logging) {
        return;
    }
    log_level_ = wanted;
    send_errand({errand_kind::set_log_level}, "logging/setLevel",
                fmt::format(R"({{"level":"{}"}})", mcp::to_string(*wanted)));
}

void server_actor::pass_log_on(std::string& line, const mcp::envelope& parts,
                               std::uint64_t stream_of) {
    const auto level = mcp::parse_log_level(mcp::param_word(line, parts, "level"));
    const auto data = mcp::param_token(line, parts, "data").of(line);
    note_of_child(in_own_log(level), model::log_category::output,
                  fmt::format("log message: {}",
                              profile_.hidden(std::string(data.substr(0, 5'000))).substr(0, 500)));
    const auto waiting = requests_.who_waits(stream_of);
    const auto& server = profile_.definition().id;
    if (role_.session) {
        caf::anon_send(role_.session,
                       server_notified{server, waiting.latest, std::move(line), parts});
    } else if (waiting.sessions == 1) {
        caf::anon_send(waiting.session,
                       server_notified{server, waiting.latest, std::move(line), parts});
    } else if (waiting.sessions == 0) {
        // It may tell of a call that was answered just now.
        for (const auto& session : log_audience_.sessions(requests_.users())) {
            caf::anon_send(session, server_notified{server, 0, line, parts});
        }
    }
    // With several waiting it may tell one client what another one asked, so nobody gets it.
}

} // namespace orch::actors
