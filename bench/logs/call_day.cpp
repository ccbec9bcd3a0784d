#include "bench/logs/call_day.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace orch::bench {

namespace {

using namespace std::chrono_literals;

constexpr auto length = 24h;
constexpr std::size_t projects = 20;
constexpr std::size_t servers = 5;
constexpr std::size_t tools = 8;
constexpr std::size_t sessions = 40;
constexpr std::size_t keys = 10;
constexpr std::size_t vocabulary = 4'096;
constexpr std::array client_types{"cursor", "claude", "cline", "vscode"};

/// Three syllables: a word of its own for each number below `vocabulary`.
std::string word(std::size_t number) {
    constexpr std::array syllables{"ba", "ce", "di", "fo", "gu", "ha", "ke", "li",
                                   "mo", "nu", "pa", "re", "si", "to", "vu", "za"};
    std::string out;
    for (int i = 0; i < 3; ++i, number /= syllables.size()) {
        out += syllables[number % syllables.size()];
    }
    return out;
}

model::body body_of(std::string bytes) {
    model::body out;
    out.size = bytes.size();
    out.bytes = std::move(bytes);
    return out;
}

} // namespace

call_day::call_day(std::size_t rows, std::chrono::system_clock::time_point end)
    : rows_(rows), begin_(end - length) {
    for (std::size_t i = 0; i < projects; ++i) {
        projects_.push_back(make_project());
    }
}

std::string call_day::rare_word() { return word(vocabulary - 40); }

call_day::project call_day::make_project() {
    project out{project_id::random(), {}, {}};
    for (std::size_t i = 0; i < servers; ++i) {
        out.servers.push_back({server_id::random(), fmt::format("server-{}", i)});
    }
    for (std::size_t i = 0; i < sessions; ++i) {
        const auto* type = client_types[i % client_types.size()];
        out.callers.push_back({session_id::random(), fmt::format("key:{:036}", i % keys), type,
                               "1.2.3", type, "127.0.0.1", fmt::format("{}/1.2.3", type)});
    }
    return out;
}

std::string call_day::words(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        // The lesser of two numbers: high ones come up rarely.
        out.append(i == 0 ? "" : " ").append(word(std::min(below(vocabulary), below(vocabulary))));
    }
    return out;
}

void call_day::end_call(model::call_record& call) {
    const auto chance = below(1'000);
    if (chance >= 50) {
        call.result = body_of(
            fmt::format(R"({{"content":[{{"type":"text","text":"{}"}}]}})", words(65)));
        return;
    }
    call.status = chance < 40   ? model::call_status::error
                  : chance < 47 ? model::call_status::timeout
                                : model::call_status::cancelled;
    call.failure = chance < 30   ? model::error_class::tool_error
                   : chance < 40 ? model::error_class::invalid_parameters
                   : chance < 47 ? model::error_class::timeout
                                 : model::error_class::none;
    call.error_message = words(8);
}

model::call_record call_day::make_call(std::chrono::system_clock::time_point at) {
    const bool of_largest = below(100) < 40;
    const auto& owner = projects_[of_largest ? 0 : 1 + below(projects - 1)];
    const auto& target = owner.servers[below(servers)];
    model::call_record call;
    call.id = ids_.next(at);
    call.call = call_id::random();
    call.instance = instance_;
    call.project = owner.id;
    call.server = target.id;
    call.server_name = target.name;
    call.tool_name = fmt::format("tool_{}", below(tools));
    call.path = model::entry_path::unified_http;
    call.caller = owner.callers[below(sessions)];
    call.request_id = fmt::format("{}", made_);
    // Most calls are short, some long: the product of two even numbers.
    const auto took = std::chrono::microseconds(1'000 + below(1'000) * below(2'000));
    call.times = {at - took, at - took, at - took, at - took, at, at};
    call.arguments = body_of(fmt::format(R"({{"path":"/srv/{}.txt","query":"{}","limit":{}}})",
                                         words(2), words(10), below(100)));
    end_call(call);
    return call;
}

std::vector<model::call_record> call_day::next(std::size_t count) {
    std::vector<model::call_record> out;
    out.reserve(count);
    for (; out.size() < count && made_ < rows_; ++made_) {
        const auto part = static_cast<double>(made_) / static_cast<double>(rows_);
        out.push_back(
            make_call(begin_ + std::chrono::duration_cast<std::chrono::system_clock::duration>(
                                   std::chrono::duration<double>(length) * part)));
    }
    return out;
}

} // namespace orch::bench
