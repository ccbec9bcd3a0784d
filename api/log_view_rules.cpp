#include "api/log_view_rules.hpp"

#include "api/call_query.hpp"
#include "api/name_list.hpp"
#include "api/text_rules.hpp"
#include "net/percent_encoding.hpp"
#include "net/request_target.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace orch::api {

namespace {

constexpr std::ptrdiff_t name_characters_max = 100;
/// Of UTF-8, four for each character.
constexpr std::size_t name_bytes_max = 400;
constexpr std::size_t query_bytes_max = 4'000;

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// The parameters of `text`; nothing when it is not as an address has it.
std::optional<net::header_list> parameters_in(std::string_view text) {
    if (text.starts_with('?')) {
        text.remove_prefix(1);
    }
    auto target = net::parse_request_target(fmt::format("/?{}", text));
    if (!target) {
        return std::nullopt;
    }
    return std::move(target->query);
}

std::string text_of(const net::header_list& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters) {
        text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, net::percent_encode(value));
    }
    return text;
}

/// Whether a view may hold the parameter: it narrows the log, or says how it is shown.
bool belongs_to_view(std::string_view name) {
    return is_listed(name, narrowing_parameters) || name == "page_size";
}

void check_names(const net::header_list& parameters, fault_list& faults) {
    for (const auto& [name, value] : parameters) {
        if (!belongs_to_view(name)) {
            faults.add("query", "query: expected only parameters that narrow the call log, "
                                "without project_id, page and cursor");
            return;
        }
    }
}

} // namespace

void check_view_name(const std::string& name, fault_list& faults) {
    check_line("name", name, {name_bytes_max, 1}, faults);
    if (std::count_if(name.begin(), name.end(), begins_character) > name_characters_max &&
        name.size() <= name_bytes_max) {
        faults.add("name", fmt::format("name: longer than {} characters", name_characters_max));
    }
}

std::string checked_view_query(std::string_view text, const model::project& project,
                               const model::registry& registry,
                               std::chrono::system_clock::time_point now, fault_list& faults) {
    if (text.size() > query_bytes_max) {
        faults.add("query", fmt::format("query: longer than {} bytes", query_bytes_max));
        return {};
    }
    auto parameters = parameters_in(text);
    if (!parameters) {
        faults.add("query", "query: expected parameters as in an address, such as "
                            "status=error&time_range=24h");
        return {};
    }
    check_names(*parameters, faults);
    std::erase_if(*parameters, [](const auto& each) { return each.second.empty(); });
    net::request asked;
    asked.query = *parameters;
    const auto read = read_call_query(asked, project, registry, now);
    if (!read) {
        for (const auto& each : read.error().faults) {
            faults.add(fmt::format("query.{}", each.field), each.detail);
        }
    }
    return text_of(*parameters);
}

} // namespace orch::api
