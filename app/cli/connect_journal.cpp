#include "app/cli/connect_journal.hpp"

#include "mcp/client_batch.hpp"
#include "mcp/handshake.hpp"
#include "mcp/param_token.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::app::cli {

namespace {

// More than any client has under way; beyond it requests are refused.
constexpr std::size_t open_max = 10'000;
constexpr std::size_t kept_max = 1'000;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

std::string refusal(std::string_view id, std::string_view why) {
    return mcp::make_error(id, mcp::code::internal_error, why);
}

connect_journal::heard refused(const mcp::message_fault& fault) {
    return {{}, {}, mcp::make_error(fault.id, fault.rpc_code, fault.detail)};
}

} // namespace

std::vector<connect_journal::heard> connect_journal::take_client_line(std::string line) {
    if (is_blank(line)) {
        return {};
    }
    if (mcp::is_batch(line)) {
        return take_batch(std::move(line));
    }
    const auto parts = mcp::parse_client_message(line);
    return {parts ? take_message(std::move(line), *parts) : refused(parts.error())};
}

connect_journal::heard connect_journal::take_message(std::string line, const mcp::envelope& parts) {
    const std::string id(parts.id.of(line));
    if (parts.kind != mcp::message_kind::request) {
        if (parts.kind == mcp::message_kind::response) {
            asked_.erase(id);
        }
        return {std::move(line), {}, {}};
    }
    if (open_.size() >= open_max) {
        return {{}, {}, refusal(id, "too many requests are open")};
    }
    open_.insert(id);
    keep(line, parts);
    return {std::move(line), id, {}};
}

std::vector<connect_journal::heard> connect_journal::take_batch(std::string line) {
    if (agreed_ != mcp::revision::v2025_03_26) {
        return {refused({mcp::code::invalid_request,
                         "a batch belongs to revision 2025-03-26, which is not the one agreed on",
                         {}})};
    }
    auto messages = mcp::parse_client_batch(line);
    if (!messages) {
        return {refused(messages.error())};
    }
    std::vector<heard> all;
    all.reserve(messages->size());
    for (auto& [body, parts] : *messages) {
        all.push_back(take_message(std::move(body), parts));
    }
    return all;
}

void connect_journal::keep(const std::string& line, const mcp::envelope& parts) {
    const auto method = parts.method.of(line);
    const auto params = parts.params.of(line);
    if (method == "initialize") {
        hello_id_ = parts.id.of(line);
        hello_ = params;
        is_initialized_ = false;
        kept_.clear();
    } else if (method == "logging/setLevel") {
        kept_[std::string(method)] = {std::string(method), std::string(params)};
    } else if (method == "resources/subscribe" && kept_.size() < kept_max) {
        kept_[fmt::format("resource {}", params)] = {std::string(method), std::string(params)};
    } else if (method == "resources/unsubscribe") {
        kept_.erase(fmt::format("resource {}", params));
    }
}

std::string connect_journal::refuse_long_line(std::size_t bytes, std::size_t bytes_max) {
    return mcp::make_error(
        {}, mcp::code::invalid_request,
        fmt::format("a line has {} bytes, at most {} are accepted", bytes, bytes_max));
}

std::string connect_journal::take_server_message(std::string text) {
    if (const auto parts = mcp::parse_server_line(text)) {
        if (parts->kind == mcp::message_kind::response) {
            if (take_own_answer(text, *parts)) {
                return {};
            }
            take_answer(text, *parts);
        } else if (parts->kind == mcp::message_kind::request && asked_.size() < open_max) {
            asked_.emplace(parts->id.of(text));
        } else if (parts->method.of(text) == "notifications/cancelled") {
            asked_.erase(std::string(mcp::param_token(text, *parts, "requestId").of(text)));
        }
    }
    // A line of stdio holds no raw line break.
    return mcp::splice_line(text, {});
}

void connect_journal::take_answer(std::string& text, const mcp::envelope& parts) {
    const auto found = open_.find(parts.id.of(text));
    if (found == open_.end()) {
        return;
    }
    if (*found == hello_id_ && parts.result.present()) {
        is_initialized_ = true;
        if (const auto hello = mcp::read_server_hello(text, parts)) {
            agreed_ = hello->version;
        }
    }
    open_.erase(found);
}

bool connect_journal::take_own_answer(std::string& text, const mcp::envelope& parts) {
    const auto own = own_open_.find(parts.id.of(text));
    if (own == own_open_.end()) {
        return false;
    }
    if (*own == greeting_id_) {
        greeting_id_.clear();
        if (parts.error.present()) {
            greeting_fault_ = mcp::read_call_outcome(text, parts).rpc_message;
        }
    }
    own_open_.erase(own);
    return true;
}

std::string connect_journal::fail(const std::string& id, std::string_view why) {
    return open_.erase(id) > 0 ? refusal(id, why) : std::string{};
}

std::vector<std::string> connect_journal::fail_all(std::string_view why) {
    std::vector<std::string> lines;
    lines.reserve(open_.size() + asked_.size());
    for (const auto& id : open_) {
        lines.push_back(refusal(id, why));
    }
    for (const auto& id : asked_) {
        lines.push_back(mcp::make_notification("notifications/cancelled",
                                               fmt::format(R"({{"requestId":{}}})", id)));
    }
    open_.clear();
    asked_.clear();
    own_open_.clear();
    greeting_id_.clear();
    return lines;
}

bool connect_journal::is_over(const std::string& id) const {
    return !id.empty() && !open_.contains(id);
}

std::string connect_journal::greeting() {
    own_open_.clear();
    greeting_id_.clear();
    greeting_fault_.clear();
    if (!is_initialized_) {
        return {};
    }
    auto message = own_request("initialize", hello_);
    greeting_id_ = *own_open_.begin();
    return message;
}

std::vector<std::string> connect_journal::after_greeting() {
    std::vector<std::string> messages{mcp::make_notification("notifications/initialized", {})};
    for (const auto& [about, request] : kept_) {
        messages.push_back(own_request(request.first, request.second));
    }
    return messages;
}

std::string connect_journal::own_request(std::string_view method, std::string_view params) {
    auto id = fmt::format("\"{}{}\"", own_ids_, ++own_count_);
    auto message = mcp::make_request(id, method, params);
    own_open_.insert(std::move(id));
    return message;
}

} // namespace orch::app::cli
