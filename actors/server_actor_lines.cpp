#include "actors/server_actor.hpp"

#include "actors/call_draft.hpp"
#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <charconv>
#include <utility>
#include <variant>

// What the child says: answers, requests and notifications of its own, tools, noise.

namespace orch::actors {

namespace {

std::optional<std::uint64_t> number_of(std::string_view token) {
    std::uint64_t number = 0;
    const auto* end = token.data() + token.size();
    const auto [stop, failure] = std::from_chars(token.data(), end, number);
    return failure == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

} // namespace

void server_actor::on_line(child_line& message) {
    if (!child_.is_life(message.generation)) {
        return;
    }
    child_.gate().leave(message.line.size());
    if (message.line.empty()) {
        return;
    }
    const auto parts = mcp::parse_server_line(message.line);
    if (!parts) {
        // Whatever it was meant to be, the real answer may still come: no call is failed for it.
        note_of_child(model::log_level::warning, model::log_category::output,
                      fmt::format("a line on stdout is no MCP message ({}): {}",
                                  parts.error().detail, message.line.substr(0, 200)));
        return;
    }
    switch (parts->kind) {
    case mcp::message_kind::response: on_response(message.line, *parts); break;
    case mcp::message_kind::request: on_server_request(message.line, *parts); break;
    case mcp::message_kind::notification: on_notification(message.line, *parts); break;
    }
}

void server_actor::on_line_dropped(const child_line_dropped& message) {
    if (!child_.is_life(message.generation)) {
        return;
    }
    const auto what = fmt::format("a line of {} bytes on stdout is over the limit of {}",
                                  message.bytes, services_.child.line_bytes_max);
    note_of_child(model::log_level::error, model::log_category::output, what + " and was dropped");
    requests_.fail_only_sent(what);
}

void server_actor::on_flooded(const child_flooded& message) {
    if (child_.is_life(message.generation) && phase_ != phase::stopping) {
        last_problem_ = "its output outran the orchestrator";
        profile_.note(model::log_level::error, model::log_category::output,
                      last_problem_ + ": killed");
        child_->kill();
    }
}

void server_actor::on_stderr(child_stderr& message) {
    if (!child_.is_life(message.generation)) {
        return;
    }
    if (phase_ == phase::starting) {
        last_problem_ = message.line.substr(0, 500);
    }
    profile_.note(model::log_level::info, model::log_category::output, std::move(message.line));
}

void server_actor::note_of_child(model::log_level level, model::log_category category,
                                 std::string message) {
    if (child_.gate().admit_note()) {
        profile_.note(level, category, std::move(message));
    }
}

void server_actor::on_response(std::string& line, const mcp::envelope& parts) {
    const auto number = number_of(parts.id.of(line));
    if (!number) {
        note_of_child(model::log_level::warning, model::log_category::output,
                      "an answer to an id that was never sent was dropped");
        return;
    }
    if (requests_.answered(*number, line, parts)) {
        return;
    }
    const auto over = errands_.take(*number);
    if (!over) {
        // The late answer to a call that was cancelled or timed out.
        return;
    }
    switch (over->kind) {
    case errand_kind::initialize: handshake_done(line, parts); break;
    case errand_kind::list_tools: page_arrived(over->listing, line, parts); break;
    case errand_kind::ping: break;
    }
}

void server_actor::on_server_request(const std::string& line, const mcp::envelope& parts) {
    const auto id = parts.id.of(line);
    if (parts.method.of(line) == "ping") {
        (void)child_.write_line(mcp::make_result(id, "{}"));
        return;
    }
    (void)child_.write_line(
        mcp::make_error(id, mcp::code::method_not_found,
                        "Method not found: the client offered no such capability"));
}

void server_actor::on_notification(std::string& line, const mcp::envelope& parts) {
    const auto method = parts.method.of(line);
    if (method == "notifications/progress") {
        const auto token = mcp::param_token(line, parts, "progressToken");
        if (const auto number = number_of(token.of(line))) {
            requests_.progressed(*number, line, token);
        }
    } else if (method == "notifications/tools/list_changed" &&
               (phase_ == phase::ready || listing_.under_way())) {
        request_page(listing_.wish(now()));
    }
}

void server_actor::send_errand(const errand& what, std::string_view method,
                               std::string_view params) {
    const auto number = home().next_number();
    errands_.add(number, what);
    (void)child_.write_line(mcp::make_request(std::to_string(number), method, params));
}

void server_actor::request_page(const std::optional<tool_listing::page_request>& page) {
    if (page) {
        send_errand({errand_kind::list_tools, page->listing}, "tools/list",
                    page->cursor.empty() ? "" : fmt::format(R"({{"cursor":{}}})", page->cursor));
    }
}

void server_actor::page_arrived(std::uint64_t listing, std::string& line,
                                const mcp::envelope& parts) {
    auto reading = mcp::read_tool_page(line, parts);
    if (!reading) {
        listing_failed(listing, reading.error().detail);
        return;
    }
    auto step = listing_.take(listing, std::move(reading->page));
    if (auto* next = std::get_if<tool_listing::page_request>(&step)) {
        request_page(*next);
    } else if (auto* found = std::get_if<tool_listing::finished>(&step)) {
        listed(listing, std::move(*found));
    }
}

void server_actor::listing_failed(std::uint64_t listing, const std::string& why) {
    if (!listing_.fail(listing)) {
        return;
    }
    last_problem_ = bounded_message("tools/list failed: " + why);
    note_of_child(model::log_level::error, model::log_category::handshake, last_problem_);
    if (phase_ == phase::starting) {
        // Whoever waits hears of it when the start has failed.
        child_->kill();
        return;
    }
    refreshes_.listed(listing, profile_.report());
    request_page(listing_.due(now()));
}

void server_actor::listed(std::uint64_t listing, tool_listing::finished found) {
    if (found.cut_short) {
        note_of_child(
            model::log_level::warning, model::log_category::handshake,
            fmt::format("it lists more than {} tools or {} MiB of them, the rest is left out",
                        services_.options.tools_per_server_max,
                        tool_listing::limits{}.bytes_max / mib));
    }
    const auto news = profile_.adopt(std::move(found.tools));
    if (phase_ == phase::starting) {
        become_ready();
    } else {
        profile_.mark_checked();
        publish(profile_.status().state, "");
        refreshes_.listed(listing, profile_.report());
    }
    if (news == server_profile::discovery::changed) {
        tell_audience();
    }
    request_page(listing_.due(now()));
}

void server_actor::tell_audience() {
    const auto& server = profile_.definition();
    for (const auto& session : services_.sessions.audience(server.project, server.id)) {
        caf::anon_send(session, tools_changed{server.id});
    }
}

} // namespace orch::actors
