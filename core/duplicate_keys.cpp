#include "core/duplicate_keys.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <set>

namespace orch {

namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t found_max = 100;
constexpr std::size_t key_max = 100;

using paths = std::vector<std::string>;

void walk(ondemand::value value, const std::string& path, paths& found);

void walk_object(ondemand::object object, const std::string& path, paths& found) {
    std::set<std::string, std::less<>> keys;
    for (auto field : object) {
        const std::string key(std::string_view(field.unescaped_key()));
        const auto name = key.substr(0, key_max);
        const auto at = path.empty() ? name : fmt::format("{}.{}", path, name);
        if (!keys.insert(key).second && found.size() < found_max) {
            found.push_back(at);
        }
        walk(field.value(), at, found);
    }
}

void walk(ondemand::value value, const std::string& path, paths& found) {
    const ondemand::json_type type = value.type();
    if (type == ondemand::json_type::object) {
        walk_object(value.get_object(), path, found);
    } else if (type == ondemand::json_type::array) {
        std::size_t i = 0;
        for (auto element : value.get_array()) {
            walk(element.value(), fmt::format("{}[{}]", path, i++), found);
        }
    }
}

} // namespace

std::vector<std::string> duplicate_keys(const std::string& json) {
    paths found;
    try {
        ondemand::parser parser;
        const simdjson::padded_string padded(json);
        auto document = parser.iterate(padded);
        if (document.type() == ondemand::json_type::object) {
            walk_object(document.get_object(), "", found);
        }
    } catch (const simdjson::simdjson_error&) {
        // What two parsers do not agree on is not to be trusted either.
        found.emplace_back();
    }
    return found;
}

} // namespace orch
