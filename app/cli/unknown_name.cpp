#include "app/cli/unknown_name.hpp"

#include "net/percent_encoding.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace orch::app::cli {

namespace {

/// More would hide the first of them.
constexpr std::size_t names_told_max = 20;

std::vector<std::string> segments_of(std::string_view target) {
    std::vector<std::string> out;
    target = target.substr(0, target.find('?'));
    while (!target.empty()) {
        target.remove_prefix(1);
        const auto one = target.substr(0, target.find('/'));
        out.push_back(net::percent_decode(one, net::plus_sign::literal).value_or(""));
        target.remove_prefix(one.size());
    }
    return out;
}

/// One kind of thing that addresses name, and where a list of them is.
struct naming {
    std::string_view what;
    std::string name;
    std::string list;
};

std::vector<naming> namings_of(const std::vector<std::string>& segments) {
    std::vector<naming> out;
    if (segments.size() > 2 && segments[0] == "api" && segments[1] == "projects") {
        out.push_back({"project", segments[2], "/api/projects"});
    }
    if (segments.size() > 2 && segments[0] == "api" && segments[1] == "teams") {
        out.push_back({"team", segments[2], "/api/teams"});
    }
    if (!out.empty() && segments.size() > 4 && segments[3] == "servers") {
        out.push_back({"server", segments[4],
                       fmt::format("/api/projects/{}/servers", net::percent_encode(segments[2]))});
    }
    return out;
}

/// What is wrong with one name; empty when nothing is, or when it cannot be told.
std::string complaint_about(const transport& send, const naming& one) {
    const auto got = send({.method = "GET", .target = one.list, .body = {}});
    const auto list = got && got->status == 200 ? parse_json(got->body)
                                                : result<boost::json::value>{error{}};
    if (!list || !list->is_array()) {
        return {};
    }
    std::vector<std::string> names;
    for (const auto& entry : list->get_array()) {
        if (one.name == text_of(entry, "name") || one.name == text_of(entry, "id")) {
            return {};
        }
        names.push_back(text_of(entry, "name"));
    }
    if (names.empty()) {
        return fmt::format("there is no {} '{}', nor any other", one.what, one.name);
    }
    const auto more = names.size() - std::min(names.size(), names_told_max);
    names.resize(names.size() - more);
    return fmt::format("there is no {} '{}'; there are: {}{}", one.what, one.name,
                       fmt::join(names, ", "), more > 0 ? fmt::format(" and {} more", more) : "");
}

} // namespace

std::string unknown_name(const transport& send, std::string_view target) {
    for (const auto& one : namings_of(segments_of(target))) {
        if (auto found = complaint_about(send, one); !found.empty()) {
            return found;
        }
    }
    return {};
}

} // namespace orch::app::cli
