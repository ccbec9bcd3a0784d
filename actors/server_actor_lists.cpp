#include "actors/server_actor.hpp"

#include "actors/call_draft.hpp"
#include "mcp/item_list.hpp"

#include <fmt/format.h>

#include <caf/send.hpp>

#include <algorithm>
#include <utility>
#include <variant>

// What the server lists, and what of it is told to whom.

namespace orch::actors {

std::optional<model::list_kind> server_actor::checked_list() const {
    for (const auto kind : model::all_list_kinds) {
        if (profile_.offered().has(mcp::shape_of(kind).capability)) {
            return kind;
        }
    }
    return std::nullopt;
}

void server_actor::read_lists() {
    for (const auto kind : model::all_list_kinds) {
        if (profile_.offered().has(mcp::shape_of(kind).capability)) {
            request_page(kind, listing_of(kind).wish(now()));
        }
    }
}

void server_actor::begin_anew() {
    log_level_.reset();
    ask_for_logs();
    subscribe_anew();
    drop_lists();
    read_lists();
}

void server_actor::drop_lists() {
    std::vector<model::list_kind> gone;
    for (const auto kind : model::all_list_kinds) {
        if (!profile_.offered().has(mcp::shape_of(kind).capability) &&
            profile_.adopt(kind, {}) == server_profile::discovery::changed) {
            gone.push_back(kind);
        }
    }
    if (gone.empty()) {
        return;
    }
    // Whoever is told looks there.
    publish(profile_.status().state, profile_.status().last_error);
    for (const auto kind : gone) {
        tell_audience(kind);
    }
}

void server_actor::request_page(model::list_kind kind,
                                const std::optional<page_listing::page_request>& page) {
    if (page) {
        send_errand({errand_kind::list_items, page->listing, kind}, mcp::shape_of(kind).method,
                    page->cursor.empty() ? "" : fmt::format(R"({{"cursor":{}}})", page->cursor));
    }
}

void server_actor::page_arrived(const errand& over, std::string& line, const mcp::envelope& parts) {
    auto reading = mcp::read_item_page(line, parts, mcp::shape_of(over.list));
    if (!reading) {
        listing_failed(over, reading.error().detail);
        return;
    }
    auto step = listing_of(over.list).take(over.listing, std::move(*reading));
    if (auto* next = std::get_if<page_listing::page_request>(&step)) {
        request_page(over.list, *next);
    } else if (auto* found = std::get_if<page_listing::finished>(&step)) {
        listed(over, std::move(*found));
    }
}

void server_actor::listing_failed(const errand& over, const std::string& why) {
    if (!listing_of(over.list).fail(over.listing)) {
        return;
    }
    const auto& shape = mcp::shape_of(over.list);
    const auto problem = bounded_message(fmt::format("{} failed: {}", shape.method, why));
    note_listing(over, model::log_level::error, problem);
    if (over.list == checked_list()) {
        last_problem_ = problem;
        if (phase_ == phase::starting) {
            // Whoever waits hears of it when the start has failed.
            child_->kill();
            return;
        }
        refreshes_.listed(over.listing, profile_.report());
    }
    if (!profile_.items(over.list)) {
        (void)profile_.adopt(over.list, {});
    }
    first_listing_done(over.list);
    request_page(over.list, listing_of(over.list).due(now()));
}

void server_actor::listed(const errand& over, page_listing::finished found) {
    const auto& shape = mcp::shape_of(over.list);
    if (found.cut_short) {
        note_listing(over, model::log_level::warning,
                     fmt::format("it lists more than {} {}s or {} MiB of them, the rest is left "
                                 "out",
                                 services_.options.tools_per_server_max, shape.noun,
                                 page_listing::limits{}.bytes_max / mib));
    }
    if (found.skipped > 0) {
        note_listing(over, model::log_level::warning,
                     fmt::format("{} of the {}s that it lists are left out: a definition is an "
                                 "object with one \"{}\" of at most {} bytes",
                                 found.skipped, shape.noun, shape.key, shape.key_bytes_max));
    }
    const auto count = found.items.size();
    const auto news = profile_.adopt(over.list, std::move(found.items));
    const bool changed = news == server_profile::discovery::changed;
    note_listing(
        over, model::log_level::info,
        fmt::format("{}s listed: {}{}", shape.noun, count, changed ? ", others than before" : ""));
    if (phase_ == phase::starting) {
        first_listing_done(over.list);
    } else {
        profile_.mark_checked();
        publish(profile_.status().state, "");
        if (over.list == checked_list()) {
            refreshes_.listed(over.listing, profile_.report());
        }
    }
    if (changed) {
        tell_audience(over.list);
    }
    request_page(over.list, listing_of(over.list).due(now()));
}

void server_actor::first_listing_done(model::list_kind kind) {
    if (std::erase(unlisted_, kind) > 0 && unlisted_.empty() && phase_ == phase::starting) {
        become_ready();
    }
}

void server_actor::tell_audience(model::list_kind kind) {
    const auto& server = profile_.definition();
    if (probes()) {
        // Resources may be others at any time; tools and prompts are what the server is made of.
        if (kind == model::list_kind::tools || kind == model::list_kind::prompts) {
            caf::anon_send(
                caf::actor_cast<caf::actor>(role_.owner),
                need_of_client_found{fmt::format("lists other {}s for clients that can be asked",
                                                 mcp::shape_of(kind).noun)});
        }
        return;
    }
    if (role_.session) {
        caf::anon_send(role_.session, items_changed{server.id, kind});
        return;
    }
    for (const auto& session : services_.sessions.audience(server.project, server.id)) {
        caf::anon_send(session, items_changed{server.id, kind});
    }
}

void server_actor::note_listing(const errand& over, model::log_level level, std::string message) {
    if (phase_ == phase::starting ||
        (over.list == checked_list() && refreshes_.await(over.listing))) {
        profile_.note(level, model::log_category::refresh, std::move(message));
    } else {
        note_of_child(level, model::log_category::refresh, std::move(message));
    }
}

} // namespace orch::actors
